//! What the cases work with: the same as in `tests/generate`.

pub(crate) mod data;
pub(crate) mod functions;
