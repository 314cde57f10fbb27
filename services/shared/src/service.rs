//! A service as a process: settings, logging, start, signals, exit code.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::memory;
use crate::server::Running;
use crate::settings::{self, Common};
use crate::telemetry;

/// What the process needs to know of a service's settings.
pub trait Settings: Parser {
    /// The part that all services share.
    fn common(&self) -> &Common;
}

/// Exit code of a start that failed for its settings or its addresses.
const WRONG_START: u8 = 2;

/// Runs a service from its settings to its end, and gives the process's exit code.
pub async fn run<C: Settings>(start: impl AsyncFnOnce(C) -> anyhow::Result<Running>) -> ExitCode {
    memory::give_back_large_blocks();
    if std::env::args().skip(1).eq(["--health"]) {
        return health::<C>();
    }
    let config: C = match settings::read() {
        Ok(config) => config,
        Err(stop) => return stop.report(),
    };
    match run_until_stopped(config, start).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(WRONG_START)
        }
    }
}

async fn run_until_stopped<C: Settings>(
    config: C,
    start: impl AsyncFnOnce(C) -> anyhow::Result<Running>,
) -> anyhow::Result<()> {
    telemetry::init(config.common())?;
    #[cfg(feature = "faults")]
    config.common().faults.begin().await;
    let mut signals = Signals::new()?;
    let running = start(config).await?;
    let asked = loop {
        match signals.next().await {
            Asked::Reload => reload::<C>(&running).await,
            stop => break stop,
        }
    };
    tracing::info!("stopping");
    let end = async {
        // at a terminal nobody routes requests here, and somebody waits
        if asked == Asked::Drain {
            running.drain().await;
        }
        running.close().await;
    };
    tokio::select! {
        () = end => tracing::info!("stopped"),
        () = signals.stop() => tracing::warn!("stopped at once by a second signal"),
    }
    Ok(())
}

/// Settings and keys again; what is wrong is said and leaves things as they are.
async fn reload<C: Settings>(running: &Running) {
    let level = match settings::read::<C>() {
        Ok(config) => telemetry::reload(config.common()),
        Err(stop) => Err(anyhow::anyhow!("{stop:?}")),
    };
    for outcome in [level, running.reload().await] {
        if let Err(error) = outcome {
            tracing::error!(error = format!("{error:#}"), "cannot reload");
        }
    }
    tracing::info!("reloaded");
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Reload,
    Drain,
    Close,
}

/// The signals that a service listens to.
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    /// Listens from now on.
    pub fn new() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> Asked {
        tokio::select! {
            _ = self.terminate.recv() => Asked::Drain,
            _ = self.interrupt.recv() => Asked::Close,
            _ = self.hangup.recv() => Asked::Reload,
        }
    }

    /// Waits for SIGTERM or SIGINT.
    pub async fn stop(&mut self) {
        while self.next().await == Asked::Reload {}
    }
}

/// Asks the running service's `/readyz`, for images that hold no other client. Reads OPERATIONS_LISTEN alone.
fn health<C: Settings>() -> ExitCode {
    let ready = operations_address::<C>().and_then(|address| Ok(status_line(address)?));
    match ready {
        Ok(line) if line.contains(" 200 ") => return ExitCode::SUCCESS,
        Ok(line) => eprintln!("not ready: {line}"),
        Err(error) => eprintln!("not ready: {error:#}"),
    }
    ExitCode::FAILURE
}

fn operations_address<C: Settings>() -> anyhow::Result<SocketAddr> {
    let command = C::command();
    let argument = command.get_arguments().find(|argument| argument.get_id() == "operations_listen");
    let default = argument.and_then(|argument| argument.get_default_values().first()).and_then(|value| value.to_str());
    let given = std::env::var("OPERATIONS_LISTEN").ok().filter(|value| !value.is_empty());
    let address = given.as_deref().or(default).unwrap_or_default();
    Ok(settings::reachable(address.parse().with_context(|| format!("OPERATIONS_LISTEN {address:?}"))?))
}

fn status_line(address: SocketAddr) -> std::io::Result<String> {
    let patience = Duration::from_secs(3);
    let mut stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    write!(stream, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut reply = String::new();
    stream.take(4096).read_to_string(&mut reply)?;
    Ok(reply.lines().next().unwrap_or_default().to_owned())
}
