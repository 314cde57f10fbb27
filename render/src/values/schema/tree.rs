//! From a list of failures to the tree that Helm prints.
//!
//! Helm's library goes through a schema keyword by keyword. A schema that fails in one way is that failure; one that
//! fails in several is a group of them; `allOf`, `anyOf`, `oneOf` and references are groups of their own. Each failure
//! of our library says by which path of keywords it was reached, and that is enough to rebuild the tree.

use std::collections::BTreeMap;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;

use super::rewrite::Origins;
use super::{contains, text};

/// One node of the tree.
struct Cause {
    /// Where in the values.
    at: String,
    text: String,
    causes: Vec<Cause>,
    /// A reference that fails in one way is not printed.
    hidden: bool,
    /// Whether it only holds the failures of one schema together.
    group: bool,
}

/// A failure with the way to it.
struct Fault<'a> {
    error: &'a ValidationError<'a>,
    /// The keywords from the root of the schema.
    way: Vec<String>,
    /// The keys and indexes from the root of the values.
    place: Vec<String>,
    origins: &'a Origins,
}

/// The lines for failures, without a line feed at the end; empty for none. The ways to them begin with one reference.
pub(super) fn lines(errors: &[ValidationError<'_>], origins: &Origins) -> String {
    let faults = faults(errors, origins);
    let causes = ungrouped(Node { faults: faults.iter().collect(), way: 1, place: 0 }.cause());
    let mut text = String::new();
    for cause in &causes {
        cause.print(0, &mut text);
    }
    text.truncate(text.trim_end_matches('\n').len());
    text
}

fn faults<'a>(errors: &'a [ValidationError<'a>], origins: &'a Origins) -> Vec<Fault<'a>> {
    let parts = |path: &jsonschema::paths::Location| path.segments().map(|part| part.to_string()).collect();
    errors
        .iter()
        .map(|error| {
            let (way, place) = (parts(error.evaluation_path()), parts(error.instance_path()));
            Fault { error, way, place, origins }
        })
        .collect()
}

impl Fault<'_> {
    /// Whether it is one of a list of names that a property demands.
    fn is_list(&self) -> bool {
        self.origins.is_list(self.error.schema_path().as_str())
    }
}

impl Cause {
    fn print(&self, depth: usize, text: &mut String) {
        let inner = if self.hidden {
            depth
        } else {
            text.push_str(&"  ".repeat(depth));
            for part in ["- at ", &text::quoted(&self.at), ": ", &self.text, "\n"] {
                text.push_str(part);
            }
            depth + 1
        };
        for cause in &self.causes {
            cause.print(inner, text);
        }
    }
}

/// The failures of one schema for one value: how many parts of their ways and places lead here.
struct Node<'a> {
    faults: Vec<&'a Fault<'a>>,
    way: usize,
    place: usize,
}

/// Where Helm's library looks at a keyword, and in which order where several have one rank.
type Order = (usize, String, usize);

impl<'a> Node<'a> {
    /// What is wrong, in the order in which Helm's library looks.
    fn causes(&self) -> Vec<Cause> {
        let mut keywords: BTreeMap<Order, Vec<&'a Fault<'a>>> = BTreeMap::new();
        for &fault in &self.faults {
            keywords.entry(self.order(fault)).or_default().push(fault);
        }
        let mut causes = Vec::new();
        for (order, faults) in keywords {
            self.add(&faults, &mut causes);
            if order.0 < ENDING {
                break;
            }
        }
        causes
    }

    /// The failures as one, if there are any.
    fn cause(&self) -> Option<Cause> {
        let mut causes = self.causes();
        if causes.len() < 2 {
            return causes.pop();
        }
        Some(Cause { at: self.at(), text: "validation failed".into(), causes, hidden: false, group: true })
    }

    /// Adds what is wrong by one keyword.
    fn add(&self, faults: &[&'a Fault<'a>], causes: &mut Vec<Cause>) {
        let Some(first) = faults.first() else { return };
        let keyword = first.way.get(self.way).map_or("", String::as_str);
        let is_leaf = first.way.len() <= self.way + 1;
        match keyword {
            "$ref" | "$dynamicRef" | "$recursiveRef" if !is_leaf => {
                let inner = ungrouped(self.inside(faults, 1, 0).cause());
                let hidden = inner.len() == 1;
                causes.push(Cause {
                    at: self.at(),
                    text: "validation failed".into(),
                    causes: inner,
                    hidden,
                    group: false,
                });
            }
            "allOf" if !is_leaf => {
                let mut parts: BTreeMap<usize, Vec<&'a Fault<'a>>> = BTreeMap::new();
                for &fault in faults {
                    let index = fault.way.get(self.way + 1).and_then(|index| index.parse().ok());
                    parts.entry(index.unwrap_or_default()).or_default().push(fault);
                }
                let inner = parts.values().filter_map(|faults| self.inside(faults, 2, 0).cause()).collect();
                causes.push(Cause {
                    at: self.at(),
                    text: "'allOf' failed".into(),
                    causes: inner,
                    hidden: false,
                    group: false,
                });
            }
            "dependencies" | "dependentSchemas" if first.is_list() => causes.push(self.missing_for(first, faults)),
            _ if is_leaf || keyword == "propertyNames" => {
                causes.extend(faults.iter().flat_map(|fault| self.leaf(fault, faults)));
            }
            _ => causes.extend(self.inside(faults, self.parts(first), usize::from(descends(keyword))).cause()),
        }
    }

    /// A failure of a keyword itself. What one keyword says of several names is said once, by the first of them.
    fn leaf(&self, fault: &Fault<'_>, all: &[&'a Fault<'a>]) -> Vec<Cause> {
        let is_first = all.first().is_some_and(|first| std::ptr::eq(*first, fault));
        let mut causes = Vec::new();
        let text = match fault.error.kind() {
            Kind::Required { .. } if !is_first => return Vec::new(),
            Kind::Required { .. } => Self::missing(all),
            Kind::AnyOf { context } => {
                causes = self.alternatives("anyOf", fault, context);
                "'anyOf' failed".into()
            }
            Kind::OneOfNotValid { context } => {
                causes = self.alternatives("oneOf", fault, context);
                "'oneOf' failed, none matched".into()
            }
            Kind::OneOfMultipleValid { context } => {
                let valid = context.iter().enumerate().filter(|(_, errors)| errors.is_empty());
                let valid: Vec<_> = valid.take(2).map(|(index, _)| index.to_string()).collect();
                format!("'oneOf' failed, subschemas {} matched", valid.join(", "))
            }
            Kind::PropertyNames { error } => {
                let name = |error: &ValidationError<'_>| error.instance().as_str().map(str::to_owned);
                let same = all.iter().filter_map(|fault| match fault.error.kind() {
                    Kind::PropertyNames { error: other } if name(other) == name(error) => Some((fault, other)),
                    _ => None,
                });
                let same: Vec<_> = same.collect();
                if same.first().is_some_and(|(first, _)| !std::ptr::eq(**first, fault)) {
                    return Vec::new();
                }
                causes
                    .extend(same.iter().map(|(_, error)| Cause::plain(String::new(), &text::of(error, fault.origins))));
                format!("invalid propertyName {}", text::quoted(&name(error).unwrap_or_default()))
            }
            Kind::UnevaluatedProperties { unexpected } | Kind::UnevaluatedItems { unexpected } => {
                let at = |name: &String| format!("{}/{}", self.at(), escape(name));
                return unexpected.iter().map(|name| Cause::plain(at(name), "false schema")).collect();
            }
            Kind::AdditionalItems { limit } if fault.way.last().is_some_and(|keyword| keyword == "items") => {
                let count = fault.error.instance().as_array().map_or(0, Vec::len);
                let at = |index: usize| format!("{}/{index}", self.at());
                return (*limit..count).map(|index| Cause::plain(at(index), "false schema")).collect();
            }
            Kind::Contains => {
                if let Some(found) = contains::look(fault.error, fault.origins) {
                    return Self::contained(fault, &found);
                }
                text::of(fault.error, fault.origins)
            }
            _ => text::of(fault.error, fault.origins),
        };
        let at = pointer(&fault.place);
        vec![Cause { at, text, causes, hidden: false, group: false }]
    }

    /// What one property demands.
    fn missing_for(&self, first: &Fault<'_>, all: &[&'a Fault<'a>]) -> Cause {
        let name = first.way.get(self.way + 1).map_or("", String::as_str);
        let text = format!("properties {} required, if {} exists", Self::missing_names(all), text::quoted(name));
        Cause::plain(self.at(), &text)
    }

    /// The names that all failures of `required` miss.
    fn missing_names(all: &[&'a Fault<'a>]) -> String {
        text::all_quoted(all.iter().filter_map(|fault| match fault.error.kind() {
            Kind::Required { property } => property.as_str(),
            _ => None,
        }))
    }

    fn missing(all: &[&'a Fault<'a>]) -> String {
        let names = Self::missing_names(all);
        if all.len() == 1 { format!("missing property {names}") } else { format!("missing properties {names}") }
    }

    /// What is wrong by each of several schemas.
    fn alternatives(&self, keyword: &str, fault: &Fault<'_>, context: &[Vec<ValidationError<'static>>]) -> Vec<Cause> {
        let causes = context.iter().map(|errors| {
            let faults = faults(errors, fault.origins);
            // A failure inside says the whole way, or the way from here.
            let is_whole = faults.iter().all(|inner| inner.way.len() > self.way && inner.way.starts_with(&fault.way));
            let way = if is_whole { self.way + 2 } else { faults.first().map_or(0, |inner| inside_of(inner, keyword)) };
            Node { faults: faults.iter().collect(), way, place: self.place }.cause()
        });
        causes.flatten().collect()
    }

    /// What is wrong with the items of an array.
    fn contained(fault: &Fault<'_>, found: &contains::Found) -> Vec<Cause> {
        let at = pointer(&fault.place);
        let few = found.too_few().map(|text| {
            let causes = found.failed.iter().filter_map(|(index, errors)| {
                let mut faults = faults(errors, fault.origins);
                let place: Vec<_> = fault.place.iter().cloned().chain([index.to_string()]).collect();
                for inner in &mut faults {
                    inner.place.splice(0..0, place.iter().cloned());
                }
                Node { faults: faults.iter().collect(), way: 1, place: place.len() }.cause()
            });
            Cause { causes: causes.collect(), ..Cause::plain(at.clone(), &text) }
        });
        let many = found.too_many().map(|text| Cause::plain(at.clone(), &text));
        few.into_iter().chain(many).collect()
    }

    fn inside(&self, faults: &[&'a Fault<'a>], way: usize, place: usize) -> Node<'a> {
        Node { faults: faults.to_vec(), way: self.way + way, place: self.place + place }
    }

    /// How many parts of the way a keyword takes.
    fn parts(&self, fault: &Fault<'_>) -> usize {
        let next = fault.way.get(self.way + 1).map_or("", String::as_str);
        match fault.way.get(self.way).map_or("", String::as_str) {
            "properties" | "patternProperties" | "dependentSchemas" | "dependencies" | "prefixItems" => 2,
            "items" if next.bytes().all(|byte| byte.is_ascii_digit()) => 2,
            _ => 1,
        }
    }

    fn order(&self, fault: &Fault<'_>) -> Order {
        let keyword = fault.way.get(self.way).map_or("", String::as_str);
        let next = || fault.way.get(self.way + 1).cloned().unwrap_or_default();
        let rank = KEYWORDS.iter().position(|known| *known == keyword).unwrap_or(KEYWORDS.len());
        let place = || fault.place.get(self.place).cloned().unwrap_or_default();
        match keyword {
            _ if descends(keyword) && fault.way.len() > self.way + 1 => match place().parse::<usize>() {
                Ok(index) if keyword.ends_with("tems") => (PROPERTIES + 1, String::new(), index),
                _ => (
                    PROPERTIES,
                    format!(
                        "{}\0{rank}\0{}",
                        place(),
                        if keyword == "patternProperties" { next() } else { String::new() }
                    ),
                    0,
                ),
            },
            "dependentSchemas" if fault.is_list() => (rank + 1, next(), 0),
            "dependentRequired" | "dependentSchemas" | "dependencies" => (rank, next(), 0),
            _ => (rank, String::new(), 0),
        }
    }

    fn at(&self) -> String {
        let fault = self.faults.first();
        fault.and_then(|fault| fault.place.get(..self.place)).map(pointer).unwrap_or_default()
    }
}

/// The failures that a group holds together.
fn ungrouped(cause: Option<Cause>) -> Vec<Cause> {
    match cause {
        Some(cause) if cause.group => cause.causes,
        other => other.into_iter().collect(),
    }
}

impl Cause {
    fn plain(at: String, text: &str) -> Self {
        Self { at, text: text.into(), causes: Vec::new(), hidden: false, group: false }
    }
}

/// The keywords in the order in which Helm's library looks at them.
const KEYWORDS: [&str; 44] = [
    "",
    "type",
    "const",
    "enum",
    "format",
    "$ref",
    "minProperties",
    "maxProperties",
    "required",
    "dependencies",
    "properties",
    "patternProperties",
    "items",
    "prefixItems",
    "additionalProperties",
    "propertyNames",
    "dependentSchemas",
    "dependentRequired",
    "minItems",
    "maxItems",
    "uniqueItems",
    "additionalItems",
    "contains",
    "minContains",
    "maxContains",
    "minLength",
    "maxLength",
    "pattern",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "$recursiveRef",
    "$dynamicRef",
    "not",
    "allOf",
    "anyOf",
    "oneOf",
    "if",
    "then",
];
/// Behind a failure of a keyword of a lower rank, Helm's library looks no further.
const ENDING: usize = 5;
/// Where properties come.
const PROPERTIES: usize = 10;

/// Whether the schemas of a keyword are for the parts of a value.
fn descends(keyword: &str) -> bool {
    matches!(
        keyword,
        "properties"
            | "patternProperties"
            | "additionalProperties"
            | "unevaluatedProperties"
            | "items"
            | "prefixItems"
            | "additionalItems"
            | "unevaluatedItems"
    )
}

/// Where the way inside an alternative starts.
fn inside_of(fault: &Fault<'_>, keyword: &str) -> usize {
    fault.way.iter().position(|part| part == keyword).map_or(0, |place| place + 2)
}

fn pointer(place: impl AsRef<[String]>) -> String {
    place.as_ref().iter().flat_map(|part| ["/".to_owned(), escape(part)]).collect()
}

/// A key as a part of a pointer.
pub(super) fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}
