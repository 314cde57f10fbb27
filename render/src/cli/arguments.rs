//! The flags that say what is rendered: the chart's values, the release, the cluster.

use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use render::{Capabilities, Environment, HelmVersion, KubeVersion, Options, Release, Renderer};

use super::{Failure, slice};

/// Which Helm to be.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Helm {
    /// As v3.22.0
    #[value(name = "3")]
    Three,
    /// As v4.3.1
    #[value(name = "4")]
    Four,
}

impl From<Helm> for HelmVersion {
    fn from(helm: Helm) -> Self {
        match helm {
            Helm::Three => Self::V3,
            Helm::Four => Self::V4,
        }
    }
}

/// How results are printed.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

/// Values over those of the chart; later ones win.
#[derive(Args, Default)]
pub(super) struct ValueFlags {
    /// YAML files with values: FILE[,FILE...], - for standard input (can be given several times)
    #[arg(short = 'f', long = "values", value_name = "FILE")]
    files: Vec<String>,
    #[command(flatten)]
    set: SetFlags,
}

/// Values by flags; later ones win.
#[derive(Args, Default)]
pub(super) struct SetFlags {
    /// Values as KEY=VALUE[,KEY=VALUE...]: numbers, true, false and null are recognised
    #[arg(long, value_name = "VALUES", allow_hyphen_values = true)]
    set: Vec<String>,
    /// Values as KEY=TEXT[,KEY=TEXT...]
    #[arg(long, value_name = "VALUES", allow_hyphen_values = true)]
    set_string: Vec<String>,
    /// Values as KEY=JSON, or a JSON object
    #[arg(long, value_name = "VALUES", allow_hyphen_values = true)]
    set_json: Vec<String>,
    /// Values from files as KEY=FILE[,KEY=FILE...]
    #[arg(long, value_name = "VALUES", allow_hyphen_values = true)]
    set_file: Vec<String>,
    /// A value as KEY=TEXT, in which nothing has a meaning
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    set_literal: Vec<String>,
}

impl ValueFlags {
    pub(super) fn options(self) -> Result<Options, Failure> {
        Ok(self.set.options(slice::values("-f, --values", &self.files)?))
    }
}

impl SetFlags {
    /// Over these files.
    pub(super) fn options(self, files: Vec<String>) -> Options {
        Options {
            files,
            set_json: self.set_json,
            set: self.set,
            set_string: self.set_string,
            set_file: self.set_file,
            set_literal: self.set_literal,
            ..Options::default()
        }
    }
}

/// The release and the cluster that a chart is rendered for.
#[derive(Args)]
pub(super) struct ReleaseFlags {
    /// Which Helm to be
    #[arg(long, default_value = "4")]
    pub(super) helm_version: Helm,
    #[arg(short, long, help = "The release's namespace [default: HELM_NAMESPACE, else default]")]
    namespace: Option<String>,
    /// Version of Kubernetes that templates are told [default: v1.37.0]
    #[arg(long, value_name = "VERSION")]
    kube_version: Option<String>,
    /// More versions of APIs that templates are told (can be given several times)
    #[arg(short, long, value_name = "VERSIONS")]
    api_versions: Vec<String>,
    /// Render an upgrade rather than an installation
    #[arg(long)]
    is_upgrade: bool,
    /// Let getHostByName ask the network
    #[arg(long)]
    pub(super) enable_dns: bool,
    /// Take values that do not meet values.schema.json
    #[arg(long)]
    skip_schema_validation: bool,
}

/// The outer world as templates see it each time that a run renders them.
#[derive(Clone, Copy)]
pub(super) struct World {
    /// As for [`Environment::repeatable`].
    number: u64,
    /// The time, in seconds after the start of 1970.
    now: i64,
    dns: bool,
}

impl World {
    /// One in which other choices are made.
    pub(super) fn other(self) -> Self {
        Self { number: self.number + 1, ..self }
    }

    pub(super) fn environment(self) -> Environment {
        Environment::repeatable(self.number).with_time(self.now, 0).with_dns(self.dns)
    }
}

impl ReleaseFlags {
    /// The real outer world, as these flags let templates see it.
    pub(super) fn environment(&self) -> Environment {
        Environment::new().with_dns(self.enable_dns)
    }

    /// One in which everything comes out alike until the run ends.
    pub(super) fn world(&self) -> World {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        World { number: 0, now: i64::try_from(now).unwrap_or_default(), dns: self.enable_dns }
    }

    pub(super) fn renderer(&self, name: String) -> Result<Renderer, Failure> {
        let helm = HelmVersion::from(self.helm_version);
        let mut capabilities = Capabilities::of(helm);
        if let Some(version) = self.kube_version.as_ref().filter(|version| !version.is_empty()) {
            capabilities.kube_version = KubeVersion::parse(version, helm)
                .map_err(|error| Failure::new(format!("invalid kube version '{version}': {error}")))?;
        }
        capabilities.api_versions.extend(slice::values("-a, --api-versions", &self.api_versions)?);
        let namespace = self.namespace.clone().or_else(|| std::env::var("HELM_NAMESPACE").ok());
        let namespace = namespace.filter(|name| !name.is_empty()).unwrap_or_else(|| "default".into());
        let release = Release { is_upgrade: self.is_upgrade, ..Release::new(name, namespace) };
        Ok(Renderer {
            release,
            capabilities,
            environment: self.environment().into(),
            skip_schema_validation: self.skip_schema_validation,
            ..Renderer::of(helm)
        })
    }
}
