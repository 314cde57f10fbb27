//! Whether a schema is one, by the schema of its draft.

use std::sync::OnceLock;

use super::budget::Budget;
use super::compile::compile;
use super::documents::{Document, Documents, Place};
use super::draft::Draft;
use super::failure::lines;
use super::node::Program;
use super::text::quoted;
use super::validator::Validator;
use crate::error::quote;

/// Fails if what a document has at a place is no schema of this draft. Parts of it may be of others.
pub(super) fn check(document: &Document, place: &Place, draft: Draft, budget: &Budget) -> Result<(), String> {
    let drafts = document.drafts();
    let schema = place.find(&document.json)?;
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
