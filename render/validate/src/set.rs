//! All objects of a run.

use std::collections::HashMap;

use crate::{Error, Object, read};

/// All objects of a run, found by kind, namespace and name.
#[derive(Clone, Debug)]
pub struct Set {
    objects: Vec<Object>,
    by_name: HashMap<(String, String), Vec<usize>>,
    default_namespace: String,
}

impl Default for Set {
    fn default() -> Self {
        Self::new("default")
    }
}

impl Set {
    /// An empty set. Objects without a namespace are taken to be in this one.
    pub fn new(default_namespace: impl Into<String>) -> Self {
        Self { objects: Vec::new(), by_name: HashMap::new(), default_namespace: default_namespace.into() }
    }

    /// Adds the objects of a text: documents of YAML or JSON, lists taken apart. `file` is the name for places.
    ///
    /// Fails, and adds nothing, if a document is no YAML, no object, or too large.
    pub fn read(&mut self, file: &str, text: &[u8]) -> Result<(), Error> {
        self.read_from(file, 1, text)
    }

    /// As [`Set::read`], for a part of a file that begins on this line, from 1.
    pub fn read_from(&mut self, file: &str, first_line: usize, text: &[u8]) -> Result<(), Error> {
        for object in read::objects(file, first_line, text)? {
            self.add(object);
        }
        Ok(())
    }

    fn add(&mut self, object: Object) {
        let key = (object.kind.clone(), object.name.clone());
        self.by_name.entry(key).or_default().push(self.objects.len());
        self.objects.push(object);
    }

    /// The objects in the order in which they were read.
    pub fn objects(&self) -> &[Object] {
        &self.objects
    }

    /// The objects of a kind, whatever the version of its API.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Object> {
        self.objects.iter().filter(move |object| object.kind == kind)
    }

    /// The namespace of an object: its own, or that of objects without one. It means nothing for kinds of the whole
    /// cluster.
    pub fn namespace<'a>(&'a self, object: &'a Object) -> &'a str {
        object.namespace.as_deref().unwrap_or(&self.default_namespace)
    }

    pub(crate) fn default_namespace(&self) -> &str {
        &self.default_namespace
    }

    /// The object of this kind and name in a namespace; if there are several, the first.
    pub fn find(&self, kind: &str, namespace: &str, name: &str) -> Option<&Object> {
        self.named(kind, name).find(|object| self.namespace(object) == namespace)
    }

    /// The object of this kind and name, for kinds of the whole cluster.
    pub fn find_of_cluster(&self, kind: &str, name: &str) -> Option<&Object> {
        self.named(kind, name).next()
    }

    fn named(&self, kind: &str, name: &str) -> impl Iterator<Item = &Object> {
        let places = self.by_name.get(&(kind.to_owned(), name.to_owned()));
        places.into_iter().flatten().filter_map(|place| self.objects.get(*place))
    }
}
