//! `Chart.yaml` and `Chart.lock`.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// `Chart.yaml`, by the names of its keys in [Helm's documentation](https://helm.sh/docs/topics/charts/#the-chartyaml-file).
/// What is not there is empty, as templates see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// The chart's name, or the alias that a parent gives it.
    pub name: String,
    /// The project's page.
    pub home: String,
    /// Where its source is.
    pub sources: Vec<String>,
    /// The chart's version (SemVer 2).
    pub version: String,
    /// One sentence about it.
    pub description: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Who looks after it.
    pub maintainers: Vec<Maintainer>,
    /// An SVG or PNG picture's address.
    pub icon: String,
    /// `v2`, or `v1` for charts of Helm 2.
    pub api_version: String,
    /// The value that turns it on or off; of Helm 2.
    pub condition: String,
    /// The tags that turn it on or off; of Helm 2.
    pub tags: String,
    /// The version of what it installs.
    pub app_version: String,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// Anything else.
    pub annotations: BTreeMap<String, String>,
    /// The versions of Kubernetes that it may be installed on.
    pub kube_version: String,
    /// The charts that it needs.
    pub dependencies: Vec<Dependency>,
    /// `application`, `library`, or empty for an application.
    pub kind: String,
}

/// A chart that another chart needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dependency {
    /// The other chart's name.
    pub name: String,
    /// The versions that fit.
    pub version: String,
    /// Where it comes from.
    pub repository: String,
    /// The values that turn it on or off: paths with commas between them, of which the first that is there counts.
    pub condition: String,
    /// Groups that turn it on or off.
    pub tags: Vec<String>,
    /// Whether it is turned on; known when the values are.
    pub enabled: bool,
    /// The values of its that the parent takes over: names under `exports`, or objects with `child` and `parent`.
    pub import_values: Vec<Json>,
    /// Another name for it here.
    pub alias: String,
}

/// Who looks after a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Maintainer {
    /// The name.
    pub name: String,
    /// The address for mail.
    pub email: String,
    /// The page.
    pub url: String,
}

/// `Chart.lock`: the versions that a chart's dependencies were resolved to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lock {
    /// When it was made.
    pub generated: String,
    /// A hash of the dependencies in `Chart.yaml`.
    pub digest: String,
    /// The dependencies, each with one version.
    pub dependencies: Vec<Dependency>,
}
