//! Points in time and spans of time, with Go's layouts.

mod civil;
mod duration;
mod format;
mod functions;
mod layout;
mod location;
mod methods;
mod parse;
mod scalars;
mod time;

pub use duration::Duration;
pub(crate) use functions::functions;
pub use time::Time;

/// Reads a time of RFC 3339, as Go's `time.Time` does in JSON. The error is Go's text.
pub fn read_rfc3339(text: &str) -> Result<(), String> {
    parse::parse(b"2006-01-02T15:04:05Z07:00", text.as_bytes()).map(drop)
}
