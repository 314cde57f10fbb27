//! Whether a schema is one, by the schema of its draft.

use std::sync::OnceLock;

use serde_json::Value as Json;

use super::budget::Budget;
use super::compile::compile;
use super::documents::{Document, Documents, Place};
use super::draft::Draft;
use super::failure::lines;
use super::flat::flat;
use super::node::Program;
use super::text::quoted;
use super::validator::Validator;
use crate::error::quote;

/// For each draft, a schema that accepts what its own does, if there is one.
static FLAT: [OnceLock<Option<Program>>; 5] = [const { OnceLock::new() }; 5];

/// Fails if what a document has at a place is no schema of this draft. Parts of it may be of others.
pub(super) fn check(document: &Document, place: &Place, draft: Draft, budget: &Budget) -> Result<(), String> {
    let drafts = document.drafts();
    let schema = place.find(&document.json)?;
    if drafts.values().all(|of| *of == draft) && is_sound(schema, draft, budget) {
        return Ok(());
    }
    let program = program(draft)?;
    let validator = Validator::of_schemas(program, budget, draft, &drafts);
    let failures = validator.failures(schema).map_err(|exceeded| exceeded.to_string())?;
    if failures.is_empty() {
        return Ok(());
    }
    let place = quote(&place.text());
    let draft = quoted(&format!("{}#", draft.url()));
    Err(format!(
        "{place} is not valid against metaschema: jsonschema validation failed with {draft}\n{}",
        lines(&failures)
    ))
}

/// Whether a schema without parts of other drafts is surely one of this draft.
fn is_sound(schema: &Json, draft: Draft, budget: &Budget) -> bool {
    let Some(Some(program)) = FLAT.get(draft as usize).map(|flat| flat.get_or_init(|| compile_flat(draft)).as_ref())
    else {
        return false;
    };
    Validator::new(program, budget).failures(schema).is_ok_and(|failures| failures.is_empty())
}

fn compile_flat(draft: Draft) -> Option<Program> {
    let budget = Budget::default();
    let mut documents = Documents::new(&budget);
    let place = Place { url: "file:///flat".into(), pointer: String::new() };
    documents.trust(&place.url, flat(draft)?).ok()?;
    compile(&mut documents, place, true).ok()
}

/// The schema of a draft's schemas.
pub(super) fn program(draft: Draft) -> Result<&'static Program, String> {
    static PROGRAMS: [OnceLock<Result<Program, String>>; 5] = [const { OnceLock::new() }; 5];
    let Some(program) = PROGRAMS.get(draft as usize) else { return Err(draft.url().to_owned()) };
    let compiled = program.get_or_init(|| {
        let place = Place { url: draft.url().into(), pointer: String::new() };
        compile(&mut Documents::new(&Budget::default()), place, true)
    });
    compiled.as_ref().map_err(Clone::clone)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    #[test]
    fn the_flat_schema_of_a_draft_accepts_what_the_whole_does() {
        let cases: Json = serde_json::from_str(include_str!("../../../tests/values/cases.json")).unwrap();
        let of_cases = cases["schemas"].as_array().unwrap().iter().map(|case| case["schema"].clone());
        let bad = ["$ref", "$defs", "type", "required", "prefixItems", "unevaluatedItems", "dependencies", "not"];
        let bad = bad.map(|keyword| json!({ "properties": { "a": { keyword: 1 } } }));
        for draft in [Draft::Y2019, Draft::Y2020] {
            let accepted = of_cases.clone().chain(bad.clone()).filter(|schema| {
                let budget = Budget::default();
                let whole = Validator::new(program(draft).unwrap(), &budget).failures(schema).unwrap().is_empty();
                assert_eq!(is_sound(schema, draft, &budget), whole, "{schema} in {draft:?}");
                whole
            });
            assert!((20..cases["schemas"].as_array().unwrap().len()).contains(&accepted.count()));
        }
    }
}
