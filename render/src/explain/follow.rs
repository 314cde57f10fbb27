//! Follows values through an execution: from where they are read to what is written.

mod calls;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use gotemplate::{Event, Origin, Written};
use govalue::{Value, deep_equal};

use crate::values::known::{Known, address, element, elements, join};

/// Where something comes from.
pub(super) enum Source {
    /// A value by its path; nil if there is none.
    Value { path: String, value: Value },
    /// The text of an execution, by its place in [`Trail::texts`].
    Text(usize),
    /// `default` took this value, as those that these origins tell were empty.
    Default { value: Value, instead_of: Origin },
    /// A branch in which something was set, by its place in [`Trail::branches`].
    Branch(usize),
    /// A map that a template made: its keys as paths, with where each of them comes from.
    Made(Vec<(String, Origin)>),
}

/// What a template that was executed wrote.
#[derive(Default)]
pub(super) struct Text {
    pub(super) output: Vec<u8>,
    pub(super) writes: Vec<Write>,
}

/// What a node wrote.
pub(super) struct Write {
    pub(super) place: Place,
    pub(super) bytes: Range<usize>,
    pub(super) text: Vec<u8>,
    pub(super) origin: Origin,
    /// The innermost branch that it stands in, by its place in [`Trail::branches`].
    pub(super) branch: Option<usize>,
}

/// A place in a template.
pub(super) struct Place {
    pub(super) file: Arc<str>,
    pub(super) source: Arc<[u8]>,
    pub(super) pos: usize,
}

/// `if`, `with` or `range`, as it decided once.
pub(super) struct Branch {
    pub(super) place: Place,
    pub(super) origin: Origin,
    pub(super) outer: Option<usize>,
}

/// So many sources are remembered, counted for each value that has them.
const MAX_SOURCES: usize = 8_000_000;

/// What has more sources than this is not followed to the branches that it was set in: a loop may have added to it each
/// time.
const MAX_DECIDING: usize = 256;

/// All that is known after an execution.
pub(super) struct Trail {
    known: Known,
    /// The maps around the values: `.Release`, `.Chart`, the dots. What is read from them is no value.
    surroundings: HashMap<usize, Value>,
    pub(super) sources: Vec<Source>,
    paths: HashMap<String, u32>,
    /// The sources of each origin; the first has none.
    sets: Vec<Rc<[u32]>>,
    origins: HashMap<Rc<[u32]>, Origin>,
    remembered: usize,
    /// Maps and lists that templates made of others, with where each element comes from.
    made: HashMap<usize, (Value, HashMap<String, Origin>)>,
    pub(super) branches: Vec<Branch>,
    branch: Option<usize>,
    /// The sources that stand for branches.
    deciding: HashMap<usize, u32>,
    running: Vec<Text>,
    pub(super) texts: Vec<Text>,
    ended: Option<usize>,
}

impl Trail {
    pub(super) fn new(known: Known) -> Self {
        let none: Rc<[u32]> = Rc::from([]);
        Self {
            known,
            surroundings: HashMap::new(),
            sources: Vec::new(),
            paths: HashMap::new(),
            sets: vec![Rc::clone(&none)],
            origins: HashMap::from([(none, Origin::default())]),
            remembered: 0,
            made: HashMap::new(),
            branches: Vec::new(),
            branch: None,
            deciding: HashMap::new(),
            running: Vec::new(),
            texts: Vec::new(),
            ended: None,
        }
    }

    /// Whether there was too much to remember.
    pub(super) fn is_full(&self) -> bool {
        self.remembered > MAX_SOURCES
    }

    /// The sources of an origin.
    pub(super) fn sources_of(&self, origin: Origin) -> Rc<[u32]> {
        self.sets.get(origin.0 as usize).cloned().unwrap_or_default()
    }

    pub(super) fn follow(&mut self, event: Event<'_>) -> Origin {
        match event {
            Event::Begin { dot } => self.begin(dot),
            Event::End { output } => self.end(output),
            Event::Branch { tree, pos, origin } => {
                self.branches.push(Branch { place: Place::of(tree, pos), origin, outer: self.branch });
                self.branch = self.branches.len().checked_sub(1);
            }
            Event::Leave => {
                self.branch = self.branch.and_then(|branch| self.branches.get(branch)).and_then(|branch| branch.outer);
            }
            Event::Written(written) => self.written(&written),
            Event::Node { .. } | Event::Decided { .. } => {}
            Event::Assigned { origin } => return self.within_branch(origin),
            Event::Read { of, origin, key, value } => return self.read(of, origin, key, value),
            Event::Called { name, arguments, origins, value, .. } => {
                return self.called(name, arguments, origins, value);
            }
        }
        Origin::default()
    }

    /// The outermost dot has the values and what surrounds them.
    fn begin(&mut self, dot: &Value) {
        if self.running.is_empty() {
            let around = elements(dot).into_iter().map(|(_, value)| value);
            for value in around.chain([dot.clone()]) {
                if let Some(address) = address(&value).filter(|_| self.known.path(&value).is_none()) {
                    self.surroundings.insert(address, value);
                }
            }
        }
        self.running.push(Text::default());
    }

    fn end(&mut self, output: &[u8]) {
        let Some(text) = self.running.pop() else { return };
        self.texts.push(Text { output: output.to_vec(), ..text });
        self.ended = self.texts.len().checked_sub(1);
    }

    /// What is set in a branch comes from what that decided, too.
    fn within_branch(&mut self, origin: Origin) -> Origin {
        let Some(branch) = self.branch else { return origin };
        let ids = self.sources_of(origin);
        if ids.len() > MAX_DECIDING {
            return origin;
        }
        let known = self.deciding.get(&branch).copied();
        let deciding = known.unwrap_or_else(|| self.source(Source::Branch(branch)));
        self.deciding.insert(branch, deciding);
        self.origin(ids.iter().copied().chain([deciding]).collect())
    }

    fn written(&mut self, written: &Written<'_>) {
        let write = Write {
            place: Place::of(written.tree, written.pos),
            bytes: written.bytes.clone(),
            text: written.text.to_vec(),
            origin: written.origin,
            branch: self.branch,
        };
        if let Some(text) = self.running.last_mut().filter(|_| !write.text.is_empty()) {
            text.writes.push(write);
        }
    }

    fn read(&mut self, of: &Value, origin: Origin, key: &Value, value: &Value) -> Origin {
        let key = name_of(key);
        if let Some(origin) = self.by_itself(value) {
            return origin;
        }
        let made = address(of).and_then(|address| self.made.get(&address));
        if let Some(origin) = made.and_then(|(_, origins)| origins.get(&key)) {
            return *origin;
        }
        if let Some(path) = self.known.path(of) {
            let path = self.known.by_user(join(path, of, &key));
            return self.value(path, value);
        }
        let is_around = address(of).is_some_and(|address| self.surroundings.contains_key(&address));
        if is_around || made.is_some() && value.is_nil() {
            return Origin::default();
        }
        self.read_from_copy(origin, &key, value)
    }

    /// The origin of a map or a list that is known by what it is.
    fn by_itself(&mut self, value: &Value) -> Option<Origin> {
        if let Some(path) = self.known.path(value) {
            let path = path.to_owned();
            return Some(self.value(path, value));
        }
        self.surroundings.contains_key(&address(value)?).then(Origin::default)
    }

    /// An element of something that a function made: of the values that it was made of, those that have this element,
    /// or else those that are this value, or else all.
    fn read_from_copy(&mut self, origin: Origin, key: &str, value: &Value) -> Origin {
        let all = self.sources_of(origin);
        let (mut elements, mut same, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for &id in &*all {
            let Some(Source::Value { path, value: whole }) = self.sources.get(id as usize) else {
                rest.push(id);
                continue;
            };
            match element(whole, key) {
                Some(met) if deep_equal(&met, value) => elements.push((join(path, whole, key), met)),
                _ if deep_equal(whole, value) => same.push(id),
                _ if !path.is_empty() => rest.push(id),
                _ => {}
            }
        }
        if elements.is_empty() {
            return self.origin(if same.is_empty() { rest } else { same });
        }
        let ids = elements.into_iter().map(|(path, value)| self.value_id(path, &value)).collect();
        self.origin(ids)
    }

    fn all(&mut self, origins: &[Origin]) -> Origin {
        let mut different: HashSet<Origin> = origins.iter().copied().collect();
        different.remove(&Origin::default());
        if let (1, Some(origin)) = (different.len(), different.iter().next()) {
            return *origin;
        }
        let ids = different.into_iter().flat_map(|origin| self.sources_of(origin).to_vec()).collect();
        self.origin(ids)
    }

    fn value(&mut self, path: String, value: &Value) -> Origin {
        let id = self.value_id(path, value);
        self.origin(vec![id])
    }

    fn value_id(&mut self, path: String, value: &Value) -> u32 {
        if let Some(id) = self.paths.get(&path) {
            return *id;
        }
        let id = self.source(Source::Value { path: path.clone(), value: value.clone() });
        self.paths.insert(path, id);
        id
    }

    fn source(&mut self, source: Source) -> u32 {
        self.sources.push(source);
        u32::try_from(self.sources.len() - 1).unwrap_or(u32::MAX)
    }

    /// The mark for these sources.
    fn origin(&mut self, mut ids: Vec<u32>) -> Origin {
        ids.sort_unstable();
        ids.dedup();
        if let Some(origin) = self.origins.get(ids.as_slice()) {
            return *origin;
        }
        self.remembered += ids.len() + 1;
        if self.is_full() {
            return Origin::default();
        }
        let (ids, origin) = (Rc::<[u32]>::from(ids), Origin(u32::try_from(self.sets.len()).unwrap_or_default()));
        self.sets.push(Rc::clone(&ids));
        self.origins.insert(ids, origin);
        origin
    }
}

/// A key as a part of a path.
fn name_of(key: &Value) -> String {
    String::from_utf8_lossy(&govalue::fmt::sprint(std::slice::from_ref(key))).into_owned()
}

impl Place {
    fn of(tree: &gotemplate::ast::Tree, pos: usize) -> Self {
        Self { file: Arc::clone(&tree.source.name), source: Arc::clone(&tree.source.text), pos }
    }
}
