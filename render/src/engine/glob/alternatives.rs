//! Takes out of alternatives what they begin and end with in common.

use super::parser::Node;

/// The pattern that stands for alternatives that have something in common; nothing if they have not.
pub(super) fn minimised(alternatives: &[Node]) -> Option<Node> {
    let patterns = patterns(alternatives)?;
    let shortest = *patterns.iter().min_by_key(|nodes| nodes.len())?;
    let (left, right) = common(&patterns);
    if left == 0 && right == 0 {
        return None;
    }
    let mut rests = rests(&patterns, left, right);
    let mut nodes = Vec::new();
    if left > 0 {
        nodes.push(Node::Pattern(shortest[..left].to_vec()));
    }
    if rests.len() > 1 {
        nodes.push(Node::AnyOf(rests));
    } else if let Some(rest) = rests.pop().filter(|rest| *rest != Node::Nothing) {
        nodes.push(rest);
    }
    if right > 0 {
        nodes.push(Node::Pattern(shortest[shortest.len() - right..].to_vec()));
    }
    Some(Node::Pattern(nodes))
}

/// The parts of every alternative; nothing if one of them is no pattern.
fn patterns(alternatives: &[Node]) -> Option<Vec<&[Node]>> {
    let mut patterns = Vec::new();
    for node in alternatives {
        let Node::Pattern(nodes) = node else { return None };
        patterns.push(nodes.as_slice());
    }
    Some(patterns)
}

/// What is left of every alternative, each once.
fn rests(patterns: &[&[Node]], left: usize, right: usize) -> Vec<Node> {
    let mut rests = Vec::new();
    for nodes in patterns {
        let rest = match &nodes[left..nodes.len() - right] {
            [] => Node::Nothing,
            rest => Node::Pattern(rest.to_vec()),
        };
        if !rests.contains(&rest) {
            rests.push(rest);
        }
    }
    rests
}

/// How many parts all begin with, and how many all end with.
fn common(patterns: &[&[Node]]) -> (usize, usize) {
    let Some((least, shortest)) = patterns.iter().enumerate().min_by_key(|(_, nodes)| nodes.len()) else {
        return (0, 0);
    };
    let (mut left, mut right) = (0, 0);
    let (mut left_ends, mut right_ends) = (patterns.len() < 2, patterns.len() < 2);
    for i in 0..shortest.len() {
        if left + right >= shortest.len() || (left_ends && right_ends) {
            break;
        }
        let j = shortest.len() - 1 - i;
        for (_, nodes) in patterns.iter().enumerate().filter(|(k, _)| *k != least) {
            left_ends = left_ends || shortest[i] != nodes[i];
            right_ends = right_ends || (!left_ends && j <= i);
            right_ends = right_ends || shortest[j] != nodes[j + nodes.len() - shortest.len()];
        }
        left += usize::from(!left_ends);
        right += usize::from(!right_ends);
    }
    (left, right)
}
