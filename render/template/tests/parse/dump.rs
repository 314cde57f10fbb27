//! Every node of a tree with all that it has, one a line, as `generate/main.go` writes them.

use std::fmt::{Display, Write as _};

use gotemplate::ast::{Branch, Expr, List, Node, Number, Pipe};
use govalue::strconv::quote;

fn line(out: &mut String, depth: usize, text: impl Display) {
    writeln!(out, "{:depth$}{text}", "", depth = 2 * depth).unwrap();
}

pub(crate) fn list(out: &mut String, depth: usize, list: &List) {
    for item in &list.nodes {
        node(out, depth, item);
    }
}

fn node(out: &mut String, depth: usize, node: &Node) {
    match node {
        Node::Text(text) => line(out, depth, format_args!("text {} {}", text.pos, quote(text.bytes()))),
        Node::Action(action) => {
            line(out, depth, format_args!("action {}:{}", action.pos, action.line));
            pipe(out, depth + 1, &action.pipe);
        }
        Node::If(inner) => branch(out, depth, "if", inner),
        Node::With(inner) => branch(out, depth, "with", inner),
        Node::Range(inner) => branch(out, depth, "range", inner),
        Node::Template(template) => {
            let name = quote(template.name.as_bytes());
            line(out, depth, format_args!("template {}:{} {name}", template.pos, template.line));
            if let Some(inner) = &template.pipe {
                pipe(out, depth + 1, inner);
            }
        }
        Node::Break(pos) => line(out, depth, format_args!("break {pos}")),
        Node::Continue(pos) => line(out, depth, format_args!("continue {pos}")),
    }
}

fn branch(out: &mut String, depth: usize, name: &str, branch: &Branch) {
    line(out, depth, format_args!("{name} {}:{}", branch.pos, branch.line));
    pipe(out, depth + 1, &branch.pipe);
    list(out, depth + 1, &branch.list);
    if let Some(else_list) = &branch.else_list {
        line(out, depth, "else");
        list(out, depth + 1, else_list);
    }
}

fn pipe(out: &mut String, depth: usize, pipe: &Pipe) {
    line(out, depth, format_args!("pipe {}:{} assign={}", pipe.pos, pipe.line, pipe.is_assign));
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

fn operand(out: &mut String, depth: usize, node: &Expr) {
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
