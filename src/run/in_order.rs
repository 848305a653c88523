//! Work spread over threads, results in the order of the work.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, Scope};

/// The stack of a worker, in bytes: deep but legal nesting never overflows it.
const STACK: usize = 256 * 1024 * 1024;
/// Pieces that a worker may have waiting, so that it never idles while one is read or written, nor while the thread that
/// does so waits for a processor.
const AHEAD: usize = 4;

/// A worker's way in and out.
struct Lane<J, R> {
    jobs: Sender<J>,
    results: Receiver<R>,
}

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
/// the order of the pieces. `next` and `done` run on the calling thread; at most a few pieces a thread are held. Each
/// thread has a worker of its own, made by `worker`, which keeps what it likes from piece to piece.
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
        let count = if threads > 1 { threads } else { 0 };
        let lanes: Vec<Lane<J, R>> = (0..count).map_while(|_| lane(scope, &worker, &work)).collect();
        if lanes.is_empty() {
            let mut worker = worker();
            while let Some(job) = next()? {
                done(work(&mut worker, job))?;
            }
            return Ok(());
        }
        let mut sent = lanes.iter().cycle();
        let mut received = lanes.iter().cycle();
        let mut waiting = 0;
        while let Some(job) = next()? {
            waiting += usize::from(sent.next().is_some_and(|lane| lane.jobs.send(job).is_ok()));
            while waiting >= AHEAD * lanes.len() {
                waiting -= 1;
                take(received.next(), &mut done)?;
            }
        }
        (0..waiting).try_for_each(|_| take(received.next(), &mut done))
    })
}

/// Starts a worker; `None` where the system has no thread left.
fn lane<'scope, W, J: Send + 'scope, R: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    worker: &'scope (impl Fn() -> W + Sync),
    work: &'scope (impl Fn(&mut W, J) -> R + Sync),
) -> Option<Lane<J, R>> {
    let (jobs, inbox) = channel::<J>();
    let (outbox, results) = channel();
    let body = move || {
        let mut worker = worker();
        for job in inbox {
            if outbox.send(work(&mut worker, job)).is_err() {
                break;
            }
        }
    };
    Builder::new().stack_size(STACK).spawn_scoped(scope, body).ok()?;
    Some(Lane { jobs, results })
}

fn take<J, R, E>(lane: Option<&Lane<J, R>>, done: &mut impl FnMut(R) -> Result<(), E>) -> Result<(), E> {
    match lane.map(|lane| lane.results.recv()) {
        Some(Ok(result)) => done(result),
        Some(Err(_)) | None => Ok(()),
    }
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
        let mut numbers = 0..10;
        let mut met = Vec::new();
        let next = || Ok::<_, ()>(numbers.next());
        let count = |seen: &mut u64, _| {
            *seen += 1;
            *seen
        };
        let ended = in_order_with(
            2,
            || 0,
            next,
            count,
            |seen| {
                met.push(seen);
                Ok(())
            },
        );
        // Two workers take turns.
        assert_eq!((ended, met), (Ok(()), vec![1, 1, 2, 2, 3, 3, 4, 4, 5, 5]));
    }

    #[test]
    fn an_error_ends_it() {
        let mut numbers = 0..100;
        let ended = in_order(3, || Ok(numbers.next()), |n| n, |n| if n == 10 { Err(n) } else { Ok(()) });
        assert_eq!(ended, Err(10));
    }
}
