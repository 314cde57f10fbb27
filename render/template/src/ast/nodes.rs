//! Where the nodes of a text are kept.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::{Branch, Chain, Command, Expr, Node, Number, Pipe, StringLiteral, Template, Variable};

/// The nodes of a text, by sort.
#[derive(Debug, Default)]
pub struct Nodes {
    statements: Vec<Node>,
    branches: Vec<Branch>,
    templates: Vec<Template>,
    pipes: Vec<Pipe>,
    variables: Vec<Variable>,
    commands: Vec<Command>,
    exprs: Vec<Expr>,
    chains: Vec<Chain>,
    numbers: Vec<Number>,
    strings: Vec<StringLiteral>,
    names: Vec<Name>,
    /// The names, one after another.
    letters: String,
}

/// How much text there is for each statement, command and operand.
const BYTES_OF_A_NODE: usize = 32;

/// A name; [`Nodes::name`] tells which.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    start: u32,
    end: u32,
}

/// A sort of nodes.
pub trait Stored: Sized {
    /// All of this sort.
    fn all(nodes: &Nodes) -> &Vec<Self>;

    /// All of this sort, to add one.
    fn all_mut(nodes: &mut Nodes) -> &mut Vec<Self>;
}

macro_rules! stored {
    ($($sort:ty: $list:ident,)*) => {$(
        impl Stored for $sort {
            fn all(nodes: &Nodes) -> &Vec<Self> {
                &nodes.$list
            }

            fn all_mut(nodes: &mut Nodes) -> &mut Vec<Self> {
                &mut nodes.$list
            }
        }
    )*};
}

stored! {
    Node: statements,
    Branch: branches,
    Template: templates,
    Pipe: pipes,
    Variable: variables,
    Command: commands,
    Expr: exprs,
    Chain: chains,
    Number: numbers,
    StringLiteral: strings,
    Name: names,
}

/// The place of one node among those of its sort.
pub struct Slot<T> {
    place: u32,
    sort: PhantomData<fn() -> T>,
}

/// The places of nodes that follow one another among those of their sort.
pub struct Run<T> {
    start: u32,
    end: u32,
    sort: PhantomData<fn() -> T>,
}

impl<T> Run<T> {
    /// How many they are.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl Nodes {
    /// With room for what a text of so many bytes mostly has.
    pub(crate) fn for_text(bytes: usize) -> Self {
        let expected = bytes / BYTES_OF_A_NODE;
        Self {
            statements: Vec::with_capacity(expected),
            commands: Vec::with_capacity(expected),
            exprs: Vec::with_capacity(expected),
            ..Self::default()
        }
    }

    /// The node in a place.
    pub fn at<T: Stored>(&self, slot: Slot<T>) -> &T {
        // A slot comes from `add` alone, and nothing is ever removed.
        &T::all(self)[slot.place as usize]
    }

    /// The nodes in their places.
    pub fn run<T: Stored>(&self, run: Run<T>) -> &[T] {
        &T::all(self)[run.start as usize..run.end as usize]
    }

    /// A name.
    pub fn name(&self, name: Name) -> &str {
        // A name comes from `add_name` alone.
        &self.letters[name.start as usize..name.end as usize]
    }

    pub(crate) fn add_name(&mut self, name: &str) -> Name {
        let start = place(self.letters.len());
        self.letters.push_str(name);
        Name { start, end: place(self.letters.len()) }
    }

    /// Adds names one after another.
    pub(crate) fn add_names<'n>(&mut self, names: impl Iterator<Item = Cow<'n, str>>) -> Run<Name> {
        let start = place(self.names.len());
        for name in names {
            let name = self.add_name(&name);
            self.names.push(name);
        }
        Run { start, end: place(self.names.len()), sort: PhantomData }
    }

    pub(crate) fn add<T: Stored>(&mut self, node: T) -> Slot<T> {
        let all = T::all_mut(self);
        let place = place(all.len());
        all.push(node);
        Slot { place, sort: PhantomData }
    }

    pub(crate) fn add_run<T: Stored>(&mut self, more: impl IntoIterator<Item = T>) -> Run<T> {
        let all = T::all_mut(self);
        let start = place(all.len());
        all.extend(more);
        Run { start, end: place(all.len()), sort: PhantomData }
    }

    /// Moves the last nodes of a list here, from `first` on.
    pub(crate) fn take_run<T: Stored + Copy>(&mut self, from: &mut Vec<T>, first: usize) -> Run<T> {
        let all = T::all_mut(self);
        let start = place(all.len());
        all.extend_from_slice(from.get(first..).unwrap_or_default());
        from.truncate(first);
        Run { start, end: place(all.len()), sort: PhantomData }
    }

    /// Gives back what is not used, once a text is parsed.
    pub(crate) fn shrink(&mut self) {
        self.statements.shrink_to_fit();
        self.commands.shrink_to_fit();
        self.exprs.shrink_to_fit();
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a text has fewer nodes than bytes, and those fit")]
fn place(place: usize) -> u32 {
    place as u32
}

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Slot<T> {}

impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}", self.place)
    }
}

impl<T> Clone for Run<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Run<T> {}

impl<T> Default for Run<T> {
    fn default() -> Self {
        Self { start: 0, end: 0, sort: PhantomData }
    }
}

impl<T> fmt::Debug for Run<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}..{}", self.start, self.end)
    }
}
