//! Where two values differ: a way that both may go.

use std::fmt;

use serde_json::Value as Json;

/// Where a field is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(
    /// The steps from the object on.
    pub Vec<Step>,
);

/// From a value to one in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An element of a list.
    Element {
        /// What tells it from others, or its index.
        name: String,
        /// Its index in the old list, if it is there.
        old: Option<usize>,
        /// Its index in the new list, if it is there.
        new: Option<usize>,
    },
}

impl Path {
    /// Whether it begins with these keys. `*` stands for any key or element.
    pub fn starts_with(&self, keys: &[&str]) -> bool {
        let is_it = |(step, key): (&Step, &&str)| *key == "*" || matches!(step, Step::Key(own) if own == key);
        self.0.len() >= keys.len() && self.0.iter().zip(keys).all(is_it)
    }

    /// The value at its end in the old object, as that object has it.
    pub fn in_old<'a>(&self, object: &'a Json) -> Option<&'a Json> {
        self.follow(object, Step::old_step)
    }

    /// The value at its end in the new object, as that object has it.
    pub fn in_new<'a>(&self, object: &'a Json) -> Option<&'a Json> {
        self.follow(object, Step::new_step)
    }

    /// The way in the old object, as far as that has it.
    pub fn old_way(&self) -> crate::Path {
        crate::Path::from(self.0.iter().map_while(Step::old_step).collect::<Vec<_>>())
    }

    /// The way in the new object, as far as that has it.
    pub fn new_way(&self) -> crate::Path {
        crate::Path::from(self.0.iter().map_while(Step::new_step).collect::<Vec<_>>())
    }

    /// Takes away what is at its end in an object of which only the names of elements are known to be the same.
    pub fn remove_from(&self, object: &mut Json) {
        if let [rest @ .., last] = self.0.as_slice()
            && let Some(holder) = rest.iter().try_fold(object, |value, step| step.find(value))
        {
            last.remove_from(holder);
        }
    }

    fn follow<'a>(&self, object: &'a Json, step: impl Fn(&Step) -> Option<crate::Step>) -> Option<&'a Json> {
        self.0.iter().try_fold(object, |value, way| match step(way)? {
            crate::Step::Key(key) => value.get(&key),
            crate::Step::Index(index) => value.get(index),
        })
    }
}

impl Step {
    fn find<'a>(&self, value: &'a mut Json) -> Option<&'a mut Json> {
        match self {
            Self::Key(key) => value.get_mut(key),
            Self::Element { name, .. } => value.get_mut(position(value, name)?),
        }
    }

    fn remove_from(&self, holder: &mut Json) {
        match (self, holder) {
            (Self::Key(key), Json::Object(map)) => drop(map.remove(key)),
            (Self::Element { name, .. }, list) => {
                if let (Some(index), Some(items)) = (position(list, name), list.as_array_mut()) {
                    items.remove(index);
                }
            }
            _ => {}
        }
    }

    fn old_step(&self) -> Option<crate::Step> {
        match self {
            Self::Key(key) => Some(crate::Step::Key(key.clone())),
            Self::Element { old, .. } => old.map(crate::Step::Index),
        }
    }

    fn new_step(&self) -> Option<crate::Step> {
        match self {
            Self::Key(key) => Some(crate::Step::Key(key.clone())),
            Self::Element { new, .. } => new.map(crate::Step::Index),
        }
    }
}

/// The index of the element that is called so.
fn position(list: &Json, name: &str) -> Option<usize> {
    let is_it = |item: &Json| super::MERGE_KEYS.iter().any(|key| item[*key] == name);
    list.as_array()?.iter().position(is_it)
}

impl fmt::Display for Path {
    /// `spec.ports[http].port`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Element { name, .. } => write!(formatter, "[{name}]")?,
                Step::Key(key) if index == 0 => formatter.write_str(key)?,
                Step::Key(key) if key.contains(['.', '/']) => write!(formatter, "[{key:?}]")?,
                Step::Key(key) => write!(formatter, ".{key}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::compare::compare;

    #[test]
    fn what_is_gone_is_taken_away_by_name() {
        let old =
            json!({"labels": {"a": "1", "b": "2"}, "env": [{"name": "A", "value": "1"}, {"name": "B"}], "args": ["x"]});
        let new = json!({"labels": {"a": "1"}, "env": [{"name": "A"}], "args": []});
        let mut live =
            json!({"labels": {"b": "2", "c": "3"}, "env": [{"name": "Z"}, {"name": "B"}, {"name": "A", "value": "1"}]});
        for field in compare(Some(&old), Some(&new)).iter().filter(|field| field.new.is_none()) {
            field.path.remove_from(&mut live);
        }
        assert_eq!(live, json!({"labels": {"c": "3"}, "env": [{"name": "Z"}, {"name": "A"}]}));
    }
}
