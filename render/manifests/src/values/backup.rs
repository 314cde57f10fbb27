//! Backups of a database.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::kinds::{self, Quantity};
use super::pod::Resources;
use super::texts;

/// Dumps of the database, each a file on a volume
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Backup {
    /// Whether there are any, and a `CronJob` that waits to restore one
    pub enabled: bool,
    /// As cron has it, in UTC
    #[schemars(schema_with = "schedule")]
    pub schedule: String,
    /// Files that stay; older ones are deleted
    #[schemars(range(min = 1, max = 10_000))]
    pub keep: u32,
    /// Seconds after which a backup or a restore has failed
    #[schemars(range(min = 60, max = 86_400))]
    pub deadline_seconds: u32,
    /// What the container may use
    pub resources: Resources,
    /// The volume
    pub persistence: BackupPersistence,
}

/// The volume of backups
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BackupPersistence {
    /// A claim of yours in place of the chart's; that one outlives the release
    #[schemars(schema_with = "texts::object_name")]
    pub existing_claim: String,
    /// Its size
    #[schemars(schema_with = "kinds::bytes")]
    pub size: Quantity,
    /// Empty: the cluster's default
    #[schemars(schema_with = "texts::object_name")]
    pub storage_class: String,
}

/// Minute, hour, day, month and day of the week: any, numbers, ranges of them and steps; days and months by name too.
fn schedule(_: &mut SchemaGenerator) -> Schema {
    let months = "[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]\
        |[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc]";
    let days = "[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt]";
    let numbers = [
        "([1-5]?[0-9])".to_owned(),
        "(1?[0-9]|2[0-3])".to_owned(),
        "([1-9]|[12][0-9]|3[01])".to_owned(),
        format!("([1-9]|1[0-2]|{months})"),
        format!("([0-6]|{days})"),
    ];
    let fields = numbers.map(|number| {
        let part = format!(r"(\*|{number}(-{number})?)(/[1-9][0-9]?)?");
        format!("{part}(,{part})*")
    });
    let macros = "@(annually|yearly|monthly|weekly|daily|midnight|hourly)";
    json_schema!({
        "type": "string",
        "pattern": format!("^({macros}|{})$", fields.join(" ")),
        "examples": ["@daily", "17 3 * * *", "*/15 * * * *", "0 */12 1,15 * *", "30 1-5 * * MON-FRI"],
    })
}
