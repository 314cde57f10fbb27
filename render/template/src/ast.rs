//! What a template is after parsing: the nodes of Go's `text/template/parse`, with their places.
//!
//! The nodes of a text stand in [`Nodes`], one list for each sort. A node knows those below it by a [`Run`] or a
//! [`Slot`] of such a list, which [`Nodes::run`] and [`Nodes::at`] look up: so a text of thousands of nodes is a few
//! pieces of memory, which threads can share and which are gone at once.

mod nodes;

use std::sync::Arc;

use bstr::ByteSlice;
use govalue::Str;

pub use nodes::{Name, Nodes, Run, Slot, Stored};

/// A place in a template's text: the offset of a byte.
pub type Pos = u32;

/// One template: what `{{define}}` names, or a whole file.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The template's name.
    pub name: Arc<str>,
    /// The text that it stands in.
    pub source: Arc<Source>,
    /// What it does.
    pub root: List,
}

impl Tree {
    /// Whether it has nothing but blanks; such a template does not replace another of its name.
    pub fn is_empty(&self) -> bool {
        self.source.is_blank(self.root)
    }
}

/// A text with the nodes of all its templates.
#[derive(Debug, Default)]
pub struct Source {
    /// The name under which it was parsed: a file's path mostly.
    pub name: Arc<str>,
    /// The text itself.
    pub text: Arc<[u8]>,
    /// Its nodes.
    pub nodes: Nodes,
}

impl Source {
    /// The bytes of a text node.
    pub fn bytes(&self, text: Text) -> &[u8] {
        let start = text.pos as usize;
        self.text.get(start..start + text.length as usize).unwrap_or_default()
    }

    pub(crate) fn is_blank(&self, list: List) -> bool {
        let is_blank = |node: &Node| matches!(node, Node::Text(text) if self.bytes(*text).trim().is_empty());
        self.nodes.run(list).iter().all(is_blank)
    }
}

/// Nodes one after another.
pub type List = Run<Node>;

/// Something that a template does.
#[derive(Clone, Copy, Debug)]
pub enum Node {
    /// Text as it is.
    Text(Text),
    /// `{{pipeline}}`: prints, or sets a variable.
    Action(Pipe),
    /// `{{if}}`
    If(Slot<Branch>),
    /// `{{with}}`
    With(Slot<Branch>),
    /// `{{range}}`
    Range(Slot<Branch>),
    /// `{{template}}`, also of `{{block}}`
    Template(Slot<Template>),
    /// `{{break}}`
    Break(Pos),
    /// `{{continue}}`
    Continue(Pos),
}

/// Text between actions.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Where it begins.
    pub pos: Pos,
    /// Its length, trimmed where a marker says so.
    pub length: u32,
}

/// `if`, `with` and `range`.
#[derive(Debug)]
pub struct Branch {
    /// What decides; the whole begins where it does.
    pub pipe: Pipe,
    /// If it is true, or for every element.
    pub list: List,
    /// Otherwise.
    pub else_list: Option<List>,
}

/// A call of another template.
#[derive(Debug)]
pub struct Template {
    /// Where it begins.
    pub pos: Pos,
    /// The other template's name.
    pub name: Arc<str>,
    /// What becomes its dot.
    pub pipe: Option<Pipe>,
}

/// Commands, each of which gets the last one's value as its last argument.
#[derive(Clone, Copy, Debug)]
pub struct Pipe {
    /// Where it begins.
    pub pos: Pos,
    /// `=` rather than `:=`.
    pub is_assign: bool,
    /// The variables that are declared or set, with their `$`.
    pub decl: Run<Variable>,
    /// In this order; at least one.
    pub commands: Run<Command>,
}

/// A function, method or value, with arguments.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Where it begins.
    pub pos: Pos,
    /// What is called, then its arguments; at least one.
    pub args: Run<Expr>,
}

/// An operand.
#[derive(Clone, Copy, Debug)]
pub enum Expr {
    /// `.`
    Dot(Pos),
    /// `nil`
    Nil(Pos),
    /// `true` or `false`
    Bool(Pos, bool),
    /// A number, of whatever types it fits.
    Number(Slot<Number>),
    /// A string.
    String(Slot<StringLiteral>),
    /// A function's name.
    Identifier(Identifier),
    /// `.a.b`
    Field(Field),
    /// `$x.a.b`
    Variable(Variable),
    /// `(pipeline).a.b`
    Chain(Slot<Chain>),
    /// `(pipeline)`
    Pipe(Slot<Pipe>),
}

/// A constant number: Go's types that it can be given.
#[derive(Debug)]
pub struct Number {
    /// Where it begins.
    pub pos: Pos,
    /// As an integer, if it is one.
    pub int: Option<i64>,
    /// As an integer without a sign, if it is one.
    pub uint: Option<u64>,
    /// As a float, if it is one.
    pub float: Option<f64>,
    /// As a complex number, if it is written as one (`2i`, `1+2i`); such a number is complex before anything else.
    pub complex: Option<(f64, f64)>,
    /// As it stands in the template.
    pub text: String,
}

/// A constant string.
#[derive(Debug)]
pub struct StringLiteral {
    /// Where it begins.
    pub pos: Pos,
    /// Its length as it stands in the template, with its quotes.
    pub length: u32,
    /// What it stands for.
    pub text: Str,
}

/// A function's name.
#[derive(Clone, Copy, Debug)]
pub struct Identifier {
    /// Where it begins.
    pub pos: Pos,
    /// The name.
    pub name: Name,
}

/// Fields of the dot.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Where it begins.
    pub pos: Pos,
    /// The names, from left to right; at least one.
    pub names: Path,
}

/// A variable and fields of its value.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// Where it begins.
    pub pos: Pos,
    /// The variable with its `$`, then the names of fields.
    pub names: Path,
}

/// Fields of an operand's value.
#[derive(Debug)]
pub struct Chain {
    /// Where it begins.
    pub pos: Pos,
    /// The operand: a pipeline in parentheses, a string, a number.
    pub operand: Expr,
    /// The names, from left to right; at least one.
    pub names: Path,
}

/// Names with dots between them. The same in one text are one.
pub type Path = Run<Name>;
