//! Helm's engine: every template of a chart and its subcharts, executed with the values of its chart.

mod ahead;
mod duration;
mod error;
mod files;
mod functions;
mod glob;
mod metadata;
mod name;
mod objects;
mod scope;
mod structs;
mod templates;

use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use bstr::ByteSlice;
use gotemplate::{Functions, Interpreter, Limits, MissingKey, Names, Set};
use govalue::{Map, Value};
use sprig::Environment;

use crate::error::TemplateError;
use crate::manifest::is_partial;
use crate::{Capabilities, Chart, Error, HelmVersion, Release, parallel};

pub(crate) use ahead::Ahead;
pub use name::name_from;
pub use templates::Lookup;

/// What Helm calls the set of all templates; errors of `tpl` show it.
const SET: &str = "gotpl";

/// All that a chart is rendered with.
pub(crate) struct Input<'a> {
    pub(crate) chart: &'a Chart,
    /// The chart's values, merged with those given.
    pub(crate) values: &'a Map,
    pub(crate) release: &'a Release,
    pub(crate) capabilities: &'a Capabilities,
    pub(crate) version: HelmVersion,
    pub(crate) environment: &'a Rc<Environment>,
    pub(crate) lookup: Option<&'a Lookup>,
    pub(crate) limits: Limits,
    /// Is told of each step, file by file.
    pub(crate) trace: Option<Trace>,
}

/// Gets the path of the file that is rendered, and a step of that; says where the step's value comes from.
pub(crate) type Trace = Rc<dyn Fn(&str, gotemplate::Event<'_>) -> gotemplate::Origin>;

/// What every file renders to, by its path; partials apart.
///
/// `send` gets each rendered file with its path.
pub(crate) fn render(input: &Input<'_>, send: &mut dyn FnMut((String, Vec<u8>))) -> Result<(), Error> {
    let _last = BreaksCycles;
    let unread = files::Unread::default();
    let templates = scope::templates(input, &unread);
    let functions = Rc::new(functions(input.version, input.environment, input.lookup));
    let set = Rc::new(parse(&templates, input.version, &functions)?);
    let options = gotemplate::Options { missing_key: MissingKey::Zero, limits: input.limits };
    let mut interpreter = Interpreter::new(functions, options);
    for template in templates.iter().filter(|template| !is_partial(&template.path)) {
        template.enter(input.version);
        if let Some(trace) = input.trace.clone() {
            let path = template.path.clone();
            interpreter.trace(move |event| trace(&path, event));
        }
        let output = interpreter.execute(
            &set,
            &template.path,
            template.dot.clone().named(objects::values_type(input.version)).into(),
        );
        let output = output.map_err(|error| {
            let text = error::executing(&template.path, &error, input.version);
            Error::Template(TemplateError::executing(text, &error))
        })?;
        send((template.path.clone(), without_no_value(output)));
    }
    unread.take().into_iter().next().map_or(Ok(()), |error| Err(Error::Chart(error)))
}

/// When this goes, so do the maps that templates put into themselves.
struct BreaksCycles;

impl Drop for BreaksCycles {
    fn drop(&mut self) {
        govalue::break_cycles();
    }
}

fn functions(version: HelmVersion, environment: &Rc<Environment>, lookup: Option<&Lookup>) -> Functions {
    let mut all = Functions::new();
    all.extend(sprig::functions(environment));
    all.extend(functions::functions(version));
    templates::add(&mut all, lookup);
    all
}

/// The names of all functions, for threads that do not have these.
fn names(version: HelmVersion) -> &'static Names {
    static NAMES: [OnceLock<Names>; 2] = [OnceLock::new(), OnceLock::new()];
    let [three, four] = &NAMES;
    let names = if version == HelmVersion::V3 { three } else { four };
    names.get_or_init(|| functions(version, &Rc::default(), None).names())
}

/// What all templates define. Those that are not parsed yet are so now: others begin with the first, we with the last.
fn parse(templates: &[scope::Template<'_>], version: HelmVersion, functions: &Functions) -> Result<Set, Error> {
    let left = || templates.iter().filter(|template| !template.source.is_parsed(&template.path, version));
    if parallel::is_worth(left().map(|template| template.source.text.len()).sum()) {
        let file = |template: &scope::Template<'_>| (template.path.clone(), template.source.file.clone());
        left().for_each(|template| ahead::parse(vec![file(template)], version));
    }
    let is_function = |name: &str| functions.contains(name);
    let parse = |template: &scope::Template<'_>| template.source.trees(&template.path, version, &is_function);
    let parsed: Vec<_> = templates.iter().rev().map(parse).collect();
    let mut set = Set::new(SET);
    for (template, trees) in templates.iter().zip(parsed.into_iter().rev()) {
        let trees = trees.map_err(|error| {
            let text = error::parsing(&template.path, &error.to_string());
            Error::Template(TemplateError::parsing(text, &error, &template.source.text))
        })?;
        trees.iter().for_each(|tree| set.add(Arc::clone(tree)));
    }
    Ok(set)
}

/// What Go prints for nothing, Helm takes out.
fn without_no_value(output: Vec<u8>) -> Vec<u8> {
    const NO_VALUE: &str = "<no value>";
    if output.contains_str(NO_VALUE) { output.replace(NO_VALUE, "") } else { output }
}

/// A string argument.
fn text(arguments: &[Value], index: usize) -> govalue::Str {
    arguments.get(index).and_then(Value::as_string).cloned().unwrap_or_default()
}

/// Any argument.
fn any(arguments: &[Value], index: usize) -> Value {
    arguments.get(index).cloned().unwrap_or(Value::Nil)
}

/// An object of fields.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Map {
    fields.into_iter().collect()
}
