//! What executes templates, and the limits it keeps to.

use std::fmt;
use std::mem;
use std::rc::Rc;

use govalue::effects::Watch;
use govalue::{Str, Value, meter};

use crate::ast::Tree;
use crate::eval::{Arguments, State};
use crate::memo::{Call, Given, Memo};
use crate::operand::Operand;
use crate::trace::{Event, Origin, Trace, Written};
use crate::{ExecError, Functions, Set, quoted};

/// Memory of more bytes is not kept for the next output.
const MAX_KEPT: usize = 1 << 14;

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
    /// As many as there have been executions within executions, and so of the next one.
    spare_outs: Vec<Vec<u8>>,
    pub(crate) spare_arguments: Vec<Arguments>,
    memo: Memo,
    trace: Option<Trace>,
    /// Where the dot comes from of the template that is executed next.
    pub(crate) dot_origin: Origin,
    pub(crate) depth: usize,
    calls: usize,
    /// The most calls since the innermost `include` began.
    deepest: usize,
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
            spare_outs: Vec::new(),
            spare_arguments: Vec::new(),
            memo: Memo::default(),
            trace: None,
            dot_origin: Origin::default(),
            depth: 0,
            calls: 0,
            deepest: 0,
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
        self.execute_tree(set, tree_of(set, name)?, dot)
    }

    /// Executes another template of the set of the one that is being executed, and gives its output as a value: what it
    /// gave before, if nothing can have changed.
    pub fn include(&mut self, name: &str, dot: Value) -> Result<Str, ExecError> {
        let set = Rc::clone(&self.set);
        let tree = tree_of(&set, name)?;
        // Whoever follows steps is told of all; what a text of `tpl` defines is not met again.
        let is_kept = !self.is_traced() && !set.is_layer();
        match is_kept.then(|| self.memo.call(&set, &tree.name, &dot, self.calls)).flatten() {
            Some(call) => self.given(call, &set, tree, dot),
            None => self.output_of(&set, tree, dot),
        }
    }

    /// What a call gave before, or gives now.
    fn given(&mut self, call: Call, set: &Rc<Set>, tree: &Tree, dot: Value) -> Result<Str, ExecError> {
        if let Some(given) = self.memo.given(&call) {
            self.deepest = self.deepest.max(self.calls + given.calls);
            return Ok(given.text);
        }
        let (watch, outer_deepest) = (Watch::start(), mem::replace(&mut self.deepest, self.calls));
        let result = self.output_of::<Str>(set, tree, dot);
        let (is_pure, calls) = (watch.end(), self.deepest - self.calls);
        self.deepest = self.deepest.max(outer_deepest);
        let text = result?;
        if is_pure {
            self.memo.keep(call, Given { text: text.clone(), calls });
        }
        Ok(text)
    }

    /// Executes a template that need not be the one that the set has under its name.
    pub fn execute_tree(&mut self, set: &Rc<Set>, tree: &Tree, dot: Value) -> Result<Vec<u8>, ExecError> {
        self.output_of(set, tree, dot)
    }

    fn output_of<T>(&mut self, set: &Rc<Set>, tree: &Tree, dot: Value) -> Result<T, ExecError>
    where
        T: for<'o> From<&'o [u8]>,
    {
        let limit = self.options.limits.calls;
        if self.calls == limit {
            return Err(format!("exceeded maximum depth of template calls ({limit})").into());
        }
        if self.calls == 0 {
            self.memo.begin(&dot);
        }
        let functions = Rc::clone(&self.functions);
        let outer_set = mem::replace(&mut self.set, Rc::clone(set));
        let spare_out = self.spare_outs.pop().unwrap_or_default();
        let outer_out = mem::replace(&mut self.out, spare_out);
        self.calls += 1;
        self.deepest = self.deepest.max(self.calls);
        self.tell(Event::Begin { dot: &dot });
        let origin = mem::take(&mut self.dot_origin);
        let result = State::execute(self, &functions, tree, &Operand::concrete(dot).from(origin));
        self.calls -= 1;
        self.set = outer_set;
        let out = mem::replace(&mut self.out, outer_out);
        self.tell(Event::End { output: &out });
        let result = result.map(|()| T::from(&out));
        self.keep(out);
        result
    }

    /// Keeps the memory of an output for the next one.
    fn keep(&mut self, mut out: Vec<u8>) {
        if out.capacity() <= MAX_KEPT {
            out.clear();
            self.spare_outs.push(out);
        }
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

fn tree_of<'s>(set: &'s Set, name: &str) -> Result<&'s Tree, ExecError> {
    set.get(name).map(AsRef::as_ref).ok_or_else(|| {
        let (name, set) = (quoted(name), quoted(set.name()));
        format!("template: no template {name} associated with template {set}").into()
    })
}

impl fmt::Debug for Interpreter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Interpreter").field("options", &self.options).finish_non_exhaustive()
    }
}
