//! What the API server demands of single fields beyond their types, which the OpenAPI files do not say.

mod forms;
mod table;

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use serde_json::{Map, Value as Json};

use super::bundle::Field;
use super::report::{Report, shown, suggestion};
use super::rules::{INVALID_NAME, MISSING_FIELD, WRONG_VALUE};

/// What is wrong with a text, if anything is.
type Check = fn(&str) -> Option<String>;

/// What is demanded of a field. Where it holds a list of texts, each of them is asked.
#[derive(Clone, Copy)]
enum Demand {
    /// It is there, and not empty.
    Given,
    /// It may be left out, but it is not an empty text.
    NotEmpty,
    /// A name.
    Name(Check),
    /// A text of another form.
    Form(Check),
    /// One of these words.
    Words(&'static [&'static str]),
    /// A number from the first to the second.
    Range(i64, i64),
    /// A number from the first to the second, or a text of this form.
    Or(i64, i64, Check),
    /// So many items, and no more.
    Few(usize),
    /// Where it has this text, it has no other.
    Alone(&'static str),
    /// No two items have the same of these keys; without any, no two are the same.
    Distinct(&'static [&'static str]),
}

type Row = (&'static str, Demand);

/// Checks the fields of a type; `known` are all that it has.
pub(super) fn check(definition: &str, known: &[Field], entries: &Map<String, Json>, report: &mut Report<'_>) {
    static TABLE: OnceLock<HashMap<&str, Vec<Row>>> = OnceLock::new();
    for (name, demand) in TABLE.get_or_init(table_by_type).get(definition).into_iter().flatten() {
        let value = entries.get(*name).filter(|value| !value.is_null());
        match (value, demand) {
            (None, Demand::Given) if !known.iter().any(|field| field.required && field.name == *name) => {
                let message = format!("missing field {}", report.path().key(name));
                report.error(&MISSING_FIELD, message);
            }
            (None, _) => {}
            (Some(value), demand) => report.key(name, |report| demand.check(value, report)),
        }
    }
}

fn table_by_type() -> HashMap<&'static str, Vec<Row>> {
    let mut table: HashMap<_, Vec<_>> = HashMap::new();
    for (owner, rows) in table::DEMANDS {
        table.entry(*owner).or_default().extend_from_slice(rows);
    }
    table
}

impl Demand {
    fn check(self, value: &Json, report: &mut Report<'_>) {
        match (self, value) {
            (Self::Given, value) if is_empty(value) => {
                let message = format!("missing field {}, which is empty", report.path());
                report.error(&MISSING_FIELD, message);
            }
            (Self::NotEmpty, Json::String(text)) if text.is_empty() => {
                report.error(&WRONG_VALUE, format!("{} is empty, wanted a value or no field", report.path()));
            }
            (Self::Distinct(keys), Json::Array(items)) => distinct(keys, items, report),
            (Self::Few(most), Json::Array(items)) if items.len() > most => {
                wrong(report, &format!("{} items", items.len()), &format!("at most {most}"));
            }
            (Self::Alone(whole), Json::Array(items)) if items.len() > 1 && items.iter().any(|item| item == whole) => {
                report.error(&WRONG_VALUE, format!("{} has {whole:?} beside others", report.path()));
            }
            (Self::Range(..), Json::Array(items)) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| item.is_number()) {
                    report.item(index, |report| self.check(item, report));
                }
            }
            (Self::Range(least, most) | Self::Or(least, most, _), Json::Number(number)) => {
                let outside = number.as_i64().filter(|number| !(least..=most).contains(number));
                if let Some(number) = outside {
                    let up_to = if most == i64::MAX { String::new() } else { format!(" and at most {most}") };
                    wrong(report, &number.to_string(), &format!("at least {least}{up_to}"));
                }
            }
            (Self::NotEmpty | Self::Name(_) | Self::Form(_) | Self::Words(_), Json::Array(items)) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| item.is_string()) {
                    report.item(index, |report| self.check(item, report));
                }
            }
            (_, Json::String(text)) => self.check_text(text, report),
            _ => {}
        }
    }

    fn check_text(self, text: &str, report: &mut Report<'_>) {
        match self {
            Self::Name(check) => {
                if let Some(problem) = check(text) {
                    let message = format!("{} is {}: {problem}", report.path(), shown(&text.into()));
                    report.error(&INVALID_NAME, message);
                }
            }
            Self::Form(check) | Self::Or(_, _, check) => {
                if let Some(wanted) = check(text) {
                    wrong(report, &shown(&text.into()), wanted.trim_start_matches("wanted "));
                }
            }
            Self::Words(words) if !words.contains(&text) => {
                let known = words.iter().copied().filter(|word| !word.is_empty());
                let wanted = known.clone().collect::<Vec<_>>().join(", ");
                wrong(report, &shown(&text.into()), &format!("one of {wanted}{}", suggestion(text, known)));
            }
            _ => {}
        }
    }
}

fn wrong(report: &mut Report<'_>, met: &str, wanted: &str) {
    let message = format!("{} is {met}, wanted {wanted}", report.path());
    report.error(&WRONG_VALUE, message);
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

fn distinct(keys: &[&str], items: &[Json], report: &mut Report<'_>) {
    let mut seen = BTreeSet::new();
    for (index, item) in items.iter().enumerate() {
        let of = |key: &&str| item.get(*key).map(Json::to_string).unwrap_or_default();
        let own: Vec<_> = if keys.is_empty() { vec![item.to_string()] } else { keys.iter().map(of).collect() };
        if own.iter().any(|own| !own.is_empty()) && !seen.insert(own) {
            let same =
                if keys.is_empty() { "is the same".into() } else { format!("has the same {}", keys.join(" and ")) };
            report.item(index, |report| {
                report.error(&WRONG_VALUE, format!("{} {same} as an item before it", report.path()));
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::bundle::{Bundle, minors};
    use super::table::DEMANDS;

    /// A demand on what no version has would never be made.
    #[test]
    fn every_demand_is_about_a_field_that_there_is() {
        let bundles: Vec<_> = minors().into_iter().map(Bundle::of).collect();
        for (owner, rows) in DEMANDS {
            for (name, _) in *rows {
                let has = |bundle: &Bundle| bundle.fields(owner).is_some_and(|all| all.iter().any(|f| f.name == *name));
                assert!(bundles.iter().any(has), "{owner} {name}");
            }
        }
    }
}
