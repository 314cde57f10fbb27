//! Events to the nodes of the first document.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::Error;
use crate::parser::{Event, Parser, Scalar};

/// How many nodes a document may have: each takes far more memory than its text.
const MAX_NODES: usize = 2_000_000;

/// The number of a node in its document.
pub(crate) type NodeId = usize;

/// A node; those inside it come by their numbers, so that a deep document needs no deep stack.
#[derive(Debug)]
pub(crate) enum Node<'a> {
    Scalar(Scalar<'a>),
    Alias {
        name: &'a str,
        target: NodeId,
    },
    Sequence(Vec<NodeId>),
    /// Keys and values by turns.
    Mapping(Vec<NodeId>),
}

/// The first document of a text.
#[derive(Debug, Default)]
pub(crate) struct Document<'a> {
    nodes: Vec<Node<'a>>,
    /// On which line, from 0, each node begins; an empty one has that of the node before it.
    lines: Vec<usize>,
}

impl<'a> Document<'a> {
    /// Reads up to the end of the first document; what follows is not looked at.
    pub(crate) fn parse(mut parser: Parser<'a>) -> Result<Self, Error> {
        let mut document = Self::default();
        let mut anchors: HashMap<&'a str, NodeId> = HashMap::new();
        let mut open: Vec<NodeId> = Vec::new();
        loop {
            let id = document.nodes.len();
            let (node, anchor) = match parser.next()? {
                Event::DocumentStart => continue,
                Event::StreamEnd | Event::DocumentEnd => return Ok(document),
                Event::SequenceEnd | Event::MappingEnd => {
                    open.pop();
                    continue;
                }
                Event::Alias(name) => {
                    let target = anchors.get(name).copied();
                    let unknown = || Error::yaml(format_args!("unknown anchor '{name}' referenced")).at(parser.line());
                    let target = target.ok_or_else(unknown)?;
                    (Node::Alias { name, target }, None)
                }
                Event::Scalar(scalar) => {
                    let anchor = scalar.anchor;
                    (Node::Scalar(scalar), anchor)
                }
                Event::SequenceStart { anchor } => (Node::Sequence(Vec::new()), anchor),
                Event::MappingStart { anchor } => (Node::Mapping(Vec::new()), anchor),
            };
            if let Some(anchor) = anchor {
                anchors.insert(anchor, id);
            }
            if id == MAX_NODES {
                return Err(Error::yaml(format_args!("the document has more than the limit of {MAX_NODES} nodes")));
            }
            document.add(&open, id);
            if matches!(node, Node::Sequence(_) | Node::Mapping(_)) {
                open.push(id);
            }
            document.nodes.push(node);
            document.lines.push(parser.line());
        }
    }

    /// Puts a node into the collection that is open.
    fn add(&mut self, open: &[NodeId], id: NodeId) {
        let parent = open.last().and_then(|parent| self.nodes.get_mut(*parent));
        if let Some(Node::Sequence(children) | Node::Mapping(children)) = parent {
            children.push(id);
        }
    }

    /// The outermost node, if the text holds any document.
    pub(crate) fn root(&self) -> Option<NodeId> {
        (!self.nodes.is_empty()).then_some(0)
    }

    /// A node by its number.
    pub(crate) fn node(&self, id: NodeId) -> &Node<'a> {
        const NOTHING: &Node<'static> =
            &Node::Scalar(Scalar { anchor: None, tag: None, text: Cow::Borrowed(""), implicit: true });
        self.nodes.get(id).unwrap_or(NOTHING)
    }

    /// On which line, from 0, a node begins.
    pub(crate) fn line(&self, id: NodeId) -> usize {
        self.lines.get(id).copied().unwrap_or_default()
    }

    /// Every node with the line, from 0, on which it begins; its place is its number.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = (&Node<'a>, usize)> {
        self.nodes.iter().zip(self.lines.iter().copied())
    }
}
