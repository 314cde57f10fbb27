//! A line of an output that somebody saved.

use std::rc::Rc;

use render::{Chart, Environment, Options, Renderer};

use crate::cli::Failure;

/// How many lines are compared at the most.
const MAX_COMPARISONS: usize = 100_000_000;

/// The template of a line of a saved output, and the line of what that renders to. `random` is a world in which
/// everything turns out otherwise that is random or of the time.
pub(super) fn template(
    file: &str,
    line: usize,
    renderer: &Renderer,
    random: Environment,
    chart: &Chart,
    options: &Options,
) -> Result<(String, usize), Failure> {
    const SOURCE: &str = "# Source: ";
    let text = std::fs::read_to_string(file).map_err(|error| Failure::new(format!("{file}: {error}")))?;
    let lines: Vec<&str> = text.lines().take(line).collect();
    let wanted = || Failure::new(format!("{file}: wanted a line below a line {SOURCE}PATH, met line {line}"));
    let comment = lines.iter().rposition(|line| line.starts_with(SOURCE)).ok_or_else(wanted)?;
    let source = lines.get(comment).and_then(|line| line.strip_prefix(SOURCE)).ok_or_else(wanted)?.to_owned();
    let below = line.checked_sub(comment + 2).ok_or_else(wanted)?;
    let document: Vec<&str> = text.lines().skip(comment + 1).take_while(|line| *line != "---").collect();
    let whole = |renderer: &Renderer| whole(renderer, chart, options, &source);
    let first = whole(renderer)?;
    let start = exactly(&first, &document).map_or_else(
        || {
            let other = whole(&Renderer { environment: Rc::new(random), ..renderer.clone() })?;
            let other = but_for_chance(&first, &other, &document);
            other
                .ok_or_else(|| Failure::new(format!("{source} renders to something else with these values and --name")))
        },
        Ok,
    )?;
    Ok((source, start + below + 1))
}

/// What a template renders to, or the definition of a custom resource as it is.
fn whole(renderer: &Renderer, chart: &Chart, options: &Options, source: &str) -> Result<String, Failure> {
    let (chart, coalesced) = renderer.prepare(chart, &options.values(renderer.helm)?)?;
    let definition = chart.crds().into_iter().find(|definition| definition.filename == source);
    let text = match definition {
        Some(definition) => definition.file.data()?.to_vec(),
        None => renderer.file(&chart, &coalesced.values, source)?,
    };
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// On which line, from 0, a document stands in a text.
fn exactly(whole: &str, document: &[&str]) -> Option<usize> {
    let before = whole.find(document.join("\n").trim_end())?;
    Some(whole.get(..before)?.matches('\n').count())
}

/// As [`exactly`], but for lines that turn out otherwise each time.
fn but_for_chance(whole: &str, other: &str, document: &[&str]) -> Option<usize> {
    let (lines, others): (Vec<_>, Vec<_>) = (whole.lines().collect(), other.lines().collect());
    let is_too_long = lines.len().saturating_mul(document.len()) > MAX_COMPARISONS;
    if lines.len() != others.len() || is_too_long {
        return None;
    }
    let pairs: Vec<_> = lines.into_iter().zip(others).collect();
    let is_alike = |((one, other), saved): (&(&str, &str), &&str)| one != other || one.trim_end() == saved.trim_end();
    pairs.windows(document.len().max(1)).position(|window| window.iter().zip(document).all(is_alike))
}

#[cfg(test)]
mod tests {
    use super::but_for_chance;

    #[test]
    fn only_what_is_random_may_differ() {
        let (one, other) = ("\na: 1\npassword: x\nb: 2\n", "\na: 1\npassword: y\nb: 2\n");
        assert_eq!(but_for_chance(one, other, &["a: 1", "password: z", "b: 2"]), Some(1));
        assert_eq!(but_for_chance(one, other, &["a: 3", "password: z", "b: 2"]), None);
        assert_eq!(but_for_chance(one, "a: 1\n", &["a: 1"]), None);
    }
}
