//! A case: files and arguments, and what Helm did with them.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What a case is made of, by the names of its sections.
pub(crate) struct Case {
    sections: BTreeMap<String, String>,
}

/// What differs, what Helm did and what was done.
type Difference = (String, String, String);

impl Case {
    /// Reads a case, over what all have in common.
    pub(crate) fn parse(base: &str, text: &str) -> Self {
        let mut sections = BTreeMap::new();
        let mut name = String::new();
        for line in base.split_inclusive('\n').chain(text.split_inclusive('\n')) {
            match line.strip_prefix("-- ").and_then(|line| line.strip_suffix(" --\n")) {
                Some(heading) => {
                    heading.clone_into(&mut name);
                    sections.insert(name.clone(), String::new());
                }
                None => sections.entry(name.clone()).or_default().push_str(line),
            }
        }
        assert!(sections.keys().any(|name| name.starts_with("exit")), "the generator has not run: {text}");
        Self { sections }
    }

    /// Runs the command as this Helm and compares all that it did.
    pub(crate) fn differences(&self, version: &str) -> Vec<Difference> {
        let temporary = tempfile::tempdir().unwrap();
        let folder = fs::canonicalize(temporary.path()).unwrap();
        self.write_files(&folder);
        let output = self.run(&folder, version);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&*folder.to_string_lossy(), "$DIR");
        let mut met = BTreeMap::from([
            ("exit".to_owned(), output.status.code().map(|code| code.to_string()).unwrap_or_default()),
            ("stdout".to_owned(), text(&output.stdout)),
            ("stderr".to_owned(), text(&output.stderr)),
        ]);
        self.add_written(&folder, &folder, &mut met);
        self.compare(version, met)
    }

    fn write_files(&self, folder: &Path) {
        for (name, text) in &self.sections {
            if !is_printed(name) && !matches!(name.as_str(), "arguments" | "environment" | "stdin") {
                let link = name.strip_prefix("link ");
                let path = folder.join(link.unwrap_or(name));
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                match link {
                    Some(_) => std::os::unix::fs::symlink(text.trim_end_matches('\n'), path).unwrap(),
                    None => fs::write(path, text).unwrap(),
                }
            }
        }
    }

    fn run(&self, folder: &Path, version: &str) -> Output {
        let lines = |name: &str| self.sections.get(name).map(|text| text.lines()).into_iter().flatten();
        let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
        command.current_dir(folder).args(["template", "--helm-version", version]).args(lines("arguments"));
        command.env_remove("HELM_NAMESPACE").env_remove("HELM_DEBUG");
        command.envs(lines("environment").filter_map(|line| line.split_once('=')));
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdin = self.sections.get("stdin").map(String::as_str).unwrap_or_default();
        // A command that needs no standard input may have ended.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        child.wait_with_output().unwrap()
    }

    fn add_written(&self, top: &Path, folder: &Path, met: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            // No link is written, and those that were given are not followed.
            if entry.file_type().unwrap().is_symlink() {
                continue;
            }
            let path = entry.path();
            let name = path.strip_prefix(top).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                self.add_written(top, &path, met);
            } else if !self.sections.contains_key(&name) {
                met.insert(format!("written {name}"), fs::read_to_string(&path).unwrap());
            }
        }
    }

    fn compare(&self, version: &str, mut met: BTreeMap<String, String>) -> Vec<Difference> {
        let mut differences = Vec::new();
        let other = if version == "3" { " (4)" } else { " (3)" };
        for (name, wanted) in self.sections.iter().filter(|(name, _)| is_printed(name) && !name.ends_with(other)) {
            let name = name.strip_suffix(&format!(" ({version})")).unwrap_or(name);
            let wanted = wanted.strip_suffix('\n').unwrap_or(wanted);
            let met = met.remove(name).unwrap_or_else(|| "nothing".to_owned());
            if met != wanted {
                differences.push((name.to_owned(), wanted.to_owned(), met));
            }
        }
        differences.extend(met.into_iter().map(|(name, met)| (name, "nothing".to_owned(), met)));
        differences
    }
}

fn is_printed(name: &str) -> bool {
    let name = name.strip_suffix(" (3)").or_else(|| name.strip_suffix(" (4)")).unwrap_or(name);
    matches!(name, "exit" | "stdout" | "stderr") || name.starts_with("written ")
}
