//! What executes templates, and the limits it keeps to.

use std::fmt;
use std::mem;
use std::rc::Rc;

use govalue::{Value, meter};

use crate::ast::Tree;
use crate::eval::State;
use crate::operand::Operand;
use crate::trace::{Event, Origin, Trace, Written};
use crate::{ExecError, Functions, Set, quoted};

/// So many bytes most templates write at the most.
const USUAL_SIZE: usize = 256;

/// What a key gives that a map lacks: Go's option `missingkey`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingKey {
    /// No value, which prints as `<no value>`.
    #[default]
    Default,
    /// The zero value of the map's elements.
    Zero,
    /// An error.
    Error,
}

/// How far templates may go. Reaching a limit is an error that names it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Templates within templates, by `{{template}}`.
    pub depth: usize,
    /// Executions within executions, by functions such as `include`.
    pub calls: usize,
    /// Nodes, pipelines, rounds of loops, and eighths of the bytes of text that functions are given, in all executions
    /// of one interpreter together.
    pub steps: u64,
    /// Bytes of text that are printed, and of text, lists and maps that functions make, in all executions of one
    /// interpreter together.
    pub bytes: u64,
}

impl Default for Limits {
    /// Go's depth of 100000, 10000 calls, 20 million steps, 512 MiB.
    fn default() -> Self {
        Self { depth: 100_000, calls: 10_000, steps: 20_000_000, bytes: 512 << 20 }
    }
}

/// How an interpreter behaves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What a missing key gives.
    pub missing_key: MissingKey,
    /// How far templates may go.
    pub limits: Limits,
}

/// Executes templates.
pub struct Interpreter {
    pub(crate) options: Options,
    functions: Rc<Functions>,
    set: Rc<Set>,
    pub(crate) out: Vec<u8>,
    trace: Option<Trace>,
    /// Where the dot comes from of the template that is executed next.
    pub(crate) dot_origin: Origin,
    pub(crate) depth: usize,
    calls: usize,
    steps: u64,
    bytes: u64,
}

impl Interpreter {
    /// An interpreter for templates that call these functions.
    pub fn new(functions: Rc<Functions>, options: Options) -> Self {
        let set = Rc::new(Set::new(""));
        // What was made before does not count.
        meter::take();
        Self {
            options,
            functions,
            set,
            out: Vec::new(),
            trace: None,
            dot_origin: Origin::default(),
            depth: 0,
            calls: 0,
            steps: 0,
            bytes: 0,
        }
    }

    /// Has every step told from now on.
    pub fn trace(&mut self, trace: impl FnMut(Event<'_>) -> Origin + 'static) {
        self.trace = Some(Box::new(trace));
    }

    pub(crate) fn is_traced(&self) -> bool {
        self.trace.is_some()
    }

    /// The set of the template that is being executed.
    pub fn set(&self) -> &Rc<Set> {
        &self.set
    }

    /// The functions that templates may call.
    pub fn functions(&self) -> &Rc<Functions> {
        &self.functions
    }

    /// Executes a template of a set and gives its output; Go's `ExecuteTemplate`. A [`crate::Calling`] function may
    /// do so while a template is being executed.
    pub fn execute(&mut self, set: &Rc<Set>, name: &str, dot: Value) -> Result<Vec<u8>, ExecError> {
        let Some(tree) = set.get(name) else {
            let (name, set) = (quoted(name), quoted(set.name()));
            return Err(format!("template: no template {name} associated with template {set}").into());
        };
        self.execute_tree(set, tree, dot)
    }

    /// Executes a template that need not be the one that the set has under its name.
    pub fn execute_tree(&mut self, set: &Rc<Set>, tree: &Tree, dot: Value) -> Result<Vec<u8>, ExecError> {
        let limit = self.options.limits.calls;
        if self.calls == limit {
            return Err(format!("exceeded maximum depth of template calls ({limit})").into());
        }
        let functions = Rc::clone(&self.functions);
        let outer_set = mem::replace(&mut self.set, Rc::clone(set));
        let outer_out = mem::replace(&mut self.out, Vec::with_capacity(USUAL_SIZE));
        self.calls += 1;
        self.tell(Event::Begin { dot: &dot });
        let origin = mem::take(&mut self.dot_origin);
        let result = State::execute(self, &functions, tree, &Operand::concrete(dot).from(origin));
        self.calls -= 1;
        self.set = outer_set;
        let out = mem::replace(&mut self.out, outer_out);
        self.tell(Event::End { output: &out });
        result.map(|()| out)
    }

    /// Counts steps; the text of an error if those were too many.
    pub(crate) fn step(&mut self, steps: u64) -> Result<(), String> {
        self.steps = self.steps.saturating_add(steps);
        let limit = self.options.limits.steps;
        if self.steps > limit { Err(format!("exceeded maximum number of steps ({limit})")) } else { Ok(()) }
    }

    /// Counts bytes; the text of an error if they were too many.
    pub(crate) fn charge(&mut self, bytes: usize) -> Result<(), String> {
        self.bytes = self.bytes.saturating_add(bytes as u64);
        let limit = self.options.limits.bytes;
        if self.bytes > limit {
            Err(format!("exceeded maximum size of text, lists and maps ({limit} bytes)"))
        } else {
            Ok(())
        }
    }

    /// Tells of a step, and gives where its value comes from.
    pub(crate) fn tell(&mut self, event: Event<'_>) -> Origin {
        self.trace.as_mut().map(|trace| trace(event)).unwrap_or_default()
    }

    /// Tells what was written since `start`.
    pub(crate) fn written(&mut self, tree: &Tree, pos: usize, start: usize, origin: Origin) {
        let bytes = start..self.out.len();
        if let Some(trace) = &mut self.trace {
            let text = self.out.get(start..).unwrap_or_default();
            trace(Event::Written(Written { tree, pos, bytes, text, origin }));
        }
    }
}

impl fmt::Debug for Interpreter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Interpreter").field("options", &self.options).finish_non_exhaustive()
    }
}
