//! The thoughts service.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    shared::database::run("thoughts", thoughts::db::MIGRATIONS, thoughts::start).await
}
