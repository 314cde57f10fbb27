//! How often a login may fail: 20 times a minute for a name, 100 times from an address.
//!
//! Each replica counts for itself. Memory is bounded: a name costs as much as the failures that
//! are remembered of it, and names beyond [`MAX_KEYS`] push out others.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use shared::error::{Error, Result};

const WINDOW: Duration = Duration::from_mins(1);
const PER_NAME: usize = 20;
const PER_ADDRESS: usize = 100;
const MAX_KEYS: usize = 50_000;

/// The failed logins of the last minute.
pub(crate) struct LoginLimits {
    names: Failures,
    addresses: Failures,
}

impl Default for LoginLimits {
    fn default() -> Self {
        Self { names: Failures::new(PER_NAME), addresses: Failures::new(PER_ADDRESS) }
    }
}

impl LoginLimits {
    /// 429 if the name or the address has failed too often.
    pub(crate) fn check(&self, name: &str, address: IpAddr) -> Result<()> {
        let now = Instant::now();
        self.names.check(name, now)?;
        self.addresses.check(&network(address), now)
    }

    /// Remembers a failure; 429 if others, which ran at the same time, have used up what was allowed.
    pub(crate) fn failed(&self, name: &str, address: IpAddr) -> Result<()> {
        let now = Instant::now();
        let (name, address) = (self.names.record(name, now), self.addresses.record(&network(address), now));
        name.and(address)
    }
}

/// A person with IPv6 has 2^64 addresses: the network counts.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

struct Failures {
    limit: usize,
    hasher: RandomState,
    by_key: Mutex<HashMap<u64, VecDeque<Instant>>>,
}

impl Failures {
    fn new(limit: usize) -> Self {
        Self { limit, hasher: RandomState::new(), by_key: Mutex::default() }
    }

    fn check(&self, key: &(impl Hash + ?Sized), now: Instant) -> Result<()> {
        let mut by_key = self.by_key.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(failures) = by_key.get_mut(&self.hasher.hash_one(key)) else { return Ok(()) };
        forget_old(failures, now);
        self.allow(failures, now)
    }

    fn record(&self, key: &(impl Hash + ?Sized), now: Instant) -> Result<()> {
        let mut by_key = self.by_key.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut by_key, now);
        let failures = by_key.entry(self.hasher.hash_one(key)).or_default();
        forget_old(failures, now);
        self.allow(failures, now)?;
        failures.push_back(now);
        Ok(())
    }

    fn allow(&self, failures: &VecDeque<Instant>, now: Instant) -> Result<()> {
        match failures.front() {
            Some(oldest) if failures.len() >= self.limit => {
                let wait = WINDOW.saturating_sub(now - *oldest);
                Err(Error::TooManyRequests(wait.as_secs() + 1))
            }
            _ => Ok(()),
        }
    }
}

fn forget_old(failures: &mut VecDeque<Instant>, now: Instant) {
    while failures.front().is_some_and(|at| now - *at >= WINDOW) {
        failures.pop_front();
    }
}

/// When the map is full: what is over goes, and if that was nothing, half of the rest.
fn make_room(by_key: &mut HashMap<u64, VecDeque<Instant>>, now: Instant) {
    if by_key.len() < MAX_KEYS {
        return;
    }
    by_key.retain(|_, failures| failures.back().is_some_and(|at| now - *at < WINDOW));
    if by_key.len() >= MAX_KEYS {
        let mut keep = false;
        by_key.retain(|_, _| {
            keep = !keep;
            keep
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn the_twenty_first_failure_of_a_name_is_one_too_many_and_others_are_unharmed() {
        let limits = LoginLimits::default();
        for _ in 0..20 {
            assert!(limits.check("bruce", HOME).and(limits.failed("bruce", HOME)).is_ok());
        }
        assert!(limits.check("bruce", HOME).is_err());
        assert!(limits.failed("bruce", HOME).is_err());
        assert!(limits.check("stephen", HOME).is_ok());
    }

    #[test]
    fn the_hundred_and_first_failure_from_an_address_is_one_too_many() {
        let limits = LoginLimits::default();
        for number in 0..100 {
            assert!(limits.failed(&number.to_string(), HOME).is_ok());
        }
        assert!(limits.check("somebody", HOME).is_err());
        assert!(limits.check("somebody", [10, 0, 0, 1].into()).is_ok());
    }

    #[test]
    fn a_minute_later_all_is_forgotten() {
        let failures = Failures::new(1);
        let then = Instant::now();
        assert!(failures.record("bruce", then).is_ok());
        assert!(matches!(failures.check("bruce", then), Err(Error::TooManyRequests(61))));
        assert!(matches!(failures.check("bruce", then + WINDOW / 2), Err(Error::TooManyRequests(31))));
        assert!(failures.check("bruce", then + WINDOW).is_ok());
    }

    #[test]
    fn memory_is_bounded() {
        let failures = Failures::new(1);
        let now = Instant::now();
        for number in 0..3 * MAX_KEYS {
            assert!(failures.record(&number, now).is_ok());
        }
        assert!(failures.by_key.lock().unwrap_or_else(PoisonError::into_inner).len() <= MAX_KEYS);
    }

    #[test]
    fn an_ipv6_network_counts_as_one() {
        let one: IpAddr = IpAddr::V6([0x2001, 0xdb8, 0, 1, 0, 0, 0, 1].into());
        let other = IpAddr::V6([0x2001, 0xdb8, 0, 1, 9, 9, 9, 9].into());
        assert_eq!(network(one), network(other));
    }
}
