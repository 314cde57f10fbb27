//! Groups while they are read, and what they are made of.

use regex_syntax::hir::{Capture, Class, ClassUnicode, Hir, HirKind};

use super::MAX_HEIGHT;
use super::error::{Error, Kind};
use super::flags::Flags;

/// A part of an expression.
pub(super) struct Node {
    pub(super) hir: Hir,
    /// How deep it nests.
    pub(super) height: usize,
    /// How often the most repeated part of it is repeated.
    pub(super) repeats: u64,
}

impl Node {
    pub(super) fn leaf(hir: Hir) -> Self {
        Self { hir, height: 1, repeats: 1 }
    }

    pub(super) fn class(class: ClassUnicode) -> Self {
        Self::leaf(Hir::class(Class::Unicode(class)))
    }

    /// Nodes under one operator; a node alone needs none.
    fn over(mut nodes: Vec<Self>, operator: fn(Vec<Hir>) -> Hir) -> Self {
        if nodes.len() == 1
            && let Some(node) = nodes.pop()
        {
            return node;
        }
        let height = 1 + nodes.iter().map(|node| node.height).max().unwrap_or_default();
        let repeats = nodes.iter().map(|node| node.repeats).max().unwrap_or(1);
        Self { hir: operator(nodes.into_iter().map(|node| node.hir).collect()), height, repeats }
    }

    /// The memory that it takes without its parts, about.
    pub(super) fn size(&self) -> usize {
        size_of::<Hir>()
            + match self.hir.kind() {
                HirKind::Class(class) => size_of_class(class),
                HirKind::Literal(literal) => literal.0.len(),
                _ => 0,
            }
    }

    /// Itself, unless it nests too deeply.
    pub(super) fn check(self, pattern: &[u8]) -> Result<Self, Error> {
        if self.height > MAX_HEIGHT { Err(Error::new(Kind::NestingDepth, pattern)) } else { Ok(self) }
    }
}

fn size_of_class(class: &Class) -> usize {
    match class {
        Class::Unicode(class) => size_of_val(class.ranges()),
        Class::Bytes(class) => size_of_val(class.ranges()),
    }
}

/// A group that is open: the alternatives before, and what stands in the one that is being read.
#[derive(Default)]
pub(super) struct Group {
    alternatives: Vec<Node>,
    current: Vec<Node>,
    /// The flags outside of it.
    flags: Flags,
    capture: Option<usize>,
}

impl Group {
    pub(super) fn new(flags: Flags, capture: Option<usize>) -> Self {
        Self { flags, capture, ..Self::default() }
    }

    pub(super) fn flags(&self) -> Flags {
        self.flags
    }

    pub(super) fn push(&mut self, node: Node) {
        self.current.push(node);
    }

    /// The node that an operator is applied to.
    pub(super) fn pop(&mut self) -> Option<Node> {
        self.current.pop()
    }

    pub(super) fn alternate(&mut self) {
        let alternative = Node::over(std::mem::take(&mut self.current), Hir::concat);
        self.alternatives.push(alternative);
    }

    pub(super) fn finish(mut self) -> Node {
        self.alternate();
        let node = Node::over(self.alternatives, Hir::alternation);
        let Some(index) = self.capture.and_then(|index| u32::try_from(index).ok()) else { return node };
        let hir = Hir::capture(Capture { index, name: None, sub: Box::new(node.hir) });
        Node { hir, height: node.height + 1, repeats: node.repeats }
    }
}
