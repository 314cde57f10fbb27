//! Mutants of what the chart renders, made object by object.

use std::collections::HashSet;

use anyhow::Context;
use kubevalidate::{Path, Set, Step};
use render::File;
use serde_json::{Map, Value as Json};

use crate::cases::{Cases, Outcome};
use crate::mutant::{Mutant, Of};

/// All mutants of each object that some values file renders; objects that several render alike are changed once.
pub(crate) fn mutants(cases: &Cases) -> anyhow::Result<Vec<Mutant>> {
    let chart = cases.chart(None)?;
    let mut seen = HashSet::new();
    let mut mutants = Vec::new();
    for case in 0..cases.values.len() {
        let Outcome::Manifests(manifests) = cases.render(&chart, case) else { continue };
        let mut set = Set::default();
        for (source, text) in &manifests {
            set.read(source, text)?;
        }
        let objects: Vec<Json> = set.objects().iter().map(|object| object.json.clone()).collect();
        for (index, object) in set.objects().iter().enumerate() {
            if seen.insert(object.json.to_string()) {
                let name = format!("{}: {} {}", cases.name(case), object.kind, object.name);
                of_object(&objects, index, case, &name, &mut mutants)?;
            }
        }
    }
    Ok(mutants)
}

fn of_object(objects: &[Json], index: usize, case: usize, name: &str, all: &mut Vec<Mutant>) -> anyhow::Result<()> {
    let mut changes = Vec::new();
    walk(&objects[index], &mut Vec::new(), &mut changes);
    for change in changes {
        let what = format!("{name}: {}", change.what);
        let mut mutated = objects.to_vec();
        change.apply(&mut mutated[index]).with_context(|| what.clone())?;
        let file = File::new("templates/manifests.yaml", text(&mutated)?);
        all.push(Mutant { of: Of::Manifests, rule: change.rule, what, file, case: Some(case) });
    }
    Ok(())
}

/// Objects as a template that renders to them.
fn text(objects: &[Json]) -> anyhow::Result<String> {
    let documents: Vec<_> = objects.iter().map(serde_yaml::to_string).collect::<Result<_, _>>()?;
    Ok(documents.join("---\n").replace("{{", "{{ \"{{\" }}"))
}

/// A change of an object: what becomes of the value at a place.
struct Change {
    rule: &'static str,
    what: String,
    at: Vec<Step>,
    put: Json,
}

impl Change {
    fn apply(&self, object: &mut Json) -> anyhow::Result<()> {
        let place = self.at.iter().try_fold(object, |value, step| match step {
            Step::Key(key) => value.get_mut(key),
            Step::Index(index) => value.get_mut(index),
        });
        *place.context("the place is not there")? = self.put.clone();
        Ok(())
    }
}

fn walk(value: &Json, at: &mut Vec<Step>, changes: &mut Vec<Change>) {
    match value {
        Json::Object(map) => of_map(map, at, changes),
        Json::Array(items) => of_list(items, at, changes),
        scalar => of_scalar(scalar, at, changes),
    }
}

fn add(changes: &mut Vec<Change>, rule: &'static str, at: &[Step], what: &str, put: impl Into<Json>) {
    let what = format!("{} {what}", Path::from(at.to_vec()));
    changes.push(Change { rule, what, at: at.to_vec(), put: put.into() });
}

fn of_map(map: &Map<String, Json>, at: &mut Vec<Step>, changes: &mut Vec<Change>) {
    for key in map.keys() {
        let mut without = map.clone();
        without.remove(key);
        add(changes, "drop a field", at, &format!("without {key}"), without.clone());
        without.insert(misspelt(key), map[key].clone());
        add(changes, "misspell a key", at, &format!("with {} for {key}", misspelt(key)), without);
    }
    let texts: Vec<_> = map.iter().filter(|(_, value)| value.is_string()).collect();
    for pair in texts.windows(2) {
        let [(one, first), (other, second)] = pair else { continue };
        let mut swapped = map.clone();
        swapped.insert((*one).clone(), (*second).clone());
        swapped.insert((*other).clone(), (*first).clone());
        add(changes, "swap two values", at, &format!("with {one} and {other} swapped"), swapped);
    }
    for (key, value) in map {
        at.push(Step::Key(key.clone()));
        walk(value, at, changes);
        at.pop();
    }
}

fn of_list(items: &[Json], at: &mut Vec<Step>, changes: &mut Vec<Change>) {
    for index in 0..items.len() {
        let mut without = items.to_vec();
        let item = without.remove(index);
        add(changes, "drop an element", at, &format!("without [{index}]"), without);
        let doubled: Vec<Json> = items.iter().cloned().chain([item]).collect();
        add(changes, "double an element", at, &format!("with [{index}] twice"), doubled);
    }
    for (index, pair) in items.windows(2).enumerate() {
        let [Json::Object(one), Json::Object(other)] = pair else { continue };
        // The name, or what else comes first.
        let shared = one.iter().find(|(key, value)| {
            value.is_string() && other.get(*key).is_some_and(|value| value.is_string() && *value != one[*key])
        });
        let Some((key, _)) = shared else { continue };
        let mut swapped = items.to_vec();
        swapped[index][key] = other[key].clone();
        swapped[index + 1][key] = one[key].clone();
        add(changes, "swap two values", at, &format!("with {key} of [{index}] and [{}] swapped", index + 1), swapped);
    }
    for (index, item) in items.iter().enumerate() {
        at.push(Step::Index(index));
        walk(item, at, changes);
        at.pop();
    }
}

fn of_scalar(value: &Json, at: &[Step], changes: &mut Vec<Change>) {
    match value {
        Json::Bool(flag) => add(changes, "take the other boolean", at, &format!("is {}", !flag), !flag),
        Json::Number(number) => {
            if let Some(number) = number.as_i64() {
                add(changes, "change a number", at, &format!("is {}", number + 1), number + 1);
                add(changes, "change a number", at, &format!("is {}", number * 100), number * 100);
            }
        }
        Json::String(text) => {
            add(changes, "misspell a text", at, &format!("is {:?}", misspelt(text)), misspelt(text));
            if let Some(next) = next_number(text) {
                add(changes, "change a number", at, &format!("is {next:?}"), next);
            }
        }
        _ => {}
    }
}

/// Two letters in the middle change places, or where they are alike one is added.
fn misspelt(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let middle = letters.len() / 2;
    match (1..middle).rev().find(|at| letters[at - 1] != letters[*at]) {
        Some(at) if letters.len() < 100 => letters.swap(at - 1, at),
        _ => letters.push('x'),
    }
    letters.into_iter().collect()
}

/// The last number in a text becomes the next one.
fn next_number(text: &str) -> Option<String> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = text[..end].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let number: u64 = text.get(start..end)?.parse().ok()?;
    Some(format!("{}{}{}", &text[..start], number + 1, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_changed() {
        assert_eq!(
            [misspelt("name"), misspelt("a"), misspelt("")],
            ["nmae".replace("nma", "anm"), "ax".into(), "x".into()]
        );
        assert_eq!(next_number("0.0.0.0:8000").as_deref(), Some("0.0.0.0:8001"));
        assert_eq!(next_number("128Mi").as_deref(), Some("129Mi"));
        assert_eq!(next_number("none"), None);
    }

    #[test]
    fn each_place_of_an_object_is_changed() {
        let object = serde_json::json!({"spec": {"ports": [{"port": 80}]}});
        let mut changes = Vec::new();
        walk(&object, &mut Vec::new(), &mut changes);
        for change in &changes {
            let mut mutated = object.clone();
            assert!(change.apply(&mut mutated).is_ok());
            assert_ne!(mutated, object, "{}", change.what);
        }
        assert_eq!(changes.len(), 10);
    }
}
