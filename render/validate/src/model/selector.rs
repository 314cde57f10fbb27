//! Label selectors, as Kubernetes matches them.

use std::collections::BTreeMap;

use super::Field;

pub(crate) type Labels<'a> = BTreeMap<&'a str, &'a str>;

/// The labels in a map behind keys; values that are no text are left to the schema.
pub(crate) fn labels<'a>(field: &Field<'a>, keys: &[&str]) -> Labels<'a> {
    field.entries(keys).into_iter().filter_map(|(key, value)| Some((key, value.str()?))).collect()
}

/// A `LabelSelector`, or the map of labels that older kinds have in its place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selector<'a> {
    requirements: Vec<Requirement<'a>>,
}

#[derive(Clone, Debug)]
struct Requirement<'a> {
    key: &'a str,
    operator: &'a str,
    values: Vec<&'a str>,
}

impl<'a> Selector<'a> {
    /// From `matchLabels` and `matchExpressions`.
    pub(crate) fn of(field: &Field<'a>) -> Self {
        let mut selector = Self::of_map(&field.or_self(&["matchLabels"]), field.get("matchLabels").is_some());
        for expression in field.items(&["matchExpressions"]) {
            let values = expression.items(&["values"]).iter().filter_map(Field::str).collect();
            let (Some(key), Some(operator)) = (expression.text("key"), expression.text("operator")) else { continue };
            selector.requirements.push(Requirement { key, operator, values });
        }
        selector
    }

    /// From a plain map of labels, as Services have it.
    pub(crate) fn of_labels(field: &Field<'a>) -> Self {
        Self::of_map(field, true)
    }

    fn of_map(field: &Field<'a>, present: bool) -> Self {
        let pairs = if present { labels(field, &[]) } else { Labels::new() };
        let requirements =
            pairs.into_iter().map(|(key, value)| Requirement { key, operator: "In", values: vec![value] });
        Self { requirements: requirements.collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    pub(crate) fn matches(&self, labels: &Labels<'_>) -> bool {
        self.requirements.iter().all(|requirement| requirement.holds(labels))
    }

    /// Whether it matches but for keys that a controller adds to its pods, such as a StatefulSet's `pod-name`.
    pub(crate) fn may_match_pod(&self, labels: &Labels<'_>) -> bool {
        self.requirements.iter().all(|requirement| requirement.holds(labels) || added_by_a_controller(requirement.key))
    }

    /// Whether it may match once labels are added that the set does not show.
    pub(crate) fn may_match_more(&self, known: &Labels<'_>) -> bool {
        self.requirements.iter().all(|requirement| !known.contains_key(requirement.key) || requirement.holds(known))
    }

    /// The only requirement that labels fail, if there is one and others hold: the likely slip.
    pub(crate) fn near_miss(&self, labels: &Labels<'_>) -> Option<&'a str> {
        let mut failed = self.requirements.iter().filter(|requirement| !requirement.holds(labels));
        let first = failed.next()?;
        (failed.next().is_none() && self.requirements.len() > 1).then_some(first.key)
    }
}

impl Requirement<'_> {
    fn holds(&self, labels: &Labels<'_>) -> bool {
        let value = labels.get(self.key);
        match self.operator {
            "In" => value.is_some_and(|value| self.values.contains(value)),
            "NotIn" => value.is_none_or(|value| !self.values.contains(value)),
            "Exists" => value.is_some(),
            "DoesNotExist" => value.is_none(),
            // The schema refuses it; no finding is built on it.
            _ => true,
        }
    }
}

fn added_by_a_controller(key: &str) -> bool {
    key.starts_with("statefulset.kubernetes.io/")
        || key.starts_with("apps.kubernetes.io/")
        || key.starts_with("batch.kubernetes.io/")
        || matches!(key, "pod-template-hash" | "controller-revision-hash" | "job-name" | "controller-uid")
}
