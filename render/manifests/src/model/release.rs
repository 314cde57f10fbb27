//! What is known of a release besides its values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

/// A release: its name, the chart's, and what an install makes by chance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// Where it is installed.
    pub namespace: String,
    /// Whether it takes the place of an earlier one.
    pub is_upgrade: bool,
    /// What its namespace has already: the kind and the name of each object.
    pub installed: BTreeSet<(String, String)>,
    /// How many there were of this name, this one counted.
    pub revision: i64,
    /// The chart's name.
    pub chart: String,
    /// The chart's version.
    pub version: String,
    /// The version of the services.
    pub app_version: String,
    /// The script that `helm test` runs.
    pub test_script: String,
    /// With which the scripts of a backup and of a restore begin.
    pub connect_script: String,
    /// The script of a backup.
    pub backup_script: String,
    /// The script of a restore.
    pub restore_script: String,
    /// The script that tries the volume of backups.
    pub volume_script: String,
    /// The dashboards of Grafana, by the name of each file.
    pub dashboards: BTreeMap<String, String>,
    /// What the values have for more objects, once their templates are executed.
    pub extra_objects: Vec<Json>,
    /// What an install makes by chance.
    pub made: Made,
}

/// What an install makes where nothing is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Each password.
    pub password: String,
    /// The key that signs the tokens, as PEM.
    pub private_key: String,
}
