//! Nodes as text, for errors and for templates made of trees.
//!
//! The text parses to the same nodes, unless a text that a trim marker cut ends in `{`. Bytes that are no UTF-8 print as
//! U+FFFD.

use std::fmt::{Display, Formatter, Result};

use bstr::BStr;
use govalue::strconv;

use crate::ast::{Branch, Command, Expr, List, Node, Nodes, Path, Pipe, Source, StringLiteral, Template, Tree};

impl Display for Tree {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        Shown { source: &self.source, node: &self.root }.fmt(formatter)
    }
}

/// A node of a text, as it prints.
pub(crate) struct Shown<'a, T> {
    source: &'a Source,
    node: &'a T,
}

impl Source {
    /// A node of this text, as it prints.
    pub(crate) fn show<'a, T>(&'a self, node: &'a T) -> Shown<'a, T> {
        Shown { source: self, node }
    }
}

impl Display for Shown<'_, List> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        let nodes = self.source.nodes.run(*self.node);
        govalue::grow(|| nodes.iter().try_for_each(|node| self.source.show(node).fmt(formatter)))
    }
}

impl Display for Shown<'_, Node> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        let nodes = &self.source.nodes;
        match self.node {
            Node::Text(text) => BStr::new(self.source.bytes(*text)).fmt(formatter),
            Node::Action(pipe) => write!(formatter, "{{{{{}}}}}", self.source.show(pipe)),
            Node::If(branch) => self.write_branch("if", nodes.at(*branch), formatter),
            Node::With(branch) => self.write_branch("with", nodes.at(*branch), formatter),
            Node::Range(branch) => self.write_branch("range", nodes.at(*branch), formatter),
            Node::Template(template) => self.write_template(nodes.at(*template), formatter),
            Node::Break(_) => formatter.write_str("{{break}}"),
            Node::Continue(_) => formatter.write_str("{{continue}}"),
        }
    }
}

impl Shown<'_, Node> {
    fn write_branch(&self, keyword: &str, branch: &Branch, formatter: &mut Formatter<'_>) -> Result {
        let Branch { pipe, list, else_list } = branch;
        write!(formatter, "{{{{{keyword} {}}}}}{}", self.source.show(pipe), self.source.show(list))?;
        if let Some(list) = else_list {
            write!(formatter, "{{{{else}}}}{}", self.source.show(list))?;
        }
        formatter.write_str("{{end}}")
    }

    fn write_template(&self, template: &Template, formatter: &mut Formatter<'_>) -> Result {
        write!(formatter, "{{{{template {}", strconv::quote(template.name.as_bytes()))?;
        if let Some(pipe) = &template.pipe {
            write!(formatter, " {}", self.source.show(pipe))?;
        }
        formatter.write_str("}}")
    }
}

impl Display for Shown<'_, Pipe> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        let (nodes, Pipe { is_assign, decl, commands, .. }) = (&self.source.nodes, *self.node);
        govalue::grow(|| {
            if !decl.is_empty() {
                let variables = nodes.run(decl).iter().map(|variable| texts(nodes, variable.names).join("."));
                write_separated(variables, ", ", formatter)?;
                formatter.write_str(if is_assign { " = " } else { " := " })?;
            }
            write_separated(nodes.run(commands).iter().map(|command| self.source.show(command)), " | ", formatter)
        })
    }
}

impl Display for Shown<'_, Command> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        for (index, arg) in self.source.nodes.run(self.node.args).iter().enumerate() {
            if index > 0 {
                formatter.write_str(" ")?;
            }
            self.source.show(arg).write_operand(formatter)?;
        }
        Ok(())
    }
}

impl Display for Shown<'_, Expr> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        let nodes = &self.source.nodes;
        match self.node {
            Expr::Dot(_) => formatter.write_str("."),
            Expr::Nil(_) => formatter.write_str("nil"),
            Expr::Bool(_, value) => value.fmt(formatter),
            Expr::Number(number) => formatter.write_str(&nodes.at(*number).text),
            Expr::String(string) => BStr::new(self.source.quoted(nodes.at(*string))).fmt(formatter),
            Expr::Identifier(identifier) => nodes.name(identifier.name).fmt(formatter),
            Expr::Field(field) => write_names(&texts(nodes, field.names), formatter),
            Expr::Variable(variable) => write_separated(texts(nodes, variable.names), ".", formatter),
            Expr::Chain(chain) => {
                let chain = nodes.at(*chain);
                self.source.show(&chain.operand).write_operand(formatter)?;
                write_names(&texts(nodes, chain.names), formatter)
            }
            Expr::Pipe(pipe) => self.source.show(nodes.at(*pipe)).fmt(formatter),
        }
    }
}

impl Shown<'_, Expr> {
    /// An operand that needs parentheses has them; by itself, in an error's text, it has none.
    fn write_operand(&self, formatter: &mut Formatter<'_>) -> Result {
        match self.node {
            Expr::Pipe(_) => write!(formatter, "({self})"),
            _ => self.fmt(formatter),
        }
    }
}

impl Source {
    /// A string as it stands in the text.
    pub fn quoted(&self, string: &StringLiteral) -> &[u8] {
        let start = string.pos as usize;
        self.text.get(start..start + string.length as usize).unwrap_or_default()
    }
}

fn texts(nodes: &Nodes, names: Path) -> Vec<&str> {
    nodes.run(names).iter().map(|name| nodes.name(*name)).collect()
}

/// Every name with a dot before it.
fn write_names(names: &[&str], formatter: &mut Formatter<'_>) -> Result {
    names.iter().try_for_each(|name| write!(formatter, ".{name}"))
}

fn write_separated<T: Display>(
    parts: impl IntoIterator<Item = T>,
    separator: &str,
    formatter: &mut Formatter<'_>,
) -> Result {
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            formatter.write_str(separator)?;
        }
        part.fmt(formatter)?;
    }
    Ok(())
}
