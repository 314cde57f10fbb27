//! What is known of a release besides its values.

/// A release: its name, the chart's, and what an install makes by chance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// Where it is installed.
    pub namespace: String,
    /// The chart's name.
    pub chart: String,
    /// The chart's version.
    pub version: String,
    /// The version of the services.
    pub app_version: String,
    /// The script that `helm test` runs.
    pub test_script: String,
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
