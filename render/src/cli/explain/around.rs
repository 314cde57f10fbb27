//! What Helm itself writes around a document: `---`, the template's name, and the end of the last line.

use govalue::{Map, Value};
use render::Explanation;

/// A line that no template made.
pub(super) struct Around {
    pub(super) text: String,
    pub(super) side: Side,
    /// The template of the document.
    pub(super) source: String,
}

/// Where Helm wrote it.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Before,
    After,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

impl Around {
    pub(super) fn human(&self) -> String {
        format!("{}\n\nwritten by Helm, {} a document of {}\n", self.text, self.side.name(), self.source)
    }

    /// As of any other line, and where Helm wrote it.
    pub(super) fn object(&self) -> Map {
        let (lines, values, conditions, condition_values) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let object =
            super::object(&Explanation { output: self.text.clone(), lines, values, conditions, condition_values });
        let around: Map = [(self.side.name(), Value::from(self.source.as_str()))].into_iter().collect();
        object.insert("writtenByHelm", around);
        object
    }
}
