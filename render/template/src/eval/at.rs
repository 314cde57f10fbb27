//! Nodes of all sorts, for errors.

use std::fmt;

use crate::ast::{Command, Expr, Node, Pipe, Pos};

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
    pub(super) fn pos(self) -> usize {
        let pos = match self {
            Self::Start => 0,
            Self::Node(node) => node_pos(node),
            Self::Pipe(pipe) => pipe.pos,
            Self::Command(command) => command.pos,
            Self::Expr(expr) => expr_pos(expr),
        };
        pos as usize
    }
}

impl<'t> From<&'t Expr> for At<'t> {
    fn from(expr: &'t Expr) -> Self {
        match expr {
            Expr::Pipe(pipe) => Self::Pipe(pipe),
            other => Self::Expr(other),
        }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => Ok(()),
            Self::Node(node) => node.fmt(formatter),
            Self::Pipe(pipe) => pipe.fmt(formatter),
            Self::Command(command) => command.fmt(formatter),
            Self::Expr(expr) => expr.fmt(formatter),
        }
    }
}

fn node_pos(node: &Node) -> Pos {
    match node {
        Node::Text(node) => node.pos,
        Node::Action(pipe) => pipe.pos,
        Node::If(node) | Node::With(node) | Node::Range(node) => node.pipe.pos,
        Node::Template(node) => node.pos,
        Node::Break(pos) | Node::Continue(pos) => *pos,
    }
}

fn expr_pos(expr: &Expr) -> Pos {
    match expr {
        Expr::Dot(pos) | Expr::Nil(pos) | Expr::Bool(pos, _) => *pos,
        Expr::Number(node) => node.pos,
        Expr::String(node) => node.pos,
        Expr::Identifier(node) => node.pos,
        Expr::Field(node) => node.pos,
        Expr::Variable(node) => node.pos,
        Expr::Chain(node) => node.pos,
        Expr::Pipe(node) => node.pos,
    }
}
