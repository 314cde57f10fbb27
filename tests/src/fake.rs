//! Backends that misbehave, on ports of their own.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A made-up backend; it ends with this.
pub struct Fake {
    /// Where it listens.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Fake {
    /// Takes connections and never answers.
    pub async fn silent() -> Self {
        Self::start("127.0.0.1:0", None).await
    }

    /// Takes connections and closes them at the first bytes.
    pub async fn closing() -> Self {
        Self::start("127.0.0.1:0", Some(String::new())).await
    }

    /// Answers every request so.
    pub async fn answering(status: &str, content_type: &str, body: &str) -> Self {
        Self::answering_at("127.0.0.1:0", status, content_type, body).await
    }

    /// The same at an address that is free.
    pub async fn answering_at(address: &str, status: &str, content_type: &str, body: &str) -> Self {
        let length = body.len();
        let reply = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        Self::start(address, Some(reply)).await
    }

    /// The base URL of it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends it, and waits until its port is free for somebody else.
    pub async fn stop(mut self) -> SocketAddr {
        self.task.abort();
        let _ = (&mut self.task).await;
        self.address
    }

    async fn start(address: &str, reply: Option<String>) -> Self {
        let listener = TcpListener::bind(address).await.expect("a free port can be bound");
        let address = listener.local_addr().expect("a bound socket has an address");
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((connection, _)) = listener.accept().await {
                connections.spawn(serve(connection, reply.clone()));
            }
        });
        Self { address, task }
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut connection: TcpStream, reply: Option<String>) {
    let mut request = [0; 16 * 1024];
    // One read holds a whole request of the frontend's: they are small.
    let _ = connection.read(&mut request).await;
    match reply {
        Some(reply) => drop(connection.write_all(reply.as_bytes()).await),
        None => std::future::pending().await,
    }
}
