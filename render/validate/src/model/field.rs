//! A value of an object with the way that leads to it, so that a finding can say where it is.

use goyaml::Step;
use serde_json::{Map, Value};

use crate::{Object, Path};

/// A value inside an object, and its path.
#[derive(Clone, Debug)]
pub(crate) struct Field<'a> {
    /// The object's place in its set.
    pub(crate) index: usize,
    pub(crate) object: &'a Object,
    value: &'a Value,
    path: Vec<Step>,
}

impl<'a> Field<'a> {
    /// The object as a whole.
    pub(crate) fn root(index: usize, object: &'a Object) -> Self {
        Self { index, object, value: &object.json, path: Vec::new() }
    }

    /// Whether the object is of a kind; the version of its API is not asked.
    pub(crate) fn is(&self, group: &str, kind: &str) -> bool {
        self.object.kind == kind && self.object.group() == group
    }

    /// `Deployment web`, as messages name the object.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.object.kind, self.object.name)
    }

    pub(crate) fn value(&self) -> &'a Value {
        self.value
    }

    pub(crate) fn path(&self) -> Path {
        Path::from(self.path.clone())
    }

    /// The value of a key; none where it is missing or null, which Kubernetes reads alike.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(self.child(value, Step::Key(key.into())))
    }

    /// The value behind several keys.
    pub(crate) fn at(&self, keys: &[&str]) -> Option<Self> {
        keys.iter().try_fold(self.clone(), |field, key| field.get(key))
    }

    /// The value of a key where there is one, or else the field itself: the place of a finding about what is missing.
    pub(crate) fn or_self(&self, keys: &[&str]) -> Self {
        self.at(keys).unwrap_or_else(|| self.clone())
    }

    /// The items of a list behind keys; none where there is no list.
    pub(crate) fn items(&self, keys: &[&str]) -> Vec<Self> {
        let Some(list) = self.at(keys) else { return Vec::new() };
        let items = list.value.as_array().map(Vec::as_slice).unwrap_or_default();
        items.iter().enumerate().map(|(index, item)| list.child(item, Step::Index(index))).collect()
    }

    /// The keys of a map behind keys, with their values.
    pub(crate) fn entries(&self, keys: &[&str]) -> Vec<(&'a str, Self)> {
        let Some(map) = self.at(keys) else { return Vec::new() };
        let entries = map.value.as_object().into_iter().flat_map(Map::iter);
        entries.map(|(key, value)| (key.as_str(), map.child(value, Step::Key(key.clone())))).collect()
    }

    /// The text of a key; none where it is missing, empty or no string.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    pub(crate) fn int(&self, key: &str) -> Option<i64> {
        self.value.get(key).and_then(Value::as_i64)
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(crate) fn str(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    fn child(&self, value: &'a Value, step: Step) -> Self {
        let mut path = Vec::with_capacity(self.path.len() + 1);
        path.extend_from_slice(&self.path);
        path.push(step);
        Self { value, path, ..*self }
    }
}
