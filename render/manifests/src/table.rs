//! The values table of the chart's README, made from the types.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value as Json;
use serde_yaml::{Mapping, Value as Yaml};

use crate::{Values, schema};

/// The keys that are services. A key that all have is one row, named `COMPONENT`; one that both backends have, `BACKEND`.
const COMPONENTS: [&str; 3] = ["thoughts", "users", "frontend"];

/// The table's text, in Markdown. Keys stand in the order of the types.
pub(crate) fn text() -> anyhow::Result<String> {
    let schema = schema::generate().to_value();
    let Yaml::Mapping(defaults) = serde_yaml::to_value(Values::default())? else {
        anyhow::bail!("values are a table");
    };
    let mut leaves = Vec::new();
    for (key, value) in &defaults {
        collect(&schema, &schema["properties"][text_of(key)], text_of(key), value, &mut leaves);
    }
    let mut text = String::from("| key | meaning | default |\n|---|---|---|\n");
    for row in rows(&leaves)? {
        writeln!(text, "| `{}` | {} | {} |", row.key, row.meaning, row.default)?;
    }
    Ok(text)
}

/// A value that is told as a whole.
struct Leaf {
    key: String,
    meaning: String,
    default: Yaml,
}

/// A line of the table.
struct Row {
    key: String,
    meaning: String,
    default: String,
}

/// The leaves under a key, in order.
fn collect(root: &Json, schema: &Json, key: &str, default: &Yaml, leaves: &mut Vec<Leaf>) {
    let target = target(root, schema);
    if let (Some(properties), Yaml::Mapping(map)) = (target["properties"].as_object(), default)
        && properties.len() == map.len()
    {
        for (name, value) in map {
            let name = text_of(name);
            collect(root, &properties[name], &format!("{key}.{name}"), value, leaves);
        }
        return;
    }
    leaves.push(Leaf { key: key.into(), meaning: meaning(root, schema), default: default.clone() });
}

/// What the field says, and the words that it may be.
fn meaning(root: &Json, schema: &Json) -> String {
    let mut meaning = schema["description"].as_str().unwrap_or_default().to_owned();
    let target = target(root, schema);
    if target["enum"].is_array()
        && let Some((_, words)) = target["description"].as_str().and_then(|text| text.split_once(". "))
    {
        meaning = format!("{meaning}. {words}");
    }
    meaning.replace('\n', " ").replace('|', "\\|")
}

/// The schema itself, or the one that it refers to.
fn target<'a>(root: &'a Json, schema: &'a Json) -> &'a Json {
    let name = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/$defs/"));
    name.map_or(schema, |name| &root["$defs"][name])
}

/// One row for what several components have alike, where the first of them stands.
fn rows(leaves: &[Leaf]) -> anyhow::Result<Vec<Row>> {
    let mut having: BTreeMap<_, Vec<(&str, &Yaml)>> = BTreeMap::new();
    for leaf in leaves {
        if let Some((component, rest)) = component(&leaf.key) {
            having.entry((rest, &leaf.meaning)).or_default().push((component, &leaf.default));
        }
    }
    let mut rows = Vec::new();
    for leaf in leaves {
        let meaning = leaf.meaning.clone();
        let Some((_, rest)) = component(&leaf.key) else {
            rows.push(Row { key: leaf.key.clone(), meaning, default: inline(&leaf.key, "", &leaf.default)? });
            continue;
        };
        let Some(group) = having.remove(&(rest, &leaf.meaning)) else { continue };
        let name = group_name(&group);
        rows.push(Row { key: format!("{name}.{rest}"), meaning, default: shared_default(name, &group)? });
    }
    Ok(rows)
}

/// What stands for these components.
fn group_name<'a>(group: &[(&'a str, &Yaml)]) -> &'a str {
    match group {
        [(one, _)] => one,
        [_, _] => "BACKEND",
        _ => "COMPONENT",
    }
}

fn component(key: &str) -> Option<(&str, &str)> {
    key.split_once('.').filter(|(first, _)| COMPONENTS.contains(first))
}

/// The default, and those that differ from the first.
fn shared_default(name: &str, group: &[(&str, &Yaml)]) -> anyhow::Result<String> {
    let mut texts = Vec::new();
    for (component, default) in group {
        let text = inline(component, name, default)?;
        if !texts.iter().any(|(_, known)| *known == text) {
            texts.push((component, text));
        }
    }
    let all = texts.iter().enumerate().map(|(index, (component, text))| match index {
        0 => text.clone(),
        _ => format!("{component}: {text}"),
    });
    Ok(all.collect::<Vec<_>>().join(", "))
}

/// A value on one line, as YAML's flow style has it; a component's own name at its end is left open.
fn inline(component: &str, name: &str, value: &Yaml) -> anyhow::Result<String> {
    let text = flow(value)?;
    let open = text.strip_suffix(component).map(|before| format!("{before}{name}"));
    Ok(format!("`{}`", open.unwrap_or(text)))
}

fn flow(value: &Yaml) -> anyhow::Result<String> {
    Ok(match value {
        Yaml::Mapping(map) => format!("{{{}}}", pairs(map)?),
        Yaml::Sequence(items) => {
            let items: Vec<_> = items.iter().map(flow).collect::<anyhow::Result<_>>()?;
            format!("[{}]", items.join(", "))
        }
        scalar => serde_yaml::to_string(scalar)?.trim_end().replace('\'', "\""),
    })
}

fn pairs(map: &Mapping) -> anyhow::Result<String> {
    let pairs = map.iter().map(|(key, value)| Ok(format!("{}: {}", text_of(key), flow(value)?)));
    Ok(pairs.collect::<anyhow::Result<Vec<_>>>()?.join(", "))
}

fn text_of(key: &Yaml) -> &str {
    key.as_str().unwrap_or_default()
}
