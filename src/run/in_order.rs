//! Work spread over threads, results in the order of the work.

use crossbeam_channel::{Receiver, Sender, unbounded};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread::{Builder, Result as Outcome, Scope};

/// The stack of a worker, in bytes: deep but legal nesting never overflows it.
const STACK: usize = 256 * 1024 * 1024;
/// Pieces for each thread that are begun and not done: enough that no thread idles while the calling one works on a piece
/// of its own.
const AHEAD: u64 = 3;

/// As [`in_order_with`], for work that keeps nothing from one piece to the next.
///
/// # Errors
/// The first error of `next` or `done`.
pub fn in_order<J: Send, R: Send, E>(
    threads: usize,
    next: impl FnMut() -> Result<Option<J>, E>,
    work: impl Fn(J) -> R + Sync,
    done: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    in_order_with(threads, || (), next, |(), job| work(job), done)
}

/// Takes pieces from `next` until there are none, does `work` on `threads` threads, and hands each result to `done`, in
/// the order of the pieces. The calling thread is one of them: it alone runs `next` and `done`, and works on pieces when
/// there is nothing to take or to hand on. At most a few pieces a thread are held. Each thread has a worker of its own,
/// made by `worker`, which keeps what it likes from piece to piece.
///
/// # Errors
/// The first error of `next` or `done`.
pub fn in_order_with<W, J: Send, R: Send, E>(
    threads: usize,
    worker: impl Fn() -> W + Sync,
    mut next: impl FnMut() -> Result<Option<J>, E>,
    work: impl Fn(&mut W, J) -> R + Sync,
    mut done: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    std::thread::scope(|scope| {
        let (jobs, inbox) = unbounded();
        let (outbox, results) = unbounded();
        let others = (1..threads).map_while(|_| helper(scope, &inbox, &outbox, &worker, &work)).count();
        let most = if others == 0 { 1 } else { AHEAD * (others as u64 + 1) };
        let mut own = worker();
        let mut early = BTreeMap::new();
        let (mut begun, mut ended, mut handed_on) = (0, false, 0);
        loop {
            while let Some(result) = early.remove(&handed_on) {
                done(result)?;
                handed_on += 1;
            }
            while !ended && begun - handed_on < most {
                match next()? {
                    // The other end is held here as well.
                    Some(job) => drop(jobs.send((begun, job))),
                    None => ended = true,
                }
                begun += u64::from(!ended);
            }
            let finished = match inbox.try_recv() {
                Ok((place, job)) => Some((place, Ok(work(&mut own, job)))),
                Err(_) if begun == handed_on => return Ok(()),
                Err(_) => results.recv().ok(),
            };
            for (place, outcome) in finished.into_iter().chain(results.try_iter()) {
                early.insert(place, outcome.unwrap_or_else(|panic| resume_unwind(panic)));
            }
        }
    })
}

/// Starts a thread that works on pieces until there will be no more; `None` where the system has no thread left.
fn helper<'scope, W, J: Send + 'scope, R: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    inbox: &Receiver<(u64, J)>,
    outbox: &Sender<(u64, Outcome<R>)>,
    worker: &'scope (impl Fn() -> W + Sync),
    work: &'scope (impl Fn(&mut W, J) -> R + Sync),
) -> Option<()> {
    let (inbox, outbox) = (inbox.clone(), outbox.clone());
    let body = move || {
        let mut worker = worker();
        for (place, job) in inbox {
            // A panic goes on in the calling thread, which would wait for the result otherwise.
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut worker, job)));
            if outbox.send((place, outcome)).is_err() {
                break;
            }
        }
    };
    Builder::new().stack_size(STACK).spawn_scoped(scope, body).ok().map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize) -> Vec<u64> {
        let mut numbers = 0..100;
        let mut squares = Vec::new();
        let ended: Result<(), ()> = in_order(
            threads,
            || Ok(numbers.next()),
            |number: u64| number * number,
            |square| {
                squares.push(square);
                Ok(())
            },
        );
        assert_eq!(ended, Ok(()));
        squares
    }

    #[test]
    fn order_does_not_depend_on_threads() {
        let expected: Vec<u64> = (0..100).map(|number| number * number).collect();
        for threads in [1, 2, 7] {
            assert_eq!(squares(threads), expected);
        }
    }

    #[test]
    fn a_worker_keeps_what_it_likes() {
        let counted = |threads| {
            let mut numbers = 0..10;
            let mut met = Vec::new();
            let count = |seen: &mut u64, _| {
                *seen += 1;
                *seen
            };
            let ended = in_order_with(
                threads,
                || 0,
                || Ok::<_, ()>(numbers.next()),
                count,
                |seen| {
                    met.push(seen);
                    Ok(())
                },
            );
            assert_eq!(ended, Ok(()));
            met
        };
        assert_eq!(counted(1), (1..=10).collect::<Vec<u64>>());
        // Each worker begins with its first piece, and there are at most three.
        let firsts = counted(3).into_iter().filter(|seen| *seen == 1).count();
        assert!((1..=3).contains(&firsts));
    }

    #[test]
    fn an_error_ends_it() {
        let mut numbers = 0..100;
        let ended = in_order(3, || Ok(numbers.next()), |n| n, |n| if n == 10 { Err(n) } else { Ok(()) });
        assert_eq!(ended, Err(10));
    }

    #[test]
    #[should_panic(expected = "piece 50")]
    #[allow(clippy::panic)]
    fn a_panic_ends_it() {
        let mut numbers = 0..100;
        let work = |number| if number == 50 { panic!("piece {number}") } else { number };
        assert!(in_order(4, || Ok::<_, ()>(numbers.next()), work, |_| Ok(())).is_err());
    }
}
