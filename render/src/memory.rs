//! How a process gets its memory.

/// Takes glibc's heap at once, of huge pages where the system lends them on demand: for a command that renders and ends.
///
/// A large chart takes thousands of pages of memory in a few milliseconds, and a fault for each costs a fifth of the time.
/// Elsewhere than on Linux with glibc this does nothing. Call it first in `main`, before there are other threads.
pub fn use_huge_pages() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    glibc::use_huge_pages();
}

/// The same for a thread that begins, if it was asked for.
pub(crate) fn use_huge_pages_in_thread() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    glibc::use_huge_pages_in_thread();
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod glibc {
    use std::hint::black_box;
    use std::mem;
    use std::ptr::without_provenance_mut;
    use std::sync::atomic::{AtomicBool, Ordering};

    const HUGE_PAGE: usize = 2 << 20;

    /// More than glibc writes around a piece of memory.
    const HEADERS: usize = 64;

    /// By how many bytes heaps grow. They are taken when they are written to.
    const AT_ONCE: libc::c_int = 32 << 20;

    /// The heaps of all threads but the first begin at multiples of so many bytes, which are theirs.
    const THREAD_HEAP: usize = 64 << 20;

    static IS_WANTED: AtomicBool = AtomicBool::new(false);

    #[expect(unsafe_code, reason = "glibc's heap can be told of by these calls alone")]
    pub(super) fn use_huge_pages() {
        IS_WANTED.store(true, Ordering::Relaxed);
        // SAFETY: `mallopt` takes two numbers and touches no memory of ours.
        unsafe {
            libc::mallopt(libc::M_TOP_PAD, AT_ONCE);
            libc::mallopt(libc::M_TRIM_THRESHOLD, AT_ONCE);
            libc::mallopt(libc::M_MMAP_THRESHOLD, AT_ONCE);
        }
        let start = pass_small_pages();
        // SAFETY: `sbrk(0)` only tells where the heap ends.
        let end = unsafe { libc::sbrk(0).addr() };
        advise(start, end);
    }

    pub(super) fn use_huge_pages_in_thread() {
        if IS_WANTED.load(Ordering::Relaxed) {
            let start = pass_small_pages();
            advise(start, start.next_multiple_of(THREAD_HEAP));
        }
    }

    /// Leaves out what the heap has before its first whole huge page, which begins where this tells. Nothing is written to
    /// it, so it takes no memory; nor to the huge page, which would get a small one for it.
    fn pass_small_pages() -> usize {
        let here = black_box(Box::new(0_u8));
        let here = std::ptr::from_ref(&*here).addr();
        let start = here.next_multiple_of(HUGE_PAGE);
        mem::forget(black_box(Vec::<u8>::with_capacity(start.saturating_sub(here + HEADERS))));
        start
    }

    #[expect(unsafe_code, reason = "as above")]
    fn advise(start: usize, end: usize) {
        if let Some(length) = end.checked_sub(start) {
            // SAFETY: this advice changes no byte of any memory, whosever it is.
            unsafe { libc::madvise(without_provenance_mut(start), length, libc::MADV_HUGEPAGE) };
        }
    }
}
