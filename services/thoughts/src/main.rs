//! The thoughts service.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    shared::run(thoughts::start).await
}
