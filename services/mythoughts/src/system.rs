//! The three services, started in the order in which they need each other.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, anyhow};
use shared::Running;
use shared::service::Settings as _;
use shared::settings::{Stop, parse};

use crate::data::DataFolder;
use crate::settings::Settings;

/// The running services.
pub struct System {
    /// Who may log in.
    pub users: Running,
    /// What they wrote.
    pub thoughts: Running,
    /// The pages.
    pub frontend: Running,
}

/// Long enough for a first start on a slow disk.
const PATIENCE: Duration = Duration::from_mins(1);

impl System {
    /// Starts all three and waits until they are ready.
    pub async fn start(settings: &Settings, data: &DataFolder) -> anyhow::Result<Self> {
        let users = users::start(users_config(settings, data)?).await.context("--users-port")?;
        let jwks = format!("http://{}/.well-known/jwks.json", users.address);
        let thoughts = thoughts::start(thoughts_config(settings, data, &jwks)?).await.context("--thoughts-port");
        let (thoughts, [users]) = or_stop(thoughts, [users]).await?;
        let config = frontend_config(settings, &jwks, thoughts.address, users.address)?;
        let frontend = frontend::start(config).await.context("--frontend-port");
        let (frontend, [users, thoughts]) = or_stop(frontend, [users, thoughts]).await?;
        let system = Self { users, thoughts, frontend };
        tokio::time::timeout(PATIENCE, system.ready())
            .await
            .map_err(|_| anyhow!("the services were not ready within {PATIENCE:?}; --log info tells more"))?;
        Ok(system)
    }

    /// Ends all three at once; requests that run are finished.
    pub async fn stop(self) {
        tokio::join!(self.frontend.close(), self.thoughts.close(), self.users.close());
    }

    async fn ready(&self) {
        for service in [&self.users, &self.thoughts, &self.frontend] {
            while service.readiness().await.is_err() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    }
}

/// If the next service does not start, those before it are stopped, so that nothing runs when the process ends.
async fn or_stop<const N: usize>(
    next: anyhow::Result<Running>,
    started: [Running; N],
) -> anyhow::Result<(Running, [Running; N])> {
    match next {
        Ok(next) => Ok((next, started)),
        Err(error) => {
            for service in started {
                service.close().await;
            }
            Err(error)
        }
    }
}

fn users_config(settings: &Settings, data: &DataFolder) -> anyhow::Result<users::Config> {
    let flags = vec![
        flag("sqlite-path", data.database("users")),
        flag("jwt-private-key-file", data.private_key()),
        flag("sample-data", "true"),
        // the frontend beside it passes on whose request it is
        flag("trusted-proxies", "127.0.0.1"),
    ];
    let config: users::Config = config("users", settings, settings.users_port, flags)?;
    shared::telemetry::init(config.common())?;
    Ok(config)
}

fn thoughts_config(settings: &Settings, data: &DataFolder, jwks: &str) -> anyhow::Result<thoughts::Config> {
    let flags =
        vec![flag("sqlite-path", data.database("thoughts")), flag("jwks-url", jwks), flag("sample-data", "true")];
    config("thoughts", settings, settings.thoughts_port, flags)
}

fn frontend_config(
    settings: &Settings,
    jwks: &str,
    thoughts: SocketAddr,
    users: SocketAddr,
) -> anyhow::Result<frontend::Config> {
    let flags = vec![
        flag("jwks-url", jwks),
        flag("thoughts-backend-url", format!("http://{thoughts}")),
        flag("user-backend-url", format!("http://{users}")),
    ];
    config("frontend", settings, settings.frontend_port, flags)
}

/// A service's settings as its own flags would give them; the environment is left to single services.
fn config<C: clap::Parser>(name: &str, settings: &Settings, port: u16, flags: Vec<OsString>) -> anyhow::Result<C> {
    let mut words =
        vec![name.into(), flag("listen", format!("127.0.0.1:{port}")), flag("operations-listen", "127.0.0.1:0")];
    words.push(flag("log", &settings.log));
    words.extend(settings.log_format.map(|format| flag("log-format", format!("{format:?}").to_lowercase())));
    words.extend(flags);
    parse(words, |_| None).map_err(|stop| match stop {
        Stop::Wrong(line) | Stop::Help(line) => anyhow!(line),
    })
}

fn flag(name: &str, value: impl Into<OsString>) -> OsString {
    let mut word = OsString::from(format!("--{name}="));
    word.push(value.into());
    word
}
