//! The server loop: two listeners, bounded connections, a bounded time for a request's head, and
//! a stop in three phases that loses no request.

mod connection;

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use futures_util::future::BoxFuture;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use self::connection::Replies;
use crate::edge::{self, Edge};
use crate::operations::{self, Readiness};
use crate::settings::Common;

/// How far a service is on its way to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It serves.
    Serving,
    /// It serves, but is not ready: routers still send requests for a while.
    Draining,
    /// It takes no more requests; those that run are finished.
    Closing,
}

/// A pause when the process has no more file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// What a service puts on its two addresses.
pub struct Server {
    /// The service's own address.
    pub listen: SocketAddr,
    /// The address for `/livez`, `/readyz` and `/metrics`.
    pub operations_listen: SocketAddr,
    /// The service's routes.
    pub routes: Router,
    /// The service's edge.
    pub edge: Edge,
    /// Whether it can do its work.
    pub readiness: Readiness,
    /// What runs beside the requests, from when the addresses are bound until the service ends.
    pub tasks: Vec<BoxFuture<'static, ()>>,
    /// Reads keys again.
    pub reload: Reload,
}

/// Reads again what can change while a service runs.
pub type Reload = Arc<dyn Fn() -> BoxFuture<'static, anyhow::Result<()>> + Send + Sync>;

/// A service that listens.
pub struct Running {
    /// Where it listens: the port is the real one, also when 0 was asked for.
    pub address: SocketAddr,
    /// Where its operations address is.
    pub operations_address: SocketAddr,
    drain_delay: Duration,
    shutdown_timeout: Duration,
    phase: watch::Sender<Phase>,
    served: JoinHandle<()>,
    operations: JoinHandle<()>,
    tasks: JoinSet<()>,
    readiness: Readiness,
    reload: Reload,
}

impl Server {
    /// Binds both addresses and starts serving.
    pub async fn start(self, settings: &Common) -> anyhow::Result<Running> {
        let listener = bind("LISTEN", self.listen).await?;
        let operations_listener = bind("OPERATIONS_LISTEN", self.operations_listen).await?;
        let (address, operations_address) = (listener.local_addr()?, operations_listener.local_addr()?);
        let (phase, phases) = watch::channel(Phase::Serving);
        let limits = Limits::of(settings);

        let operations = operations::router(Arc::clone(&self.readiness), self.edge.metrics.clone(), phases.clone());
        let operations = tokio::spawn(serve(operations_listener, operations, limits, watch::channel(Phase::Serving).1));
        tracing::info!(service = self.edge.service, %address, %operations_address, "listening");
        let served = tokio::spawn(serve(listener, edge::around(self.routes, self.edge), limits, phases));
        Ok(Running {
            address,
            operations_address,
            drain_delay: settings.drain_delay,
            shutdown_timeout: settings.shutdown_timeout,
            phase,
            served,
            operations,
            tasks: self.tasks.into_iter().collect(),
            readiness: self.readiness,
            reload: self.reload,
        })
    }
}

impl Running {
    /// Whether it can do its work; an error says what it waits for.
    pub async fn readiness(&self) -> Result<(), String> {
        (self.readiness)().await
    }

    /// Not ready at once, but serving for the drain delay.
    pub async fn drain(&self) {
        self.phase.send_replace(Phase::Draining);
        tokio::time::sleep(self.drain_delay).await;
    }

    /// Takes no more requests, finishes those that run, and ends.
    pub async fn close(mut self) {
        self.phase.send_replace(Phase::Closing);
        if tokio::time::timeout(self.shutdown_timeout, &mut self.served).await.is_err() {
            tracing::warn!("requests still ran after {:?}; they are cut off", self.shutdown_timeout);
            self.served.abort();
        }
        self.tasks.shutdown().await;
        self.operations.abort();
    }

    /// Reads keys again.
    pub async fn reload(&self) -> anyhow::Result<()> {
        (self.reload)().await
    }
}

#[derive(Clone, Copy)]
struct Limits {
    connections: u32,
    head_timeout: Duration,
}

impl Limits {
    fn of(settings: &Common) -> Self {
        Self { connections: settings.max_connections, head_timeout: settings.request_timeout }
    }
}

async fn bind(setting: &str, address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow::anyhow!("{setting} {address}: the port is taken"),
        _ => anyhow::anyhow!("{setting} {address}: {error}"),
    })
}

async fn serve(listener: TcpListener, router: Router, limits: Limits, mut phases: watch::Receiver<Phase>) {
    let permits = Arc::new(Semaphore::new(limits.connections as usize));
    loop {
        let accepted = tokio::select! {
            accepted = async {
                let permit = Arc::clone(&permits).acquire_owned().await;
                (permit, listener.accept().await)
            } => accepted,
            () = closing(&mut phases) => break,
        };
        let (permit, Ok((stream, peer))) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let replies = Replies { peer, router: router.clone(), phases: phases.clone() };
        tokio::spawn(async move {
            connection::serve(stream, replies, limits.head_timeout).await;
            drop(permit);
        });
    }
    drop(listener);
    // every connection has given its permit back
    let _ = permits.acquire_many(limits.connections).await;
}

/// Ends when the phase is closing; never, when nobody can say so any more.
async fn closing(phases: &mut watch::Receiver<Phase>) {
    if phases.wait_for(|phase| *phase == Phase::Closing).await.is_err() {
        std::future::pending::<()>().await;
    }
}
