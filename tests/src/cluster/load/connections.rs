//! Connections as a browser has them: kept while the other side keeps them.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::traffic::Shot;

/// Longer than any answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

type Sender = SendRequest<Full<Bytes>>;

/// The connections to one address.
pub(super) struct Connections {
    address: SocketAddr,
    idle: Mutex<Vec<Sender>>,
    opened: AtomicU64,
}

impl Connections {
    pub(super) fn to(address: SocketAddr) -> Self {
        Self { address, idle: Mutex::default(), opened: AtomicU64::new(0) }
    }

    /// How many were opened.
    pub(super) fn opened(&self) -> u64 {
        self.opened.load(Ordering::Relaxed)
    }

    /// Sends a request once, and reads the whole answer; an error says what became of it.
    pub(super) async fn ask(&self, shot: &Shot) -> Result<(StatusCode, Bytes), String> {
        tokio::time::timeout(PATIENCE, self.exchange(shot))
            .await
            .unwrap_or_else(|_| Err(format!("no answer within {PATIENCE:?}")))
    }

    async fn exchange(&self, shot: &Shot) -> Result<(StatusCode, Bytes), String> {
        let kept = if shot.alone { None } else { self.take() };
        let was = if kept.is_some() { "on a kept connection" } else { "on a new connection" };
        let mut sender = match kept {
            Some(sender) => sender,
            None => self.open().await?,
        };
        let failed = |what: &str, error: hyper::Error| format!("{what} {was}: {:#}", chain(&error));
        let response = sender.send_request(request(shot)).await.map_err(|error| failed("no answer", error))?;
        let (head, body) = response.into_parts();
        let body = body.collect().await.map_err(|error| failed("the answer broke off", error))?.to_bytes();
        let closes = head.headers.get(CONNECTION).is_some_and(|value| value == "close");
        if !shot.alone && !closes {
            self.idle.lock().expect("no task panics while it holds this").push(sender);
        }
        Ok((head.status, body))
    }

    /// The connection used last, if the other side has not closed it.
    fn take(&self) -> Option<Sender> {
        let mut idle = self.idle.lock().expect("no task panics while it holds this");
        idle.retain(|sender| !sender.is_closed());
        let ready = idle.iter().rposition(SendRequest::is_ready)?;
        Some(idle.remove(ready))
    }

    async fn open(&self) -> Result<Sender, String> {
        let stream = TcpStream::connect(self.address).await.map_err(|error| format!("cannot connect: {error}"))?;
        // Fails only for a connection that is gone already, which sending tells.
        let _ = stream.set_nodelay(true);
        let (sender, connection) =
            handshake(TokioIo::new(stream)).await.map_err(|error| format!("cannot connect: {error}"))?;
        // Its errors are those of the request that is sent over it.
        tokio::spawn(connection);
        self.opened.fetch_add(1, Ordering::Relaxed);
        Ok(sender)
    }
}

fn request(shot: &Shot) -> Request<Full<Bytes>> {
    let mut request = Request::builder().method(&shot.method).uri(&shot.path).header(HOST, &shot.host);
    for (name, value) in &shot.headers {
        request = request.header(*name, value);
    }
    if shot.form.is_some() {
        request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let body = shot.form.clone().unwrap_or_default();
    request.body(Full::from(body)).expect("the requests of a load are well-formed")
}

/// An error with all its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
