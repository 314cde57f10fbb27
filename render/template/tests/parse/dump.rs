//! Every node of a tree with all that it has, one a line, as `generate/main.go` writes them.

use std::fmt::{Display, Write as _};

use gotemplate::ast::{Branch, Expr, List, Node, Number, Pipe, Pos};
use govalue::strconv::quote;

/// What is written of a text's trees.
pub(crate) struct Dump<'a> {
    pub(crate) text: String,
    pub(crate) source: &'a [u8],
}

impl Dump<'_> {
    /// A place with its line, from 1.
    fn place(&self, pos: Pos) -> String {
        let line = self.source[..pos as usize].split(|byte| *byte == b'\n').count();
        format!("{pos}:{line}")
    }
}

fn line(out: &mut Dump<'_>, depth: usize, text: impl Display) {
    writeln!(out.text, "{:depth$}{text}", "", depth = 2 * depth).unwrap();
}

pub(crate) fn list(out: &mut Dump<'_>, depth: usize, list: &List) {
    for item in &list.nodes {
        node(out, depth, item);
    }
}

fn node(out: &mut Dump<'_>, depth: usize, node: &Node) {
    match node {
        Node::Text(text) => line(out, depth, format_args!("text {} {}", text.pos, quote(text.bytes()))),
        Node::Action(action) => {
            line(out, depth, format!("action {}", out.place(action.pos)));
            pipe(out, depth + 1, action);
        }
        Node::If(inner) => branch(out, depth, "if", inner),
        Node::With(inner) => branch(out, depth, "with", inner),
        Node::Range(inner) => branch(out, depth, "range", inner),
        Node::Template(template) => {
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
    list(out, depth + 1, &branch.list);
    if let Some(else_list) = &branch.else_list {
        line(out, depth, "else");
        list(out, depth + 1, else_list);
    }
}

fn pipe(out: &mut Dump<'_>, depth: usize, pipe: &Pipe) {
    line(out, depth, format!("pipe {} assign={}", out.place(pipe.pos), pipe.is_assign));
    for variable in &pipe.decl {
        line(out, depth + 1, format_args!("decl {} {}", variable.pos, variable.names.join(" ")));
    }
    for command in &pipe.commands {
        line(out, depth + 1, format_args!("command {}", command.pos));
        for arg in &command.args {
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
            line(out, depth, format_args!("number {} {}{}", value.pos, value.text, number(value)));
        }
        Expr::String(string) => {
            let (quoted, text) = (quote(&string.quoted), quote(&string.text));
            line(out, depth, format_args!("string {} {quoted} {text}", string.pos));
        }
        Expr::Identifier(name) => line(out, depth, format_args!("identifier {} {}", name.pos, name.name)),
        Expr::Field(field) => line(out, depth, format_args!("field {} {}", field.pos, field.names.join(" "))),
        Expr::Variable(variable) => {
            line(out, depth, format_args!("variable {} {}", variable.pos, variable.names.join(" ")));
        }
        Expr::Chain(chain) => {
            line(out, depth, format_args!("chain {} {}", chain.pos, chain.names.join(" ")));
            operand(out, depth + 1, &chain.operand);
        }
        Expr::Pipe(inner) => pipe(out, depth, inner),
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
