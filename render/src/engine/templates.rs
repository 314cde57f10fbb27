//! The functions that execute templates or speak for the chart: `include`, `tpl`, `required`, `fail`, `lookup`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use bstr::ByteSlice;
use foldhash::fast::RandomState;
use gotemplate::{Calling, ExecError, Functions, Interpreter, Set};
use govalue::{Function, Map, Str, Type, Value, effects, from_json, strconv};
use serde_json::Value as Json;

use super::error::warning;
use super::{any, text, without_no_value};

/// What `lookup` asks: API version, kind, namespace and name, each perhaps empty. `Null` for what is not there.
pub type Lookup = Rc<dyn Fn(&str, &str, &str, &str) -> Result<Json, String>>;

/// How often a template may be within itself by `include`.
const RECURSION_LIMIT: u32 = 1000;

pub(super) fn add(functions: &mut Functions, lookup: Option<&Lookup>) {
    functions.insert("include", include());
    functions.insert("tpl", Calling::new(&[Type::String, Type::Any], tpl));
    functions.insert("required", Function::new(&[Type::String, Type::Any], required));
    functions.insert("fail", Function::new(&[Type::String], |arguments| Err(warning(&text(arguments, 0).to_text()))));
    functions.insert("lookup", lookup_function(lookup.cloned()));
}

fn include() -> Calling {
    let included = Included::default();
    Calling::new(&[Type::String, Type::Any], move |interpreter, arguments| {
        let name = text(arguments, 0);
        if !included.enter(&name) {
            let name = name.to_text();
            return Err(
                format!("rendering template has a nested reference name: {name}: unable to execute template").into()
            );
        }
        let output = interpreter.include(&name.to_text(), any(arguments, 1));
        included.leave(&name);
        Ok(output?.into())
    })
}

/// How often each template is being included.
#[derive(Default)]
struct Included(RefCell<HashMap<Str, u32, RandomState>>);

impl Included {
    /// Counts one more, unless those are enough.
    fn enter(&self, name: &Str) -> bool {
        let mut depths = self.0.borrow_mut();
        let depth = depths.entry(name.clone()).or_default();
        let may_enter = *depth <= RECURSION_LIMIT;
        *depth += u32::from(may_enter);
        may_enter
    }

    fn leave(&self, name: &Str) {
        if let Some(depth) = self.0.borrow_mut().get_mut(name) {
            *depth -= 1;
        }
    }
}

/// What the text defines is known within it alone.
fn tpl(interpreter: &mut Interpreter, arguments: &[Value]) -> Result<Value, ExecError> {
    let template = text(arguments, 0);
    if !template.contains_str("{{") {
        return Ok(Str::from(without_no_value(template.to_vec())).into());
    }
    let name = Arc::clone(interpreter.set().name());
    let mut set = Set::layer(interpreter.set());
    let tree = set
        .parse(&name, &*template, interpreter.functions())
        .map_err(|error| ExecError::from(format!("cannot parse template {}: {error}", quoted(&template))))?;
    let output = interpreter.execute_tree(&Rc::new(set), &tree, any(arguments, 1)).map_err(|error| {
        ExecError::wrap(format!("error during tpl function execution for {}: ", quoted(&template)), error)
    })?;
    Ok(Str::from(without_no_value(output)).into())
}

fn quoted(text: &Str) -> String {
    strconv::quote(text)
}

fn required(arguments: &[Value]) -> Result<Value, String> {
    let value = any(arguments, 1);
    let missing = value.is_nil() || value.as_string().is_some_and(|text| text.is_empty());
    if missing { Err(warning(&text(arguments, 0).to_text())) } else { Ok(value) }
}

/// Without a cluster there is nothing.
fn lookup_function(lookup: Option<Lookup>) -> Function {
    Function::new(&[Type::String; 4], move |arguments| {
        let Some(lookup) = &lookup else { return Ok(Map::new().into()) };
        effects::outside();
        let part = |index| text(arguments, index).to_text().into_owned();
        match lookup(&part(0), &part(1), &part(2), &part(3))? {
            Json::Null => Ok(Map::new().into()),
            found => Ok(from_json(&found)),
        }
    })
}
