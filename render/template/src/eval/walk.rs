//! The nodes that write or decide.

use super::{At, Result, State};
use crate::ast::{Branch, List, Node, Pos, Template};
use crate::operand::Operand;
use crate::{Event, Origin, printing, quoted};
use govalue::grow;

/// How the walk goes on after a node.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Break,
    Continue,
}

impl<'t> State<'t> {
    /// Walks nodes until the end, `{{break}}` or `{{continue}}`.
    pub(super) fn walk_list(&mut self, dot: &Operand, list: List) -> Result<Flow> {
        grow(|| {
            for node in self.nodes().run(list) {
                let flow = self.walk(dot, node)?;
                if flow != Flow::Next {
                    return Ok(flow);
                }
            }
            Ok(Flow::Next)
        })
    }

    fn walk(&mut self, dot: &Operand, node: &'t Node) -> Result<Flow> {
        self.at = At::Node(node);
        self.step()?;
        if self.run.is_traced() {
            self.run.tell(Event::Node { tree: self.tree, pos: self.at.pos(self.nodes()) });
        }
        match node {
            Node::Text(text) => {
                let bytes = self.tree.source.bytes(*text);
                self.write(text.pos, Origin::default(), |out| out.extend_from_slice(bytes))?;
            }
            Node::Action(pipe) => {
                let operand = self.eval_pipeline(dot, pipe)?;
                if pipe.decl.is_empty() {
                    self.at = At::Node(node);
                    self.write(pipe.pos, operand.origin, |out| printing::print(out, &operand.value))?;
                }
            }
            Node::If(branch) => return self.walk_if_or_with(dot, self.nodes().at(*branch), false),
            Node::With(branch) => return self.walk_if_or_with(dot, self.nodes().at(*branch), true),
            Node::Range(branch) => self.walk_range(dot, self.nodes().at(*branch))?,
            Node::Template(template) => self.walk_template(dot, self.nodes().at(*template))?,
            Node::Break(_) => return Ok(Flow::Break),
            Node::Continue(_) => return Ok(Flow::Continue),
        }
        Ok(Flow::Next)
    }

    /// Lets something be appended to the output, checks its size and tells of it.
    fn write(&mut self, pos: Pos, origin: Origin, append: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        let start = self.run.out.len();
        append(&mut self.run.out);
        let written = self.run.out.get(start..).unwrap_or_default();
        if printing::is_too_long(written) {
            return self.fail(printing::too_long());
        }
        self.charge(self.run.out.len() - start)?;
        self.run.written(self.tree, pos as usize, start, origin);
        Ok(())
    }

    fn walk_if_or_with(&mut self, dot: &Operand, branch: &'t Branch, with: bool) -> Result<Flow> {
        let mark = self.vars.len();
        let operand = self.eval_pipeline(dot, &branch.pipe)?;
        self.branch(branch, operand.origin);
        let is_taken = operand.value.is_true();
        self.decided(branch, is_taken);
        self.skipped(if is_taken { branch.else_list } else { Some(branch.list) })?;
        let flow = if is_taken {
            self.walk_list(if with { &operand } else { dot }, branch.list)?
        } else if let Some(otherwise) = &branch.else_list {
            self.walk_list(dot, *otherwise)?
        } else {
            Flow::Next
        };
        self.run.tell(Event::Leave);
        self.vars.truncate(mark);
        Ok(flow)
    }

    /// Tells of a node that decides.
    pub(super) fn branch(&mut self, branch: &Branch, origin: Origin) {
        self.run.tell(Event::Branch { tree: self.tree, pos: branch.pipe.pos as usize, origin });
    }

    /// Tells which way it went.
    pub(super) fn decided(&mut self, branch: &Branch, is_taken: bool) {
        self.run.tell(Event::Decided { tree: self.tree, pos: branch.pipe.pos as usize, is_taken });
    }

    fn walk_template(&mut self, dot: &Operand, template: &'t Template) -> Result<()> {
        let Some(tree) = self.run.set().get(&template.name).cloned() else {
            return self.fail(format!("template {} not defined", quoted(&template.name)));
        };
        let limit = self.run.options.limits.depth;
        if self.run.depth == limit {
            return self.fail(format!("exceeded maximum template depth ({limit})"));
        }
        let dot = match &template.pipe {
            Some(pipe) => self.eval_pipeline(dot, pipe)?,
            None => Operand::default(),
        };
        self.run.depth += 1;
        let result = State::execute(self.run, self.functions, &tree, &dot);
        self.run.depth -= 1;
        result
    }
}
