//! The chart mythoughts a second time, in Rust types: its values, and the objects that it makes of them.
//!
//! [`Values`] is what the chart can be told. Its schema and the table in its README are made from it. [`manifests`] builds
//! the objects that a release needs, and [`check`](check()) compares them with those that the chart renders.

mod check;
mod checksum;
pub mod generated;
mod model;
mod schema;
mod table;
pub mod values;

pub use check::{Difference, check, check_against, check_rendered};
pub use model::{Made, Object, Refused, Release, manifests};
pub use values::Values;
