//! Compiles a pattern's tree to a matcher.

use super::alternatives;
use super::glue;
use super::matcher::{Matcher, Tree};
use super::parser::Node;

/// The matcher of a tree.
pub(super) fn compile(node: &Node) -> Matcher {
    let matcher = match node {
        Node::AnyOf(alternatives) => match alternatives::minimised(alternatives) {
            Some(node) => return compile(&node),
            None => return Matcher::AnyOf(compile_all(alternatives)),
        },
        Node::Pattern(nodes) => combine(glue::minimise(compile_all(nodes))),
        Node::Nothing => Matcher::Nothing,
        Node::Any => Matcher::Any,
        Node::Super => Matcher::Super,
        Node::Single => Matcher::Single,
        Node::Text(text) => Matcher::Text(text.clone()),
        Node::List { chars, not } => Matcher::List { chars: chars.clone(), not: *not },
        &Node::Range { low, high, not } => Matcher::Range { low, high, not },
    };
    optimised(matcher)
}

fn compile_all(nodes: &[Node]) -> Vec<Matcher> {
    nodes.iter().map(|node| optimised(compile(node))).collect()
}

/// One matcher for some that are one after the other: a tree around the last of the longest ones.
fn combine(matchers: Vec<Matcher>) -> Matcher {
    if matchers.len() < 2 {
        return matchers.into_iter().next().unwrap_or(Matcher::Nothing);
    }
    let mut matchers = match glue::glue(matchers) {
        Ok(matcher) => return matcher,
        Err(matchers) => matchers,
    };
    let lengths = matchers.iter().enumerate().filter_map(|(i, matcher)| Some((matcher.length()?, i)));
    let middle = lengths.max().map_or(0, |(_, i)| i);
    let right = matchers.split_off(middle + 1);
    let value = matchers.pop().unwrap_or(Matcher::Nothing);
    Matcher::tree(side(matchers), value, side(right))
}

fn side(matchers: Vec<Matcher>) -> Option<Matcher> {
    (!matchers.is_empty()).then(|| combine(matchers))
}

/// A simpler matcher, where there is one.
fn optimised(matcher: Matcher) -> Matcher {
    match matcher {
        Matcher::AnyOf(mut matchers) if matchers.len() == 1 => matchers.pop().unwrap_or(Matcher::Nothing),
        Matcher::List { chars, not: false } if chars.chars().count() == 1 => Matcher::Text(chars),
        Matcher::Tree(tree) => optimised_tree(*tree),
        other => other,
    }
}

fn optimised_tree(mut tree: Tree) -> Matcher {
    tree.left = tree.left.map(optimised);
    tree.right = tree.right.map(optimised);
    let Matcher::Text(text) = tree.value else { return Matcher::Tree(Box::new(tree)) };
    match (tree.left, tree.right) {
        (Some(Matcher::Super), Some(Matcher::Super)) => Matcher::Contains(text),
        (Some(Matcher::Super), None) => Matcher::Suffix(text),
        (None, Some(Matcher::Super)) => Matcher::Prefix(text),
        (None, Some(Matcher::Suffix(suffix))) => Matcher::PrefixSuffix(text, suffix),
        (Some(Matcher::Prefix(prefix)), None) => Matcher::PrefixSuffix(prefix, text),
        (Some(Matcher::Any), None) => Matcher::SuffixAny(text),
        (None, Some(Matcher::Any)) => Matcher::PrefixAny(text),
        (left, right) => Matcher::Tree(Box::new(Tree { value: Matcher::Text(text), left, right, ..tree })),
    }
}
