//! How often nodes were executed, and branches went each way.

use std::collections::HashMap;
use std::sync::Arc;

use gotemplate::Event;
use gotemplate::ast::Tree;

use super::points::{Sort, arm_of_call};

/// What was executed, file by file.
#[derive(Debug, Default)]
pub(super) struct Hits {
    files: HashMap<Arc<str>, FileHits>,
}

/// What was executed of a file.
#[derive(Debug, Default)]
pub(super) struct FileHits {
    nodes: HashMap<usize, u64>,
    arms: HashMap<(Sort, usize, usize), u64>,
}

/// The name of the texts that `tpl` executes: they are no files.
const OF_TPL: &str = "gotpl";

impl Hits {
    /// Of a file, if anything of it was executed.
    pub(super) fn of(&self, path: &str) -> Option<&FileHits> {
        self.files.get(path)
    }

    pub(super) fn count(&mut self, event: &Event<'_>) {
        match event {
            Event::Node { tree, pos } => self.file(tree, |file| *file.nodes.entry(*pos).or_default() += 1),
            Event::Decided { tree, pos, is_taken } => {
                self.file(tree, |file| file.take(Sort::Node, *pos, usize::from(!is_taken)));
            }
            Event::Called { tree, pos, name, arguments, .. } => {
                if let Some(arm) = arm_of_call(name, arguments) {
                    self.file(tree, |file| file.take(Sort::Call, *pos, arm));
                }
            }
            _ => {}
        }
    }

    fn file(&mut self, tree: &Tree, count: impl FnOnce(&mut FileHits)) {
        let name = &tree.source.name;
        if let Some(file) = self.files.get_mut(name) {
            count(file);
        } else if **name != *OF_TPL {
            count(self.files.entry(Arc::clone(name)).or_default());
        }
    }
}

impl FileHits {
    fn take(&mut self, sort: Sort, pos: usize, arm: usize) {
        *self.arms.entry((sort, pos, arm)).or_default() += 1;
    }

    /// How often the node in a place was executed.
    pub(super) fn times(&self, pos: usize) -> u64 {
        self.nodes.get(&pos).copied().unwrap_or_default()
    }

    /// How often a branch went one way.
    pub(super) fn taken(&self, sort: Sort, pos: usize, arm: usize) -> u64 {
        self.arms.get(&(sort, pos, arm)).copied().unwrap_or_default()
    }
}
