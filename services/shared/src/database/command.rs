//! The command `migrate` of a service that owns data.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use super::{Database, DatabaseSettings, Migrations};
use crate::Running;
use crate::service::{Settings, Signals};
use crate::settings::{self, Common, Stop};
use crate::telemetry;

/// Applies the migrations that the database lacks, and ends.
#[derive(Parser, Clone, Debug)]
#[command(name = "migrate", version)]
struct Config {
    #[command(flatten)]
    database: DatabaseSettings,
    #[command(flatten)]
    common: Common,
}

/// As [`crate::run`], of a service whose first argument may be `migrate`: then it waits for the database, applies the
/// migrations, and ends, with 0 once there are none left.
pub async fn run<C: Settings>(
    service: &str,
    migrations: Migrations,
    start: impl AsyncFnOnce(C) -> anyhow::Result<Running>,
) -> ExitCode {
    let mut arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_none_or(|first| first != "migrate") {
        return crate::run(start).await;
    }
    arguments.remove(1);
    match read(arguments) {
        Ok(config) => migrate(service, &migrations, &config).await.unwrap_or_else(|error| {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }),
        Err(stop) => stop.report(),
    }
}

fn read(arguments: Vec<OsString>) -> Result<Config, Stop> {
    settings::parse(arguments, |name| std::env::var_os(name))
}

async fn migrate(service: &str, migrations: &Migrations, config: &Config) -> anyhow::Result<ExitCode> {
    telemetry::init(&config.common)?;
    let mut signals = Signals::new()?;
    let database = Database::new(&config.database, service)?;
    tokio::select! {
        done = database.migrate(migrations) => done.map(|()| ExitCode::SUCCESS),
        // what was begun is undone by the server
        () = signals.stop() => Ok(ExitCode::FAILURE),
    }
}
