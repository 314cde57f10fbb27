//! What a template is after parsing: the nodes of Go's `text/template/parse`, with their places.

use std::mem;
use std::sync::Arc;

use govalue::Str;

/// A place in a template's text: the offset of a byte.
pub type Pos = u32;

/// Names with dots between them. The same in one text are one.
pub type Path = Arc<[Arc<str>]>;

/// One template: what `{{define}}` names, or a whole file.
#[derive(Debug)]
pub struct Tree {
    /// The template's name.
    pub name: Arc<str>,
    /// The name of the text that it stands in: a file's top-level template.
    pub parse_name: Arc<str>,
    /// What it does.
    pub root: List,
    /// The text that it stands in, for the places of errors.
    pub source: Arc<[u8]>,
}

/// Nodes one after another.
#[derive(Debug, Default)]
pub struct List {
    /// In this order.
    pub nodes: Box<[Node]>,
}

/// Lists may stand deep in each other.
impl Drop for List {
    fn drop(&mut self) {
        govalue::grow(|| drop(mem::take(&mut self.nodes)));
    }
}

/// Something that a template does.
#[derive(Debug)]
pub enum Node {
    /// Text as it is.
    Text(Text),
    /// `{{pipeline}}`: prints, or sets a variable.
    Action(Pipe),
    /// `{{if}}`
    If(Box<Branch>),
    /// `{{with}}`
    With(Box<Branch>),
    /// `{{range}}`
    Range(Box<Branch>),
    /// `{{template}}`, also of `{{block}}`
    Template(Box<Template>),
    /// `{{break}}`
    Break(Pos),
    /// `{{continue}}`
    Continue(Pos),
}

/// Text between actions.
#[derive(Debug)]
pub struct Text {
    /// Where it begins.
    pub pos: Pos,
    /// Its length, trimmed where a marker says so.
    pub length: u32,
    /// The text that it stands in.
    pub source: Arc<[u8]>,
}

impl Text {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        let start = self.pos as usize;
        self.source.get(start..start + self.length as usize).unwrap_or_default()
    }
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
#[derive(Debug)]
pub struct Pipe {
    /// Where it begins.
    pub pos: Pos,
    /// `=` rather than `:=`.
    pub is_assign: bool,
    /// The variables that are declared or set, with their `$`.
    pub decl: Box<[Variable]>,
    /// In this order; at least one.
    pub commands: Box<[Command]>,
}

/// Pipelines may stand deep in each other.
impl Drop for Pipe {
    fn drop(&mut self) {
        govalue::grow(|| drop(mem::take(&mut self.commands)));
    }
}

/// A function, method or value, with arguments.
#[derive(Debug)]
pub struct Command {
    /// Where it begins.
    pub pos: Pos,
    /// What is called, then its arguments; at least one.
    pub args: Box<[Expr]>,
}

/// An operand.
#[derive(Debug)]
pub enum Expr {
    /// `.`
    Dot(Pos),
    /// `nil`
    Nil(Pos),
    /// `true` or `false`
    Bool(Pos, bool),
    /// A number, of whatever types it fits.
    Number(Box<Number>),
    /// A string.
    String(Box<StringLiteral>),
    /// A function's name.
    Identifier(Identifier),
    /// `.a.b`
    Field(Field),
    /// `$x.a.b`
    Variable(Variable),
    /// `(pipeline).a.b`
    Chain(Box<Chain>),
    /// `(pipeline)`
    Pipe(Box<Pipe>),
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
    /// As it stands in the template, with its quotes.
    pub quoted: Box<[u8]>,
    /// What it stands for.
    pub text: Str,
}

/// A function's name.
#[derive(Debug)]
pub struct Identifier {
    /// Where it begins.
    pub pos: Pos,
    /// The name.
    pub name: Arc<str>,
}

/// Fields of the dot.
#[derive(Debug)]
pub struct Field {
    /// Where it begins.
    pub pos: Pos,
    /// The names, from left to right; at least one.
    pub names: Path,
}

/// A variable and fields of its value.
#[derive(Debug)]
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
