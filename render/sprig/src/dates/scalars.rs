//! `time.Month`, `time.Weekday` and `*time.Location`.

use std::any::Any;

use govalue::{Kind, Method, NamedType, Object, Value};

use super::civil::{MONTHS, WEEKDAYS};
use super::location::Location;
use crate::objects::expect;

/// A number that prints as a name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Named {
    /// From 1.
    Month(i64),
    /// From 0, which is Sunday.
    Weekday(i64),
}

static MONTH: NamedType = NamedType { name: "time.Month", methods: NAMED_METHODS };
static WEEKDAY: NamedType = NamedType { name: "time.Weekday", methods: NAMED_METHODS };
static LOCATION: NamedType = NamedType {
    name: "*time.Location",
    methods: &[Method {
        name: "String",
        params: &[],
        variadic: false,
        call: |receiver, _| Ok(expect::<Location>(receiver)?.name().into()),
    }],
};

const NAMED_METHODS: &[Method] = &[Method {
    name: "String",
    params: &[],
    variadic: false,
    call: |receiver, _| Ok(expect::<Named>(receiver)?.display().unwrap_or_default().into()),
}];

impl Named {
    fn number(self) -> i64 {
        match self {
            Self::Month(number) | Self::Weekday(number) => number,
        }
    }
}

impl Object for Named {
    fn type_of(&self) -> &'static NamedType {
        match self {
            Self::Month(_) => &MONTH,
            Self::Weekday(_) => &WEEKDAY,
        }
    }

    fn kind(&self) -> Kind {
        Kind::Int
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::Int(self.number()))
    }

    fn display(&self) -> Option<String> {
        let name = match *self {
            Self::Month(number) => MONTHS.get(usize::try_from(number - 1).ok()?),
            Self::Weekday(number) => WEEKDAYS.get(usize::try_from(number).ok()?),
        };
        name.map(|name| (*name).to_owned())
    }

    fn to_json(&self) -> Result<Value, String> {
        Ok(Value::Int(self.number()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for Location {
    fn type_of(&self) -> &'static NamedType {
        &LOCATION
    }

    fn kind(&self) -> Kind {
        Kind::Ptr
    }

    fn display(&self) -> Option<String> {
        Some(self.name())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
