//! Nodes of all sorts, for errors.

use crate::ast::{Command, Expr, Node, Nodes, Pipe, Pos, Source};

/// A node that is looked at.
#[derive(Clone, Copy)]
pub(crate) enum At<'t> {
    /// None yet.
    Start,
    Node(&'t Node),
    Pipe(&'t Pipe),
    Command(&'t Command),
    Expr(&'t Expr),
}

impl At<'_> {
    /// Where it begins.
    pub(super) fn pos(self, nodes: &Nodes) -> usize {
        let pos = match self {
            Self::Start => 0,
            Self::Node(node) => node_pos(node, nodes),
            Self::Pipe(pipe) => pipe.pos,
            Self::Command(command) => command.pos,
            Self::Expr(expr) => expr_pos(expr, nodes),
        };
        pos as usize
    }

    /// As it prints.
    pub(super) fn shown(self, source: &Source) -> String {
        match self {
            Self::Start => String::new(),
            Self::Node(node) => source.show(node).to_string(),
            Self::Pipe(pipe) => source.show(pipe).to_string(),
            Self::Command(command) => source.show(command).to_string(),
            Self::Expr(expr) => source.show(expr).to_string(),
        }
    }
}

fn node_pos(node: &Node, nodes: &Nodes) -> Pos {
    match node {
        Node::Text(node) => node.pos,
        Node::Action(pipe) => pipe.pos,
        Node::If(node) | Node::With(node) | Node::Range(node) => nodes.at(*node).pipe.pos,
        Node::Template(node) => nodes.at(*node).pos,
        Node::Break(pos) | Node::Continue(pos) => *pos,
    }
}

fn expr_pos(expr: &Expr, nodes: &Nodes) -> Pos {
    match expr {
        Expr::Dot(pos) | Expr::Nil(pos) | Expr::Bool(pos, _) => *pos,
        Expr::Number(node) => nodes.at(*node).pos,
        Expr::String(node) => nodes.at(*node).pos,
        Expr::Identifier(node) => node.pos,
        Expr::Field(node) => node.pos,
        Expr::Variable(node) => node.pos,
        Expr::Chain(node) => nodes.at(*node).pos,
        Expr::Pipe(node) => nodes.at(*node).pos,
    }
}
