//! Work that is spread over the processors where that is worth it.

use std::iter;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError, mpsc};
use std::thread;

/// Work on more bytes of text than this is worth the start of a thread.
const WORTH_A_THREAD: usize = 1 << 16;

/// More threads would wait for each other's memory.
const MAX_THREADS: usize = 8;

/// What the work gives for each item, in their order. `bytes` is how much text there is to work on in all.
///
/// The calling thread takes part: what it allocates costs less than what others do, so it does as much as it can.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], bytes: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = if bytes > WORTH_A_THREAD { processors().min(MAX_THREADS) } else { 1 };
    if threads == 1 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let place = next.fetch_add(1, Ordering::Relaxed);
        items.get(place).map(|item| (place, work(item)))
    };
    let run = || iter::from_fn(take).collect::<Vec<_>>();
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut done = run();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

/// What the work gives for each item that `feed` hands on, in whatever order, and what `feed` returns.
///
/// The work is done beside `feed` by another thread, and when there is nothing more to come by the calling one as well.
/// `bytes` is how much text there is to work on, more or less.
pub(crate) fn pipe<T: Send, R: Send, F>(
    bytes: usize,
    work: impl Fn(T) -> R + Sync,
    feed: impl FnOnce(&mut dyn FnMut(T)) -> F,
) -> (Vec<R>, F) {
    if bytes <= WORTH_A_THREAD || processors() == 1 {
        let mut done = Vec::new();
        let outcome = feed(&mut |item| done.push(work(item)));
        return (done, outcome);
    }
    let (send, receive) = mpsc::channel();
    let receive = Mutex::new(receive);
    let take = || receive.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    let run = || iter::from_fn(take).map(&work).collect::<Vec<_>>();
    thread::scope(|scope| {
        let other = scope.spawn(run);
        // Whoever receives is there as long as anything is sent.
        let outcome = feed(&mut |item| drop(send.send(item)));
        drop(send);
        let mut done = run();
        done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        (done, outcome)
    })
}

/// Does some work while another thread does what may be needed later, until it is told that the work is done.
pub(crate) fn beside<R>(bytes: usize, ahead: impl FnOnce(&AtomicBool) + Send, work: impl FnOnce() -> R) -> R {
    if bytes <= WORTH_A_THREAD || processors() == 1 {
        return work();
    }
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| ahead(&is_done));
        let result = work();
        is_done.store(true, Ordering::Relaxed);
        result
    })
}

/// How many there are for this process. To ask the system takes as long as to start a thread, so it is asked once.
fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_their_items() {
        let items: Vec<usize> = (0..1_000).collect();
        let doubled: Vec<usize> = items.iter().map(|item| 2 * item).collect();
        for bytes in [0, WORTH_A_THREAD + 1] {
            assert_eq!(map(&items, bytes, |item| 2 * item), doubled);
        }
    }

    #[test]
    fn whatever_is_fed_is_worked_on() {
        for bytes in [0, WORTH_A_THREAD + 1] {
            let (mut done, fed) = pipe(bytes, |item| 2 * item, |send| (0..1_000).for_each(send));
            done.sort_unstable();
            assert_eq!((done, fed), ((0..1_000).map(|item| 2 * item).collect(), ()));
        }
    }

    #[test]
    fn what_is_done_ahead_ends_with_the_work() {
        let ahead = |is_done: &AtomicBool| {
            while !is_done.load(Ordering::Relaxed) {
                thread::yield_now();
            }
        };
        for bytes in [0, WORTH_A_THREAD + 1] {
            assert_eq!(beside(bytes, ahead, || 5), 5);
        }
    }
}
