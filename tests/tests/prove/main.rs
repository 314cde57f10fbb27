//! What the chart promises, shown on a real Kubernetes: long, and run by hand (`ci/prove`), each with figures for its report.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "tests report by panicking"
)]

mod report;
mod stage;

mod alerts;
mod autoscaled;
mod backup;
mod canary;
mod evicted;
mod hung;
mod killed;
mod late;
mod migrations;
mod refused;
mod registry;
mod scaled;
mod slow;
mod stuck;
mod upgrade;
mod versions;
