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
