//! How the process gets its memory.

/// A large chart takes thousands of pages of memory in a few milliseconds, and a fault for each costs a fifth of the
/// time. So glibc's heap is made large at once, of huge pages where the system lends them on demand.
pub(crate) fn grow_in_huge_pages() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "glibc's heap can be told of by these calls alone")]
    // SAFETY: `mallopt` takes two numbers and touches no memory of ours; `sbrk(0)` tells where the heap ends; and
    // `madvise` with this advice changes no byte of the heap, which reaches from one end to the other.
    unsafe {
        let start = libc::sbrk(0).addr().next_multiple_of(HUGE_PAGE);
        libc::mallopt(libc::M_TOP_PAD, AT_ONCE);
        libc::mallopt(libc::M_TRIM_THRESHOLD, AT_ONCE);
        libc::mallopt(libc::M_MMAP_THRESHOLD, AT_ONCE);
        drop(std::hint::black_box(Vec::<u8>::with_capacity(HUGE_PAGE)));
        let end = libc::sbrk(0).addr();
        if let Some(length) = end.checked_sub(start) {
            libc::madvise(std::ptr::without_provenance_mut(start), length, libc::MADV_HUGEPAGE);
        }
    }
}

/// By how many bytes the heap grows. They are taken when they are written to.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const AT_ONCE: libc::c_int = 32 << 20;

#[cfg(all(target_os = "linux", target_env = "gnu"))]
const HUGE_PAGE: usize = 2 << 20;
