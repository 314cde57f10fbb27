//! Log lines: JSON for machines, text for a terminal; the level can change while the service runs.

use std::io::IsTerminal;
use std::sync::OnceLock;

use anyhow::Context;
use tracing_subscriber::filter::LevelFilter;
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
        LogFormat::Json => fmt::layer()
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .with_current_span(false)
            .with_target(false)
            .boxed(),
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
    let met = || {
        format!(
            "LOG: expected error, warn, info, debug, trace, off or a filter such as info,thoughts=debug, met {text:?}"
        )
    };
    // the filter takes a misspelt level for a target's name, and would silence everything
    let mut words = text.split(',').map(str::trim).filter(|word| !word.contains(['=', '[']));
    anyhow::ensure!(words.all(|word| word.parse::<LevelFilter>().is_ok()), met());
    EnvFilter::try_new(text).with_context(met)
}

fn default_format() -> LogFormat {
    if std::io::stdout().is_terminal() { LogFormat::Text } else { LogFormat::Json }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_level_is_refused() {
        for good in ["info", "WARN", "off", "info,thoughts=debug", "warn,shared::keys=trace"] {
            assert!(filter(good).is_ok(), "{good}");
        }
        for bad in ["inof", "info,thoughts", "info=x"] {
            assert!(filter(bad).is_err(), "{bad}");
        }
    }
}
