//! What manifests are checked for.

use std::fmt;

use crate::Set;

/// A minor version of Kubernetes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KubeVersion {
    /// `1`
    pub major: u32,
    /// `37`
    pub minor: u32,
}

impl Default for KubeVersion {
    fn default() -> Self {
        Self { major: 1, minor: 37 }
    }
}

impl KubeVersion {
    /// Reads `1.36`, `v1.36.3` or `1.36.3-gke.100`.
    pub fn parse(text: &str) -> Option<Self> {
        let (major, rest) = text.strip_prefix('v').unwrap_or(text).split_once('.')?;
        let digits = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
        Some(Self { major: major.parse().ok()?, minor: rest.get(..digits)?.parse().ok()? })
    }
}

impl fmt::Display for KubeVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

/// What manifests are checked for.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The version of the cluster.
    pub kube_version: KubeVersion,
    /// Whether the set is all there is: what is missing in it is an error then, and a warning otherwise.
    pub closed: bool,
    /// Objects that the cluster has already: definitions of custom resources.
    pub definitions: Set,
    /// The ids of rules that are not asked for.
    pub allow: Vec<String>,
}
