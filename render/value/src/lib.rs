//! Values as Go templates see them.
//!
//! Go's templates work on Go's values: a number has a width that shows when it is printed, a string holds any bytes,
//! two names may stand for one map, and a change by one is seen by the other. [`Value`] keeps these properties;
//! [`fmt`], [`strconv`] and [`json`] turn them into text and back as Go's packages of these names do;
//! [`Function`] is what a template can call, with the types that Go would check its arguments by.

pub mod cast;
mod compare;
mod copy;
mod cycles;
pub mod effects;
pub mod fmt;
mod function;
pub mod json;
mod list;
mod map;
pub mod meter;
mod object;
mod release;
mod stack;
pub mod strconv;
mod string;
#[cfg(test)]
mod testing;
mod value;

pub use compare::deep_equal;
pub use copy::deep_copy;
pub use cycles::break_cycles;
pub use function::{Function, Type};
pub use json::from_json;
pub use list::List;
pub use map::Map;
pub use object::{Method, NamedType, Object};
pub use stack::grow;
pub use string::Str;
pub use value::{Kind, Value};

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
