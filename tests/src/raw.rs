//! A bare connection, for what no sound client sends.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A TCP connection to a service.
pub struct Connection(TcpStream);

impl Connection {
    /// Opens one.
    pub async fn open(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).await.unwrap_or_else(|error| panic!("{address}: {error}")))
    }

    /// Sends bytes.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).await.unwrap_or_else(|error| panic!("the service does not read: {error}"));
    }

    /// Sends bytes that the service need not read to the end.
    pub async fn try_send(&mut self, bytes: impl AsRef<[u8]>) {
        // It may have answered and closed already.
        let _ = self.0.write_all(bytes.as_ref()).await;
    }

    /// Reads until `end` was read.
    pub async fn read_until(&mut self, end: &str) -> String {
        self.read(|text| text.contains(end)).await
    }

    /// Reads until the service closes.
    pub async fn read_to_end(&mut self) -> String {
        self.read(|_| false).await
    }

    async fn read(&mut self, done: impl Fn(&str) -> bool) -> String {
        let mut received = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&received).into_owned();
            if done(&text) {
                return text;
            }
            let reading = tokio::time::timeout(Duration::from_mins(1), self.0.read_buf(&mut received)).await;
            match reading.unwrap_or_else(|_| panic!("the service neither answers nor closes; so far: {text}")) {
                // A reset is an end as well.
                Ok(0) | Err(_) => return String::from_utf8_lossy(&received).into_owned(),
                Ok(_) => {}
            }
        }
    }
}
