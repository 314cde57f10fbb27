//! Time zones.

use std::rc::Rc;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A `*time.Location`.
#[derive(Clone, Debug)]
pub(super) enum Location {
    Utc,
    /// The local zone, which is UTC by another name.
    Local,
    /// A zone of the tz data, by its name.
    Zone(Rc<str>, TimeZone),
    /// A zone that a text mentioned: its abbreviation, perhaps empty, and seconds east of UTC.
    Fixed(Rc<[u8]>, i64),
}

impl Location {
    /// The zone of this name, as `time.LoadLocation`.
    pub(super) fn load(name: &str) -> Option<Self> {
        match name {
            "" | "UTC" => Some(Self::Utc),
            "Local" => Some(Self::Local),
            name => {
                let zone = ZONES.get(name).ok()?;
                // Go looks for a file of this name, so upper and lower case count.
                (zone.iana_name() == Some(name)).then(|| Self::Zone(name.into(), zone))
            }
        }
    }

    /// The abbreviation and the seconds east of UTC that hold at an instant.
    pub(super) fn lookup(&self, unix: i64) -> (Vec<u8>, i64) {
        match self {
            Self::Utc | Self::Local => (b"UTC".to_vec(), 0),
            Self::Fixed(name, offset) => (name.to_vec(), *offset),
            Self::Zone(_, zone) => {
                let unix = unix.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
                let instant = Timestamp::from_second(unix).unwrap_or_default();
                let info = zone.to_offset_info(instant);
                (info.abbreviation().as_bytes().to_vec(), i64::from(info.offset().seconds()))
            }
        }
    }

    /// Whether daylight saving time holds at an instant.
    pub(super) fn is_dst(&self, unix: i64) -> bool {
        let Self::Zone(_, zone) = self else { return false };
        Timestamp::from_second(unix).is_ok_and(|instant| zone.to_offset_info(instant).dst().is_dst())
    }

    /// Its name, as `String()`.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Utc => "UTC".to_owned(),
            Self::Local => "Local".to_owned(),
            Self::Zone(name, _) => name.to_string(),
            Self::Fixed(name, _) => String::from_utf8_lossy(name).into_owned(),
        }
    }
}
