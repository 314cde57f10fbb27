//! The parts of the chart that are made from the types: `values.schema.json` and the table in `README.md`.

use std::path::Path;

use anyhow::Context;

use crate::{schema, table};

const START: &str = "<!-- made by `cargo run -p mythoughts-manifests -- table --write` -->\n";
const END: &str = "<!-- end of the table -->";

/// What is made from the types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generated {
    /// `values.schema.json`
    Schema,
    /// The values table of `README.md`
    Table,
}

impl Generated {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Schema, Self::Table];

    /// The command that makes it anew.
    pub fn command(self) -> &'static str {
        match self {
            Self::Schema => "cargo run -p mythoughts-manifests -- schema --write",
            Self::Table => "cargo run -p mythoughts-manifests -- table --write",
        }
    }

    /// What the types say.
    pub fn text(self) -> anyhow::Result<String> {
        match self {
            Self::Schema => Ok(schema::text()),
            Self::Table => table::text(),
        }
    }

    /// The file that holds it, in a chart's folder.
    pub fn file(self) -> &'static str {
        match self {
            Self::Schema => "values.schema.json",
            Self::Table => "README.md",
        }
    }

    /// The whole file as it should be; an error if it is a README without the table's marks.
    pub fn wanted(self, chart: &Path) -> anyhow::Result<String> {
        if self == Self::Schema {
            return self.text();
        }
        let path = chart.join(self.file());
        let readme = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let marks = || format!("{} has no lines {START:?} and {END:?} around its table", path.display());
        let (before, rest) = readme.split_once(START).with_context(marks)?;
        let (_, after) = rest.split_once(END).with_context(marks)?;
        Ok(format!("{before}{START}\n{}\n{END}{after}", self.text()?))
    }

    /// Whether the chart's file is another than the types say.
    pub fn is_stale(self, chart: &Path) -> anyhow::Result<bool> {
        let path = chart.join(self.file());
        let present = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok(present != self.wanted(chart)?)
    }

    /// Writes the chart's file anew.
    pub fn write(self, chart: &Path) -> anyhow::Result<()> {
        let path = chart.join(self.file());
        std::fs::write(&path, self.wanted(chart)?).with_context(|| path.display().to_string())
    }
}
