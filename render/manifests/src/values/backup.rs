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
    /// As cron has it, in UTC; `@daily` and its like too
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

/// Minute, hour, day, month and day of the week: any, numbers, ranges of them and steps; months and days by name too.
fn schedule(_: &mut SchemaGenerator) -> Schema {
    let months = of_any_case(&["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]);
    let days = of_any_case(&["sun", "mon", "tue", "wed", "thu", "fri", "sat"]);
    let numbers = [
        "[0-5]?[0-9]",
        "([01]?[0-9]|2[0-3])",
        "(0?[1-9]|[12][0-9]|3[01])",
        &format!("(0?[1-9]|1[0-2]|{months})"),
        &format!("(0?[0-6]|{days})"),
    ];
    let fields = numbers.map(|number| {
        let part = format!(r"([*?]|{number}(-{number})?)(/0?[1-9][0-9]?)?");
        format!("{part}(,{part})*")
    });
    json_schema!({
        "type": "string",
        "pattern": format!("^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|{})$", fields.join(" ")),
        "examples": ["@daily", "17 3 * * *", "*/15 * * * *", "0 */12 1,15 * *", "05 1-5/2 ? jan-MAR MON-FRI"]
    })
}

/// A pattern of words, each in letters of any case.
fn of_any_case(words: &[&str]) -> String {
    let letter = |letter: char| format!("[{}{letter}]", letter.to_ascii_uppercase());
    let words: Vec<String> = words.iter().map(|word| word.chars().map(letter).collect()).collect();
    words.join("|")
}
