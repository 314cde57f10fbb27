//! Which values the templates of one case read.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use bstr::ByteSlice;
use gotemplate::ast::Source;
use gotemplate::{Event, Origin};
use govalue::{Value, grow};

use crate::values::known::{Known, address, element, elements, join};

/// What was read, by paths as [`Known`] has them.
pub(super) struct Reads {
    known: Known,
    /// Each key that was read, with the place of the first time.
    pub(super) keys: BTreeMap<String, Place>,
    /// Objects that a function or the output took with all that is in them.
    pub(super) whole: BTreeSet<String>,
    /// What templates put into the values themselves.
    pub(super) made: BTreeSet<String>,
    /// The objects that a mark stands for, from 1.
    marked: Vec<String>,
    marks: HashMap<String, Origin>,
    /// The node that is executed, of each template that waits for an inner one.
    at: Vec<Place>,
    /// How many more elements are looked through.
    budget: usize,
}

/// A place in a template.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    source: Arc<Source>,
    pos: usize,
}

/// So many elements of what functions are given are looked through; above, all counts as read.
const BUDGET: usize = 20_000_000;

impl Place {
    pub(super) fn file(&self) -> &str {
        &self.source.name
    }

    /// From 1.
    pub(super) fn line(&self) -> usize {
        self.source.text.get(..self.pos).unwrap_or_default().find_iter("\n").count() + 1
    }
}

impl Reads {
    pub(super) fn new(known: Known) -> Self {
        Self {
            known,
            keys: BTreeMap::new(),
            whole: BTreeSet::new(),
            made: BTreeSet::new(),
            marked: Vec::new(),
            marks: HashMap::new(),
            at: Vec::new(),
            budget: BUDGET,
        }
    }

    pub(super) fn follow(&mut self, event: &Event<'_>) -> Origin {
        match event {
            Event::Begin { .. } => self.at.push(Place::default()),
            Event::End { .. } => drop(self.at.pop()),
            Event::Node { tree, pos } => {
                if let Some(at) = self.at.last_mut() {
                    *at = Place { source: Arc::clone(&tree.source), pos: *pos };
                }
            }
            Event::Read { of, key, value, .. } => {
                self.read(of, key);
                return self.mark(value);
            }
            Event::Called { name, arguments, origins, value, .. } => {
                self.called(name, arguments, origins);
                return self.mark(value);
            }
            Event::Written(written) => self.take_marked(written.origin),
            Event::Assigned { origin } => return *origin,
            Event::Branch { .. } | Event::Decided { .. } | Event::Leave => {}
        }
        Origin::default()
    }

    /// A mark for a value that is an object of the values.
    fn mark(&mut self, value: &Value) -> Origin {
        let Some(path) = self.known.path(value) else { return Origin::default() };
        if let Some(mark) = self.marks.get(path) {
            return *mark;
        }
        self.marked.push(path.to_owned());
        let mark = Origin(u32::try_from(self.marked.len()).unwrap_or_default());
        self.marks.insert(path.to_owned(), mark);
        mark
    }

    fn take_marked(&mut self, mark: Origin) {
        let marked = (mark.0 as usize).checked_sub(1).and_then(|place| self.marked.get(place));
        self.whole.extend(marked.cloned());
    }

    /// A key of an object of the values was read.
    fn read(&mut self, of: &Value, key: &Value) {
        let (Value::Map(_), Value::String(key)) = (of, key) else { return };
        if let Some(path) = self.known.path(of) {
            let path = self.known.by_user(join(path, of, &key.to_text()));
            let at = self.at.last();
            self.keys.entry(path).or_insert_with(|| at.cloned().unwrap_or_default());
        }
    }

    /// What a function does with what it is given: it looks up keys, it hands its arguments on, or it takes all that is
    /// in them.
    fn called(&mut self, name: &str, arguments: &[Value], origins: &[Origin]) {
        match (name, arguments) {
            ("get" | "hasKey", [of, key]) => self.read(of, key),
            ("index", [of, keys @ ..]) | ("dig", [keys @ .., _, of]) => self.path(of, keys),
            ("set", [of, Value::String(key), _]) => self.make(of, Some(&key.to_text())),
            ("merge" | "mergeOverwrite" | "mustMerge" | "mustMergeOverwrite", [into, from @ ..]) => {
                self.make(into, None);
                let paths = from.iter().filter_map(|from| self.known.path(from)).map(str::to_owned);
                let paths: Vec<String> = paths.collect();
                self.whole.extend(paths);
            }
            // Methods of the values themselves, which have a receiver behind their arguments.
            ("YAML" | "Table" | "PathValue", _) if origins.len() > arguments.len() => {
                self.take_marked(origins.last().copied().unwrap_or_default());
            }
            _ if hands_on(name) => {}
            _ => arguments.iter().for_each(|argument| self.take(argument)),
        }
    }

    /// Keys that are looked up one in the other.
    fn path(&mut self, of: &Value, keys: &[Value]) {
        let mut of = of.clone();
        for key in keys {
            self.read(&of, key);
            let name = govalue::fmt::sprint(std::slice::from_ref(key));
            let Some(next) = element(&of, &name.to_str_lossy()) else { return };
            of = next;
        }
    }

    /// Templates themselves change an object of the values: a key of it, or any.
    fn make(&mut self, of: &Value, key: Option<&str>) {
        if let Some(path) = self.known.path(of) {
            self.made.insert(key.map_or_else(|| path.to_owned(), |key| join(path, of, key)));
        }
    }

    /// All objects of the values that are in a value.
    fn take(&mut self, value: &Value) {
        if matches!(value, Value::Map(_) | Value::List(_)) {
            self.take_new(value, &mut HashSet::new());
        }
    }

    fn take_new(&mut self, value: &Value, seen: &mut HashSet<usize>) {
        if let Some(path) = self.known.path(value) {
            self.whole.insert(path.to_owned());
            return;
        }
        if address(value).is_none_or(|address| !seen.insert(address)) {
            return;
        }
        let inner = elements(value);
        self.budget = self.budget.saturating_sub(inner.len());
        if self.budget == 0 {
            self.whole.insert(String::new());
            return;
        }
        for (_, value) in inner {
            grow(|| self.take_new(&value, seen));
        }
    }
}

/// Whether a function gives its arguments on as they are, or looks only at whether there is something.
fn hands_on(name: &str) -> bool {
    const NAMES: [&str; 19] = [
        "and", "coalesce", "default", "dict", "empty", "include", "kindIs", "kindOf", "len", "list", "not", "or",
        "required", "ternary", "tpl", "tuple", "typeIs", "typeOf", "unset",
    ];
    NAMES.contains(&name)
}
