//! The evaluator: walks a template's nodes, as Go's exec.go does.
//!
//! An error names the node that was looked at last, so the order in which nodes are marked by [`State::at`] is part of
//! what is the same as in Go.

mod argument;
mod assigned;
mod at;
mod call;
mod field;
mod pipeline;
mod range;
mod walk;

use smallvec::{SmallVec, smallvec};

use crate::ast::{Nodes, Tree};
use crate::error::Place;
use crate::operand::Operand;
use crate::{ExecError, Functions, Interpreter};

pub(crate) use at::At;
pub(crate) use call::Arguments;

pub(crate) type Result<T> = std::result::Result<T, ExecError>;

/// The execution of one template.
pub(crate) struct State<'t> {
    run: &'t mut Interpreter,
    functions: &'t Functions,
    tree: &'t Tree,
    /// What is looked at, for errors.
    at: At<'t>,
    /// The variables in the order of their declaration; the last of a name counts.
    vars: SmallVec<[(&'t str, Operand); 4]>,
    /// What functions are being called with.
    arguments: Arguments,
}

impl<'t> State<'t> {
    /// Executes a template with a dot, which is also its `$`.
    pub(crate) fn execute(
        run: &'t mut Interpreter,
        functions: &'t Functions,
        tree: &'t Tree,
        dot: &Operand,
    ) -> Result<()> {
        let (vars, arguments) = (smallvec![("$", dot.clone())], run.spare_arguments.pop().unwrap_or_default());
        let mut state = State { run, functions, tree, at: At::Start, vars, arguments };
        let result = state.walk_list(dot, tree.root).map(|_| ());
        state.arguments.clear();
        state.run.spare_arguments.push(state.arguments);
        result
    }

    /// An error at the node that is looked at.
    #[cold]
    pub(crate) fn fail<T>(&self, message: impl Into<String>) -> Result<T> {
        Err(ExecError::at(self.place(), message.into(), None))
    }

    /// The nodes of the template's text.
    fn nodes(&self) -> &'t Nodes {
        &self.tree.source.nodes
    }

    /// A node as it prints.
    fn shown(&self, at: At<'_>) -> String {
        at.shown(&self.tree.source)
    }

    fn place(&self) -> Place {
        Place {
            template: self.tree.name.clone(),
            parse_name: self.tree.source.name.clone(),
            pos: self.at.pos(self.nodes()),
            node: self.shown(self.at),
            source: self.tree.source.text.clone(),
        }
    }

    fn step(&mut self) -> Result<()> {
        self.steps(1)
    }

    fn steps(&mut self, steps: u64) -> Result<()> {
        let result = self.run.step(steps);
        result.or_else(|message| self.fail(message))
    }

    /// Counts bytes of text that were made.
    pub(crate) fn charge(&mut self, bytes: usize) -> Result<()> {
        let result = self.run.charge(bytes);
        result.or_else(|message| self.fail(message))
    }
}
