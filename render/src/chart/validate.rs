//! Helm's own check of `Chart.yaml`.

use std::collections::BTreeSet;

use super::metadata::{Dependency, Metadata};
use crate::error::quote;

/// Cleans the texts and checks what must be there. An error is Helm's text, `validation: ` and what is wrong.
pub(super) fn validate(metadata: &mut Metadata) -> Result<(), String> {
    for text in [
        &mut metadata.name,
        &mut metadata.description,
        &mut metadata.home,
        &mut metadata.icon,
        &mut metadata.condition,
        &mut metadata.tags,
        &mut metadata.app_version,
        &mut metadata.kube_version,
    ]
    .into_iter()
    .chain(&mut metadata.sources)
    .chain(&mut metadata.keywords)
    {
        sanitize(text);
    }
    required(metadata)?;
    for maintainer in &mut metadata.maintainers {
        sanitize(&mut maintainer.name);
        sanitize(&mut maintainer.email);
        sanitize(&mut maintainer.url);
    }
    dependencies(&mut metadata.dependencies)
}

fn required(metadata: &Metadata) -> Result<(), String> {
    let name = metadata.name.as_str();
    if metadata.api_version.is_empty() {
        return Err("validation: chart.metadata.apiVersion is required".into());
    }
    if name.is_empty() {
        return Err("validation: chart.metadata.name is required".into());
    }
    if name == "." || name == ".." {
        return Err(format!("validation: chart.metadata.name {} is not allowed", quote(name)));
    }
    if name.contains('/') && name != "/" {
        return Err(format!("validation: chart.metadata.name {} is invalid", quote(name)));
    }
    if metadata.version.is_empty() {
        return Err("validation: chart.metadata.version is required".into());
    }
    if sprig::semver::Version::parse(&metadata.version).is_err() {
        return Err(format!("validation: chart.metadata.version {} is invalid", quote(&metadata.version)));
    }
    if !matches!(metadata.kind.as_str(), "" | "application" | "library") {
        return Err("validation: chart.metadata.type must be application or library".into());
    }
    Ok(())
}

fn dependencies(dependencies: &mut [Dependency]) -> Result<(), String> {
    let mut known = BTreeSet::new();
    for dependency in dependencies {
        for text in
            [&mut dependency.name, &mut dependency.version, &mut dependency.repository, &mut dependency.condition]
                .into_iter()
                .chain(&mut dependency.tags)
        {
            sanitize(text);
        }
        let Dependency { name, alias, .. } = dependency;
        if !alias.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
            let name = quote(name);
            return Err(format!("validation: dependency {name} has disallowed characters in the alias"));
        }
        let key = if alias.is_empty() { name } else { alias };
        if !known.insert(key.as_str()) {
            return Err(format!("validation: more than one dependency with name or alias {}", quote(key)));
        }
    }
    Ok(())
}

/// Every blank becomes a space, and what cannot be printed goes.
fn sanitize(text: &mut String) {
    if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
        return;
    }
    *text = text
        .chars()
        .filter_map(|character| match character {
            _ if character.is_whitespace() => Some(' '),
            _ if is_printed(character) => Some(character),
            _ => None,
        })
        .collect();
}

/// Whether Go prints a character as it is, by how it quotes it.
fn is_printed(character: char) -> bool {
    !character.is_control() && (character.is_ascii() || !quote(character.encode_utf8(&mut [0; 4])).contains('\\'))
}
