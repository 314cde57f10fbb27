//! Faults on demand, for proofs of what a cluster does about them. Built with the feature `faults` alone, which only the
//! -debug images have: to any other binary these flags are unknown, and it does not start with them.

use std::process::abort;
use std::time::Duration;

use clap::Args;

use crate::settings::{positive_seconds, seconds};

/// What goes wrong.
#[derive(Args, Clone, Debug)]
pub struct FaultSettings {
    /// Fault: seconds before the service listens
    #[arg(long, default_value = "0", value_parser = seconds)]
    pub fault_start_delay: Duration,
    /// Fault: seconds from then on to a crash [default: never]
    #[arg(long, value_parser = positive_seconds)]
    pub fault_crash_after: Option<Duration>,
}

impl FaultSettings {
    /// Ends when the start may go on; a crash comes by itself.
    pub(crate) async fn begin(&self) {
        if !self.fault_start_delay.is_zero() {
            tracing::warn!(seconds = self.fault_start_delay.as_secs_f64(), "a fault was asked for: a slow start");
        }
        tokio::time::sleep(self.fault_start_delay).await;
        if let Some(time) = self.fault_crash_after {
            tracing::warn!(seconds = time.as_secs_f64(), "a fault was asked for: a crash");
            tokio::spawn(async move {
                tokio::time::sleep(time).await;
                abort();
            });
        }
    }
}
