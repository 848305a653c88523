//! Evaluation alone: rows that are in memory already, in the shape that each engine likes best, on one thread.
//!
//! ```text
//! peers MODELS LEADS.csv MODEL ROWS ROUNDS
//! ```
//!
//! First all engines must give every row the same points. Then they take turns, `ROUNDS` times, and a line for each says
//! its name and the median of its seconds.
//!
//! What is made easier for the peers: their texts are in lower case before the clock starts, domains are cut out of
//! addresses, dates are whole numbers, and a row's variables stand ready in the engine's own type.

mod engine;
mod peer_cel;
mod peer_rhai;
mod peer_zen;
mod rows;

use std::error::Error;
use std::path::Path;
use std::time::Instant;

pub type Failure = Box<dyn Error>;

/// One engine, its rules compiled and its rows ready.
pub trait Peer {
    fn name(&self) -> &'static str;
    /// The sum of the points of each row, without the score's limits.
    fn evaluate(&mut self) -> Result<Vec<i64>, Failure>;
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [models, leads, model, rows, rounds] = arguments.as_slice() else {
        return Err("models, leads, model, rows, rounds".into());
    };
    let (models, rounds) = (Path::new(models), rounds.parse::<usize>()?);
    let text = |extension: &str| std::fs::read_to_string(models.join(format!("{model}.{extension}")));
    let rows = rows::read(Path::new(leads), rows.parse()?)?;

    let cel_root = peer_cel::root()?;
    let model_file = models.join(format!("{model}.score"));
    let mut engine = engine::Engine::new(&model_file, Path::new(leads), rows.len())?;
    let mut cel = peer_cel::Cel::new(&cel_root, &text("cel")?, &rows)?;
    let mut rhai = peer_rhai::Rhai::new(&text("rhai")?, &rows)?;
    let mut zen = peer_zen::Zen::new(&text("zen")?, &rows)?;
    let mut peers: [&mut dyn Peer; 4] = [&mut engine, &mut cel, &mut rhai, &mut zen];

    let expected = peers[0].evaluate()?;
    for peer in &mut peers[1..] {
        let given: Vec<i64> = peer.evaluate()?.into_iter().map(|points| engine::bounded(model, points)).collect();
        if let Some(row) = (0..expected.len()).find(|row| given[*row] != expected[*row]) {
            return Err(format!("{} gives row {row} {}, not {}", peer.name(), given[row], expected[row]).into());
        }
    }

    let mut seconds: Vec<Vec<f64>> = peers.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (peer, seconds) in peers.iter_mut().zip(&mut seconds) {
            let before = Instant::now();
            std::hint::black_box(peer.evaluate()?);
            seconds.push(before.elapsed().as_secs_f64());
        }
    }
    for (peer, mut seconds) in peers.iter().zip(seconds) {
        seconds.sort_by(f64::total_cmp);
        println!("{} {:.6}", peer.name(), seconds[seconds.len() / 2]);
    }
    Ok(())
}
