//! A relay in front of a server, which can be cut: how a test takes a database or a service away.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Relays connections to one address while it is open.
pub struct Proxy {
    /// Where it listens.
    pub address: SocketAddr,
    open: watch::Sender<bool>,
}

impl Proxy {
    /// Starts a relay to `target`, a `host:port`.
    pub async fn start(target: impl Into<String>, open: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port can be bound");
        let address = listener.local_addr().expect("a bound socket has an address");
        let (open, state) = watch::channel(open);
        tokio::spawn(accept(listener, target.into(), state));
        Self { address, open }
    }

    /// Lets connections pass.
    pub fn open(&self) {
        self.open.send_replace(true);
    }

    /// Cuts the connections there are, and closes new ones at once.
    pub fn cut(&self) {
        self.open.send_replace(false);
    }
}

async fn accept(listener: TcpListener, target: String, state: watch::Receiver<bool>) {
    while let Ok((connection, _)) = listener.accept().await {
        let is_open = *state.borrow();
        if is_open {
            tokio::spawn(relay(connection, target.clone(), state.clone()));
        }
    }
}

async fn relay(mut connection: TcpStream, target: String, mut state: watch::Receiver<bool>) {
    let Ok(mut server) = TcpStream::connect(target).await else { return };
    tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut connection, &mut server) => {}
        // An error says that the test is over.
        _ = state.wait_for(|open| !open) => {}
    }
}
