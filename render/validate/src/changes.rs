//! What becomes of each object from one set to another.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::compare::{self, Field, Path};
use crate::{Object, Set, normal};

/// An object that is in one set or in both.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The object, as the new set has it if it is in that.
    pub object: &'a Object,
    /// As the old set has it.
    pub old: Option<&'a Object>,
    /// As the new set has it.
    pub new: Option<&'a Object>,
    /// Where the two differ, with the values as the texts have them; nothing if one of them is not there.
    ///
    /// Of what a Secret holds only the lengths are told.
    pub fields: Vec<Field>,
    /// The old and the new one's places in their sets.
    pub(crate) indices: (Option<usize>, Option<usize>),
    /// The old and the new one in Kubernetes' normal form.
    pub(crate) forms: (Json, Json),
}

/// What a [`Change`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only the new set has the object.
    Made,
    /// Both have it, and it differs.
    Changed,
    /// Only the old set has it.
    Deleted,
    /// Both have it, and it means the same.
    Same,
}

impl Change<'_> {
    /// What it is.
    pub fn kind(&self) -> Kind {
        match (self.old, self.new) {
            (None, _) => Kind::Made,
            (_, None) => Kind::Deleted,
            _ if self.fields.is_empty() => Kind::Same,
            _ => Kind::Changed,
        }
    }
}

/// Pairs the objects of two sets by group, kind, namespace and name, in the order of the new set and then of the old
/// one, and compares them in Kubernetes' normal form.
pub fn changes<'a>(old: &'a Set, new: &'a Set) -> Vec<Change<'a>> {
    let (old_forms, new_forms) = (forms(old), forms(new));
    let mut known: BTreeMap<Key<'a>, Vec<usize>> = BTreeMap::new();
    for (index, object) in old.objects().iter().enumerate().rev() {
        known.entry(key(old, object)).or_default().push(index);
    }
    let mut changes = Vec::new();
    for (index, (object, form)) in new.objects().iter().zip(new_forms).enumerate() {
        let before = known.get_mut(&key(new, object)).and_then(Vec::pop);
        let old_form = before.and_then(|before| old_forms.get(before)).cloned().unwrap_or_default();
        let old_object = before.and_then(|before| old.objects().get(before));
        changes.push(Change {
            object,
            old: old_object,
            new: Some(object),
            fields: old_object.map(|old| fields((old, &old_form), (object, &form))).unwrap_or_default(),
            indices: (before, Some(index)),
            forms: (old_form, form),
        });
    }
    let mut left: Vec<usize> = known.into_values().flatten().collect();
    left.sort_unstable();
    changes.extend(left.into_iter().filter_map(|index| {
        let form = old_forms.get(index).cloned().unwrap_or_default();
        let object = old.objects().get(index)?;
        let (fields, indices, forms) = (Vec::new(), (Some(index), None), (form, Json::Null));
        Some(Change { object, old: Some(object), new: None, fields, indices, forms })
    }));
    changes
}

/// Group, kind, namespace and name: what Helm tells objects apart by.
type Key<'a> = (&'a str, &'a str, &'a str, &'a str);

fn key<'a>(set: &'a Set, object: &'a Object) -> Key<'a> {
    (object.group(), &object.kind, set.namespace(object), &object.name)
}

fn forms(set: &Set) -> Vec<Json> {
    normal::forms(set.objects().iter().map(|object| object.json.clone()).collect(), set.default_namespace())
}

/// The differences of two normal forms, with the values as their objects have them.
fn fields((old, old_form): (&Object, &Json), (new, new_form): (&Object, &Json)) -> Vec<Field> {
    let mut fields = Vec::new();
    for field in compare::compare(Some(old_form), Some(new_form)) {
        expand(field, &old.json, &new.json, &mut fields);
    }
    for field in &mut fields {
        let is_whole = field.old.is_none() || field.new.is_none();
        let meant = field.old.clone().zip(field.new.clone());
        as_written(&mut field.old, field.path.in_old(&old.json), is_whole);
        as_written(&mut field.new, field.path.in_new(&new.json), is_whole);
        field.meant = meant.filter(|_| field.old == field.new);
        compare::hide(&new.kind, field);
    }
    fields
}

/// Takes a table apart that one side seems to lack because it holds defaults alone there.
fn expand(field: Field, old: &Json, new: &Json, fields: &mut Vec<Field>) {
    let empty = Json::Object(Map::new());
    let is_table = |json: Option<&Json>| json.is_some_and(Json::is_object);
    let inner = match (&field.old, &field.new) {
        (None, Some(table)) if table.is_object() && is_table(field.path.in_old(old)) => (&empty, table),
        (Some(table), None) if table.is_object() && is_table(field.path.in_new(new)) => (table, &empty),
        _ => return fields.push(field),
    };
    for mut deeper in compare::compare(Some(inner.0), Some(inner.1)) {
        deeper.path = Path([field.path.0.as_slice(), &deeper.path.0].concat());
        expand(deeper, old, new, fields);
    }
}

/// An amount is told as it is written, not as it is compared, and a default that is written is told; so is all of what
/// only one side has.
fn as_written(value: &mut Option<Json>, written: Option<&Json>, is_whole: bool) {
    let is_told = is_whole && value.is_some();
    let is_plain = |json: &Json| is_told || !(json.is_null() || json.is_object() || json.is_array());
    if value.as_ref().is_none_or(is_plain)
        && let Some(written) = written.filter(|written| is_plain(written))
    {
        *value = Some(written.clone());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn set(text: &str) -> Set {
        let mut set = Set::default();
        set.read("m", text.as_bytes()).unwrap();
        set
    }

    const SERVICE: &str = "kind: Service\nmetadata: {name: a}\nspec: {type: ClusterIP}\n";

    fn told(old: &str, new: &str) -> Vec<String> {
        let (old, new) = (set(old), set(new));
        let told = |change: &Change<'_>| {
            let fields = change.fields.iter().map(|field| format!("{} {:?} {:?}", field.path, field.old, field.new));
            format!("{:?} {}: {}", change.kind(), change.object, fields.collect::<Vec<_>>().join(", "))
        };
        changes(&old, &new).iter().map(told).collect()
    }

    #[test]
    fn values_are_told_as_they_are_written() {
        let wanted = r#"Changed Service a: spec.type Some(String("ClusterIP")) Some(String("NodePort"))"#;
        assert_eq!(told(SERVICE, &SERVICE.replace("ClusterIP", "NodePort")), [wanted]);
        let quota = "kind: ResourceQuota\nmetadata: {name: a}\nspec: {hard: {pods: 1k, memory: 1Gi}}\n";
        let wanted = r#"Changed ResourceQuota a: spec.hard.pods Some(String("1k")) Some(Number(5))"#;
        assert_eq!(told(quota, &quota.replace("1k", "5").replace("1Gi", "1024Mi")), [wanted]);
    }

    #[test]
    fn a_name_that_stands_for_another_port_is_told_with_both() {
        let old = "kind: Pod\nmetadata: {name: a, labels: {app: a}}\nspec:\n  containers:\n  - name: c\n    \
                   ports: [{name: http, containerPort: 80}]\n    readinessProbe: {httpGet: {port: http}}\n---\n\
                   kind: Service\nmetadata: {name: a}\nspec: {selector: {app: a}, ports: [{port: 1, targetPort: http}]}\n";
        let (old, new) = (set(old), set(&old.replace("80", "90")));
        let changes = changes(&old, &new);
        let meant = changes.iter().flat_map(|change| &change.fields).filter_map(|field| field.meant.as_ref());
        assert_eq!(meant.collect::<Vec<_>>(), [&(80.into(), 90.into()), &(80.into(), 90.into())]);
    }

    #[test]
    fn objects_are_paired_whatever_the_version_of_their_api() {
        let twice = format!("{SERVICE}---\n{SERVICE}");
        assert_eq!(told(&twice, SERVICE), ["Same Service a: ", "Deleted Service a: "]);
        let elsewhere = SERVICE.replace("{name: a}", "{name: a, namespace: b}");
        assert_eq!(told(SERVICE, &elsewhere), ["Made Service b/a: ", "Deleted Service a: "]);
        let named = SERVICE.replace("{name: a}", "{name: a, namespace: default}");
        assert_eq!(told(SERVICE, &named), ["Same Service default/a: "]);
        let old = "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: a}\n";
        let wanted = r#"Changed CronJob a: apiVersion Some(String("batch/v1beta1")) Some(String("batch/v1"))"#;
        assert_eq!(told(old, &old.replace("v1beta1", "v1")), [wanted]);
    }
}
