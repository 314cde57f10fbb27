//! Helm's hooks: what is made and run in a phase of a release, rather than with it.

use crate::Object;

/// When an object that is a hook is made.
#[derive(Debug)]
pub(crate) struct Hook<'a> {
    pub(crate) phases: Vec<&'a str>,
    /// The lightest of a phase comes first; of one weight, what pods need comes before what makes pods.
    pub(crate) weight: i64,
}

impl<'a> Hook<'a> {
    /// None for what is made with the release.
    pub(crate) fn of(object: &'a Object) -> Option<Self> {
        let phases = object.annotation("helm.sh/hook")?.split(',').map(str::trim).collect();
        let weight = object.annotation("helm.sh/hook-weight").and_then(|weight| weight.trim().parse().ok());
        Some(Self { phases, weight: weight.unwrap_or_default() })
    }

    pub(crate) fn is_of(&self, phase: &str) -> bool {
        self.phases.iter().any(|own| own.eq_ignore_ascii_case(phase))
    }
}
