//! Where it comes from what functions give.

use std::collections::{HashMap, HashSet};

use gotemplate::Origin;
use govalue::{Value, grow};

use super::{Source, Trail, name_of};
use crate::values::known::{address, element, elements, join};

impl Trail {
    pub(super) fn called(&mut self, name: &str, arguments: &[Value], origins: &[Origin], value: &Value) -> Origin {
        let text = self.ended.take();
        match (name, arguments) {
            ("include" | "tpl", _) => {
                let of_text = text.map(|text| self.source(Source::Text(text)));
                let of_template = self.sources_of(origins.first().copied().unwrap_or_default());
                self.origin(of_template.iter().copied().chain(of_text).collect())
            }
            ("default", [default, given]) if !given.is_true() => self.defaulted(default, origins),
            ("default", [_, _]) => origins.get(1).copied().unwrap_or_default(),
            ("get", [of, key]) => self.path(of, origins, &[key], value),
            ("index", [of, keys @ ..]) => self.path(of, origins, &keys.iter().collect::<Vec<_>>(), value),
            ("first" | "mustFirst", [of]) => self.path(of, origins, &[&Value::Int(0)], value),
            ("last" | "mustLast", [of]) => {
                let last = elements(of).len().saturating_sub(1);
                self.path(of, origins, &[&Value::Int(i64::try_from(last).unwrap_or_default())], value)
            }
            ("dig", [keys @ .., default, of]) => {
                let keys: Vec<&Value> = keys.iter().collect();
                let (of_default, of_map) = (origins.iter().rev().nth(1), origins.last());
                let found = self.path(of, &of_map.copied().into_iter().collect::<Vec<_>>(), &keys, value);
                if has(of, &keys) {
                    return found;
                }
                self.defaulted(default, &[of_default.copied().unwrap_or_default(), found])
            }
            ("dict", _) => self.made_map(arguments, origins, value),
            ("list" | "tuple", _) => {
                let keyed = origins.iter().enumerate().map(|(index, origin)| (index.to_string(), *origin)).collect();
                self.made(value, keyed, origins)
            }
            ("set", [map, Value::String(key), _]) => self.set(map, key.to_string(), origins),
            _ if writes_out(name) => {
                let pairs = arguments.iter().zip(origins);
                let origins: Vec<Origin> =
                    pairs.map(|(argument, origin)| self.written_out(argument, *origin)).collect();
                self.all(&origins)
            }
            _ => self.by_itself(value).unwrap_or_else(|| self.all(origins)),
        }
    }

    /// Where a map comes from whose elements a template put in one by one: each of them from where that was.
    fn written_out(&mut self, value: &Value, origin: Origin) -> Origin {
        let mut elements = Vec::new();
        self.add_made("", value, &mut elements, &mut HashSet::new());
        self.remembered += elements.len();
        if elements.is_empty() || self.is_full() {
            return origin;
        }
        let of_elements: HashSet<u32> =
            elements.iter().flat_map(|(_, origin)| self.sources_of(*origin).to_vec()).collect();
        let rest: Vec<u32> = self.sources_of(origin).iter().copied().filter(|id| !of_elements.contains(id)).collect();
        let made = self.source(Source::Made(elements));
        self.origin(rest.into_iter().chain([made]).collect())
    }

    fn add_made(&self, path: &str, value: &Value, all: &mut Vec<(String, Origin)>, seen: &mut HashSet<usize>) {
        let Some(address) = address(value).filter(|address| seen.insert(*address)) else { return };
        let Some((_, origins)) = self.made.get(&address) else { return };
        for (key, inner) in elements(value) {
            let Some(origin) = origins.get(&key) else { continue };
            let (path, before) = (join(path, value, &key), all.len());
            grow(|| self.add_made(&path, &inner, all, seen));
            if all.len() == before {
                all.push((path, *origin));
            }
        }
    }

    fn defaulted(&mut self, default: &Value, origins: &[Origin]) -> Origin {
        let (of_default, instead_of) =
            (origins.first().copied().unwrap_or_default(), origins.get(1).copied().unwrap_or_default());
        let source = self.source(Source::Default { value: default.clone(), instead_of });
        let both = [self.sources_of(of_default), self.sources_of(instead_of)];
        let ids = both.iter().flat_map(|ids| ids.iter()).copied().chain([source]).collect();
        self.origin(ids)
    }

    /// What is found in a map or a list by one key after the other.
    fn path(&mut self, of: &Value, origins: &[Origin], keys: &[&Value], value: &Value) -> Origin {
        let (mut of, mut origin) = (of.clone(), origins.first().copied().unwrap_or_default());
        for (index, key) in keys.iter().enumerate() {
            let name = name_of(key);
            let last = index + 1 == keys.len();
            let is_known = matches!(of, Value::Map(_) | Value::List(_));
            let next = element(&of, &name).unwrap_or(if last && !is_known { value.clone() } else { Value::Nil });
            origin = self.read(&of, origin, key, &next);
            of = next;
        }
        origin
    }

    fn made_map(&mut self, arguments: &[Value], origins: &[Origin], value: &Value) -> Origin {
        let pairs = arguments.chunks(2).zip(origins.chunks(2));
        let keyed = pairs.filter_map(|(arguments, origins)| match (arguments, origins) {
            ([Value::String(key), _], [_, origin]) => Some((key.to_string(), *origin)),
            _ => None,
        });
        let keyed = keyed.collect();
        self.made(value, keyed, origins)
    }

    fn made(&mut self, value: &Value, elements: HashMap<String, Origin>, origins: &[Origin]) -> Origin {
        self.remembered += elements.len();
        if let Some(address) = address(value).filter(|_| !self.is_full()) {
            self.made.insert(address, (value.clone(), elements));
        }
        self.all(origins)
    }

    /// A key that a template sets comes from what it is set to.
    fn set(&mut self, map: &Value, key: String, origins: &[Origin]) -> Origin {
        self.remembered += 1;
        let origin = self.within_branch(origins.get(2).copied().unwrap_or_default());
        if let (Some(address), false) = (address(map), self.is_full()) {
            self.made.entry(address).or_insert_with(|| (map.clone(), HashMap::new())).1.insert(key, origin);
        }
        origins.first().copied().unwrap_or_default()
    }
}

/// Whether a function writes a value as text with all that is in it.
fn writes_out(name: &str) -> bool {
    const NAMES: [&str; 11] = [
        "toYaml",
        "mustToYaml",
        "toYamlPretty",
        "toJson",
        "mustToJson",
        "toPrettyJson",
        "mustToPrettyJson",
        "toRawJson",
        "mustToRawJson",
        "toToml",
        "mustToToml",
    ];
    NAMES.contains(&name)
}

/// Whether there is something at one key after the other.
fn has(of: &Value, keys: &[&Value]) -> bool {
    keys.iter().try_fold(of.clone(), |of, key| element(&of, &name_of(key))).is_some()
}
