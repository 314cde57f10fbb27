//! Variables that a branch sets: their values depend on what it decided, whichever way it went.

use super::{Result, State};
use crate::ast::{Branch, List, Node};
use crate::operand::Operand;
use crate::{Event, Origin};

impl<'t> State<'t> {
    /// A value that a variable is set to.
    pub(super) fn assigned(&mut self, value: Operand) -> Operand {
        if !self.run.is_traced() {
            return value;
        }
        let origin = self.run.tell(Event::Assigned { origin: value.origin });
        value.from(origin)
    }

    /// Tells of the variables that a list which is not executed would have set. Its nodes count as steps all the same.
    pub(super) fn skipped(&mut self, list: Option<List>) -> Result<()> {
        match list {
            Some(list) if self.run.is_traced() => self.skip(list, &mut Vec::new()),
            _ => Ok(()),
        }
    }

    /// `own` are the variables that the list itself declares.
    fn skip(&mut self, list: List, own: &mut Vec<&'t str>) -> Result<()> {
        let declared = own.len();
        for node in self.nodes().run(list) {
            self.step()?;
            match node {
                Node::Action(pipe) if pipe.is_assign => {
                    self.declared(pipe).filter(|name| !own.contains(name)).for_each(|name| self.keep(name));
                }
                Node::Action(pipe) => own.extend(self.declared(pipe)),
                Node::If(branch) | Node::With(branch) | Node::Range(branch) => {
                    govalue::grow(|| self.skip_branch(self.nodes().at(*branch), own))?;
                }
                Node::Text(_) | Node::Template(_) | Node::Break(_) | Node::Continue(_) => {}
            }
        }
        own.truncate(declared);
        Ok(())
    }

    fn skip_branch(&mut self, branch: &'t Branch, own: &mut Vec<&'t str>) -> Result<()> {
        let declared = own.len();
        own.extend(self.declared(&branch.pipe));
        for list in [Some(branch.list), branch.else_list].into_iter().flatten() {
            self.skip(list, own)?;
        }
        own.truncate(declared);
        Ok(())
    }

    /// A variable keeps the value that it has.
    fn keep(&mut self, name: &str) {
        let Some(origin) = self.origin_mut(name).map(|origin| *origin) else { return };
        let origin = self.run.tell(Event::Assigned { origin });
        if let Some(kept) = self.origin_mut(name) {
            *kept = origin;
        }
    }

    fn origin_mut(&mut self, name: &str) -> Option<&mut Origin> {
        self.vars.iter_mut().rev().find(|(variable, _)| *variable == name).map(|(_, value)| &mut value.origin)
    }
}
