//! What a container finds in its environment.

use super::{Field, View};

/// A variable of a container.
#[derive(Clone, Debug)]
pub(crate) struct Variable<'a> {
    pub(crate) name: String,
    /// Its value as the program reads it; none where the set does not say, as of a Secret.
    pub(crate) value: Option<String>,
    /// Where it comes from: the entry of `env`, or the one of `envFrom`.
    pub(crate) at: Field<'a>,
}

/// The words of a container's command line.
pub(crate) fn words<'a>(container: &Field<'a>) -> Vec<Field<'a>> {
    ["command", "args"].iter().flat_map(|part| container.items(&[part])).collect()
}

/// How long a value may become by `$(NAME)`.
const MAX_VALUE: usize = 1 << 16;

/// The variables of a container, `envFrom` first; a later one of the same name wins.
pub(crate) fn environment<'a>(view: &View<'a>, container: &Field<'a>) -> Vec<Variable<'a>> {
    let mut variables = Vec::new();
    for source in container.items(&["envFrom"]) {
        add_source(view, &source, &mut variables);
    }
    for entry in container.items(&["env"]) {
        let Some(name) = entry.text("name") else { continue };
        let value = value_of(view, &entry, &variables);
        variables.push(Variable { name: name.into(), value, at: entry });
    }
    // The last of a name is what the program sees.
    let mut seen = std::collections::HashSet::new();
    variables.reverse();
    variables.retain(|variable| seen.insert(variable.name.clone()));
    variables.reverse();
    variables
}

fn add_source<'a>(view: &View<'a>, source: &Field<'a>, variables: &mut Vec<Variable<'a>>) {
    let prefix = source.text("prefix").unwrap_or_default();
    for (reference, kind) in [("configMapRef", "ConfigMap"), ("secretRef", "Secret")] {
        let name = source.get(reference).and_then(|reference| reference.text("name"));
        let Some(object) = name.and_then(|name| view.find("", kind, view.namespace(source), name)) else { continue };
        for part in ["data", "stringData"] {
            let readable = kind == "ConfigMap" || part == "stringData";
            for (key, value) in object.entries(&[part]) {
                let value = value.str().filter(|_| readable).map(str::to_owned);
                variables.push(Variable { name: format!("{prefix}{key}"), value, at: source.clone() });
            }
        }
    }
}

fn value_of<'a>(view: &View<'a>, entry: &Field<'a>, before: &[Variable<'a>]) -> Option<String> {
    match entry.get("valueFrom") {
        None => Some(expand(entry.text("value").unwrap_or_default(), before)),
        Some(from) => {
            let reference = from.get("configMapKeyRef")?;
            let map = view.find("", "ConfigMap", view.namespace(entry), reference.text("name")?)?;
            Some(map.get("data")?.get(reference.text("key")?)?.str()?.to_owned())
        }
    }
}

/// `$(NAME)` becomes the variable's value if it is known; `$$` is a dollar sign.
pub(crate) fn expand(text: &str, variables: &[Variable<'_>]) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        expanded.push_str(before);
        let reference = after.strip_prefix('(').and_then(|inner| inner.split_once(')'));
        if let Some(after) = after.strip_prefix('$') {
            expanded.push('$');
            rest = after;
        } else if let Some((value, after)) = reference.and_then(|(name, after)| Some((value(name, variables)?, after)))
        {
            expanded.push_str(value);
            rest = after;
        } else {
            expanded.push('$');
            rest = after;
        }
        if expanded.len() > MAX_VALUE {
            return expanded;
        }
    }
    expanded + rest
}

fn value<'v>(name: &str, variables: &'v [Variable<'_>]) -> Option<&'v str> {
    variables.iter().rev().find(|variable| variable.name == name)?.value.as_deref()
}
