//! The chart on a real Kubernetes, by tests that are quick enough for every change; tests/prove has the long ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "tests report by panicking"
)]

mod database_tls;
mod defaults;
mod diff;
mod keys;
mod local;
mod neighbours;
mod network_policies;
mod production;
mod refused;
mod troubleshooting;
mod upgrade;
