//! The chart mythoughts a second time, in Rust types: its values, and the objects that it makes of them.
//!
//! [`Values`] is what the chart can be told. Its schema and the table in its README are made from it.

pub mod generated;
mod schema;
mod table;
pub mod values;

pub use values::Values;
