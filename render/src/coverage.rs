//! Which lines and branches of a chart's templates a set of cases takes, and which values they read.
//!
//! A case is a rendering with some values. One that the chart refuses counts as far as it came.

mod hits;
mod keys;
mod points;
mod reads;
mod report;
mod schema;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use gotemplate::{Event, Origin};

use crate::values::known::Known;
use crate::{Attempt, Chart, Error, Options, Renderer, Table};
use hits::Hits;
use keys::Keys;
use points::Points;
use reads::Reads;

pub use report::{Arm, Branch, CoveredFile, Ignored, Report, Share, Undeclared};

/// Counts what cases take of a chart's templates.
///
/// ```
/// use render::{Chart, Coverage, File, Renderer};
/// let chart = Chart::from_files([
///     File::new("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
///     File::new("values.yaml", "debug: false\nunused: 1\n"),
///     File::new("templates/web.yaml", "kind: ConfigMap\n{{- if .Values.debug }}\ndata: {debug: {{ .Values.level }}}\n{{- end }}\n"),
/// ])?;
/// let renderer = Renderer::default();
/// let mut coverage = Coverage::new(&renderer, &chart);
/// coverage.case(&serde_json::Map::new());
/// let report = coverage.report();
/// assert_eq!((report.branches().taken, report.branches().all), (1, 2));
/// assert_eq!((report.lines().taken, report.lines().all), (2, 3));
/// assert_eq!(report.unread, ["unused"]);
///
/// coverage.case(serde_json::json!({"debug": true}).as_object().unwrap());
/// let report = coverage.report();
/// assert!(report.branches().reach(100.0) && report.lines().reach(100.0));
/// assert_eq!(report.undeclared[0].path, "level");
/// # Ok::<(), render::Error>(())
/// ```
pub struct Coverage<'a> {
    renderer: &'a Renderer,
    chart: &'a Chart,
    subcharts: bool,
    files: BTreeMap<String, Points>,
    /// Those of subcharts.
    inner_files: BTreeMap<String, Points>,
    hits: Rc<RefCell<Hits>>,
    keys: Keys,
}

impl<'a> Coverage<'a> {
    /// Of a chart's own templates.
    pub fn new(renderer: &'a Renderer, chart: &'a Chart) -> Self {
        let mut files = BTreeMap::new();
        add_files(&mut files, chart, &chart.metadata.name);
        let (inner_files, hits, keys) = (BTreeMap::new(), Rc::default(), Keys::default());
        Self { renderer, chart, subcharts: false, files, inner_files, hits, keys }
    }

    /// Also of the subcharts that a case turns on.
    #[must_use]
    pub fn with_subcharts(self) -> Self {
        Self { subcharts: true, ..self }
    }

    /// Renders a case: the chart with these values over its own. Gives what it came to.
    pub fn case(&mut self, given: &Table) -> Attempt {
        self.case_from(given, &[(None, given.clone())])
    }

    /// Renders a case of files and flags, which [`Report::ignored`] names. An error if one of them cannot be read.
    pub fn case_of(&mut self, options: &Options) -> Result<Attempt, Error> {
        let given = options.values(self.renderer.helm)?;
        let each = options.each(self.renderer.helm)?.into_iter().map(|(origin, own, _)| (Some(origin), own));
        Ok(self.case_from(&given, &each.collect::<Vec<_>>()))
    }

    fn case_from(&mut self, given: &Table, each: &[(Option<String>, Table)]) -> Attempt {
        let mut prepared = None;
        let hits = Rc::clone(&self.hits);
        let attempt = self.renderer.attempt_observed(
            self.chart,
            given,
            Some(&mut |chart, values| {
                let reads = Rc::new(RefCell::new(Reads::new(Known::new(chart, values))));
                prepared = Some((chart.clone(), Rc::clone(&reads)));
                let hits = Rc::clone(&hits);
                Rc::new(move |_: &str, event: Event<'_>| -> Origin {
                    hits.borrow_mut().count(&event);
                    reads.borrow_mut().follow(&event)
                })
            }),
        );
        if let Some((chart, reads)) = prepared {
            add_subcharts(&mut self.inner_files, &chart, &chart.metadata.name);
            let is_told =
                |file: &str| self.files.contains_key(file) || self.subcharts && self.inner_files.contains_key(file);
            self.keys.add(&chart, &reads.borrow(), self.renderer.helm, self.subcharts, &is_told);
            // What is refused may well be misspelt.
            if attempt.error.is_none() {
                self.keys.add_given(&chart, each, self.renderer.helm);
            }
        }
        attempt
    }

    /// What all cases so far came to.
    pub fn report(&self) -> Report {
        let hits = self.hits.borrow();
        let shown = self.files.iter().chain(self.inner_files.iter().filter(|_| self.subcharts));
        let left = self.files.iter().chain(&self.inner_files);
        let left = left.flat_map(|(path, points)| points.names_left(hits.of(path))).collect();
        Report {
            files: shown.map(|(path, points)| points.covered(path, hits.of(path))).collect(),
            unread: self.keys.unread(&left),
            ignored: self.keys.ignored(&left),
            undeclared: self.keys.undeclared(),
        }
    }
}

fn add_subcharts(files: &mut BTreeMap<String, Points>, chart: &Chart, path: &str) {
    for subchart in &chart.dependencies {
        let path = subchart.path_below(path);
        add_files(files, subchart, &path);
        add_subcharts(files, subchart, &path);
    }
}

/// A library's templates are all partials. What cannot be parsed has no lines: it is refused in every case.
fn add_files(files: &mut BTreeMap<String, Points>, chart: &Chart, path: &str) {
    let is_used = |name: &str| !chart.is_library() || crate::manifest::is_partial(name);
    for template in chart.templates.iter().filter(|template| is_used(&template.file.name)) {
        let path = format!("{path}/{}", template.file.name);
        if !files.contains_key(&path)
            && let Ok(trees) = gotemplate::parse(&path, Arc::clone(&template.text), &|_| true)
        {
            files.insert(path, Points::of(&template.text, &trees));
        }
    }
}
