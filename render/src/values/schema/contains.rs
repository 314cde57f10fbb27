//! `contains`: which items match its schema, and what is wrong with the others. The library only says that the number
//! is wrong.

use jsonschema::ValidationError;
use serde_json::Value as Json;

use super::number::count;
use super::rewrite::{self, Origins};

/// What an array contains.
pub(super) struct Found {
    /// Where the items are that match.
    matched: Vec<usize>,
    /// The others.
    pub(super) failed: Vec<(usize, Vec<ValidationError<'static>>)>,
    least: Option<u64>,
    greatest: Option<u64>,
}

/// Looks at each item of the array that failed.
pub(super) fn look(error: &ValidationError<'_>, origins: &Origins) -> Option<Found> {
    let (parent, _) = error.schema_path().as_str().rsplit_once('/')?;
    let keywords = origins.schema.pointer(parent)?;
    let validator = super::compile(origins, &rewrite::fragment(&format!("{parent}/contains"))).ok()?;
    let limit = |keyword: &str| keywords.get(keyword).and_then(Json::as_u64);
    let (least, greatest) = (limit("minContains"), limit("maxContains"));
    let mut found = Found { matched: Vec::new(), failed: Vec::new(), least, greatest };
    for (index, item) in error.instance().as_array()?.iter().enumerate() {
        let errors: Vec<_> = validator.iter_errors(item).map(ValidationError::to_owned).collect();
        if errors.is_empty() {
            found.matched.push(index);
        } else {
            found.failed.push((index, errors));
        }
    }
    Some(found)
}

/// No item, where one is enough.
pub(super) const NONE: &str = "no items match contains schema";

impl Found {
    /// What is said if too few items match.
    pub(super) fn too_few(&self) -> Option<String> {
        match self.least {
            None => self.matched.is_empty().then(|| NONE.to_owned()),
            Some(least) if self.is_less(least) && self.matched.is_empty() => {
                Some(format!("min {} items required to match contains schema, but none matched", number(least)))
            }
            Some(least) => self.is_less(least).then(|| self.text("min", least)),
        }
    }

    /// What is said if too many items match.
    pub(super) fn too_many(&self) -> Option<String> {
        let greatest = self.greatest?;
        (self.matched.len() as u64 > greatest).then(|| self.text("max", greatest))
    }

    fn is_less(&self, least: u64) -> bool {
        (self.matched.len() as u64) < least
    }

    fn text(&self, which: &str, limit: u64) -> String {
        let places: Vec<_> = self.matched.iter().map(ToString::to_string).collect();
        let (limit, met, places) = (number(limit), count(places.len()), places.join(" "));
        format!("{which} {limit} items required to match contains schema, but matched {met} items at {places}")
    }
}

fn number(limit: u64) -> String {
    count(usize::try_from(limit).unwrap_or(usize::MAX))
}
