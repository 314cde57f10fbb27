//! The users service.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    shared::run(users::start).await
}
