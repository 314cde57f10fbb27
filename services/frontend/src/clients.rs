//! What the backends say: a file for each of them.

mod backend;
mod link;
mod thoughts;
mod users;

use std::time::Duration;

use prometheus::{IntGaugeVec, Opts};
use reqwest::redirect::Policy;
use shared::metrics::Metrics;

use crate::config::Config;
use backend::Backend;

pub(crate) use thoughts::{PostOutcome, Thought, ThoughtList, ThoughtsClient};
pub(crate) use users::{LoginOutcome, UsersClient};

/// The thoughts service's name, as people and metrics read it.
pub(crate) const THOUGHTS: &str = "thoughts";
/// The users service's name, as people and metrics read it.
pub(crate) const USERS: &str = "users";

/// More than a connection takes: a pod that is gone, and that the network still leads to, does not answer at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// Less than a backend keeps an idle connection: a POST over one that is closed meanwhile would be lost.
const IDLE_CONNECTION: Duration = Duration::from_secs(4);

/// Clients of both backends; whether each answers becomes a metric.
pub(crate) fn connect(config: &Config, metrics: &Metrics) -> anyhow::Result<(ThoughtsClient, UsersClient)> {
    let up = IntGaugeVec::new(
        Opts::new("backend_up", "Whether the last call of the backend was answered as it should be"),
        &["backend"],
    )?;
    metrics.register(up.clone())?;
    // a redirect is nonsense here, and proxies of the environment are meant for other programs
    let client = reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(IDLE_CONNECTION)
        .build()?;
    let backend = |service, url: &reqwest::Url| {
        Backend::new(service, url, client.clone(), config.backend_timeout, up.with_label_values(&[service]))
    };
    let thoughts = ThoughtsClient::new(backend(THOUGHTS, &config.thoughts_backend_url));
    Ok((thoughts, UsersClient::new(backend(USERS, &config.user_backend_url))))
}
