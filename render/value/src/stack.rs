//! Room on the stack for recursion over what a chart nests.

/// Less than this left means that the next level gets a new piece.
const RED_ZONE: usize = 128 * 1024;
/// The size of a new piece.
const PIECE: usize = 2 * 1024 * 1024;

/// Runs one level of a recursion, on more stack if little is left.
pub fn grow<T>(level: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(RED_ZONE, PIECE, level)
}
