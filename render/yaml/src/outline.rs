//! Where the keys and items of a document stand in its text.

use std::collections::HashMap;

use crate::document::{Document, Node, NodeId};

/// A step from a value into it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// To the value of a key.
    Key(String),
    /// To an item, from 0.
    Index(usize),
}

/// A key that a mapping has twice; the later one wins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The path of the key.
    pub path: Vec<Step>,
    /// The line of the later one, from 1.
    pub line: usize,
    /// The line of the earlier one, from 1.
    pub first: usize,
}

/// The lines of a document's keys and items.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    nodes: Vec<Place>,
    duplicates: Vec<Duplicate>,
}

#[derive(Clone, Debug, Default)]
struct Place {
    children: Children,
    /// The node that it is in, by which step, and the line of the key or item, from 0.
    parent: Option<(NodeId, Step)>,
    line: usize,
}

#[derive(Clone, Debug, Default)]
enum Children {
    #[default]
    None,
    Alias(NodeId),
    Items(Vec<NodeId>),
    Keys(HashMap<String, NodeId>),
}

impl Outline {
    /// The line, from 1, of the key or item at the end of a path, or of the innermost that the text has on the way:
    /// what a merge brings in stands elsewhere.
    pub fn line(&self, path: &[Step]) -> usize {
        let mut id = 0;
        for step in path {
            match self.child(id, step) {
                Some(child) => id = child,
                None => break,
            }
        }
        self.nodes.get(id).map_or(0, |place| place.line) + 1
    }

    /// The keys that a mapping has more than once, in the order of the text.
    pub fn duplicates(&self) -> &[Duplicate] {
        &self.duplicates
    }

    fn child(&self, id: NodeId, step: &Step) -> Option<NodeId> {
        let children = &self.nodes.get(id)?.children;
        let children = match children {
            Children::Alias(target) => &self.nodes.get(*target)?.children,
            own => own,
        };
        match (children, step) {
            (Children::Items(items), Step::Index(index)) => items.get(*index).copied(),
            (Children::Keys(keys), Step::Key(key)) => keys.get(key).copied(),
            _ => None,
        }
    }

    pub(crate) fn of(document: &Document<'_>) -> Self {
        let nodes = document.nodes().map(|(_, line)| Place { line, ..Place::default() }).collect();
        let mut outline = Self { nodes, duplicates: Vec::new() };
        for (id, (node, _)) in document.nodes().enumerate() {
            let children = match node {
                Node::Scalar(_) => Children::None,
                Node::Alias { target, .. } => Children::Alias(*target),
                Node::Sequence { .. } => outline.items(id, document.children(id).collect()),
                Node::Mapping { .. } => outline.keys(document, id),
            };
            if let Some(place) = outline.nodes.get_mut(id) {
                place.children = children;
            }
        }
        outline
    }

    fn items(&mut self, id: NodeId, items: Vec<NodeId>) -> Children {
        for (index, item) in items.iter().enumerate() {
            if let Some(place) = self.nodes.get_mut(*item) {
                place.parent = Some((id, Step::Index(index)));
            }
        }
        Children::Items(items)
    }

    /// A value stands where its key does. Keys that are no scalars are left out: no such document becomes JSON.
    fn keys(&mut self, document: &Document<'_>, id: NodeId) -> Children {
        let mut keys = HashMap::new();
        for (key, value) in document.pairs(id) {
            let Node::Scalar(scalar) = document.node(key) else { continue };
            let line = self.nodes.get(key).map_or(0, |place| place.line);
            if let Some(place) = self.nodes.get_mut(value) {
                place.parent = Some((id, Step::Key(scalar.text.to_string())));
                place.line = line;
            }
            if let Some(first) = keys.insert(scalar.text.to_string(), value)
                && scalar.text != "<<"
            {
                let first = self.nodes.get(first).map_or(0, |place| place.line) + 1;
                self.duplicates.push(Duplicate { path: self.path(value), line: line + 1, first });
            }
        }
        Children::Keys(keys)
    }

    fn path(&self, id: NodeId) -> Vec<Step> {
        let parent = |id: NodeId| self.nodes.get(id)?.parent.as_ref();
        let steps = std::iter::successors(parent(id), |(id, _)| parent(*id)).map(|(_, step)| step.clone());
        let mut path: Vec<Step> = steps.collect();
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TEXT: &str =
        "# head\na:\n  - b: 1\n  -\n    c: {d: 2,\n      e: 3}\nf: &x\n  g: 1\nh: *x\ni:\n  <<: *x\n  f: 1\n  f: 2\n";

    fn path(text: &str) -> Vec<Step> {
        let step = |part: &str| part.parse().map_or_else(|_| Step::Key(part.into()), Step::Index);
        text.split('/').filter(|part| !part.is_empty()).map(step).collect()
    }

    #[test]
    fn a_path_has_the_line_of_its_key_or_item() {
        let (_, outline) = crate::to_json_with_outline(TEXT.as_bytes()).unwrap();
        for (at, line) in
            [("", 2), ("a", 2), ("a/0", 3), ("a/0/b", 3), ("a/1/c", 5), ("a/1/c/e", 6), ("f/g", 8), ("h/g", 8)]
        {
            assert_eq!(outline.line(&path(at)), line, "{at}");
        }
    }

    #[test]
    fn what_is_not_in_the_text_has_the_line_of_what_it_would_be_in() {
        let (_, outline) = crate::to_json_with_outline(TEXT.as_bytes()).unwrap();
        assert_eq!(outline.line(&path("a/0/nothing/more")), 3);
        assert_eq!(outline.line(&path("i/g")), 10);
    }

    #[test]
    fn a_key_given_twice_is_told() {
        let (json, outline) = crate::to_json_with_outline(TEXT.as_bytes()).unwrap();
        assert_eq!(outline.duplicates(), [Duplicate { path: path("i/f"), line: 13, first: 12 }]);
        assert_eq!(json["i"]["f"], 2);
    }
}
