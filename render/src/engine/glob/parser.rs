//! Puts the signs of a pattern into a tree.

use super::lexer::Token;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Nothing,
    Any,
    Super,
    Single,
    Text(String),
    List {
        chars: String,
        not: bool,
    },
    Range {
        low: char,
        high: char,
        not: bool,
    },
    /// One after the other.
    Pattern(Vec<Node>),
    /// One of them.
    AnyOf(Vec<Node>),
}

/// A group of alternatives that is not closed yet.
struct Group {
    /// What is before it.
    before: Vec<Node>,
    /// The alternatives that are read.
    alternatives: Vec<Node>,
}

impl Group {
    /// The pattern around it, once its last alternative is read.
    fn close(mut self, last: Vec<Node>) -> Vec<Node> {
        self.alternatives.push(Node::Pattern(last));
        self.before.push(Node::AnyOf(self.alternatives));
        self.before
    }
}

/// The tree of a pattern's signs. Braces that are not closed end with it.
pub(super) fn parse(tokens: Vec<Token>) -> Node {
    let mut groups: Vec<Group> = Vec::new();
    let mut nodes = Vec::new();
    for token in tokens {
        match token {
            Token::Any => nodes.push(Node::Any),
            Token::Super => nodes.push(Node::Super),
            Token::Single => nodes.push(Node::Single),
            Token::Text(text) => nodes.push(Node::Text(text)),
            Token::List { chars, not } => nodes.push(Node::List { chars, not }),
            Token::Range { low, high, not } => nodes.push(Node::Range { low, high, not }),
            Token::Open => groups.push(Group { before: std::mem::take(&mut nodes), alternatives: Vec::new() }),
            Token::Separator => {
                if let Some(group) = groups.last_mut() {
                    group.alternatives.push(Node::Pattern(std::mem::take(&mut nodes)));
                }
            }
            Token::Close => {
                if let Some(group) = groups.pop() {
                    nodes = group.close(nodes);
                }
            }
        }
    }
    Node::Pattern(groups.into_iter().rev().fold(nodes, |nodes, group| group.close(nodes)))
}
