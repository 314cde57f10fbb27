//! Two values, field by field.

mod hide;
mod path;

use std::collections::{BTreeMap, BTreeSet};

pub use hide::hide;
pub use path::{Path, Step};
use serde_json::Value as Json;

/// By which of its fields Kubernetes tells an element of a list from others, in the order in which they are tried.
const MERGE_KEYS: [&str; 5] = ["mountPath", "name", "path", "host", "ip"];

/// A place where two values differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Where.
    pub path: Path,
    /// What the old value has there.
    pub old: Option<Json>,
    /// What the new value has there.
    pub new: Option<Json>,
    /// What both stand for, the old one first, if they are written alike and mean another thing: a port's name.
    pub meant: Option<(Json, Json)>,
}

/// Where two values differ, each place as deep as both have it; a value that is not there differs as a whole.
///
/// ```
/// use kubevalidate::compare::compare;
/// use serde_json::json;
/// let old = json!({"ports": [{"name": "http", "port": 80}, {"name": "grpc", "port": 81}]});
/// let new = json!({"ports": [{"name": "grpc", "port": 82}, {"name": "http", "port": 80}]});
/// let fields = compare(Some(&old), Some(&new));
/// assert_eq!(fields[0].path.to_string(), "ports[grpc].port");
/// assert_eq!((&fields[0].old, &fields[0].new), (&Some(json!(81)), &Some(json!(82))));
/// ```
pub fn compare(old: Option<&Json>, new: Option<&Json>) -> Vec<Field> {
    let mut found = Vec::new();
    values(&mut Path::default(), old, new, &mut found);
    found
}

fn values(path: &mut Path, old: Option<&Json>, new: Option<&Json>, found: &mut Vec<Field>) {
    match (old, new) {
        (Some(Json::Object(old)), Some(Json::Object(new))) => {
            for key in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
                path.0.push(Step::Key(key.clone()));
                values(path, old.get(key), new.get(key), found);
                path.0.pop();
            }
        }
        (Some(Json::Array(old)), Some(Json::Array(new))) => elements(path, old, new, found),
        (old, new) if old == new => {}
        (old, new) => {
            found.push(Field { path: path.clone(), old: old.cloned(), new: new.cloned(), meant: None });
        }
    }
}

/// Pairs elements by what tells them apart, else by their order.
fn elements(path: &mut Path, old: &[Json], new: &[Json], found: &mut Vec<Field>) {
    let key = if is_ordered(path) { None } else { merge_key(old, new) };
    let (old_names, new_names) = (names(old, key), names(new, key));
    for name in old_names.keys().chain(new_names.keys()).collect::<BTreeSet<_>>() {
        let (in_old, in_new) = (old_names.get(name).copied(), new_names.get(name).copied());
        path.0.push(Step::Element { name: name.clone(), old: in_old, new: in_new });
        values(path, in_old.and_then(|index| old.get(index)), in_new.and_then(|index| new.get(index)), found);
        path.0.pop();
    }
}

/// Init containers run one after the other.
fn is_ordered(path: &Path) -> bool {
    matches!(path.0.last(), Some(Step::Key(key)) if key == "initContainers")
}

/// The first field that every element has, and no two alike.
fn merge_key(old: &[Json], new: &[Json]) -> Option<&'static str> {
    let tells = |items: &[Json], key: &str| {
        let names: BTreeSet<_> = items.iter().filter_map(|item| item[key].as_str()).collect();
        names.len() == items.len()
    };
    MERGE_KEYS.into_iter().find(|key| tells(old, key) && tells(new, key))
}

fn names(items: &[Json], key: Option<&str>) -> BTreeMap<String, usize> {
    let name = |item: &Json, index: usize| {
        key.and_then(|key| item[key].as_str()).map(str::to_owned).unwrap_or(index.to_string())
    };
    items.iter().enumerate().map(|(index, item)| (name(item, index), index)).collect()
}
