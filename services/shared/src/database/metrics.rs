//! Figures about the pool, read when they are asked for.

use prometheus::core::{Collector, Desc};
use prometheus::proto::MetricFamily;
use prometheus::{IntGaugeVec, Opts};

use super::Pools;

pub(super) struct PoolMetrics {
    pools: Pools,
    connections: IntGaugeVec,
}

impl PoolMetrics {
    pub(super) fn new(pools: Pools) -> anyhow::Result<Self> {
        let options = Opts::new("database_pool_connections", "Connections to the database by state");
        Ok(Self { pools, connections: IntGaugeVec::new(options, &["state"])? })
    }

    fn state(&self) -> (u32, u32) {
        match &self.pools {
            Pools::Postgres(pool) => (pool.state().connections, pool.state().idle_connections),
            Pools::Sqlite { read, write } => {
                let (read, write) = (read.state(), write.state());
                (read.connections + write.connections, read.idle_connections + write.idle_connections)
            }
        }
    }
}

impl Collector for PoolMetrics {
    fn desc(&self) -> Vec<&Desc> {
        self.connections.desc()
    }

    fn collect(&self) -> Vec<MetricFamily> {
        let (all, idle) = self.state();
        self.connections.with_label_values(&["idle"]).set(idle.into());
        self.connections.with_label_values(&["used"]).set(all.saturating_sub(idle).into());
        self.connections.collect()
    }
}
