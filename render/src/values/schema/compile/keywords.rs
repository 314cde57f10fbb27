//! What the keywords of one schema say.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::Compiler;
use crate::values::schema::decimal::Decimal;
use crate::values::schema::documents::Place;
use crate::values::schema::draft::Draft;
use crate::values::schema::node::{
    Array, Combined, Dependency, Dynamic, Id, Node, Number, Object, Others, Scoped, Text,
};
use crate::values::schema::{format, url};

/// The keywords of one schema.
pub(super) struct Keywords<'k, 'd, 'b> {
    pub(super) compiler: &'k mut Compiler<'d, 'b>,
    pub(super) schema: &'k Map<String, Json>,
    pub(super) place: &'k Place,
    pub(super) draft: Draft,
    pub(super) base: &'k str,
}

impl Keywords<'_, '_, '_> {
    /// Puts what they say into the schema.
    pub(super) fn read(&mut self, node: &mut Node) -> Result<(), String> {
        node.reference = self.reference("$ref")?;
        if self.draft >= Draft::Six {
            node.constant = self.schema.get("const").cloned().map(Box::new);
        }
        if node.reference.is_some() && self.draft < Draft::Y2019 {
            // Early drafts ignore all that is beside a reference; Helm's library does not ignore `const`.
            return Ok(());
        }
        node.combined = self.combined();
        node.object = self.object()?;
        node.array = self.array();
        node.text = self.text()?;
        node.number = self.number();
        match self.schema.get("type") {
            Some(Json::String(name)) => node.types.add(name),
            Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).for_each(|name| node.types.add(name)),
            _ => {}
        }
        node.values = self.schema.get("enum").and_then(Json::as_array).cloned();
        if self.compiler.formats || self.draft < Draft::Y2019 {
            let format = self.schema.get("format").and_then(Json::as_str);
            node.format = format.filter(|format| format::is_known(format)).map(Into::into);
        }
        self.scoped(node)
    }

    fn scoped(&mut self, node: &mut Node) -> Result<(), String> {
        if self.draft < Draft::Y2019 {
            return Ok(());
        }
        let recursive = self.reference("$recursiveRef")?;
        let recursive_anchor = self.is_true("$recursiveAnchor");
        let (mut dynamic, mut anchor) = (None, None);
        if self.draft >= Draft::Y2020 {
            dynamic = self.dynamic()?;
            anchor = self.schema.get("$dynamicAnchor").and_then(Json::as_str).map(str::to_owned);
        }
        if recursive.is_some() || recursive_anchor || dynamic.is_some() || anchor.is_some() {
            let anchors = node.scoped.take().map(|scoped| scoped.anchors).unwrap_or_default();
            node.scoped = Some(Box::new(Scoped { recursive, recursive_anchor, dynamic, anchor, anchors }));
        }
        Ok(())
    }

    fn dynamic(&mut self) -> Result<Option<Dynamic>, String> {
        let Some(target) = self.reference("$dynamicRef")? else { return Ok(None) };
        let reference = self.schema.get("$dynamicRef").and_then(Json::as_str).unwrap_or_default();
        let (_, fragment) = url::split(reference)?;
        let anchor = Some(fragment).filter(|fragment| !fragment.is_empty() && !fragment.starts_with('/'));
        Ok(Some(Dynamic { target, anchor }))
    }

    fn combined(&mut self) -> Option<Box<Combined>> {
        let mut combined = Combined {
            not: self.one("not"),
            all: self.list("allOf"),
            any: self.list("anyOf"),
            one: self.list("oneOf"),
            ..Combined::default()
        };
        if self.draft >= Draft::Seven {
            combined.condition = self.one("if");
        }
        if combined.condition.is_some() {
            let known = self.schema.get("if").and_then(Json::as_bool);
            combined.then = if known == Some(false) { None } else { self.one("then") };
            combined.otherwise = if known == Some(true) { None } else { self.one("else") };
        }
        let Combined { not, all, any, one, condition, .. } = &combined;
        let is_empty = not.is_none() && all.is_empty() && any.is_empty() && one.is_empty() && condition.is_none();
        (!is_empty).then(|| Box::new(combined))
    }

    fn object(&mut self) -> Result<Option<Box<Object>>, String> {
        const KEYWORDS: [&str; 11] = [
            "minProperties",
            "maxProperties",
            "required",
            "dependencies",
            "properties",
            "patternProperties",
            "additionalProperties",
            "propertyNames",
            "dependentSchemas",
            "dependentRequired",
            "unevaluatedProperties",
        ];
        if !self.has(&KEYWORDS) {
            return Ok(None);
        }
        let mut object = Object {
            min: self.count("minProperties"),
            max: self.count("maxProperties"),
            required: self.schema.get("required").map(names).unwrap_or_default(),
            dependencies: self.dependencies(),
            properties: self.named("properties"),
            additional: self.others("additionalProperties"),
            ..Object::default()
        };
        for (text, id) in self.named("patternProperties") {
            object.patterns.push((self.compiler.pattern(&text, self.place, "patternProperties")?, id));
        }
        if self.draft >= Draft::Six {
            object.names = self.one("propertyNames");
        }
        if self.draft >= Draft::Y2019 {
            object.dependent = self.named("dependentSchemas");
            object.dependent_required = self.required_by_name();
            object.unevaluated = self.one("unevaluatedProperties");
        }
        Ok(Some(Box::new(object)))
    }

    fn dependencies(&mut self) -> BTreeMap<String, Dependency> {
        let Some(Json::Object(dependencies)) = self.schema.get("dependencies") else { return BTreeMap::new() };
        let dependency = |(name, dependency): (&String, &Json)| {
            let dependency = match dependency {
                Json::Array(_) => Dependency::Names(names(dependency)),
                _ => Dependency::Schema(self.compiler.id(self.place.child(&["dependencies", name]))),
            };
            (name.clone(), dependency)
        };
        dependencies.iter().map(dependency).collect()
    }

    fn required_by_name(&self) -> BTreeMap<String, Vec<String>> {
        let lists = self.schema.get("dependentRequired").and_then(Json::as_object);
        lists.into_iter().flatten().map(|(name, list)| (name.clone(), names(list))).collect()
    }

    fn array(&mut self) -> Option<Box<Array>> {
        const KEYWORDS: [&str; 8] = [
            "minItems",
            "maxItems",
            "uniqueItems",
            "items",
            "prefixItems",
            "contains",
            "unevaluatedItems",
            "additionalItems",
        ];
        if !self.has(&KEYWORDS) {
            return None;
        }
        let mut array = Array {
            min: self.count("minItems"),
            max: self.count("maxItems"),
            unique: self.is_true("uniqueItems"),
            ..Array::default()
        };
        if self.draft >= Draft::Y2020 {
            array.first = self.list("prefixItems");
            array.others = self.one("items").map(Others::Schema);
        } else if self.schema.get("items").is_some_and(Json::is_array) {
            array.first = self.list("items");
            array.others = self.others("additionalItems");
        } else {
            array.others = self.one("items").map(Others::Schema);
        }
        if self.draft >= Draft::Six {
            array.contains = self.one("contains");
        }
        if self.draft >= Draft::Y2019 {
            array.min_contains = self.count("minContains");
            array.max_contains = self.count("maxContains");
            array.unevaluated = self.one("unevaluatedItems");
        }
        Some(Box::new(array))
    }

    fn text(&mut self) -> Result<Option<Box<Text>>, String> {
        if !self.has(&["minLength", "maxLength", "pattern"]) {
            return Ok(None);
        }
        let mut text = Text { min: self.count("minLength"), max: self.count("maxLength"), pattern: None };
        if let Some(pattern) = self.schema.get("pattern").and_then(Json::as_str) {
            text.pattern = Some(self.compiler.pattern(pattern, self.place, "pattern")?);
        }
        Ok(Some(Box::new(text)))
    }

    fn number(&self) -> Option<Box<Number>> {
        if !self.has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
            return None;
        }
        let decimal = |keyword: &str| self.schema.get(keyword).and_then(Decimal::of);
        // For the first drafts, a boolean says that the limit itself is too much.
        let limits = |limit: &str, exclusive: &str| {
            if self.is_true(exclusive) { (None, decimal(limit)) } else { (decimal(limit), decimal(exclusive)) }
        };
        let (min, above) = limits("minimum", "exclusiveMinimum");
        let (max, below) = limits("maximum", "exclusiveMaximum");
        Some(Box::new(Number { min, max, above, below, multiple_of: decimal("multipleOf") }))
    }

    fn has(&self, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.schema.contains_key(*keyword))
    }

    fn is_true(&self, keyword: &str) -> bool {
        self.schema.get(keyword) == Some(&Json::Bool(true))
    }

    /// A whole number, also one that is written with a fraction.
    fn count(&self, keyword: &str) -> Option<u64> {
        self.schema.get(keyword).and_then(Decimal::of)?.to_count()
    }

    fn reference(&mut self, keyword: &str) -> Result<Option<Id>, String> {
        let Some(Json::String(reference)) = self.schema.get(keyword) else { return Ok(None) };
        let place = self.compiler.documents.resolve(&self.place.url, self.base, reference)?;
        Ok(Some(self.compiler.id(place)))
    }

    fn one(&mut self, keyword: &str) -> Option<Id> {
        self.schema.get(keyword)?;
        Some(self.compiler.id(self.place.child(&[keyword])))
    }

    fn list(&mut self, keyword: &str) -> Vec<Id> {
        let count = self.schema.get(keyword).and_then(Json::as_array).map_or(0, Vec::len);
        (0..count).map(|index| self.compiler.id(self.place.child(&[keyword, &index.to_string()]))).collect()
    }

    fn named(&mut self, keyword: &str) -> BTreeMap<String, Id> {
        let Some(Json::Object(schemas)) = self.schema.get(keyword) else { return BTreeMap::new() };
        let id = |name: &String| (name.clone(), self.compiler.id(self.place.child(&[keyword, name])));
        let mut names: Vec<_> = schemas.keys().collect();
        names.sort();
        names.into_iter().map(id).collect()
    }

    fn others(&mut self, keyword: &str) -> Option<Others> {
        match self.schema.get(keyword)? {
            Json::Bool(is_allowed) => Some(Others::Allowed(*is_allowed)),
            _ => self.one(keyword).map(Others::Schema),
        }
    }
}

fn names(list: &Json) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
}
