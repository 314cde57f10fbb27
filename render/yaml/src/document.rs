//! Events to the nodes of the first document.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::Error;
use crate::parser::{Event, Parser, Scalar};

/// How many nodes a document may have: each takes far more memory than its text.
const MAX_NODES: usize = 2_000_000;

/// The number of a node in its document.
pub(crate) type NodeId = usize;

/// A node; those inside it follow it, so that a deep document needs no deep stack, and a collection no list of them.
#[derive(Debug)]
pub(crate) enum Node<'a> {
    Scalar(Scalar<'a>),
    Alias {
        name: &'a str,
        target: NodeId,
    },
    Sequence {
        /// The number after the last node inside it.
        end: NodeId,
    },
    /// Keys and values by turns.
    Mapping {
        /// The number after the last node inside it.
        end: NodeId,
    },
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
                    document.close(open.pop());
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
                Event::SequenceStart { anchor } => (Node::Sequence { end: id }, anchor),
                Event::MappingStart { anchor } => (Node::Mapping { end: id }, anchor),
            };
            if let Some(anchor) = anchor {
                anchors.insert(anchor, id);
            }
            if id == MAX_NODES {
                return Err(Error::yaml(format_args!("the document has more than the limit of {MAX_NODES} nodes")));
            }
            if matches!(node, Node::Sequence { .. } | Node::Mapping { .. }) {
                open.push(id);
            }
            document.nodes.push(node);
            document.lines.push(parser.line());
        }
    }

    /// Ends a collection.
    fn close(&mut self, id: Option<NodeId>) {
        let last = self.nodes.len();
        if let Some(Node::Sequence { end } | Node::Mapping { end }) = id.and_then(|id| self.nodes.get_mut(id)) {
            *end = last;
        }
    }

    /// The nodes of a collection, each with what is inside it left out; none of any other node.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.after(id);
        std::iter::successors(Some(id + 1), |child| Some(self.after(*child))).take_while(move |child| *child < end)
    }

    /// The keys of a mapping with their values.
    pub(crate) fn pairs(&self, id: NodeId) -> impl Iterator<Item = (NodeId, NodeId)> {
        let mut children = self.children(id);
        std::iter::from_fn(move || children.next().zip(children.next()))
    }

    /// The number after a node and all that is inside it.
    fn after(&self, id: NodeId) -> NodeId {
        match self.node(id) {
            Node::Sequence { end } | Node::Mapping { end } => *end,
            Node::Scalar(_) | Node::Alias { .. } => id + 1,
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
