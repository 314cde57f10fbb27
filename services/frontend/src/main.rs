//! The frontend.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    shared::run(frontend::start).await
}
