//! The HTTP contract as black-box tests against the started services, on each database.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is how a test fails")]

mod admin;
mod description;
mod frontend;
mod health;
mod jwks;
mod limits;
mod lists;
mod login;
mod operations;
mod search;
mod statuses;
mod text;
mod thoughts;
mod tokens;
