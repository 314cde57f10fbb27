//! A call of a backend: bounded in time and size, and never a surprise to the page.

use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use axum::http::{HeaderMap, StatusCode};
use prometheus::IntGauge;
use reqwest::{Method, Request, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use shared::edge::{REQUEST_ID, RequestId};

use crate::failure::{Failure, Result};

/// Some more than the longest list takes.
const MAX_REPLY: usize = 4 * 1024 * 1024;

/// How often a request is tried that has not reached the backend.
const ATTEMPTS: u32 = 3;
/// Between two of these attempts.
const PAUSE: Duration = Duration::from_millis(200);

/// One of the backends.
#[derive(Clone)]
pub(crate) struct Backend {
    service: &'static str,
    base: String,
    client: reqwest::Client,
    timeout: Duration,
    up: IntGauge,
}

/// A backend's whole reply.
pub(crate) struct Reply {
    service: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    body: Vec<u8>,
}

impl Backend {
    /// Counts as up until a call shows that it is not.
    pub(crate) fn new(
        service: &'static str,
        url: &reqwest::Url,
        client: reqwest::Client,
        timeout: Duration,
        up: IntGauge,
    ) -> Self {
        up.set(1);
        Self { service, base: url.as_str().trim_end_matches('/').to_owned(), client, timeout, up }
    }

    /// A request for this path below the backend's address.
    pub(crate) fn request(&self, method: Method, path: &str, id: &RequestId) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base)).header(REQUEST_ID, &id.0)
    }

    /// Sends the request, and reads what it is answered with by `read`.
    pub(crate) async fn call<T>(&self, request: RequestBuilder, read: impl FnOnce(&Reply) -> Result<T>) -> Result<T> {
        let reply = match tokio::time::timeout(self.timeout, self.reply(request)).await {
            Ok(reply) => reply.map_err(|error| Failure::Down(self.service, error)),
            Err(_) => Err(Failure::Down(self.service, anyhow!("no answer within {:?}", self.timeout))),
        };
        let outcome = reply.and_then(|reply| read(&reply));
        let failed = matches!(outcome, Err(Failure::Down(..) | Failure::Nonsense(..)));
        self.up.set(i64::from(!failed));
        outcome
    }

    async fn reply(&self, request: RequestBuilder) -> anyhow::Result<Reply> {
        let mut response = self.send(request.build()?).await?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > MAX_REPLY {
                bail!("expected at most {MAX_REPLY} bytes, met more");
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { service: self.service, status: response.status(), headers: response.headers().clone(), body })
    }

    /// Without a connection nothing was sent, and the next one may lead to a pod that is there: it is tried again. So is
    /// what only reads when its connection breaks: a backend that restarts closes idle ones.
    async fn send(&self, request: Request) -> reqwest::Result<Response> {
        let reads = request.method() == Method::GET;
        for _ in 1..ATTEMPTS {
            let Some(attempt) = request.try_clone() else { break };
            match self.client.execute(attempt).await {
                Err(error) if error.is_connect() || (reads && error.is_request()) => tokio::time::sleep(PAUSE).await,
                outcome => return outcome,
            }
        }
        self.client.execute(request).await
    }
}

impl Reply {
    /// The body, of this shape.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let parsed = serde_json::from_slice(&self.body).context("a body of another shape than expected");
        parsed.map_err(|error| self.nonsense(error))
    }

    /// What a reply that breaks the contract comes to.
    pub(crate) fn nonsense(&self, cause: anyhow::Error) -> Failure {
        Failure::Nonsense(self.service, cause)
    }

    /// What a status that the contract does not know for this call comes to.
    pub(crate) fn unexpected(&self) -> Failure {
        let cause = anyhow!("answered with the status {}", self.status);
        match self.status {
            StatusCode::SERVICE_UNAVAILABLE => Failure::Down(self.service, cause),
            _ => self.nonsense(cause),
        }
    }
}
