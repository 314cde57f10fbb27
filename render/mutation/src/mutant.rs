//! A faulty variant of the chart.

use render::File;

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Of {
    /// A template.
    Templates,
    /// What a values file renders to.
    Manifests,
}

/// A faulty variant.
#[derive(Clone, Debug)]
pub(crate) struct Mutant {
    pub(crate) of: Of,
    /// By which rule it was made.
    pub(crate) rule: &'static str,
    /// Where, and what was done: `templates/_pods.tpl:12: drop the line …`.
    pub(crate) what: String,
    /// The changed file of the chart, or the changed manifests as the chart's only template.
    pub(crate) file: File,
    /// The one values file that it is about; none means all.
    pub(crate) case: Option<usize>,
}
