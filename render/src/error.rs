//! What can go wrong: the texts are Helm's.

mod template;

use std::fmt;

use crate::HelmVersion;
use crate::manifest::ParseError;

pub use template::{Place, TemplateError};

/// Why a chart cannot be read or its values do not fit. Printed, it is what Helm prints after `Error: `.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A chart's files cannot be read, or are not a chart.
    Chart(String),
    /// The values given for a chart cannot be read or do not fit it.
    Values(String),
    /// The values do not meet a chart's `values.schema.json`: for each chart its name and what is wrong.
    Schema(String),
    /// Charts that `Chart.yaml` names are not in `charts/`.
    MissingDependencies {
        /// Their names.
        names: Vec<String>,
        /// Whose words to say it in.
        version: HelmVersion,
    },
    /// A template cannot be parsed or fails.
    Template(TemplateError),
    /// What was rendered cannot be written to a folder.
    Output(String),
    /// A rendered document is no YAML, or has no head that Helm can read.
    Manifest(ParseError),
    /// The chart is not for this version of Kubernetes.
    KubeVersion {
        /// The constraint of `Chart.yaml`.
        wanted: String,
        /// The version that there is.
        met: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chart(text) | Self::Values(text) | Self::Output(text) => formatter.write_str(text),
            Self::Template(error) => error.fmt(formatter),
            Self::Schema(text) => write!(
                formatter,
                "values don't meet the specifications of the schema(s) in the following chart(s):\n{text}"
            ),
            Self::MissingDependencies { names, version } => {
                formatter.write_str(match version {
                    HelmVersion::V3 => {
                        "An error occurred while checking for chart dependencies. You may need to run \
                         `helm dependency build` to fetch missing dependencies"
                    }
                    HelmVersion::V4 => {
                        "an error occurred while checking for chart dependencies. You may need to run \
                         'helm dependency build' to fetch missing dependencies"
                    }
                })?;
                write!(formatter, ": found in Chart.yaml, but missing in charts/ directory: {}", names.join(", "))
            }
            Self::Manifest(error) => error.fmt(formatter),
            Self::KubeVersion { wanted, met } => {
                write!(formatter, "chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {met}")
            }
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// What Helm 4 prints on standard error besides the error itself.
    pub fn log_line(&self, version: HelmVersion) -> Option<String> {
        let Self::Values(text) = self else { return None };
        let (what, why) = text.split_once(": ").filter(|_| version == HelmVersion::V4)?;
        let is_logged = matches!(what, "release name check failed" | "chart dependencies processing failed");
        is_logged.then(|| crate::warning::logged("ERROR", what, &[("error", why)]))
    }

    /// Whether it came up while templates were rendered, rather than before.
    pub fn is_of_rendering(&self) -> bool {
        matches!(self, Self::Template(_) | Self::Manifest(_) | Self::Output(_) | Self::KubeVersion { .. })
    }
}

/// A text as Go's `%q` prints it.
pub(crate) fn quote(text: &str) -> String {
    govalue::strconv::quote(text.as_bytes())
}
