//! Other linters on the same mutants.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use kubevalidate::Set;

use crate::cases::Cases;
use crate::judge::{Judge, Verdict};
use crate::mutant::Mutant;

/// Where the linters are.
pub(crate) struct Linters {
    bin: PathBuf,
    schemas: PathBuf,
}

/// How many of the same mutants each found, `check` and `validate` first.
pub(crate) struct Beside {
    pub(crate) mutants: usize,
    pub(crate) found: Vec<(&'static str, usize)>,
}

const NAMES: [&str; 3] = ["kubeconform", "kube-score", "kube-linter"];

impl Linters {
    pub(crate) fn new(folders: &[PathBuf]) -> anyhow::Result<Self> {
        let [bin, schemas] = folders else { anyhow::bail!("wanted two folders") };
        for name in NAMES {
            anyhow::ensure!(bin.join(name).is_file(), "{} is not there", bin.join(name).display());
        }
        Ok(Self { bin: bin.clone(), schemas: schemas.clone() })
    }

    /// Asks all of them about mutants of manifests; found is what they tell and did not tell of the original.
    pub(crate) fn compare(&self, cases: &Cases, mutants: &[Mutant]) -> anyhow::Result<Beside> {
        let judge = Judge::new(cases)?;
        let mut originals: BTreeMap<usize, [Vec<String>; 3]> = BTreeMap::new();
        let (mut alive, mut ours, mut theirs) = (0, [0; 2], [0; 3]);
        for mutant in mutants {
            let Verdict::Alive { check, validate } = judge.verdict(mutant) else { continue };
            let case = mutant.case.context("a mutant of manifests has a values file")?;
            if let std::collections::btree_map::Entry::Vacant(place) = originals.entry(case) {
                place.insert(self.told(&uniform(&judge.manifests(case, None)?)?)?);
            }
            alive += 1;
            ours[0] += usize::from(check);
            ours[1] += usize::from(validate);
            let told = self.told(&uniform(&judge.manifests(case, Some(mutant))?)?)?;
            for (index, lines) in told.iter().enumerate() {
                theirs[index] += usize::from(lines.iter().any(|line| !originals[&case][index].contains(line)));
            }
        }
        let names = ["check", "validate"].into_iter().chain(NAMES);
        Ok(Beside { mutants: alive, found: names.zip(ours.into_iter().chain(theirs)).collect() })
    }

    /// What each linter says of a text, as lines.
    fn told(&self, text: &str) -> anyhow::Result<[Vec<String>; 3]> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("manifests.yaml");
        std::fs::write(&path, text)?;
        Ok([self.kubeconform(&path)?, self.kube_score(&path)?, self.kube_linter(&path)?])
    }

    fn kubeconform(&self, path: &Path) -> anyhow::Result<Vec<String>> {
        let schemas = format!("{}/{{{{.ResourceKind}}}}{{{{.KindSuffix}}}}.json", self.schemas.display());
        let mut command = Command::new(self.bin.join("kubeconform"));
        command.args(["-strict", "-kubernetes-version", "1.34.4", "-schema-location", &schemas]);
        lines(command.arg(path))
    }

    fn kube_score(&self, path: &Path) -> anyhow::Result<Vec<String>> {
        lines(Command::new(self.bin.join("kube-score")).args(["score", "--output-format", "ci"]).arg(path))
    }

    /// Its check by schemas wants the network; kubeconform is asked for that.
    fn kube_linter(&self, path: &Path) -> anyhow::Result<Vec<String>> {
        let mut command = Command::new(self.bin.join("kube-linter"));
        command.args(["lint", "--add-all-built-in", "--exclude", "schema-validation", "--format", "plain"]);
        let folder = path.parent().unwrap_or(path).display().to_string();
        let told = lines(command.arg(path))?;
        Ok(told.into_iter().map(|line| line.replace(&folder, "")).collect())
    }
}

/// The same manifests with keys in their order, as some linters look at that too.
fn uniform(text: &str) -> anyhow::Result<String> {
    let mut set = Set::default();
    set.read("manifests.yaml", text.as_bytes())?;
    let documents: Vec<_> =
        set.objects().iter().map(|object| serde_yaml::to_string(&object.json)).collect::<Result<_, _>>()?;
    Ok(documents.join("---\n"))
}

/// What a command prints, without the paths of the moment and the number of all.
fn lines(command: &mut Command) -> anyhow::Result<Vec<String>> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Ok(text
        .lines()
        .filter(|line| !line.starts_with("Error: found "))
        .map(|line| line.split("manifests.yaml").last().unwrap_or(line).to_owned())
        .collect())
}
