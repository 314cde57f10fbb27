//! What a template can call by name.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::rc::Rc;

use foldhash::fast::RandomState;
use govalue::{Function, Type, Value};

use crate::builtins::Builtin;
use crate::{ExecError, Interpreter};

/// What a function does that executes templates itself.
type Call = dyn Fn(&mut Interpreter, &[Value]) -> Result<Value, ExecError>;

/// A function that can execute templates, as Helm's `include` and `tpl`.
#[derive(Clone)]
pub struct Calling {
    /// The types of its parameters; of a variadic function's last one, the type of each of the rest.
    pub params: &'static [Type],
    /// Whether the last parameter stands for any number of arguments.
    pub variadic: bool,
    /// What it does.
    pub call: Rc<Call>,
}

impl Calling {
    /// A function of so many parameters.
    pub fn new(
        params: &'static [Type],
        call: impl Fn(&mut Interpreter, &[Value]) -> Result<Value, ExecError> + 'static,
    ) -> Self {
        Self { params, variadic: false, call: Rc::new(call) }
    }
}

impl fmt::Debug for Calling {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "func({:?}{})", self.params, if self.variadic { "..." } else { "" })
    }
}

/// A function of either sort.
#[derive(Clone, Debug)]
pub enum Callable {
    /// It knows nothing of templates.
    Plain(Function),
    /// It gets the interpreter.
    Calling(Calling),
}

impl From<Function> for Callable {
    fn from(function: Function) -> Self {
        Self::Plain(function)
    }
}

impl From<Calling> for Callable {
    fn from(calling: Calling) -> Self {
        Self::Calling(calling)
    }
}

/// The functions that templates may call. Those of Go (`and`, `eq`, `printf` and so on) are always there, unless
/// others of the same name replace them.
#[derive(Clone, Debug, Default)]
pub struct Functions {
    own: HashMap<String, Callable, RandomState>,
}

impl Functions {
    /// Only those of Go.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a function, or replaces the one of this name.
    pub fn insert(&mut self, name: impl Into<String>, callable: impl Into<Callable>) {
        self.own.insert(name.into(), callable.into());
    }

    /// Whether a template may call this name.
    pub fn contains(&self, name: &str) -> bool {
        self.own.contains_key(name) || Builtin::find(name).is_some()
    }

    /// The names alone, which other threads may see.
    pub fn names(&self) -> Names {
        Names(self.own.keys().cloned().collect())
    }

    /// The function of this name, if it is not one of Go's.
    pub fn get(&self, name: &str) -> Option<&Callable> {
        self.own.get(name)
    }
}

/// The names that templates may call.
#[derive(Clone, Debug)]
pub struct Names(HashSet<String, RandomState>);

impl Names {
    /// Whether a template may call this name.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(name) || Builtin::find(name).is_some()
    }
}

impl<N: Into<String>, C: Into<Callable>> Extend<(N, C)> for Functions {
    fn extend<I: IntoIterator<Item = (N, C)>>(&mut self, functions: I) {
        self.own.extend(functions.into_iter().map(|(name, callable)| (name.into(), callable.into())));
    }
}
