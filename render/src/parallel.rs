//! Work that is spread over the processors where that is worth it.

use rayon::prelude::*;

/// Work on more bytes of text than this is worth the start of a thread.
const WORTH_A_THREAD: usize = 1 << 16;

/// What the work gives for each item, in their order. `bytes` is how much text there is to work on in all.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], bytes: usize, work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    if bytes > WORTH_A_THREAD { items.par_iter().map(work).collect() } else { items.iter().map(work).collect() }
}
