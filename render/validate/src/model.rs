//! What the rules look at: a set's objects, workloads, selectors, quantities and environments.

mod durations;
mod environment;
mod field;
mod hook;
mod host;
mod int_or_percent;
mod policy;
mod quantity;
mod report;
mod selector;
mod time;
mod view;
mod workload;

pub(crate) use durations::told_time;
pub(crate) use environment::{Variable, environment, expand, words};
pub(crate) use field::Field;
pub(crate) use hook::Hook;
pub(crate) use host::Host;
pub(crate) use int_or_percent::IntOrPercent;
pub(crate) use policy::{Direction, NetworkPolicy};
pub(crate) use quantity::Quantity;
pub(crate) use report::Report;
pub(crate) use selector::{Labels, Selector, labels};
pub(crate) use time::seconds;
pub(crate) use view::View;
pub(crate) use workload::Workload;
