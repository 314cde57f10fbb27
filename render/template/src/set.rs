//! Templates by name.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::ast::{List, Source, Tree};
use crate::{Functions, ParseError, parse};

/// Templates that know each other by name: Go's `Template` with those associated with it.
///
/// A layer over another set sees its templates and adds its own, at no cost for what lies below: what Helm's `tpl`
/// does with a clone.
#[derive(Debug)]
pub struct Set {
    name: Arc<str>,
    below: Option<Rc<Set>>,
    trees: HashMap<Arc<str>, Arc<Tree>, RandomState>,
}

impl Set {
    /// An empty set. Its name is only for the error of a template that is not there.
    pub fn new(name: &str) -> Self {
        Self { name: name.into(), below: None, trees: HashMap::default() }
    }

    /// A set of the same name over another one.
    pub fn layer(below: &Rc<Set>) -> Self {
        Self { name: Arc::clone(&below.name), below: Some(Rc::clone(below)), trees: HashMap::default() }
    }

    /// The name of the whole set.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Whether there is a set below.
    pub(crate) fn is_layer(&self) -> bool {
        self.below.is_some()
    }

    /// The template of this name, of this layer or one below.
    pub fn get(&self, name: &str) -> Option<&Arc<Tree>> {
        std::iter::successors(Some(self), |set| set.below.as_deref()).find_map(|set| set.trees.get(name))
    }

    /// Adds the templates that a text defines, and the text itself under `name`.
    ///
    /// A template that is there already is replaced, unless the new one is empty but for space and comments. Gives
    /// the text's own template, even where it replaced nothing.
    pub fn parse(
        &mut self,
        name: &str,
        text: impl Into<Arc<[u8]>>,
        functions: &Functions,
    ) -> Result<Arc<Tree>, ParseError> {
        let mut main = None;
        for tree in parse(name, text, &|function| functions.contains(function))? {
            let tree = Arc::new(tree);
            if *tree.name == *name {
                main = Some(Arc::clone(&tree));
            }
            self.add(tree);
        }
        Ok(main.unwrap_or_else(|| Arc::new(empty(name))))
    }

    /// Adds a template, by the rule of [`Set::parse`].
    pub fn add(&mut self, tree: Arc<Tree>) {
        if !tree.is_empty() || self.get(&tree.name).is_none() {
            self.trees.insert(Arc::clone(&tree.name), tree);
        }
    }
}

fn empty(name: &str) -> Tree {
    let name = Arc::from(name);
    let source = Source { name: Arc::clone(&name), ..Source::default() };
    Tree { name, source: Arc::new(source), root: List::default() }
}
