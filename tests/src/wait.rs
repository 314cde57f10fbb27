//! Waiting on conditions: tests know no fixed times.

use std::time::{Duration, Instant};

/// Far above what anything here takes, so that a busy machine fails no test.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Asks `probe` again and again until it gives a value; `what` names it should it never.
pub async fn until<T>(what: &str, probe: impl AsyncFnMut() -> Option<T>) -> T {
    until_within(PATIENCE, what, probe).await
}

/// The same with another patience, for what takes its time.
pub async fn until_within<T>(patience: Duration, what: &str, mut probe: impl AsyncFnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(value) = probe().await {
            return value;
        }
        assert!(start.elapsed() < patience, "waited {patience:?} in vain for {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
