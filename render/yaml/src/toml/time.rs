//! Dates and times of TOML as Go's `time.Time`.

use std::any::Any;
use std::fmt::Write;

use govalue::{Kind, NamedType, Object, Value};
use toml::value::{Datetime, Offset};

static TIME: NamedType = NamedType { name: "time.Time", methods: &[] };

/// A `time.Time` that a TOML text holds.
#[derive(Debug)]
pub(super) struct Time(pub(super) Datetime);

impl Object for Time {
    fn type_of(&self) -> &'static NamedType {
        &TIME
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    /// As Go's `Time.String` writes it: without a date it is the first day of the year 0, without a time midnight.
    fn display(&self) -> Option<String> {
        let mut text = self.date();
        text.push(' ');
        text.push_str(&self.time());
        let zone = match self.0.offset {
            Some(Offset::Z) => " +0000 UTC".into(),
            Some(Offset::Custom { minutes }) => format!(" {0} {0}", offset(minutes, "")),
            None if self.0.time.is_none() => " +0000 date-local".into(),
            None if self.0.date.is_none() => " +0000 time-local".into(),
            None => " +0000 datetime-local".into(),
        };
        text.push_str(&zone);
        Some(text)
    }

    fn to_json(&self) -> Result<Value, String> {
        let zone = match self.0.offset {
            Some(Offset::Custom { minutes }) => offset(minutes, ":"),
            Some(Offset::Z) | None => "Z".into(),
        };
        Ok(format!("{}T{}{zone}", self.date(), self.time()).into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Time {
    fn date(&self) -> String {
        self.0.date.map_or_else(|| "0000-01-01".into(), |date| date.to_string())
    }

    fn time(&self) -> String {
        let Some(time) = self.0.time else { return "00:00:00".into() };
        let mut text = format!("{:02}:{:02}:{:02}", time.hour, time.minute, time.second);
        if time.nanosecond > 0 {
            // Writing to a string cannot fail.
            let _ = write!(text, ".{:09}", time.nanosecond);
            text.truncate(text.trim_end_matches('0').len());
        }
        text
    }
}

fn offset(minutes: i16, separator: &str) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{:02}{separator}{:02}", minutes / 60, minutes % 60)
}
