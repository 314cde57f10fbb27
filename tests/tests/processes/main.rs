//! The services as processes: settings, start, stop, faults of what they stand on, and clients that misbehave.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is how a test fails")]

mod all_in_one;
mod bad_clients;
mod faults;
mod health;
mod keys;
mod migrations;
mod replicas;
mod settings;
mod stop;
#[cfg(feature = "postgresql")]
mod tls;
