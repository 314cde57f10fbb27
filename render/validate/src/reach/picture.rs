//! Connections for people: a table, and a flowchart of Mermaid.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};

use serde_json::{Value, json};

use super::{Connection, Reach, Verdict};

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => formatter.write_str("open"),
            Self::NoService => formatter.write_str("no Service"),
            Self::NoName => formatter.write_str("no such name"),
            Self::NoPod(why) => write!(formatter, "no such pod: {why}"),
            Self::NoPort => formatter.write_str("no such port"),
            Self::NoPods => formatter.write_str("no pods"),
            Self::Closed(policy) => write!(formatter, "closed by {policy}"),
            Self::NoDns(policy) => write!(formatter, "DNS closed by {policy}"),
            Self::Outside => formatter.write_str("outside"),
            Self::UnknownPort => formatter.write_str("unknown port"),
        }
    }
}

impl Reach {
    /// A line for each connection under a line of titles, in columns.
    pub fn table(&self) -> String {
        let titles = ["FROM", "BY", "TO", "PODS", "VERDICT"].map(String::from);
        let rows: Vec<_> = std::iter::once(titles).chain(self.connections.iter().map(row)).collect();
        let width =
            |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
        let widths: Vec<_> = (0..5).map(|column| width(column).unwrap_or(0)).collect();
        let mut table = String::new();
        for row in &rows {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
            table.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            table.push('\n');
        }
        table
    }

    /// A list for programs.
    pub fn json(&self) -> Value {
        let connections = self.connections.iter().map(|connection| {
            let Connection { from, by, to, service, pods, verdict } = connection;
            json!({
                "from": from, "by": by, "to": to, "service": service, "pods": pods, "verdict": verdict.to_string(),
                "arrives": matches!(verdict, Verdict::Open),
            })
        });
        connections.collect()
    }

    /// A flowchart: callers, Services, pods; what does not arrive is dotted.
    pub fn mermaid(&self) -> String {
        let mut ids = BTreeMap::new();
        let mut arrows = String::new();
        let mut drawn = BTreeSet::new();
        for connection in &self.connections {
            let from = node(&mut ids, &connection.from);
            let to = node(&mut ids, connection.service.as_ref().unwrap_or(&connection.to));
            let by = escape(&connection.by);
            match &connection.verdict {
                Verdict::Open | Verdict::Outside | Verdict::UnknownPort => {
                    line(&mut arrows, &format!("{from} -->|\"{by}\"| {to}"));
                }
                other => line(&mut arrows, &format!("{from} -.->|\"{by}: {}\"| {to}", escape(&other.to_string()))),
            }
            for pods in &connection.pods {
                let pods = node(&mut ids, pods.rsplit_once(':').map_or(pods.as_str(), |(pods, _)| pods));
                let arrow = format!("{to} --> {pods}");
                if drawn.insert(arrow.clone()) {
                    line(&mut arrows, &arrow);
                }
            }
        }
        let mut chart = "flowchart LR\n".to_owned();
        for (title, id) in ids {
            line(&mut chart, &format!("{id}[\"{}\"]", escape(&title)));
        }
        chart + &arrows
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str("    ");
    text.push_str(line);
    text.push('\n');
}

fn node(ids: &mut BTreeMap<String, String>, title: &str) -> String {
    let next = format!("n{}", ids.len());
    ids.entry(title.to_owned()).or_insert(next).clone()
}

/// What would end a text in quotes is written as an entity.
fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, character| {
        match character {
            '"' | '#' | '<' | '>' | '&' | '\n' | '\r' => {
                // Writing to a string does not fail.
                let _ = write!(escaped, "#{};", u32::from(character));
            }
            other => escaped.push(other),
        }
        escaped
    })
}

fn row(connection: &Connection) -> [String; 5] {
    let Connection { from, by, to, pods, verdict, .. } = connection;
    [from.clone(), by.clone(), to.clone(), pods.join(", "), verdict.to_string()]
}
