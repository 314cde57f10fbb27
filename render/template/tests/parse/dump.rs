//! Every node of a tree with all that it has, one a line, as `generate/main.go` writes them.

use std::fmt::{Display, Write as _};

use gotemplate::ast::{Branch, Expr, List, Node, Nodes, Number, Path, Pipe, Pos, Source, Tree};
use govalue::strconv::quote;

/// What is written of a tree.
struct Dump<'a> {
    text: String,
    source: &'a Source,
    nodes: &'a Nodes,
}

/// A tree's nodes.
pub(crate) fn tree(tree: &Tree) -> String {
    let mut out = Dump { text: String::new(), source: &tree.source, nodes: &tree.source.nodes };
    list(&mut out, 1, tree.root);
    out.text
}

impl Dump<'_> {
    /// A place with its line, from 1.
    fn place(&self, pos: Pos) -> String {
        let line = self.source.text[..pos as usize].split(|byte| *byte == b'\n').count();
        format!("{pos}:{line}")
    }
}

fn names(out: &Dump<'_>, path: Path) -> String {
    let names: Vec<_> = out.nodes.run(path).iter().map(|name| out.nodes.name(*name)).collect();
    names.join(" ")
}

fn line(out: &mut Dump<'_>, depth: usize, text: impl Display) {
    writeln!(out.text, "{:depth$}{text}", "", depth = 2 * depth).unwrap();
}

fn list(out: &mut Dump<'_>, depth: usize, list: List) {
    for item in out.nodes.run(list) {
        node(out, depth, item);
    }
}

fn node(out: &mut Dump<'_>, depth: usize, node: &Node) {
    match node {
        Node::Text(text) => line(out, depth, format!("text {} {}", text.pos, quote(out.source.bytes(*text)))),
        Node::Action(action) => {
            line(out, depth, format!("action {}", out.place(action.pos)));
            pipe(out, depth + 1, action);
        }
        Node::If(inner) => branch(out, depth, "if", out.nodes.at(*inner)),
        Node::With(inner) => branch(out, depth, "with", out.nodes.at(*inner)),
        Node::Range(inner) => branch(out, depth, "range", out.nodes.at(*inner)),
        Node::Template(template) => {
            let template = out.nodes.at(*template);
            let name = quote(template.name.as_bytes());
            line(out, depth, format!("template {} {name}", out.place(template.pos)));
            if let Some(inner) = &template.pipe {
                pipe(out, depth + 1, inner);
            }
        }
        Node::Break(pos) => line(out, depth, format_args!("break {pos}")),
        Node::Continue(pos) => line(out, depth, format_args!("continue {pos}")),
    }
}

fn branch(out: &mut Dump<'_>, depth: usize, name: &str, branch: &Branch) {
    line(out, depth, format!("{name} {}", out.place(branch.pipe.pos)));
    pipe(out, depth + 1, &branch.pipe);
    list(out, depth + 1, branch.list);
    if let Some(else_list) = branch.else_list {
        line(out, depth, "else");
        list(out, depth + 1, else_list);
    }
}

fn pipe(out: &mut Dump<'_>, depth: usize, pipe: &Pipe) {
    line(out, depth, format!("pipe {} assign={}", out.place(pipe.pos), pipe.is_assign));
    for variable in out.nodes.run(pipe.decl) {
        line(out, depth + 1, format!("decl {} {}", variable.pos, names(out, variable.names)));
    }
    for command in out.nodes.run(pipe.commands) {
        line(out, depth + 1, format_args!("command {}", command.pos));
        for arg in out.nodes.run(command.args) {
            operand(out, depth + 2, arg);
        }
    }
}

fn operand(out: &mut Dump<'_>, depth: usize, node: &Expr) {
    match node {
        Expr::Dot(pos) => line(out, depth, format_args!("dot {pos}")),
        Expr::Nil(pos) => line(out, depth, format_args!("nil {pos}")),
        Expr::Bool(pos, value) => line(out, depth, format_args!("bool {pos} {value}")),
        Expr::Number(value) => {
            let value = out.nodes.at(*value);
            line(out, depth, format_args!("number {} {}{}", value.pos, value.text, number(value)));
        }
        Expr::String(string) => {
            let string = out.nodes.at(*string);
            let (quoted, text) = (quote(out.source.quoted(string)), quote(&string.text));
            line(out, depth, format_args!("string {} {quoted} {text}", string.pos));
        }
        Expr::Identifier(name) => line(out, depth, format!("identifier {} {}", name.pos, out.nodes.name(name.name))),
        Expr::Field(field) => line(out, depth, format!("field {} {}", field.pos, names(out, field.names))),
        Expr::Variable(variable) => {
            line(out, depth, format!("variable {} {}", variable.pos, names(out, variable.names)));
        }
        Expr::Chain(chain) => {
            let chain = out.nodes.at(*chain);
            line(out, depth, format!("chain {} {}", chain.pos, names(out, chain.names)));
            operand(out, depth + 1, &chain.operand);
        }
        Expr::Pipe(inner) => pipe(out, depth, out.nodes.at(*inner)),
    }
}

/// The types of a number and its value in each, floats by their bits.
fn number(number: &Number) -> String {
    let mut out = String::new();
    if let Some(int) = number.int {
        write!(out, " int={int}").unwrap();
    }
    if let Some(uint) = number.uint {
        write!(out, " uint={uint}").unwrap();
    }
    if let Some(float) = number.float {
        write!(out, " float={:016x}", float.to_bits()).unwrap();
    }
    if let Some((real, imaginary)) = number.complex {
        write!(out, " complex={:016x},{:016x}", real.to_bits(), imaginary.to_bits()).unwrap();
    }
    out
}
