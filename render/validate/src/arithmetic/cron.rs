//! Schedules, as Kubernetes reads them by the cron library of Go (robfig/cron, its standard parser).

use std::collections::BTreeSet;

/// The days of a schedule; hours and minutes have always one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Schedule {
    months: BTreeSet<u32>,
    days: BTreeSet<u32>,
    /// Whether days of the week are asked for, so that a day of either kind will do.
    by_weekday: bool,
}

struct Bounds {
    least: u32,
    most: u32,
    names: &'static [&'static str],
}

const MINUTES: Bounds = Bounds { least: 0, most: 59, names: &[] };
const HOURS: Bounds = Bounds { least: 0, most: 23, names: &[] };
const DAYS: Bounds = Bounds { least: 1, most: 31, names: &[] };
const MONTHS: Bounds = Bounds {
    least: 1,
    most: 12,
    names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
};
const WEEKDAYS: Bounds = Bounds { least: 0, most: 6, names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] };

impl Schedule {
    /// Five fields, `@daily` and the like, or `@every 1h30m`; a time zone has its own field in a CronJob.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with("TZ=") || text.starts_with("CRON_TZ=") {
            return Err("a time zone belongs to timeZone".into());
        }
        if text.starts_with('@') {
            return Self::described(text);
        }
        let fields: Vec<_> = text.split_whitespace().collect();
        let [minutes, hours, days_text, months, weekdays] = fields.as_slice() else {
            return Err(format!("wanted 5 fields, met {}", fields.len()));
        };
        let others = [field(minutes, &MINUTES)?, field(hours, &HOURS)?, field(weekdays, &WEEKDAYS)?];
        let (mut months, days) = (field(months, &MONTHS)?, field(days_text, &DAYS)?);
        // A field may be a lone comma, which is no time at all.
        if others.iter().chain([&days]).any(BTreeSet::is_empty) {
            months.clear();
        }
        let by_weekday = !is_any(weekdays) && !is_any(days_text);
        Ok(Self { months, days, by_weekday })
    }

    fn described(text: &str) -> Result<Self, String> {
        let daily = Self { months: (1..=12).collect(), days: (1..=31).collect(), by_weekday: false };
        match text {
            "@yearly" | "@annually" | "@monthly" | "@weekly" | "@daily" | "@midnight" | "@hourly" => Ok(daily),
            _ => match text.strip_prefix("@every ") {
                Some(time) if is_duration(time) => Ok(daily),
                Some(time) => Err(format!("{time:?} is no duration")),
                None => Err(format!("{text:?} is none of @hourly, @daily, @weekly, @monthly, @yearly, @every TIME")),
            },
        }
    }

    /// Whether none of its months has one of its days.
    pub(super) fn is_never(&self) -> bool {
        let longest = |month: &u32| match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let first = self.days.first().copied().unwrap_or(1);
        self.months.is_empty() || !self.by_weekday && !self.months.iter().any(|month| first <= longest(month))
    }
}

/// A star anywhere in a field makes it one that asks for nothing, but with steps it asks.
fn is_any(field: &str) -> bool {
    field.split(',').any(|range| {
        let (from, step) = range.split_once('/').unwrap_or((range, "1"));
        matches!(from.split('-').next(), Some("*" | "?")) && step.parse() == Ok(1)
    })
}

fn field(text: &str, bounds: &Bounds) -> Result<BTreeSet<u32>, String> {
    let mut numbers = BTreeSet::new();
    for range in text.split(',').filter(|range| !range.is_empty()) {
        numbers.extend(self::range(range, bounds)?);
    }
    Ok(numbers)
}

/// `*`, `5`, `1-5`, `mon-fri`, each with `/STEP`.
fn range(text: &str, bounds: &Bounds) -> Result<impl Iterator<Item = u32> + use<>, String> {
    let mut parts = text.split('/');
    let (span, step) = (parts.next().unwrap_or_default(), parts.next());
    if parts.next().is_some() {
        return Err(format!("{text:?} has two steps"));
    }
    let (first, last) = if matches!(span.split('-').next(), Some("*" | "?")) {
        (bounds.least, bounds.most)
    } else {
        ends(span, step, bounds)?
    };
    let step = step.map_or(Ok(1), |step| number(step, &[]))?;
    if first < bounds.least || last > bounds.most {
        return Err(format!("{text:?} is not within {} and {}", bounds.least, bounds.most));
    }
    if first > last {
        return Err(format!("{text:?} ends before it begins"));
    }
    if step == 0 {
        return Err(format!("the step of {text:?} is 0"));
    }
    Ok((first..=last).step_by(usize::try_from(step).unwrap_or(usize::MAX)))
}

/// `5/2` goes on to the end, `5` does not.
fn ends(range: &str, step: Option<&str>, bounds: &Bounds) -> Result<(u32, u32), String> {
    match range.split('-').collect::<Vec<_>>().as_slice() {
        [one] => {
            let first = number(one, bounds.names).map(|index| shifted(one, index, bounds))?;
            Ok((first, if step.is_some() { bounds.most } else { first }))
        }
        [from, to] => {
            let end = |text| number(text, bounds.names).map(|index| shifted(text, index, bounds));
            Ok((end(from)?, end(to)?))
        }
        _ => Err(format!("{range:?} has two hyphens")),
    }
}

/// Months are counted from 1, but named from 0 here.
fn shifted(text: &str, index: u32, bounds: &Bounds) -> u32 {
    if text.starts_with(|first: char| first.is_ascii_alphabetic()) { index + bounds.least } else { index }
}

fn number(text: &str, names: &[&str]) -> Result<u32, String> {
    let place =
        names.iter().position(|name| name.eq_ignore_ascii_case(text)).and_then(|index| u32::try_from(index).ok());
    place.map_or_else(|| text.parse().map_err(|_| format!("{text:?} is no number")), Ok)
}

/// A duration of Go: `1h30m`, `1.5s`.
fn is_duration(text: &str) -> bool {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return true;
    }
    while !rest.is_empty() {
        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = rest.strip_suffix(unit).unwrap_or_default();
        let after = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"].into_iter().find_map(|name| unit.strip_prefix(name));
        let Some(after) = after.filter(|_| number.parse::<f64>().is_ok()) else { return false };
        rest = after;
    }
    !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the cron library of Go says, made by `tests/generate`: schedule, then `error`, `never` or `runs`.
    const CASES: &str = include_str!("../../tests/cron.txt");

    #[test]
    fn schedules_are_read_as_by_the_library_of_kubernetes() {
        let mut wrong = Vec::new();
        for line in CASES.lines() {
            let (told, text) = line.split_once('\t').unwrap_or_default();
            let own = match Schedule::parse(text) {
                Err(_) => "error",
                Ok(schedule) if schedule.is_never() => "never",
                Ok(_) => "runs",
            };
            if own != told {
                wrong.push((text, own, told));
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(CASES.lines().count() > 50);
    }
}
