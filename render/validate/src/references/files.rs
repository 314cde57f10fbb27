//! Files that a container is told of, and the ConfigMaps and Secrets that they are mounted from.

use super::volumes::files;
use crate::Rule;
use crate::model::{Field, Report, View, Workload, environment, words};

pub(crate) const MISSING_FILE: Rule = Rule {
    id: "missing-file",
    summary: "A setting names a file that no volume of the container has: its ConfigMap or Secret lacks the key, or nothing is mounted there.",
    reason: "The program does not find the file, and ends.",
    allow: "When the image has the file, or the program does without it.",
};

pub(crate) const DATA_OUTSIDE_VOLUME: Rule = Rule {
    id: "data-outside-volume",
    summary: "A database keeps its data beside the volume that is mounted for it.",
    reason: "The data is lost with the container.",
    allow: "When the volume is for something else.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        for container in workload.containers() {
            let mounts = mounts(workload, &container);
            for named in named_files(view, &container) {
                file(view, &named, &mounts, report);
            }
            data(view, &container, &mounts, report);
        }
    }
}

/// A place in a container's files where a volume is mounted.
struct Mount<'a> {
    path: &'a str,
    sub_path: Option<&'a str>,
    /// None for a claim's template, whose files the set does not know.
    volume: Option<Field<'a>>,
}

impl Mount<'_> {
    /// What a path is called below the mount; nothing at all if it is not there.
    fn below<'p>(&self, path: &'p str) -> Option<&'p str> {
        let rest = path.strip_prefix(self.path.trim_end_matches('/'))?;
        if rest.is_empty() { Some("") } else { rest.strip_prefix('/') }
    }

    /// Whether it outlives its pod.
    fn is_lasting(&self) -> bool {
        self.volume.as_ref().is_none_or(|volume| volume.get("persistentVolumeClaim").is_some())
    }
}

fn mounts<'a>(workload: &Workload<'a>, container: &Field<'a>) -> Vec<Mount<'a>> {
    let volumes = workload.pod.items(&["volumes"]);
    let mounts = container.items(&["volumeMounts"]);
    let mounts = mounts.iter().filter_map(|mount| {
        let volume = volumes.iter().find(|volume| volume.text("name") == mount.text("name"));
        Some(Mount { path: mount.text("mountPath")?, sub_path: mount.text("subPath"), volume: volume.cloned() })
    });
    mounts.collect()
}

/// A path that a setting names.
struct Named<'a> {
    path: String,
    by: String,
    at: Field<'a>,
    /// Whether it is surely a file that somebody has to mount: a password, a key, a certificate.
    secret: bool,
    /// Whether it is in a script, which may make files of its own.
    scripted: bool,
}

impl<'a> Named<'a> {
    fn by_word(path: &str, by: &str, at: &Field<'a>, scripted: bool) -> Self {
        Self { path: path.to_owned(), by: by.to_owned(), at: at.clone(), secret: false, scripted }
    }
}

/// What parts the words of a script.
const SCRIPT_MARKS: [char; 13] = [' ', '\n', '\t', '"', '\'', ';', '|', '&', '(', ')', '<', '>', '='];

fn named_files<'a>(view: &View<'a>, container: &Field<'a>) -> Vec<Named<'a>> {
    let mut named = Vec::new();
    for variable in environment(view, container) {
        if let Some(path) = variable.value.filter(|value| is_file(value)) {
            let secret = variable.name.ends_with("_FILE")
                && ["PASSWORD", "SECRET", "KEY", "TOKEN"].iter().any(|word| variable.name.contains(word));
            named.push(Named { path, by: variable.name, at: variable.at, secret, scripted: false });
        }
    }
    let words = words(container);
    let before = std::iter::once(None).chain(words.iter().map(Some));
    for (word, before) in words.iter().zip(before) {
        let text = word.str().unwrap_or_default();
        if text.contains(char::is_whitespace) {
            let paths = text.split(SCRIPT_MARKS).filter(|path| is_file(path) && !asks_for_files(text));
            named.extend(paths.map(|path| Named::by_word(path, "a script", word, true)));
            continue;
        }
        let flag = before.and_then(Field::str).filter(|before| before.starts_with('-'));
        let (by, path) = text.rsplit_once('=').unwrap_or((flag.unwrap_or("an argument"), text));
        if is_file(path) {
            named.push(Named::by_word(path, by, word, false));
        }
    }
    named
}

/// Whether a script asks whether files are there, so that it may do without them.
fn asks_for_files(script: &str) -> bool {
    ["[ ", "test "].iter().any(|test| script.contains(test))
}

/// Whether a text is the absolute path of a file: its last part has an end, or the text is of a file anyway.
fn is_file(text: &str) -> bool {
    text.starts_with('/') && !text.ends_with('/') && !text.contains([' ', '*', ',', ':', '$', '?', '%', '{'])
}

fn file(view: &View<'_>, named: &Named<'_>, mounts: &[Mount<'_>], report: &mut Report) {
    let deepest = mounts
        .iter()
        .filter_map(|mount| Some((mount, mount.below(&named.path)?)))
        .max_by_key(|(mount, _)| mount.path.len());
    match deepest {
        Some((mount, rest)) if mount.sub_path.is_none() && !rest.is_empty() => {
            let Some(known) = mount.volume.as_ref().and_then(|volume| files(view, volume)) else { return };
            let folder = format!("{rest}/");
            if !known.is_empty() && !known.iter().any(|file| *file == rest || file.starts_with(&folder)) {
                let hint = View::hint(known.iter().copied(), rest);
                let message = format!("{} names {}, but the volume has no file {rest}{hint}", named.by, named.path);
                report.warning(&MISSING_FILE, &named.at, message);
            }
        }
        None if let Some(other) = mounted_elsewhere(view, named, mounts) => {
            let message = format!("{} names {}, but the file is at {other}", named.by, named.path);
            report.warning(&MISSING_FILE, &named.at, message);
        }
        None if named.secret && !mounts.is_empty() => {
            let message = format!("{} names {}, but no volume is mounted there", named.by, named.path);
            report.warning(&MISSING_FILE, &named.at, message);
        }
        _ => {}
    }
}

/// Where a file of that name is, if a ConfigMap or Secret that is mounted has one.
fn mounted_elsewhere(view: &View<'_>, named: &Named<'_>, mounts: &[Mount<'_>]) -> Option<String> {
    let name = named.path.rsplit('/').next().filter(|_| !named.scripted)?;
    mounts.iter().filter(|mount| mount.sub_path.is_none()).find_map(|mount| {
        let known = files(view, mount.volume.as_ref()?)?;
        known.contains(&name).then(|| format!("{}/{name}", mount.path.trim_end_matches('/')))
    })
}

/// Where databases keep what must not be lost, by variable.
const DATA: [&str; 4] = ["PGDATA", "MYSQL_DATADIR", "DATA_DIR", "DATA_PATH"];

fn data(view: &View<'_>, container: &Field<'_>, mounts: &[Mount<'_>], report: &mut Report) {
    if !mounts.iter().any(Mount::is_lasting) {
        return;
    }
    for variable in environment(view, container).iter().filter(|variable| DATA.contains(&variable.name.as_str())) {
        let Some(path) = variable.value.as_deref().filter(|path| path.starts_with('/')) else { continue };
        if !mounts.iter().any(|mount| mount.below(path).is_some()) {
            let message = format!("{} is {path}, where no volume is mounted", variable.name);
            report.warning(&DATA_OUTSIDE_VOLUME, &variable.at, message);
        }
    }
}
