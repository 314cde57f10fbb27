//! Semantic versions.

use super::{ensure, quoted};

pub(super) fn semver(text: &str) -> Result<(), String> {
    let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    if let Some(build) = build {
        ensure(!build.is_empty(), "build is empty")?;
        build.split('.').try_for_each(|part| identifier(part, "build"))?;
    }
    let (core, release) = text.split_once('-').map_or((text, None), |(core, release)| (core, Some(release)));
    for part in release.into_iter().flat_map(|release| release.split('.')) {
        identifier(part, "pre-release")?;
        let is_number = part.bytes().all(|digit| digit.is_ascii_digit());
        let is_padded = is_number && part.len() > 1 && part.starts_with('0');
        ensure(!is_padded, "pre-release numeric identifier starts with zero")?;
    }
    let numbers: Vec<&str> = core.split('.').collect();
    ensure(numbers.len() == 3, "versionCore must have 3 numbers separated by dot")?;
    for (number, name) in numbers.iter().zip(["major", "minor", "patch"]) {
        ensure(!number.is_empty(), &format!("{name} is empty"))?;
        ensure(number.len() < 2 || !number.starts_with('0'), &format!("{name} starts with zero"))?;
        ensure(number.bytes().all(|digit| digit.is_ascii_digit()), &format!("{name} contains non-digit"))?;
    }
    Ok(())
}

fn identifier(part: &str, what: &str) -> Result<(), String> {
    ensure(!part.is_empty(), &format!("{what} identifier is empty"))?;
    match part.chars().find(|character| !character.is_ascii_alphanumeric() && *character != '-') {
        None => Ok(()),
        Some(other) => Err(format!("invalid character {} in {what} identifier", quoted(other))),
    }
}
