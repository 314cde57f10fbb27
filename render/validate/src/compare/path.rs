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

    fn follow<'a>(&self, object: &'a Json, step: impl Fn(&Step) -> Option<crate::Step>) -> Option<&'a Json> {
        self.0.iter().try_fold(object, |value, way| match step(way)? {
            crate::Step::Key(key) => value.get(&key),
            crate::Step::Index(index) => value.get(index),
        })
    }
}

impl Step {
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
