//! Actions, and the lists that `if`, `with`, `range` and `block` enclose.

use std::borrow::Cow;
use std::sync::Arc;

use bstr::ByteSlice;
use govalue::strconv;

use super::clause::Clause;
use super::{Element, Parser, Result, Terminator};
use crate::ast::{Branch, List, Node, Slot, Template, Text};
use crate::item::{Item, Kind};

/// How deep `if`, `range`, `with` and `block` may stand in each other; an `{{else if}}` counts as one within the other.
const MAX_DEPTH: usize = 10_000;

/// The actions that choose between two lists.
#[derive(Clone, Copy)]
enum Control {
    If,
    Range,
    With,
}

impl Control {
    fn clause(self) -> Clause {
        match self {
            Self::If => Clause::If,
            Self::Range => Clause::Range,
            Self::With => Clause::With,
        }
    }

    /// The keyword that may follow `else`.
    fn after_else(self) -> Option<Kind> {
        match self {
            Self::If => Some(Kind::If),
            Self::Range => None,
            Self::With => Some(Kind::With),
        }
    }

    fn node(self, branch: Slot<Branch>) -> Node {
        match self {
            Self::If => Node::If(branch),
            Self::Range => Node::Range(branch),
            Self::With => Node::With(branch),
        }
    }
}

impl<'a> Parser<'a, '_> {
    pub(super) fn text_or_action(&mut self) -> Result<Element> {
        let item = self.next_non_space();
        match item.kind {
            Kind::Text => Ok(Element::Node(Node::Text(Text { pos: item.pos, length: item.end - item.pos }))),
            Kind::LeftDelim => {
                self.scope.action = Some(item.pos);
                let element = self.action()?;
                self.scope.action = None;
                Ok(element)
            }
            _ => Err(self.unexpected(item, "input")),
        }
    }

    /// What stands between delimiters, of which the left is past.
    fn action(&mut self) -> Result<Element> {
        let item = self.next_non_space();
        let node = match item.kind {
            Kind::Block => self.deeper(Self::block)?,
            Kind::Break => {
                self.loop_control("{{break}}")?;
                Node::Break(item.pos)
            }
            Kind::Continue => {
                self.loop_control("{{continue}}")?;
                Node::Continue(item.pos)
            }
            Kind::Else => return self.else_clause(),
            Kind::End => {
                self.expect(Kind::RightDelim, "end")?;
                return Ok(Element::Terminator(Terminator::End));
            }
            Kind::If => self.control(Control::If)?,
            Kind::Range => self.control(Control::Range)?,
            Kind::Template => self.template()?,
            Kind::With => self.control(Control::With)?,
            _ => {
                self.backup();
                Node::Action(self.pipeline(Clause::Command, Kind::RightDelim)?)
            }
        };
        Ok(Element::Node(node))
    }

    /// The rest of `{{break}}` or `{{continue}}`.
    fn loop_control(&mut self, action: &str) -> Result<()> {
        self.expect(Kind::RightDelim, action)?;
        if self.scope.ranges == 0 {
            return Err(self.error(format!("{action} outside {{{{range}}}}")));
        }
        Ok(())
    }

    fn else_clause(&mut self) -> Result<Element> {
        if !matches!(self.peek_non_space().kind, Kind::If | Kind::With) {
            self.expect(Kind::RightDelim, "else")?;
        }
        Ok(Element::Terminator(Terminator::Else))
    }

    fn control(&mut self, control: Control) -> Result<Node> {
        let branch = self.deeper(|parser| parser.branch(control))?;
        Ok(control.node(self.source.nodes.add(branch)))
    }

    /// `pipeline}} list {{end}}` or `pipeline}} list {{else}} list {{end}}`, of which the keyword is past.
    fn branch(&mut self, control: Control) -> Result<Branch> {
        let variables = self.scope.variables.enter();
        let pipe = self.pipeline(control.clause(), Kind::RightDelim)?;
        let is_range = usize::from(matches!(control, Control::Range));
        self.scope.ranges += is_range;
        let (list, terminator) = self.list()?;
        self.scope.ranges -= is_range;
        let else_list = match terminator {
            Terminator::End => None,
            Terminator::Else => Some(self.else_list(control)?),
        };
        self.scope.variables.leave(variables);
        Ok(Branch { pipe, list, else_list })
    }

    /// What `{{else}}` begins. `{{else if}}` is an `{{else}}` with an `{{if}}` within that shares its `{{end}}`.
    fn else_list(&mut self, control: Control) -> Result<List> {
        if control.after_else() == Some(self.peek().kind) {
            self.next();
            let node = self.control(control)?;
            return Ok(self.source.nodes.add_run([node]));
        }
        match self.list()? {
            (list, Terminator::End) => Ok(list),
            (_, terminator) => Err(self.error(format!("expected end; found {terminator}"))),
        }
    }

    /// `"name" pipeline}} list {{end}}`: a definition and a call of it.
    fn block(&mut self) -> Result<Node> {
        let item = self.next_non_space();
        let name = self.template_name(item, Clause::Block)?;
        let pipe = self.pipeline(Clause::Block, Kind::RightDelim)?;
        let last = self.last();
        let defined = Arc::clone(&name);
        self.in_new_scope(|parser| match parser.list()? {
            (root, Terminator::End) => parser.add(defined, root),
            // As in Go, the line is that of the block's beginning.
            (_, terminator) => Err(parser.error_at(last, format!("unexpected {terminator} in {}", Clause::Block))),
        })?;
        Ok(Node::Template(self.source.nodes.add(Template { pos: item.pos, name, pipe: Some(pipe) })))
    }

    /// `"name"}}` or `"name" pipeline}}`
    fn template(&mut self) -> Result<Node> {
        let item = self.next_non_space();
        let name = self.template_name(item, Clause::Template)?;
        let after = self.next_non_space();
        let pipe = if after.kind == Kind::RightDelim {
            None
        } else {
            self.backup();
            Some(self.pipeline(Clause::Template, Kind::RightDelim)?)
        };
        Ok(Node::Template(self.source.nodes.add(Template { pos: item.pos, name, pipe })))
    }

    /// A template's name: a constant string.
    pub(super) fn template_name(&self, item: Item, clause: Clause) -> Result<Arc<str>> {
        if !matches!(item.kind, Kind::String | Kind::RawString) {
            return Err(self.unexpected(item, clause));
        }
        let name = self.unquote(item)?;
        Ok(match name.to_str_lossy() {
            Cow::Borrowed(name) => name.into(),
            Cow::Owned(name) => name.into(),
        })
    }

    /// What a constant string stands for.
    pub(super) fn unquote(&self, item: Item) -> Result<Cow<'a, [u8]>> {
        strconv::unquote(self.items.value(item)).ok_or_else(|| self.error("invalid syntax"))
    }

    /// Parses one level deeper, if that is not too deep.
    fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth >= MAX_DEPTH {
            return Err(self.error(format!("max control depth exceeded: {MAX_DEPTH}")));
        }
        self.depth += 1;
        let parsed = govalue::grow(|| parse(self))?;
        self.depth -= 1;
        Ok(parsed)
    }
}
