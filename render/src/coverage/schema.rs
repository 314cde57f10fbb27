//! Whether a `values.schema.json` has a key.

use regex::Regex;
use serde_json::Value as Json;

use crate::Chart;

/// So many schemas are looked at for a key: references may go in circles.
const BUDGET: usize = 10_000;

/// Whether the schema of a chart, or of the subchart that the path leads into, has a property of this path.
pub(super) fn declares(chart: &Chart, path: &[String]) -> bool {
    let schema = chart.schema.as_ref().and_then(|schema| serde_json::from_slice::<Json>(schema.text()).ok());
    let is_own = schema.is_some_and(|root| Search { root: &root, budget: BUDGET }.has(&root, path));
    is_own
        || path.split_first().is_some_and(|(name, rest)| {
            let subchart = chart.dependencies.iter().find(|subchart| subchart.metadata.name == *name);
            subchart.is_some_and(|subchart| !rest.is_empty() && declares(subchart, rest))
        })
}

struct Search<'a> {
    root: &'a Json,
    budget: usize,
}

impl Search<'_> {
    fn has(&mut self, schema: &Json, path: &[String]) -> bool {
        const TOGETHER: [&str; 3] = ["allOf", "anyOf", "oneOf"];
        const ONE: [&str; 3] = ["if", "then", "else"];
        let Some((key, rest)) = path.split_first() else { return true };
        let Some(budget) = self.budget.checked_sub(1) else { return false };
        self.budget = budget;
        let root = self.root;
        let pointer = schema.get("$ref").and_then(Json::as_str).and_then(|reference| reference.strip_prefix('#'));
        let referred = pointer.and_then(|pointer| root.pointer(pointer));
        let together = TOGETHER.iter().filter_map(|word| schema.get(word)?.as_array()).flatten();
        let mut others = together.chain(ONE.iter().filter_map(|word| schema.get(word))).chain(referred);
        let mut below = properties(schema, key);
        below.any(|schema| govalue::grow(|| self.has(schema, rest)))
            || others.any(|schema| govalue::grow(|| self.has(schema, path)))
    }
}

/// The schemas of a key's value.
fn properties<'a>(schema: &'a Json, key: &'a str) -> impl Iterator<Item = &'a Json> {
    let named = schema.get("properties").and_then(|all| all.get(key));
    let patterns = schema.get("patternProperties").and_then(Json::as_object).into_iter().flatten();
    let patterns = patterns.filter(move |(pattern, _)| Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(key)));
    let other = schema.get("additionalProperties").filter(|schema| schema.is_object());
    named.into_iter().chain(patterns.map(|(_, schema)| schema)).chain(other)
}
