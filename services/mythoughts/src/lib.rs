//! All of MyThoughts in one process, on SQLite, with sample data: what `cargo run` runs.
//!
//! The three services are the same as in production and talk over HTTP; only the process is shared.

mod banner;
mod data;
mod settings;
mod system;

pub use banner::banner;
pub use data::DataFolder;
pub use settings::Settings;
pub use system::System;
