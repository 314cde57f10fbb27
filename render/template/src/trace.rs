//! Following values through an execution: a tracer is told of each step, and marks the values with where they come
//! from. Without a tracer the marks are all the same and nothing is told.

use std::ops::Range;

use govalue::Value;

use crate::ast::Tree;

/// A tracer's mark of where a value comes from: a number with a meaning for the tracer alone, 0 for nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Origin(pub u32);

/// A step of an execution.
#[derive(Debug)]
pub enum Event<'a> {
    /// A template begins that is executed with this dot, by whoever uses the interpreter or by a function.
    Begin {
        /// The dot.
        dot: &'a Value,
    },
    /// It ended, with this output.
    End {
        /// The output.
        output: &'a [u8],
    },
    /// A node is executed.
    Node {
        /// The template that it stands in.
        tree: &'a Tree,
        /// Its place: an offset.
        pos: usize,
    },
    /// `if`, `with` or `range` looked at a value that decides.
    Branch {
        /// The template that it stands in.
        tree: &'a Tree,
        /// Its place: an offset.
        pos: usize,
        /// Where the value comes from.
        origin: Origin,
    },
    /// It has decided; of `range` told once, however many elements there are.
    Decided {
        /// The template that it stands in.
        tree: &'a Tree,
        /// Its place: an offset.
        pos: usize,
        /// Whether its list is executed, rather than what stands behind `else`.
        is_taken: bool,
    },
    /// What it decided about is over.
    Leave,
    /// A key of a map or an element of a list was read. The answer is where the element comes from.
    Read {
        /// The map or the list.
        of: &'a Value,
        /// Where that comes from.
        origin: Origin,
        /// The key, or the index.
        key: &'a Value,
        /// The element; nil for a key that is not there.
        value: &'a Value,
    },
    /// A function or method gave a value. The answer is where that comes from.
    Called {
        /// The template that the call stands in.
        tree: &'a Tree,
        /// The call's place: an offset.
        pos: usize,
        /// Its name.
        name: &'a str,
        /// Its arguments; of `and` and `or` those that were looked at.
        arguments: &'a [Value],
        /// Where each of them comes from, and behind them where a method's receiver does.
        origins: &'a [Origin],
        /// What it gave.
        value: &'a Value,
    },
    /// A variable was set that is there already; or it was not, as what a branch did not execute would have set it. The
    /// answer is where its value comes from then.
    Assigned {
        /// Where the value comes from.
        origin: Origin,
    },
    /// Output was written.
    Written(Written<'a>),
}

/// Output that a node wrote.
#[derive(Debug)]
pub struct Written<'a> {
    /// The template that the node is of.
    pub tree: &'a Tree,
    /// The node's place: an offset.
    pub pos: usize,
    /// Which bytes of the output of the innermost execution.
    pub bytes: Range<usize>,
    /// The bytes themselves.
    pub text: &'a [u8],
    /// Where the value comes from that was written.
    pub origin: Origin,
}

/// Is told of each step; what it answers marks the value of that step.
pub(crate) type Trace = Box<dyn FnMut(Event<'_>) -> Origin>;
