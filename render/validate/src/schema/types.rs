//! Values against the types of Kubernetes.

use govalue::grow;
use serde_json::{Map, Value as Json};

use super::bundle::{Bundle, Field};
use super::report::{Report, shown, suggestion};
use super::rules::{MISSING_FIELD, UNKNOWN_FIELD, WRONG_FORMAT, WRONG_TYPE, WRONG_VALUE};
use super::{choices, demands, fields, format, image, modes, needs, ranges};
use crate::read::kind_of;

/// Checks a value against a type, which is given in a word: `[]core.v1.Container`. Null is as good as nothing.
pub(super) fn check<'a>(bundle: &Bundle, word: &'static str, value: &'a Json, report: &mut Report<'a>) {
    if value.is_null() {
        return;
    }
    if let Some(items) = word.strip_prefix("[]") {
        let Json::Array(values) = value else { return wrong(report, "a list", value) };
        report.items(values, |report, value| grow(|| check(bundle, items, value, report)));
    } else if let Some(values) = word.strip_prefix("{}") {
        let Json::Object(entries) = value else { return wrong(report, "an object", value) };
        for (key, value) in entries {
            report.key(key, |report| grow(|| check(bundle, values, value, report)));
        }
    } else if let Some(values) = word.strip_prefix('=') {
        check_enum(values, value, report);
    } else if let Some(fields) = bundle.fields(word) {
        let Json::Object(entries) = value else { return wrong(report, "an object", value) };
        // What a status has is the controllers' business.
        if !word.ends_with("Status") {
            check_missing(fields, entries, report);
            choices::check(word, entries, report);
            needs::check(word, entries, report);
            demands::check(word, fields, entries, report);
            ranges::check(word, entries, report);
            modes::check(word, entries, report);
            image::check(word, entries, report);
        }
        check_known(bundle, fields, entries, report);
        fields::check(word, entries, report);
    } else {
        check_basic(word, value, report);
    }
}

fn check_missing(fields: &[Field], entries: &Map<String, Json>, report: &mut Report<'_>) {
    for field in fields.iter().filter(|field| field.required) {
        if entries.get(field.name).is_none_or(Json::is_null) {
            report.error(&MISSING_FIELD, format!("missing field {}", report.path().key(field.name)));
        }
    }
}

fn check_known<'a>(bundle: &Bundle, fields: &[Field], entries: &'a Map<String, Json>, report: &mut Report<'a>) {
    for (name, value) in entries {
        report.key(name, |report| match fields.iter().find(|field| field.name == name) {
            Some(field) => grow(|| check(bundle, field.word, value, report)),
            None => {
                let suggestion = suggestion(name, fields.iter().map(|field| field.name));
                report.error(&UNKNOWN_FIELD, format!("unknown field {}{suggestion}", report.path()));
            }
        });
    }
}

/// An empty text is as good as nothing.
fn check_enum(values: &str, value: &Json, report: &mut Report<'_>) {
    let Json::String(text) = value else { return wrong(report, "a string", value) };
    if !text.is_empty() && !values.split('|').any(|known| known == text) {
        let suggestion = suggestion(text, values.split('|'));
        let values = values.replace('|', ", ");
        report.error(&WRONG_VALUE, format!("{} is {text:?}, wanted one of {values}{suggestion}", report.path()));
    }
}

fn check_basic(word: &str, value: &Json, report: &mut Report<'_>) {
    match (word, value) {
        ("any", _)
        | ("object", Json::Object(_))
        | ("boolean", Json::Bool(_))
        | ("string" | "int-or-string", Json::String(_)) => {}
        ("number" | "quantity" | "int-or-string" | "int32" | "int64", Json::Number(_)) => {
            check_number(word, value, report);
        }
        ("quantity", Json::String(text)) if format::is_quantity(text) => {}
        ("byte", Json::String(text)) if format::is_base64(text) => {}
        ("date-time", Json::String(text)) if format::is_time(text) => {}
        ("quantity", Json::String(_)) => malformed(report, "a quantity such as 500m or 1Gi", value),
        ("byte", Json::String(_)) => malformed(report, "base64", value),
        ("date-time", Json::String(_)) => malformed(report, "a time such as 2026-01-31T12:00:00Z", value),
        _ => wrong(report, name_of(word), value),
    }
}

/// A whole number may be written as a float: `1.0`.
fn check_number(word: &str, value: &Json, report: &mut Report<'_>) {
    let whole = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    #[expect(clippy::cast_possible_truncation, reason = "what is too large stays too large")]
    let whole = whole.or_else(|| value.as_f64().filter(|number| number.fract() == 0.0).map(|number| number as i128));
    let bits = match word {
        "int64" => 63,
        "int32" | "int-or-string" => 31,
        _ => return,
    };
    match whole {
        None => wrong(report, name_of(word), value),
        Some(whole) if whole >= 1 << bits || whole < -(1 << bits) => {
            report.error(&WRONG_VALUE, format!("{} is {value}, wanted an integer of {} bits", report.path(), bits + 1));
        }
        Some(_) => {}
    }
}

fn wrong(report: &mut Report<'_>, wanted: &str, met: &Json) {
    let kind = kind_of(met);
    let value = if met.is_array() || met.is_object() { String::new() } else { format!(" {}", shown(met)) };
    report.error(&WRONG_TYPE, format!("{} is {kind}{value}, wanted {wanted}", report.path()));
}

fn malformed(report: &mut Report<'_>, wanted: &str, met: &Json) {
    report.error(&WRONG_FORMAT, format!("{} is {}, wanted {wanted}", report.path(), shown(met)));
}

fn name_of(word: &str) -> &'static str {
    match word {
        "string" | "byte" | "date-time" => "a string",
        "boolean" => "a boolean",
        "int32" | "int64" => "an integer",
        "int-or-string" => "an integer or a string",
        "number" => "a number",
        "quantity" => "a quantity",
        _ => "an object",
    }
}
