//! `mythoughts`: the three services in one process.

use std::process::ExitCode;

use clap::Parser;
use mythoughts::{DataFolder, Settings, System, banner};
use shared::service::Signals;

#[tokio::main]
async fn main() -> ExitCode {
    shared::memory::give_back_large_blocks();
    let settings = match Settings::try_parse() {
        Ok(settings) => settings,
        Err(error) => return shared::settings::stop(&error).report(),
    };
    match run(&settings).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mythoughts: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(settings: &Settings) -> anyhow::Result<()> {
    let mut signals = Signals::new()?;
    let data = DataFolder::open(&settings.data)?;
    let system = System::start(settings, &data).await?;
    print!("{}", banner(&system, &data));
    signals.stop().await;
    tokio::select! {
        () = system.stop() => {}
        () = signals.stop() => {}
    }
    Ok(())
}
