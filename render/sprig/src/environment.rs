//! What functions take from outside: the time, chance, keys and the network.

use std::cell::RefCell;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use govalue::effects;
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};

use crate::dates::Time;

/// The outer world as functions see it. By default it is the real one, without name resolution.
///
/// The local zone is always UTC, so that a chart renders alike everywhere.
#[derive(Debug)]
pub struct Environment {
    time: Option<(i64, u32)>,
    start: Instant,
    random: RefCell<StdRng>,
    choice: Option<u64>,
    rsa_key: Option<String>,
    dns: bool,
}

/// Two RSA keys, as PEM, that anybody can read here: for what must come out alike each time, and protects nothing.
pub const KNOWN_RSA_KEYS: [&str; 2] = [include_str!("environment/key-1.pem"), include_str!("environment/key-2.pem")];

impl Default for Environment {
    fn default() -> Self {
        Self {
            time: None,
            start: Instant::now(),
            random: RefCell::new(rand::make_rng()),
            choice: None,
            rsa_key: None,
            dns: false,
        }
    }
}

impl Environment {
    /// The real time and chance, and no name resolution.
    pub fn new() -> Self {
        Self::default()
    }

    /// A world of this number, in which nothing is left to chance but the time: every choice, byte and key follows from the
    /// number, and those of the next number are others.
    pub fn repeatable(number: u64) -> Self {
        let [even, odd] = KNOWN_RSA_KEYS;
        let key = if number.is_multiple_of(2) { even } else { odd };
        Self::new().with_seed(number).with_choice(number).with_rsa_key(key)
    }

    /// The clock stands still, so many seconds and nanoseconds after the start of 1970 (UTC).
    #[must_use]
    pub fn with_time(self, seconds: i64, nanoseconds: u32) -> Self {
        Self { time: Some((seconds, nanoseconds.min(999_999_999))), ..self }
    }

    /// Random choices follow from this number, so that a run can be repeated.
    ///
    /// RSA keys do not: give one by [`Self::with_rsa_key`].
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { random: RefCell::new(StdRng::seed_from_u64(seed)), ..self }
    }

    /// Every choice among several falls on the one of this number, from 0, counted round and round, so that what is made
    /// does not depend on the order in which templates ask. Random bytes stay random.
    #[must_use]
    pub fn with_choice(self, number: u64) -> Self {
        Self { choice: Some(number), ..self }
    }

    /// The RSA key, as PEM, that every function gets which would make a new one: making one takes seconds.
    #[must_use]
    pub fn with_rsa_key(self, pem: impl Into<String>) -> Self {
        Self { rsa_key: Some(pem.into()), ..self }
    }

    /// Whether `getHostByName` may ask the network, as `--enable-dns`.
    #[must_use]
    pub fn with_dns(self, dns: bool) -> Self {
        Self { dns, ..self }
    }

    /// The time now. With the real clock it also has a reading of the monotonic clock, as in Go.
    pub(crate) fn now(&self) -> Time {
        effects::outside();
        if let Some((seconds, nanoseconds)) = self.time {
            return Time::local(seconds, nanoseconds);
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let elapsed = i64::try_from(self.start.elapsed().as_nanos()).unwrap_or(i64::MAX);
        let seconds = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        Time::local(seconds, now.subsec_nanos()).with_monotonic(elapsed)
    }

    /// A number below `bound`, which must not be zero.
    pub(crate) fn random_below(&self, bound: u64) -> u64 {
        effects::outside();
        let bound = bound.max(1);
        self.choice.map_or_else(|| self.random.borrow_mut().random_range(0..bound), |number| number % bound)
    }

    /// Fills the buffer with random bytes.
    pub(crate) fn fill(&self, buffer: &mut [u8]) {
        effects::outside();
        self.random.borrow_mut().fill_bytes(buffer);
    }

    /// So many random bytes.
    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// The key that is ready, if one was given.
    pub(crate) fn ready_rsa_key(&self) -> Option<&str> {
        self.rsa_key.as_deref()
    }

    pub(crate) fn dns(&self) -> bool {
        effects::outside();
        self.dns
    }
}
