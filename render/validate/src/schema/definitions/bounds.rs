//! How much a value of a custom resource may be, and of which form.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::{Regex, RegexBuilder};
use serde_json::Value as Json;

use crate::schema::report::{Report, shown};
use crate::schema::rules::WRONG_VALUE;

/// How large a compiled pattern may be.
const MAX_PATTERN: usize = 1 << 20;

/// Checks the bounds that a schema has for a value of its type.
pub(super) fn check(schema: &Json, met: &Json, report: &mut Report<'_>) {
    let wanted = match met {
        Json::Number(number) => number.as_f64().and_then(|number| of_number(schema, number)),
        Json::String(text) => {
            let length = text.chars().count();
            between(schema, length, ["minLength", "maxLength"], "characters").or_else(|| pattern(schema, text))
        }
        Json::Array(items) => between(schema, items.len(), ["minItems", "maxItems"], "items"),
        Json::Object(entries) => between(schema, entries.len(), ["minProperties", "maxProperties"], "fields"),
        Json::Null | Json::Bool(_) => None,
    };
    if let Some(wanted) = wanted {
        report.error(&WRONG_VALUE, format!("{} is {}, wanted {wanted}", report.path(), shown(met)));
    }
}

fn of_number(schema: &Json, number: f64) -> Option<String> {
    let bound = |name: &str| schema.get(name).and_then(Json::as_f64);
    let is_exclusive = |name: &str| schema.get(name) == Some(&Json::Bool(true));
    let below = |least: f64| number < least || number <= least && is_exclusive("exclusiveMinimum");
    let above = |most: f64| number > most || number >= most && is_exclusive("exclusiveMaximum");
    if let Some(least) = bound("minimum").filter(|least| below(*least)) {
        let more = if is_exclusive("exclusiveMinimum") { "more than" } else { "at least" };
        return Some(format!("{more} {least}"));
    }
    let most = bound("maximum").filter(|most| above(*most))?;
    let less = if is_exclusive("exclusiveMaximum") { "less than" } else { "at most" };
    Some(format!("{less} {most}"))
}

fn between(schema: &Json, met: usize, [least, most]: [&str; 2], what: &str) -> Option<String> {
    let bound = |name: &str| schema.get(name).and_then(Json::as_u64).and_then(|bound| usize::try_from(bound).ok());
    if let Some(least) = bound(least).filter(|least| met < *least) {
        return Some(format!("at least {least} {what}"));
    }
    bound(most).filter(|most| met > *most).map(|most| format!("at most {most} {what}"))
}

/// Go's expressions are nearly the same; one that cannot be read here says nothing.
fn pattern(schema: &Json, text: &str) -> Option<String> {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Option<Regex>>> = RefCell::default();
    }
    let pattern = schema.get("pattern").and_then(Json::as_str)?;
    let is_met = KNOWN.with_borrow_mut(|known| {
        let compiled = known.entry(pattern.to_owned()).or_insert_with(|| compile(pattern));
        compiled.as_ref().is_none_or(|compiled| compiled.is_match(text))
    });
    (!is_met).then(|| format!("a text of the pattern {pattern}"))
}

/// None if it is no pattern to this library, as `[[]` is, or too large a one.
fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).size_limit(MAX_PATTERN).build().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{between, of_number, pattern};

    #[test]
    fn bounds_hold_at_both_ends() {
        let schema = json!({"minimum": 1, "maximum": 3, "exclusiveMaximum": true, "minItems": 1, "maxItems": 2, "pattern": "^a+$"});
        let wanted = |number| of_number(&schema, number);
        assert_eq!((wanted(0.5), wanted(1.0)), (Some("at least 1".into()), None));
        assert_eq!((wanted(2.9), wanted(3.0)), (None, Some("less than 3".into())));
        let items = |count| between(&schema, count, ["minItems", "maxItems"], "items");
        assert_eq!((items(0), items(2)), (Some("at least 1 items".into()), None));
        assert_eq!(items(3), Some("at most 2 items".into()));
        assert_eq!((pattern(&schema, "aa"), pattern(&schema, "ab").is_some()), (None, true));
        assert_eq!(pattern(&json!({"pattern": "("}), "x"), None);
    }
}
