//! The users service.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    shared::database::run("users", users::db::MIGRATIONS, users::start).await
}
