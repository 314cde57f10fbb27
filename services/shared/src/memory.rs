//! Large blocks go back to the system at once.

/// Checking a password takes 19 MiB for a moment. glibc maps such a block the first time, and
/// from then on keeps as much in its heaps, one for each thread; with a fixed threshold it never does.
pub fn give_back_large_blocks() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "glibc's parameters can be set by this call alone")]
    // SAFETY: `mallopt` may be called at any time, takes two numbers and touches no memory of ours.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE_BLOCK);
    }
}

/// In bytes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE_BLOCK: libc::c_int = 1024 * 1024;
