//! From a template's text to its trees, as Go's `text/template/parse` does it.
//!
//! Every tree is parsed in a [`Scope`] of its own, but from one stream of items.

mod clause;
mod control;
mod names;
mod number;
mod pipeline;
mod variables;

use std::collections::HashMap;
use std::fmt::Display;
use std::mem;
use std::sync::Arc;

use govalue::strconv;

use self::clause::Clause;
use self::names::Names;
use self::variables::Variables;
use crate::ast::{Command, Expr, List, Node, Nodes, Pos, Source, Tree};
use crate::item::{Item, Kind};
use crate::lexer::Items;
use crate::parse_error::ParseError;

/// The error is boxed: what is parsed is small, and handed on often.
type Result<T> = std::result::Result<T, Box<ParseError>>;

/// Parses a text: gives the trees that it defines, one under `name` for the text outside of definitions, each name once.
///
/// `functions` tells whether a function has this name. As in Go, of two definitions with one name one must be empty
/// (see [`Tree::is_empty`]), and parentheses nest at most 10,000 deep; so do `if`, `range`, `with` and `block`, which Go leaves open.
pub fn parse(
    name: &str,
    text: impl Into<Arc<[u8]>>,
    functions: &dyn Fn(&str) -> bool,
) -> std::result::Result<Vec<Tree>, ParseError> {
    let text = text.into();
    if text.len() > Pos::MAX as usize {
        let message = format!("text is longer than the maximum of {} bytes", Pos::MAX);
        return Err(ParseError { name: name.to_owned(), line: 1, message });
    }
    let mut parser = Parser {
        source: Source { name: name.into(), text: Arc::clone(&text), nodes: Nodes::for_text(text.len()) },
        functions,
        items: Items::of(&text, functions),
        at: 0,
        names: Names::for_text(text.len()),
        nodes: Vec::new(),
        commands: Vec::new(),
        args: Vec::new(),
        scope: Scope::default(),
        depth: 0,
        trees: Vec::new(),
        places: HashMap::new(),
    };
    let root = parser.top_level().map_err(|error| *error)?;
    parser.add(Arc::clone(&parser.source.name), root).map_err(|error| *error)?;
    parser.source.nodes.shrink();
    let source = Arc::new(parser.source);
    let tree = |(name, root)| Tree { name, source: Arc::clone(&source), root };
    Ok(parser.trees.into_iter().map(tree).collect())
}

struct Parser<'a, 'f> {
    /// What is parsed so far.
    source: Source,
    functions: &'f dyn Fn(&str) -> bool,
    items: Items<'a>,
    /// The place of the item that is next.
    at: usize,
    names: Names<'a>,
    /// What belongs to the lists, pipelines and commands that are open; each takes its own when it ends, in one piece.
    nodes: Vec<Node>,
    commands: Vec<Command>,
    args: Vec<Expr>,
    scope: Scope<'a>,
    /// How many `if`, `range`, `with` and `block` are open.
    depth: usize,
    trees: Vec<(Arc<str>, List)>,
    /// Where in `trees` a name is.
    places: HashMap<Arc<str>, usize>,
}

/// What belongs to the tree that is being parsed.
#[derive(Default)]
struct Scope<'a> {
    /// The place after the last item that was looked at.
    seen: usize,
    variables: Variables<'a>,
    /// The left delimiter of the action that is being parsed, if it is known.
    action: Option<Pos>,
    /// How many `range` are open.
    ranges: usize,
    /// How many parentheses are open.
    parens: usize,
}

/// What a list is made of.
enum Element {
    Node(Node),
    Terminator(Terminator),
}

/// What ends a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Terminator {
    /// `{{end}}`
    End,
    /// `{{else}}`; of `{{else if}}` and `{{else with}}` the second word is still to be read.
    Else,
}

impl Display for Terminator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::End => "{{end}}",
            Self::Else => "{{else}}",
        })
    }
}

/// Items.
impl Parser<'_, '_> {
    #[inline]
    fn next(&mut self) -> Item {
        let item = self.peek();
        self.at += 1;
        item
    }

    /// Makes the last item the next again.
    #[inline]
    fn backup(&mut self) {
        self.at -= 1;
    }

    #[inline]
    fn peek(&mut self) -> Item {
        self.scope.seen = self.scope.seen.max(self.at + 1);
        self.items.get(self.at)
    }

    #[inline]
    fn next_non_space(&mut self) -> Item {
        let item = self.peek_non_space();
        self.at += 1;
        item
    }

    /// Passes blanks and looks at what follows.
    #[inline]
    fn peek_non_space(&mut self) -> Item {
        let mut item = self.peek();
        while item.kind == Kind::Space {
            self.at += 1;
            item = self.peek();
        }
        item
    }

    fn expect(&mut self, kind: Kind, context: impl Display) -> Result<Item> {
        let item = self.next_non_space();
        if item.kind == kind { Ok(item) } else { Err(self.unexpected(item, context)) }
    }
}

/// Errors.
#[expect(clippy::unnecessary_box_returns, reason = "results hand errors on in boxes")]
impl Parser<'_, '_> {
    #[cold]
    fn error(&self, message: impl Into<String>) -> Box<ParseError> {
        self.error_at(self.last(), message)
    }

    /// Where the last item begins that was looked at.
    fn last(&self) -> Pos {
        self.scope.seen.checked_sub(1).map_or(0, |place| self.items.get(place).pos)
    }

    /// An error that names the line of this place.
    fn error_at(&self, pos: Pos, message: impl Into<String>) -> Box<ParseError> {
        let (name, line) = (self.source.name.to_string(), self.items.line(pos));
        Box::new(ParseError { name, line, message: message.into() })
    }

    /// The error for an item that cannot stand where it stands.
    #[cold]
    fn unexpected(&self, item: Item, context: impl Display) -> Box<ParseError> {
        if item.kind != Kind::Error {
            return self.error(format!("unexpected {} in {context}", item.shown(self.items.value(item))));
        }
        let message = self.items.error();
        match self.scope.action.map(|action| self.items.line(action)) {
            Some(line) if line != self.items.line(item.pos) => {
                let action = if message.ends_with(" action") { "" } else { " in action" };
                self.error(format!("{message}{action} started at {}:{line}", self.source.name))
            }
            _ => self.error(message),
        }
    }
}

/// Trees and lists.
impl Parser<'_, '_> {
    /// The whole text, with definitions.
    fn top_level(&mut self) -> Result<List> {
        let start = self.nodes.len();
        while self.peek().kind != Kind::Eof {
            if self.definition()? {
                continue;
            }
            match self.text_or_action()? {
                Element::Node(node) => self.nodes.push(node),
                Element::Terminator(terminator) => return Err(self.error(format!("unexpected {terminator}"))),
            }
        }
        Ok(self.take_list(start))
    }

    /// The list that began when there were so many nodes.
    fn take_list(&mut self, start: usize) -> List {
        self.source.nodes.take_run(&mut self.nodes, start)
    }

    /// A definition, if one begins here.
    fn definition(&mut self) -> Result<bool> {
        let start = self.at;
        let item = self.next();
        if item.kind == Kind::LeftDelim {
            let keyword = self.next_non_space();
            if keyword.kind == Kind::Define {
                self.in_new_scope(Self::define)?;
                return Ok(true);
            }
        }
        self.at = start;
        Ok(false)
    }

    /// `{{define "name"}} list {{end}}`, of which the keyword is past.
    fn define(&mut self) -> Result<()> {
        let name = self.next_non_space();
        let name = self.template_name(name, Clause::Define)?;
        self.expect(Kind::RightDelim, Clause::Define)?;
        match self.list()? {
            (root, Terminator::End) => self.add(name, root),
            (_, terminator) => Err(self.error(format!("unexpected {terminator} in {}", Clause::Define))),
        }
    }

    /// Parses a tree within a tree.
    fn in_new_scope(&mut self, parse: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let outer = mem::take(&mut self.scope);
        parse(self)?;
        self.scope = outer;
        Ok(())
    }

    /// Adds a tree, unless it is empty and another has its name.
    fn add(&mut self, name: Arc<str>, root: List) -> Result<()> {
        let Some((_, old)) = self.places.get(&name).and_then(|place| self.trees.get_mut(*place)) else {
            self.places.insert(Arc::clone(&name), self.trees.len());
            self.trees.push((name, root));
            return Ok(());
        };
        if self.source.is_blank(*old) {
            *old = root;
        } else if !self.source.is_blank(root) {
            let name = strconv::quote(name.as_bytes());
            return Err(self.error(format!("template: multiple definition of template {name}")));
        }
        Ok(())
    }

    /// Texts and actions up to an `{{end}}` or `{{else}}`.
    fn list(&mut self) -> Result<(List, Terminator)> {
        let start = self.nodes.len();
        while self.peek_non_space().kind != Kind::Eof {
            match self.text_or_action()? {
                Element::Node(node) => self.nodes.push(node),
                Element::Terminator(terminator) => return Ok((self.take_list(start), terminator)),
            }
        }
        Err(self.error("unexpected EOF"))
    }
}
