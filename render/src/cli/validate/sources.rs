//! Where manifests come from: charts, files, folders, standard input.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

use kubevalidate::{Finding, Place, Set};
use render::{Chart, Followed, HelmVersion, Manifest, Options, Renderer};

use crate::cli::Failure;
use crate::cli::arguments::World;

/// How many templates with findings are followed to their lines: each renders the chart once more.
const MAX_FOLLOWED: usize = 40;

/// How much of standard input is read.
const MAX_INPUT: u64 = 16 << 20;

/// What was read, and the charts that it came from.
pub(in crate::cli) struct Sources {
    pub(in crate::cli) set: Set,
    /// The places of those objects that are in `crds/` of a chart.
    pub(in crate::cli) definitions: BTreeSet<usize>,
    renderer: Renderer,
    world: World,
    options: Options,
    charts: Vec<(String, Chart)>,
    documents: Vec<Document>,
}

/// A document of a chart.
struct Document {
    /// How many objects are before it.
    objects: usize,
    /// Its chart's place in `charts`.
    chart: usize,
    manifest: Manifest,
}

impl Sources {
    pub(in crate::cli) fn new(renderer: Renderer, world: World, options: Options) -> Self {
        let set = Set::new(renderer.release.namespace.clone());
        Self { set, definitions: BTreeSet::new(), renderer, world, options, charts: Vec::new(), documents: Vec::new() }
    }

    /// Which Helm charts are rendered as.
    pub(in crate::cli) fn helm(&self) -> HelmVersion {
        self.renderer.helm
    }

    /// Adds what a path of the command line stands for.
    pub(in crate::cli) fn read(&mut self, path: &str) -> Result<(), Failure> {
        let (place, before) = (Path::new(path), self.set.objects().len());
        if path == "-" {
            let mut text = Vec::new();
            std::io::stdin().take(MAX_INPUT + 1).read_to_end(&mut text)?;
            self.set.read("standard input", &text)?;
            return self.has_more("standard input", before);
        }
        let is_chart = place.join("Chart.yaml").is_file() || [".tgz", ".tar.gz"].iter().any(|end| path.ends_with(end));
        match place.metadata() {
            Err(error) => Err(Failure::new(format!("{path}: {error}"))),
            Ok(_) if is_chart => self.render(path),
            Ok(_) => {
                read_manifests(&mut self.set, place)?;
                self.has_more(path, before)
            }
        }
    }

    /// Nothing would be well whatever is asked of it, so it must be something.
    fn has_more(&self, path: &str, before: usize) -> Result<(), Failure> {
        let is_more = self.set.objects().len() > before;
        if is_more { Ok(()) } else { Err(Failure::new(format!("{path}: wanted manifests, met none"))) }
    }

    /// One that renders alike each time.
    fn renderer(&self) -> Renderer {
        Renderer { environment: Rc::new(self.world.environment()), ..self.renderer.clone() }
    }

    /// Each document is kept, to find the line of the template when there is a finding.
    fn render(&mut self, path: &str) -> Result<(), Failure> {
        let renderer = self.renderer();
        let chart = Chart::load_as(path, renderer.helm).map_err(|error| in_file(path, &error.to_string()))?;
        let output = renderer.render(&chart, &self.options.values(renderer.helm)?)?;
        let before = self.set.objects().len();
        for crd in &output.crds {
            self.set.read(&in_chart(path, &crd.filename), crd.file.data()?)?;
        }
        self.definitions.extend(before..self.set.objects().len());
        for manifest in output.manifests.into_iter().chain(output.hooks) {
            let file = in_chart(path, &manifest.source);
            let document = Document { objects: self.set.objects().len(), chart: self.charts.len(), manifest };
            let read = self.set.read(&file, &document.manifest.text);
            read.map_err(|error| Failure::new(format!("{file}: {}", error.message)))?;
            self.documents.push(document);
        }
        self.charts.push((path.to_owned(), chart));
        Ok(())
    }

    /// Puts the lines of templates into the places of findings, and sorts them by these.
    pub(in crate::cli) fn place(&self, findings: &mut [Finding]) {
        let mut followed: HashMap<(usize, &str), Option<Followed>> = HashMap::new();
        for finding in findings.iter_mut() {
            let Some(document) = self.document(finding) else { continue };
            let is_room = followed.len() < MAX_FOLLOWED;
            let template = followed
                .entry((document.chart, &document.manifest.source))
                .or_insert_with(|| is_room.then(|| self.follow(document)).flatten());
            let place =
                template.as_ref().and_then(|followed| self.template_line(followed, document, finding.place.line));
            finding.place = place.unwrap_or_else(|| Place { line: 0, ..finding.place.clone() });
        }
        findings.sort_by(|one, other| (&one.place, one.object).cmp(&(&other.place, other.object)));
    }

    /// The chart's document that a finding is in. A file of its own has none: its objects have other names.
    fn document(&self, finding: &Finding) -> Option<&Document> {
        let after = self.documents.partition_point(|document| document.objects <= finding.object);
        let document = self.documents.get(after.checked_sub(1)?)?;
        let (path, _) = self.charts.get(document.chart)?;
        (*finding.place.file == *in_chart(path, &document.manifest.source)).then_some(document)
    }

    fn follow(&self, document: &Document) -> Option<Followed> {
        let (_, chart) = self.charts.get(document.chart)?;
        self.renderer().follow(chart, &self.options, &document.manifest.source).ok()
    }

    /// The file and line of a template that made a line of a manifest.
    fn template_line(&self, followed: &Followed, document: &Document, line: usize) -> Option<Place> {
        let (path, _) = self.charts.get(document.chart)?;
        let (whole, text) =
            (String::from_utf8_lossy(followed.output()), String::from_utf8_lossy(&document.manifest.text));
        let before = whole.get(..whole.find(text.trim())?)?.matches('\n').count();
        let blank = text.len() - text.trim_start().len();
        let line = before + line.checked_sub(text.get(..blank)?.matches('\n').count())?;
        let explanation = followed.line(line).ok()?;
        let first = explanation.lines.first()?;
        Some(Place { file: in_chart(path, &first.file).into(), line: first.line })
    }
}

/// An error with the name of its file, unless it has it.
fn in_file(path: &str, error: &str) -> Failure {
    Failure::new(if error.contains(path) { error.to_owned() } else { format!("{path}: {error}") })
}

/// A template of a chart as a path: Helm has the chart's name in front instead of its folder.
pub(in crate::cli) fn in_chart(path: &str, source: &str) -> String {
    let inner = source.split_once('/').map_or(source, |(_, inner)| inner);
    format!("{}/{inner}", path.trim_end_matches('/'))
}

/// Adds the manifests of a file or a folder.
pub(in crate::cli) fn read_manifests(set: &mut Set, path: &Path) -> Result<(), Failure> {
    if path.is_dir() { read_folder(set, path) } else { read_file(set, path) }
}

/// Adds every manifest of a folder and those in it, in the order of their names.
pub(super) fn read_folder(set: &mut Set, folder: &Path) -> Result<(), Failure> {
    let failure = |error: std::io::Error| Failure::new(format!("{}: {error}", folder.display()));
    let mut entries = fs::read_dir(folder).map_err(failure)?.collect::<Result<Vec<_>, _>>().map_err(failure)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let is_manifest = path.extension().is_some_and(|end| ["yaml", "yml", "json"].iter().any(|known| end == *known));
        if entry.file_type().map_err(failure)?.is_dir() {
            read_folder(set, &path)?;
        } else if is_manifest && !path.is_dir() && !is_kustomization(&path) {
            read_file(set, &path)?;
        }
    }
    Ok(())
}

/// What tells kustomize of manifests is none.
fn is_kustomization(path: &Path) -> bool {
    path.file_stem().is_some_and(|name| name.eq_ignore_ascii_case("kustomization"))
}

fn read_file(set: &mut Set, path: &Path) -> Result<(), Failure> {
    let failure = |error: std::io::Error| Failure::new(format!("{}: {error}", path.display()));
    let mut text = Vec::new();
    fs::File::open(path).map_err(failure)?.take(MAX_INPUT + 1).read_to_end(&mut text).map_err(failure)?;
    Ok(set.read(&path.to_string_lossy(), &text)?)
}
