//! Command lines: the words of a container's, and those of a script in it.

use super::calls::Target;
use crate::model::{Field, Variable, expand};

/// A word, and where it stands.
#[derive(Debug)]
pub(super) struct Word<'a> {
    pub(super) text: String,
    pub(super) at: Field<'a>,
}

/// What ends a command of a script.
const END: &str = ";";

/// What parts the words of a script beside blanks.
const MARKS: [char; 10] = ['"', '\'', ',', '(', ')', '<', '>', '`', '[', ']'];

/// Programs that are told by `-h` or `--host` whom to ask, and the port that they ask unless they are told.
const CLIENTS: [(&str, i64); 7] = [
    ("pg_isready", 5432),
    ("psql", 5432),
    ("pg_dump", 5432),
    ("mysql", 3306),
    ("mysqladmin", 3306),
    ("redis-cli", 6379),
    ("valkey-cli", 6379),
];

/// The words of a command line, those of its scripts taken apart, with `$(NAME)` as Kubernetes fills it in.
pub(super) fn read<'a>(words: &[Field<'a>], variables: &[Variable<'_>]) -> Vec<Word<'a>> {
    let mut line = Vec::new();
    for at in words {
        let text = expand(at.str().unwrap_or_default(), variables);
        let mut add = |text: &str| line.push(Word { text: text.to_owned(), at: at.clone() });
        if !text.contains(char::is_whitespace) {
            text.split(',').for_each(add);
            continue;
        }
        // A comment calls nobody.
        for command in text.lines().filter(|line| !line.trim_start().starts_with('#')).flat_map(commands) {
            command
                .split(|c: char| c.is_whitespace() || MARKS.contains(&c))
                .filter(|word| !word.is_empty())
                .for_each(&mut add);
            add(END);
        }
    }
    line
}

/// The URLs of a file, but for those in comments. One word alone is a setting, and told where it is read.
pub(super) fn urls(text: &str) -> impl Iterator<Item = &str> {
    let text = if text.trim().contains(char::is_whitespace) { text } else { "" };
    let lines = text.lines().filter(|line| !line.trim_start().starts_with(['#', ';', '/']));
    let words = lines.flat_map(|line| line.split(|c: char| c.is_whitespace() || MARKS.contains(&c) || c == ';'));
    words.filter(|word| word.contains("://"))
}

fn commands(line: &str) -> impl Iterator<Item = &str> {
    // A URL may have `&` in it.
    line.split([';', '|']).flat_map(|part| part.split(" && "))
}

/// Whom the commands of a line ask by name: `nc -z HOST PORT`, `psql -h HOST`.
pub(super) fn hosts<'l, 'a>(line: &'l [Word<'a>]) -> Vec<(Target, &'l Field<'a>)> {
    let mut hosts = Vec::new();
    for command in line.split(|word| word.text == END) {
        for (index, word) in command.iter().enumerate() {
            let rest = command.get(index + 1..).unwrap_or_default();
            let program = word.text.rsplit('/').next().unwrap_or_default();
            if matches!(program, "nc" | "ncat") {
                hosts.extend(beside_port(rest));
            } else if let Some((_, port)) = CLIENTS.iter().find(|(name, _)| *name == program) {
                hosts.extend(by_flag(rest, *port));
            }
        }
    }
    hosts
}

/// The first word with a number behind it that is no flag's.
fn beside_port<'l, 'a>(words: &'l [Word<'a>]) -> Option<(Target, &'l Field<'a>)> {
    words.windows(2).find_map(|pair| {
        let [host, port] = pair else { return None };
        let port = port.text.parse::<u16>().ok().filter(|_| !host.text.starts_with('-'))?;
        Some(((host.text.clone(), Some(port.into())), &host.at))
    })
}

fn by_flag<'l, 'a>(words: &'l [Word<'a>], port: i64) -> Option<(Target, &'l Field<'a>)> {
    let (host, at) = flag(words, &["-h", "--host"])?;
    let told = flag(words, &["-p", "-P", "--port"]).map(|(port, _)| port.parse());
    Some(((host.to_owned(), Some(told.unwrap_or(Ok(port)).ok()?)), at))
}

/// The value of a flag, as the word behind it or behind `=`.
fn flag<'l, 'a>(words: &'l [Word<'a>], names: &[&str]) -> Option<(&'l str, &'l Field<'a>)> {
    words.iter().enumerate().find_map(|(index, word)| {
        if names.contains(&word.text.as_str()) {
            return words.get(index + 1).map(|next| (next.text.as_str(), &next.at));
        }
        let (name, value) = word.text.split_once('=')?;
        names.contains(&name).then_some((value, &word.at))
    })
}
