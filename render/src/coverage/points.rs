//! What there is to be taken in a template's text: its lines, and the ways of its branches.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use bstr::ByteSlice;
use gotemplate::ast::{self, Command, Expr, List, Node, Path, Pipe, Pos, Source, Text, Tree};
use govalue::{Value, grow};

use super::hits::FileHits;
use super::{Arm, Branch, CoveredFile};

/// The lines and branches of a file, with the places that execution tells of.
#[derive(Debug)]
pub(super) struct Points {
    text: Arc<[u8]>,
    /// A line, and the place of a node on it.
    lines: Vec<(usize, usize)>,
    branches: Vec<Point>,
    /// What a node may read: the place of the node, and a name of a field or a text that may be a key.
    names: Vec<(usize, String)>,
}

/// A branch.
#[derive(Debug)]
struct Point {
    pos: usize,
    /// The place of the node that it is a part of.
    node: usize,
    sort: Sort,
    line: usize,
    column: usize,
    word: String,
    arms: Vec<String>,
}

/// What a branch is, as two may be in one place: `{{if default 1 .x}}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    /// `if`, `with`, `range`
    Node,
    /// A function that chooses one of its arguments.
    Call,
}

/// Which of its ways a call went, if it is a branch.
pub(super) fn arm_of_call(name: &str, arguments: &[Value]) -> Option<usize> {
    match (name, arguments) {
        ("default", [_, value]) => Some(usize::from(!value.is_true())),
        ("ternary", [_, _, condition]) => Some(usize::from(!condition.is_true())),
        ("and" | "or", _) => arguments.len().checked_sub(1),
        ("coalesce", [_, ..]) => Some(arguments.iter().position(Value::is_true).unwrap_or(arguments.len() - 1)),
        ("dig", [keys @ .., _, of]) => Some(usize::from(!has(of, keys))),
        _ => None,
    }
}

/// Whether a map has the keys, one in the other.
fn has(of: &Value, keys: &[Value]) -> bool {
    let found = keys.iter().try_fold(of.clone(), |of, key| of.as_map()?.get(&**key.as_string()?));
    found.is_some()
}

/// The ways of a call with so many arguments; none if it is no branch.
fn arms_of_call(name: &str, arguments: usize) -> Vec<String> {
    match (name, arguments) {
        ("default", 2) => vec!["value given".into(), "value empty".into()],
        ("ternary", 3) => vec!["true".into(), "false".into()],
        ("dig", 3..) => vec!["found".into(), "default".into()],
        ("and" | "or" | "coalesce", 2..) => (1..=arguments).map(|number| format!("operand {number}")).collect(),
        _ => Vec::new(),
    }
}

/// What leaves lines out, as LCOV's tools know it: of the branches on a line, and of the line itself.
const NO_BRANCHES: &str = "LCOV_EXCL_BR_LINE";
const NO_LINE: &str = "LCOV_EXCL_LINE";

impl Points {
    /// Of all that a text defines, but for lines with a marker.
    pub(super) fn of(text: &Arc<[u8]>, trees: &[Tree]) -> Self {
        let text = Arc::clone(text);
        let mut points = Self { text: Arc::clone(&text), lines: Vec::new(), branches: Vec::new(), names: Vec::new() };
        let starts: Vec<usize> = text.find_iter("\n").map(|end| end + 1).collect();
        for tree in trees {
            Walk { source: &tree.source, starts: &starts, node: 0, points: &mut points }.list(tree.root);
        }
        let with = |marker: &str| -> HashSet<usize> {
            let lines = (1..).zip(text.lines()).filter(|(_, line)| line.contains_str(marker));
            lines.map(|(number, _)| number).collect()
        };
        let (no_line, no_branches) = (with(NO_LINE), with(NO_BRANCHES));
        points.lines.retain(|(line, _)| !no_line.contains(line));
        points.branches.retain(|point| !no_line.contains(&point.line) && !no_branches.contains(&point.line));
        points.branches.sort_by_key(|point| (point.pos, point.sort == Sort::Call));
        points
    }

    /// The names in all that was not executed, or not to its last operand: what may be read there, too.
    pub(super) fn names_left<'a>(&'a self, hits: Option<&FileHits>) -> impl Iterator<Item = &'a str> {
        let has_operands_left = |point: &&Point| {
            matches!(point.word.as_str(), "and" | "or") && point.covered(hits).arms.iter().any(|arm| arm.hits == 0)
        };
        let left: HashSet<usize> = self.branches.iter().filter(has_operands_left).map(|point| point.node).collect();
        let is_executed = |node: usize| hits.is_some_and(|hits| hits.times(node) > 0);
        let names: Vec<_> = self.names.iter().filter(|(node, _)| left.contains(node) || !is_executed(*node)).collect();
        names.into_iter().map(|(_, name)| name.as_str())
    }

    /// With what was taken of them.
    pub(super) fn covered(&self, path: &str, hits: Option<&FileHits>) -> CoveredFile {
        let mut lines = BTreeMap::new();
        for (line, pos) in &self.lines {
            let times: &mut u64 = lines.entry(*line).or_default();
            *times = (*times).max(hits.map_or(0, |hits| hits.times(*pos)));
        }
        let branches = self.branches.iter().map(|point| point.covered(hits)).collect();
        CoveredFile { path: path.to_owned(), text: Arc::clone(&self.text), lines, branches }
    }
}

impl Point {
    fn covered(&self, hits: Option<&FileHits>) -> Branch {
        let times = |arm| hits.map_or(0, |hits| hits.taken(self.sort, self.pos, arm));
        let arms = self.arms.iter().enumerate();
        let arms = arms.map(|(arm, name)| Arm { name: name.clone(), hits: times(arm) }).collect();
        Branch { line: self.line, column: self.column, word: self.word.clone(), arms }
    }
}

struct Walk<'a> {
    source: &'a Source,
    /// Where lines begin, but the first.
    starts: &'a [usize],
    /// The place of the node that is looked at.
    node: usize,
    points: &'a mut Points,
}

impl Walk<'_> {
    fn list(&mut self, list: List) {
        let source = self.source;
        for node in source.nodes.run(list) {
            grow(|| self.node(node));
        }
    }

    fn node(&mut self, node: &Node) {
        let nodes = &self.source.nodes;
        match node {
            Node::Text(text) => self.text(*text),
            Node::Action(pipe) => {
                self.line(pipe.pos);
                self.pipe(pipe);
            }
            Node::If(branch) => self.branch("if", nodes.at(*branch)),
            Node::With(branch) => self.branch("with", nodes.at(*branch)),
            Node::Range(branch) => self.branch("range", nodes.at(*branch)),
            Node::Template(template) => {
                let template = nodes.at(*template);
                self.line(template.pos);
                template.pipe.iter().for_each(|pipe| self.pipe(pipe));
            }
            Node::Break(pos) | Node::Continue(pos) => self.line(*pos),
        }
    }

    /// Each line of it that is not blank.
    fn text(&mut self, text: Text) {
        let (pos, first) = (text.pos as usize, self.place(text.pos).0);
        let lines = self.source.bytes(text).lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        self.points.lines.extend(lines.map(|(below, _)| (first + below, pos)));
    }

    fn branch(&mut self, word: &str, branch: &ast::Branch) {
        self.line(branch.pipe.pos);
        if !self.is_never_empty(&branch.pipe) {
            let arms = if word == "range" { ["elements", "no elements"] } else { ["true", "false"] };
            self.point(branch.pipe.pos, Sort::Node, word, arms.map(str::to_owned).to_vec());
        }
        self.pipe(&branch.pipe);
        self.list(branch.list);
        if let Some(otherwise) = branch.else_list {
            self.list(otherwise);
        }
    }

    /// Whether it is a list or a dict with elements that stand there: such a value decides nothing.
    fn is_never_empty(&self, pipe: &Pipe) -> bool {
        let nodes = &self.source.nodes;
        let [command] = nodes.run(pipe.commands) else { return false };
        match nodes.run(command.args) {
            [Expr::Identifier(function), _, ..] => matches!(nodes.name(function.name), "list" | "tuple" | "dict"),
            _ => false,
        }
    }

    fn pipe(&mut self, pipe: &Pipe) {
        let source = self.source;
        for (place, command) in source.nodes.run(pipe.commands).iter().enumerate() {
            self.call(command, place > 0);
            for expr in source.nodes.run(command.args) {
                grow(|| self.expr(expr));
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        let nodes = &self.source.nodes;
        match expr {
            Expr::Pipe(pipe) => self.pipe(nodes.at(*pipe)),
            Expr::Chain(chain) => {
                let chain = nodes.at(*chain);
                self.last(chain.names);
                grow(|| self.expr(&chain.operand));
            }
            Expr::Field(field) => self.last(field.names),
            Expr::Variable(variable) => self.last(variable.names),
            Expr::String(literal) => self.name(&nodes.at(*literal).text.to_text()),
            _ => {}
        }
    }

    /// The last name of a path.
    fn last(&mut self, path: Path) {
        let nodes = &self.source.nodes;
        if let Some(name) = nodes.run(path).last() {
            self.name(nodes.name(*name));
        }
    }

    fn name(&mut self, name: &str) {
        self.points.names.push((self.node, name.to_owned()));
    }

    fn call(&mut self, command: &Command, is_piped: bool) {
        let nodes = &self.source.nodes;
        if let [Expr::Identifier(function), arguments @ ..] = nodes.run(command.args) {
            let name = nodes.name(function.name);
            let arms = arms_of_call(name, arguments.len() + usize::from(is_piped));
            if !arms.is_empty() {
                self.point(command.pos, Sort::Call, name, arms);
            }
        }
    }

    fn point(&mut self, pos: Pos, sort: Sort, word: &str, arms: Vec<String>) {
        let (line, column) = self.place(pos);
        self.points.branches.push(Point {
            pos: pos as usize,
            node: self.node,
            sort,
            line,
            column,
            word: word.to_owned(),
            arms,
        });
    }

    /// A node that is no text.
    fn line(&mut self, pos: Pos) {
        self.node = pos as usize;
        let line = self.place(pos).0;
        self.points.lines.push((line, pos as usize));
    }

    /// The line and the column of a place, from 1.
    fn place(&self, pos: Pos) -> (usize, usize) {
        let pos = pos as usize;
        let before = self.starts.partition_point(|start| *start <= pos);
        let start = before.checked_sub(1).and_then(|last| self.starts.get(last)).copied().unwrap_or_default();
        (before + 1, pos - start + 1)
    }
}
