//! Log lines: JSON for machines, text for a terminal; the level can change while the service runs.

use std::io::IsTerminal;
use std::sync::OnceLock;

use anyhow::Context;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt, reload};

use crate::settings::{Common, LogFormat};

static FILTER: OnceLock<reload::Handle<EnvFilter, Registry>> = OnceLock::new();

/// Starts logging to standard output; further calls change the level only.
pub fn init(settings: &Common) -> anyhow::Result<()> {
    if FILTER.get().is_some() {
        return reload(settings);
    }
    let (filter, handle) = reload::Layer::new(filter(&settings.log)?);
    let lines = match settings.log_format.unwrap_or_else(default_format) {
        LogFormat::Json => fmt::layer().json().flatten_event(true).with_span_list(false).with_target(false).boxed(),
        LogFormat::Text => fmt::layer().compact().with_target(false).with_ansi(std::io::stdout().is_terminal()).boxed(),
    };
    tracing_subscriber::registry().with(filter).with(lines).init();
    FILTER.set(handle).map_err(|_| anyhow::anyhow!("logging was started twice at once"))
}

/// Takes over a changed level.
pub fn reload(settings: &Common) -> anyhow::Result<()> {
    let filter = filter(&settings.log)?;
    FILTER.get().context("logging is not started")?.reload(filter).context("cannot change the log level")
}

fn filter(text: &str) -> anyhow::Result<EnvFilter> {
    EnvFilter::try_new(text).with_context(|| format!("LOG: expected a level or a filter, met {text:?}"))
}

fn default_format() -> LogFormat {
    if std::io::stdout().is_terminal() { LogFormat::Text } else { LogFormat::Json }
}
