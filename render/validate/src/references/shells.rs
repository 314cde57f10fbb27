//! Command lines that no program understands.

use crate::Rule;
use crate::model::{Field, Report, View, Workload, words};

pub(crate) const COMMAND_WORDS: Rule = Rule {
    id: "command-words",
    summary: "A command is one word that has blanks in it, or a shell is given a script without -c.",
    reason: "The container does not start: there is no program, or no file, of that name.",
    allow: "When there is a file of that name.",
};

const SHELLS: [&str; 5] = ["sh", "bash", "ash", "dash", "zsh"];

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for container in view.workloads.iter().flat_map(Workload::containers) {
        if let Some(program) = container.items(&["command"]).first() {
            program_name(program, report);
        }
        script(&container, report);
    }
}

/// A path may have blanks in it, and so may a name that is no shell's.
fn program_name(at: &Field<'_>, report: &mut Report) {
    let name = at.str().unwrap_or_default().trim();
    let (program, _) = name.split_once(char::is_whitespace).unwrap_or_default();
    let message = || format!("no program is named {name:?}: each word is an item of its own");
    if SHELLS.contains(&last(program)) {
        report.error(&COMMAND_WORDS, at, message());
    } else if !program.is_empty() && !program.contains('/') && !name.contains('\\') {
        report.warning(&COMMAND_WORDS, at, message());
    }
}

/// What stands right behind a shell is the name of a file, unless it is a flag.
fn script(container: &Field<'_>, report: &mut Report) {
    let words = words(container);
    let [shell, script, ..] = words.as_slice() else { return };
    let is_shell = shell.str().is_some_and(|name| SHELLS.contains(&last(name)));
    let text = script.str().unwrap_or_default();
    if is_shell && !text.starts_with(['-', '/', '+']) && text.trim().contains(char::is_whitespace) {
        report.error(
            &COMMAND_WORDS,
            script,
            "the shell takes the script for the name of a file, as there is no -c".into(),
        );
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
