//! A steady load: requests are sent when their time has come, whatever became of those before (an open loop), none is sent
//! twice, and every failure is kept with its time and cause.

mod connections;
mod outcome;
mod traffic;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use connections::Connections;
pub use outcome::{Outcome, Outcomes};
pub use traffic::{Shot, Traffic};

/// However long a proof waits, no load lasts longer.
const LONGEST: Duration = Duration::from_mins(30);

/// How much is asked.
#[derive(Clone, Copy)]
pub struct Pace {
    /// Requests in a second.
    pub rate: u32,
    /// The most requests there will be.
    pub most: u64,
}

/// A load that runs.
pub struct Load {
    begun: Instant,
    sent: Arc<AtomicU64>,
    stop: watch::Sender<bool>,
    running: JoinHandle<Outcomes>,
}

impl Load {
    /// Starts to send `traffic` to an address of the cluster.
    pub fn start(address: SocketAddr, pace: Pace, traffic: Traffic) -> Self {
        let sent = Arc::<AtomicU64>::default();
        let (stop, stopped) = watch::channel(false);
        let running = tokio::spawn(run(address, pace, traffic, Arc::clone(&sent), stopped));
        Self { begun: Instant::now(), sent, stop, running }
    }

    /// How long it runs already.
    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// How many requests were sent so far.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Goes on until this many requests were sent, then stops; waits for the answers of all.
    pub async fn finish(self, at_least: u64) -> Outcomes {
        while self.sent() < at_least && !self.running.is_finished() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.stop.send_replace(true);
        self.running.await.expect("the load ends by itself")
    }
}

async fn run(
    address: SocketAddr,
    pace: Pace,
    traffic: Traffic,
    sent: Arc<AtomicU64>,
    stopped: watch::Receiver<bool>,
) -> Outcomes {
    let connections = Arc::new(Connections::to(address));
    let begin = Instant::now();
    // Late ticks come in a burst: the times that were planned hold.
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / pace.rate);
    let mut running = JoinSet::new();
    for number in 0..pace.most {
        let planned = ticks.tick().await.into_std();
        if *stopped.borrow() || begin.elapsed() > LONGEST {
            break;
        }
        let shot = traffic(number);
        let connections = Arc::clone(&connections);
        running.spawn(async move {
            let answer = connections.ask(&shot).await;
            Outcome::new(&shot, planned.saturating_duration_since(begin), planned.elapsed(), answer)
        });
        sent.fetch_add(1, Ordering::Relaxed);
    }
    let lasted = begin.elapsed();
    Outcomes { all: running.join_all().await, lasted, connections: connections.opened() }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    /// Requests that came first on their connection, and those that came second.
    type Met = Arc<[AtomicU64; 2]>;

    /// Answers each connection's first request, and breaks it off at its second.
    async fn answer_once(mut connection: TcpStream, met: Met) {
        let mut request = [0; 4096];
        if connection.read(&mut request).await.is_ok_and(|length| length > 0) {
            met[0].fetch_add(1, Ordering::SeqCst);
            let _ = connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK").await;
        }
        if connection.read(&mut request).await.is_ok_and(|length| length > 0) {
            met[1].fetch_add(1, Ordering::SeqCst);
        }
    }

    #[tokio::test]
    async fn every_request_is_sent_once_and_every_failure_counts() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let met = Met::default();
        let counts = Arc::clone(&met);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(answer_once(connection, Arc::clone(&counts)));
            }
        });
        let traffic: Traffic =
            Arc::new(|number| Shot::get("pages", "host", format!("/{number}")).alone(number % 4 == 0));
        let outcomes = Load::start(address, Pace { rate: 100, most: 40 }, traffic).finish(40).await;
        let [first, second] = [0, 1].map(|nth: usize| met[nth].load(Ordering::SeqCst));
        assert_eq!((outcomes.all.len(), first + second), (40, 40), "wanted each request once");
        assert!(second > 0, "wanted connections to be used again");
        assert_eq!(outcomes.failures().len() as u64, second, "wanted what broke off to fail, and nothing else");
        assert!(outcomes.lasted >= Duration::from_millis(390), "wanted the rate to hold, met {:?}", outcomes.lasted);
    }

    #[tokio::test]
    async fn an_address_that_nobody_answers_at_fails_each_request() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let load = Load::start(address, Pace { rate: 50, most: 5 }, Arc::new(|_| Shot::get("pages", "host", "/")));
        let outcomes = load.finish(5).await;
        assert_eq!(outcomes.failures().len(), 5);
        assert!(outcomes.all.iter().all(|outcome| outcome.status.is_none()));
    }
}
