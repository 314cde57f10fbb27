//! Work that is spread over the processors where that is worth it.

use std::iter;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
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

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
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
}
