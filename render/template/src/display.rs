//! Nodes as text, for errors and for templates made of trees.
//!
//! The text parses to the same nodes, unless a text that a trim marker cut ends in `{`. Bytes that are no UTF-8 print as
//! U+FFFD.

use std::fmt::{Display, Formatter, Result};
use std::sync::Arc;

use bstr::BStr;
use govalue::strconv;

use crate::ast::{
    Branch, Chain, Command, Expr, Field, Identifier, List, Node, Number, Pipe, StringLiteral, Template, Text, Variable,
};

impl Display for List {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        govalue::grow(|| self.nodes.iter().try_for_each(|node| node.fmt(formatter)))
    }
}

impl Display for Node {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        match self {
            Self::Text(text) => text.fmt(formatter),
            Self::Action(pipe) => write!(formatter, "{{{{{pipe}}}}}"),
            Self::If(branch) => write_branch("if", branch, formatter),
            Self::With(branch) => write_branch("with", branch, formatter),
            Self::Range(branch) => write_branch("range", branch, formatter),
            Self::Template(template) => template.fmt(formatter),
            Self::Break(_) => formatter.write_str("{{break}}"),
            Self::Continue(_) => formatter.write_str("{{continue}}"),
        }
    }
}

fn write_branch(keyword: &str, branch: &Branch, formatter: &mut Formatter<'_>) -> Result {
    let Branch { pipe, list, .. } = branch;
    write!(formatter, "{{{{{keyword} {pipe}}}}}{list}")?;
    if let Some(list) = &branch.else_list {
        write!(formatter, "{{{{else}}}}{list}")?;
    }
    formatter.write_str("{{end}}")
}

impl Display for Text {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        BStr::new(self.bytes()).fmt(formatter)
    }
}

impl Display for Template {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        write!(formatter, "{{{{template {}", strconv::quote(self.name.as_bytes()))?;
        if let Some(pipe) = &self.pipe {
            write!(formatter, " {pipe}")?;
        }
        formatter.write_str("}}")
    }
}

impl Display for Pipe {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        govalue::grow(|| {
            if !self.decl.is_empty() {
                write_separated(&self.decl, ", ", formatter)?;
                formatter.write_str(if self.is_assign { " = " } else { " := " })?;
            }
            write_separated(&self.commands, " | ", formatter)
        })
    }
}

impl Display for Command {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        for (index, arg) in self.args.iter().enumerate() {
            if index > 0 {
                formatter.write_str(" ")?;
            }
            write_operand(arg, formatter)?;
        }
        Ok(())
    }
}

/// An operand that needs parentheses has them; by itself, in an error's text, it has none.
fn write_operand(operand: &Expr, formatter: &mut Formatter<'_>) -> Result {
    match operand {
        Expr::Pipe(pipe) => write!(formatter, "({pipe})"),
        other => other.fmt(formatter),
    }
}

impl Display for Expr {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        match self {
            Self::Dot(_) => formatter.write_str("."),
            Self::Nil(_) => formatter.write_str("nil"),
            Self::Bool(_, value) => value.fmt(formatter),
            Self::Number(number) => number.fmt(formatter),
            Self::String(string) => string.fmt(formatter),
            Self::Identifier(identifier) => identifier.fmt(formatter),
            Self::Field(field) => field.fmt(formatter),
            Self::Variable(variable) => variable.fmt(formatter),
            Self::Chain(chain) => chain.fmt(formatter),
            Self::Pipe(pipe) => pipe.fmt(formatter),
        }
    }
}

impl Display for Number {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        formatter.write_str(&self.text)
    }
}

impl Display for StringLiteral {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        BStr::new(&self.quoted).fmt(formatter)
    }
}

impl Display for Identifier {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        formatter.write_str(&self.name)
    }
}

impl Display for Field {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        write_names(&self.names, formatter)
    }
}

impl Display for Variable {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        write_separated(&self.names, ".", formatter)
    }
}

impl Display for Chain {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        write_operand(&self.operand, formatter)?;
        write_names(&self.names, formatter)
    }
}

/// Every name with a dot before it.
fn write_names(names: &[Arc<str>], formatter: &mut Formatter<'_>) -> Result {
    names.iter().try_for_each(|name| write!(formatter, ".{name}"))
}

fn write_separated<T: Display>(parts: &[T], separator: &str, formatter: &mut Formatter<'_>) -> Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            formatter.write_str(separator)?;
        }
        part.fmt(formatter)?;
    }
    Ok(())
}
