//! Work that other threads do, where that is worth it.

use std::collections::VecDeque;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::memory;

/// Work on more bytes of text than this is worth the start of threads.
const WORTH_A_START: usize = 1 << 16;

/// Work on more bytes of text than this is worth that one of them wakes.
const WORTH_A_WAKE: usize = 1 << 13;

/// More threads would wait for each other's memory.
const MAX_THREADS: usize = 8;

/// There is one, and its threads stay: to start one each time takes longer than most of the work.
static QUEUE: LazyLock<Queue> = LazyLock::new(Queue::start);

/// Whether its threads are there.
static IS_STARTED: AtomicBool = AtomicBool::new(false);

type Work = Box<dyn FnOnce() + Send>;

/// Work that waits for a thread. None of it waits for other work.
#[derive(Default)]
struct Queue {
    waiting: Mutex<VecDeque<Work>>,
    is_filled: Condvar,
}

impl Queue {
    /// With a thread for every processor but the caller's. Where none can be started, the callers do all.
    fn start() -> Self {
        for _ in 1..processors().min(MAX_THREADS) {
            let _ = thread::Builder::new().name("render".into()).spawn(|| {
                memory::use_huge_pages_in_thread();
                QUEUE.serve();
            });
        }
        Self::default()
    }

    fn serve(&self) {
        loop {
            let waiting = self.waiting();
            let waiting = self.is_filled.wait_while(waiting, |waiting| waiting.is_empty());
            let work = waiting.unwrap_or_else(PoisonError::into_inner).pop_front();
            if let Some(work) = work {
                run(work);
            }
        }
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Work>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<Work> {
        self.waiting().pop_front()
    }
}

/// Work that nobody has begun. Where there never was any, no thread is started to find none.
fn unbegun() -> Option<Work> {
    IS_STARTED.load(Ordering::Relaxed).then(|| QUEUE.take()).flatten()
}

/// Does some work, whosever it is. If it fails, who needs its result does it again, or is told.
fn run(work: Work) {
    let _ = catch_unwind(AssertUnwindSafe(work));
}

/// Whether work on so much text is worth another thread.
pub(crate) fn is_worth(bytes: usize) -> bool {
    let least = if IS_STARTED.load(Ordering::Relaxed) { WORTH_A_WAKE } else { WORTH_A_START };
    bytes > least && processors() > 1
}

/// Has some work done by another thread, sooner or later.
pub(crate) fn spawn(work: impl FnOnce() + Send + 'static) {
    IS_STARTED.store(true, Ordering::Relaxed);
    QUEUE.waiting().push_back(Box::new(work));
    QUEUE.is_filled.notify_one();
}

/// What work gives that other threads do.
pub(crate) struct Results<R> {
    send: Sender<thread::Result<R>>,
    receive: Receiver<thread::Result<R>>,
}

impl<R: Send + 'static> Results<R> {
    pub(crate) fn new() -> Self {
        let (send, receive) = mpsc::channel();
        Self { send, receive }
    }

    /// Has some work done by another thread.
    pub(crate) fn spawn(&self, work: impl FnOnce() -> R + Send + 'static) {
        let send = self.send.clone();
        // Nobody wants the result of what failed.
        spawn(move || drop(send.send(catch_unwind(AssertUnwindSafe(work)))));
    }

    /// Adds a result that is there already.
    pub(crate) fn add(&self, result: R) {
        // The receiver is ours.
        let _ = self.send.send(Ok(result));
    }

    /// All results, in any order. The calling thread takes part in what is left to do.
    pub(crate) fn collect(self) -> Vec<R> {
        while let Some(work) = unbegun() {
            run(work);
        }
        drop(self.send);
        self.receive.into_iter().map(|result| result.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    }
}

fn processors() -> usize {
    /// To ask the system takes as long as to start a thread, so it is asked once.
    static PROCESSORS: LazyLock<usize> = LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));
    *PROCESSORS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_results_come() {
        let results = Results::new();
        (0..1_000).for_each(|item| results.spawn(move || 2 * item));
        let mut doubled = results.collect();
        doubled.sort_unstable();
        assert_eq!(doubled, (0..1_000).map(|item| 2 * item).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_is_handed_on_and_the_threads_stay() {
        let results = Results::new();
        results.spawn(|| assert!(std::hint::black_box(false), "wanted"));
        let outcome = catch_unwind(AssertUnwindSafe(|| results.collect()));
        let panic = outcome.map_err(|panic| panic.downcast_ref::<&str>().copied());
        assert_eq!(panic, Err(Some("wanted")));
        all_results_come();
    }

    #[test]
    fn little_text_is_not_worth_a_thread() {
        assert!(!is_worth(WORTH_A_WAKE));
        assert_eq!(is_worth(WORTH_A_START + 1), processors() > 1);
    }
}
