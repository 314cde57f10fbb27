//! One connection, from its first request to its end.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use axum::response::Response;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::{Phase, closing};
use crate::client_address::Peer;
use crate::error::Error;

/// The most that a request's head may take, in bytes; more is answered with 431.
const MAX_HEAD: usize = 32 * 1024;
/// A client that does not read what it is sent loses its connection after this time (Linux).
#[cfg(target_os = "linux")]
const UNREAD_TIMEOUT: Duration = Duration::from_secs(30);

/// Serves a connection to its end. A client that goes away or sends nonsense is no event of ours.
pub(super) async fn serve(stream: TcpStream, replies: Replies, head_timeout: Duration) {
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    let _ = socket2::SockRef::from(&stream).set_tcp_user_timeout(Some(UNREAD_TIMEOUT));
    let mut phases = replies.phases.clone();
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_timeout)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), replies);
    let end = tokio::select! {
        end = poll_fn(|context| connection.poll_without_shutdown(context)) => end,
        () = closing(&mut phases) => {
            Pin::new(&mut connection).graceful_shutdown();
            poll_fn(|context| connection.poll_without_shutdown(context)).await
        }
    };
    let parts = connection.into_parts();
    let mut stream = parts.io.into_inner();
    // on a connection that only idled the reply would be taken for that to a later request (RFC 9110, 15.5.9)
    if end.is_err_and(|error| error.is_timeout()) && !parts.read_buf.is_empty() {
        let _ = stream.write_all(too_slow().as_bytes()).await;
    }
    let _ = stream.shutdown().await;
}

/// The reply to a head that came too slowly, which hyper does not give.
fn too_slow() -> String {
    let body = serde_json::json!({ "message": Error::TooSlow.message() }).to_string();
    let length = body.len();
    format!(
        "HTTP/1.1 408 Request Timeout\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    )
}

/// What replies to a connection's requests.
pub(super) struct Replies {
    pub(super) peer: SocketAddr,
    pub(super) router: Router,
    pub(super) phases: watch::Receiver<Phase>,
}

impl hyper::service::Service<Request<Incoming>> for Replies {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        request.extensions_mut().insert(Peer(self.peer));
        let reply = tower::Service::call(&mut self.router.clone(), request);
        let phases = self.phases.clone();
        async move {
            let mut response = reply.await?;
            // a client that keeps the connection would meet its end in the middle of a later request
            if *phases.borrow() != Phase::Serving {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok(response)
        }
        .boxed()
    }
}
