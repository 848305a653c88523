//! Case after case, on all cores.

use super::case::Case;
use super::census::Census;
use super::check::{Failure, check, report, smallest};
use super::subject::Manner;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// How much is tried.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    pub first_seed: u64,
    /// Pairs of a model and a lead
    pub pairs: u64,
    pub threads: usize,
    /// After so many failures it ends.
    pub failures: usize,
    pub told: bool,
}

impl Session {
    /// The census of all cases, and a report of each that failed.
    pub fn run(self) -> (Census, Vec<String>) {
        let seed = AtomicU64::new(self.first_seed);
        let pairs = AtomicU64::new(0);
        let census = Mutex::new(Census::default());
        let failed: Mutex<Vec<String>> = Mutex::new(Vec::new());
        let start = Instant::now();
        let worker = || {
            let mut own = Census::default();
            while pairs.load(Ordering::Relaxed) < self.pairs && failed.lock().unwrap().len() < self.failures {
                let seed = seed.fetch_add(1, Ordering::Relaxed);
                let before = own.pairs;
                if let Some(report) = one(seed, &mut own) {
                    eprintln!("{report}");
                    failed.lock().unwrap().push(report);
                }
                let done = pairs.fetch_add(own.pairs - before, Ordering::Relaxed);
                if self.told && seed.is_multiple_of(5_000) {
                    let seconds = start.elapsed().as_secs();
                    eprintln!("{done} of {} pairs, seed {seed}, {seconds} s", self.pairs);
                }
            }
            census.lock().unwrap().join(own);
        };
        std::thread::scope(|scope| (0..self.threads).for_each(|_| drop(scope.spawn(worker))));
        (census.into_inner().unwrap(), failed.into_inner().unwrap())
    }
}

/// The report of a case that failed, made small.
pub fn one(seed: u64, census: &mut Census) -> Option<String> {
    let (case, manner) = (Case::generate(seed), Manner::of_seed(seed));
    match check(&case, manner, census) {
        Ok(()) => None,
        Err(Failure::Refused(code, _)) => {
            *census.refused.entry(code).or_default() += 1;
            None
        }
        Err(failure) => {
            let (small, manner, failure) = smallest(&case, manner, &failure);
            Some(report(&small, manner, &failure))
        }
    }
}
