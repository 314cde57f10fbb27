//! What templates know of the cluster and of Helm: `.Capabilities`.

use crate::Error;
use crate::error::quote;

/// Which Helm to be: their output differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HelmVersion {
    /// Helm 3, as v3.22.0.
    V3,
    /// Helm 4, as v4.3.1.
    #[default]
    V4,
}

/// A version of Kubernetes, as `--kube-version` takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubeVersion {
    /// What templates see: `v1.37.0`. Helm 4 keeps a suffix such as `-gke.1`, Helm 3 drops it.
    pub version: String,
    /// The version without a suffix, which a chart's `kubeVersion` is compared with.
    pub normalized: String,
    /// `1`
    pub major: String,
    /// `37`
    pub minor: String,
}

/// What a Helm says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildInfo {
    /// Its version.
    pub version: String,
    /// The commit that it was built from.
    pub git_commit: String,
    /// The state of the tree that it was built from.
    pub git_tree_state: String,
    /// The version of Go that built it.
    pub go_version: String,
    /// The version of Kubernetes' client library; Helm 4 only.
    pub kube_client_version: String,
}

/// What a cluster can do, as Helm knows it without asking one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// The cluster's version.
    pub kube_version: KubeVersion,
    /// The versions of the APIs that it has, in Helm's order.
    pub api_versions: Vec<String>,
    /// Helm itself.
    pub helm_version: BuildInfo,
}

impl KubeVersion {
    /// Reads a version by the rules of `k8s.io/apimachinery/pkg/util/version.ParseGeneric`, as `--kube-version` does.
    ///
    /// ```
    /// use render::{HelmVersion, KubeVersion};
    /// let version = KubeVersion::parse("1.33.4-gke.1", HelmVersion::V4)?;
    /// assert_eq!((version.version.as_str(), version.minor.as_str()), ("v1.33.4-gke.1", "33"));
    /// # Ok::<(), render::Error>(())
    /// ```
    pub fn parse(text: &str, helm: HelmVersion) -> Result<Self, Error> {
        let components = components(text).map_err(Error::Values)?;
        let normalized = format!("v{}", join(&components));
        let version = match helm {
            HelmVersion::V3 => normalized.clone(),
            HelmVersion::V4 if text.starts_with('v') => text.to_owned(),
            HelmVersion::V4 => format!("v{text}"),
        };
        let part = |index: usize| components.get(index).copied().unwrap_or_default().to_string();
        Ok(Self { version, normalized, major: part(0), minor: part(1) })
    }
}

impl Default for KubeVersion {
    /// v1.37.0
    fn default() -> Self {
        let version = String::from("v1.37.0");
        Self { normalized: version.clone(), version, major: "1".into(), minor: "37".into() }
    }
}

impl BuildInfo {
    /// What a Helm of this version says of itself when it was installed with `go install`.
    pub fn of(helm: HelmVersion) -> Self {
        let (version, kube_client_version) = match helm {
            HelmVersion::V3 => ("v3.22", ""),
            HelmVersion::V4 => ("v4.3", "v1.37"),
        };
        Self {
            version: version.into(),
            go_version: "go1.26.8".into(),
            kube_client_version: kube_client_version.into(),
            ..Self::default()
        }
    }
}

impl Capabilities {
    /// What `helm template` assumes when it is told nothing.
    pub fn of(helm: HelmVersion) -> Self {
        Self {
            kube_version: KubeVersion::default(),
            api_versions: include_str!("capabilities/api_versions.txt").lines().map(str::to_owned).collect(),
            helm_version: BuildInfo::of(helm),
        }
    }

    /// Fails if a chart's `kubeVersion` does not allow the cluster's version.
    pub fn check(&self, constraint: Option<&str>, helm: HelmVersion) -> Result<(), Error> {
        let Some(wanted) = constraint.filter(|constraint| !constraint.is_empty()) else { return Ok(()) };
        if is_compatible_range(wanted, &self.kube_version.normalized) {
            return Ok(());
        }
        let met = match helm {
            HelmVersion::V3 => &self.kube_version.normalized,
            HelmVersion::V4 => &self.kube_version.version,
        };
        Err(Error::KubeVersion { wanted: wanted.to_owned(), met: met.clone() })
    }
}

/// Whether a version fits a constraint; what cannot be read does not fit (`chartutil.IsCompatibleRange`).
pub(crate) fn is_compatible_range(constraint: &str, version: &str) -> bool {
    let version = sprig::semver::Version::parse(version);
    let constraint = sprig::semver::Constraints::parse(constraint);
    matches!((version, constraint), (Ok(version), Ok(constraint)) if constraint.check(&version))
}

/// The numbers at the start of a version; what follows them is not looked at.
fn components(text: &str) -> Result<Vec<u64>, String> {
    let unparsable = || format!("could not parse {} as version", quote(text));
    let rest = text.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' ']);
    let rest = rest.strip_prefix('v').unwrap_or(rest);
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        let digits = rest[at..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            break;
        }
        parts.push(&rest[at..at + digits]);
        at += digits;
        if !rest[at..].starts_with('.') {
            break;
        }
        at += 1;
    }
    if parts.is_empty() || rest[at..].contains('\n') {
        return Err(unparsable());
    }
    if parts.len() < 2 {
        return Err(format!("illegal version string {}", quote(text)));
    }
    if parts[0].starts_with('0') && parts[0] != "0" {
        return Err(format!("illegal zero-prefixed version component {} in {}", quote(parts[0]), quote(text)));
    }
    parts.into_iter().map(|part| number(part, text)).collect()
}

fn number(part: &str, text: &str) -> Result<u64, String> {
    part.parse().map_err(|_| {
        let (part, text) = (quote(part), quote(text));
        format!(
            "illegal non-numeric version component {part} in {text}: \
             strconv.ParseUint: parsing {part}: value out of range"
        )
    })
}

fn join(components: &[u64]) -> String {
    components.iter().map(u64::to_string).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn versions_are_read_as_by_apimachinery() {
        for (text, three, four) in [
            ("1.37", "v1.37", "v1.37"),
            ("v1.33.4-gke.1245000", "v1.33.4", "v1.33.4-gke.1245000"),
            ("1.33.4+k3s1", "v1.33.4", "v1.33.4+k3s1"),
        ] {
            assert_eq!(KubeVersion::parse(text, HelmVersion::V3).unwrap().version, three);
            assert_eq!(KubeVersion::parse(text, HelmVersion::V4).unwrap().version, four);
        }
    }

    #[test]
    fn what_is_no_version_is_refused_in_apimachinerys_words() {
        for (text, wanted) in [
            ("v1", "illegal version string \"v1\""),
            ("abc", "could not parse \"abc\" as version"),
            ("01.2", "illegal zero-prefixed version component \"01\" in \"01.2\""),
        ] {
            assert_eq!(KubeVersion::parse(text, HelmVersion::V4).unwrap_err().to_string(), wanted);
        }
    }

    #[test]
    fn a_chart_for_another_kubernetes_is_refused() {
        let capabilities = Capabilities::of(HelmVersion::V4);
        assert_eq!(capabilities.api_versions.len(), 57);
        assert_eq!(capabilities.check(Some(">=1.25.0-0"), HelmVersion::V4), Ok(()));
        assert_eq!(
            capabilities.check(Some(">=1.50.0"), HelmVersion::V4).unwrap_err().to_string(),
            "chart requires kubeVersion: >=1.50.0 which is incompatible with Kubernetes v1.37.0"
        );
    }
}
