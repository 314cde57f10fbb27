//! A set as the rules look at it.

use std::collections::{HashMap, HashSet};

use super::{Field, NetworkPolicy, Selector, Workload};
use crate::Set;

/// A set with its workloads picked out.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) set: &'a Set,
    pub(crate) workloads: Vec<Workload<'a>>,
    roots: Vec<Field<'a>>,
    /// Whether its pods are in several namespaces.
    has_namespaces: bool,
    by_kind: HashMap<&'a str, Vec<usize>>,
    /// By their namespaces.
    policies: HashMap<&'a str, Vec<NetworkPolicy<'a>>>,
    by_name: HashMap<(&'a str, &'a str), Vec<usize>>,
}

impl<'a> View<'a> {
    pub(crate) fn new(set: &'a Set) -> Self {
        let roots: Vec<_> =
            set.objects().iter().enumerate().map(|(index, object)| Field::root(index, object)).collect();
        let (mut by_kind, mut by_name): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        let mut policies: HashMap<_, Vec<_>> = HashMap::new();
        for root in &roots {
            let kind = root.object.kind.as_str();
            by_kind.entry(kind).or_default().push(root.index);
            by_name.entry((kind, root.object.name.as_str())).or_default().push(root.index);
            if root.is("networking.k8s.io", "NetworkPolicy") {
                policies.entry(set.namespace(root.object)).or_default().push(NetworkPolicy::of(root));
            }
        }
        let workloads: Vec<_> = roots.iter().filter_map(Workload::of).collect();
        let namespaces: HashSet<_> = workloads.iter().map(|workload| set.namespace(workload.root.object)).collect();
        Self { set, workloads, roots, has_namespaces: namespaces.len() > 1, by_kind, policies, by_name }
    }

    /// Every object as a whole.
    pub(crate) fn objects(&self) -> &[Field<'a>] {
        &self.roots
    }

    /// The objects of a kind of an API group.
    pub(crate) fn of_kind(&self, group: &str, kind: &str) -> impl Iterator<Item = &Field<'a>> {
        let places = self.by_kind.get(kind).into_iter().flatten();
        places.filter_map(|place| self.roots.get(*place)).filter(move |root| root.is(group, kind))
    }

    /// The network policies of a namespace.
    pub(crate) fn policies(&self, namespace: &str) -> &[NetworkPolicy<'a>] {
        self.policies.get(namespace).map(Vec::as_slice).unwrap_or_default()
    }

    /// `Deployment web`; with its namespace where the set has several: `Deployment shops/web`.
    pub(crate) fn title(&self, root: &Field<'a>) -> String {
        self.title_of(&root.object.kind, self.namespace(root), &root.object.name)
    }

    /// As [`View::title`], of an object that need not be there.
    pub(crate) fn title_of(&self, kind: &str, namespace: &str, name: &str) -> String {
        let namespace = if self.has_namespaces { format!("{namespace}/") } else { String::new() };
        format!("{kind} {namespace}{name}")
    }

    pub(crate) fn namespace(&self, field: &Field<'a>) -> &'a str {
        self.set.namespace(field.object)
    }

    /// The object of a group, kind, namespace and name.
    pub(crate) fn find(&self, group: &str, kind: &str, namespace: &str, name: &str) -> Option<&Field<'a>> {
        self.named(group, kind, name).into_iter().find(|root| self.namespace(root) == namespace)
    }

    /// The object of a group, kind and name, for kinds of the whole cluster.
    pub(crate) fn find_of_cluster(&self, group: &str, kind: &str, name: &str) -> Option<&Field<'a>> {
        self.named(group, kind, name).into_iter().next()
    }

    fn named(&self, group: &str, kind: &str, name: &str) -> Vec<&Field<'a>> {
        let places = self.by_name.get(&(kind, name)).into_iter().flatten();
        let named = places.filter_map(|index| self.roots.get(*index));
        named.filter(|root| root.object.group() == group).collect()
    }

    /// The workloads of a namespace whose pods a selector takes.
    pub(crate) fn selected(&self, namespace: &str, selector: &Selector<'_>) -> Vec<&Workload<'a>> {
        let here = self.workloads.iter().filter(|workload| self.namespace(&workload.root) == namespace);
        here.filter(|workload| selector.may_match_pod(&workload.labels)).collect()
    }

    /// The workloads whose pods a Service takes, and the selector it takes them by; none if it has no selector.
    pub(crate) fn behind(&self, service: &Field<'a>) -> Option<Vec<&Workload<'a>>> {
        let selector = Selector::of_labels(&service.at(&["spec", "selector"])?);
        let external = service.get("spec")?.text("type") == Some("ExternalName");
        (!selector.is_empty() && !external).then(|| self.selected(self.namespace(service), &selector))
    }

    /// The autoscaler of a workload.
    pub(crate) fn autoscaler(&self, workload: &Workload<'a>) -> Option<&Field<'a>> {
        self.of_kind("autoscaling", "HorizontalPodAutoscaler").find(|autoscaler| {
            let target = autoscaler.at(&["spec", "scaleTargetRef"]);
            self.namespace(autoscaler) == self.namespace(&workload.root)
                && target.is_some_and(|target| {
                    target.text("kind") == Some(workload.kind())
                        && target.text("name") == Some(workload.root.object.name.as_str())
                })
        })
    }

    /// The least and the most pods of a workload, by its own number or by its autoscaler.
    pub(crate) fn replicas(&self, workload: &Workload<'a>) -> Option<(i64, i64)> {
        let own = workload.replicas()?;
        let spec = self.autoscaler(workload).and_then(|autoscaler| autoscaler.get("spec"));
        Some(
            spec.map_or((own, own), |spec| {
                (spec.int("minReplicas").unwrap_or(1), spec.int("maxReplicas").unwrap_or(own))
            }),
        )
    }

    /// The name in a list that is likely meant by one that is not in it, as a hint to a message.
    pub(crate) fn hint<'n>(names: impl IntoIterator<Item = &'n str>, wanted: &str) -> String {
        // Longer ones are no names, and would take long to compare.
        let known = |name: &&str| name.len() <= 253 && wanted.len() <= 253 && *name != wanted;
        let alike = names.into_iter().filter(known).map(|name| (strsim::damerau_levenshtein(name, wanted), name));
        let near = alike.filter(|(distance, name)| *distance <= name.len().div_ceil(4).min(2)).min();
        near.map(|(_, name)| format!(", did you mean {name}?")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::View;

    #[test]
    fn a_hint_is_a_name_with_a_slip_or_two() {
        assert_eq!(View::hint(["settings", "web-tls"], "web-tsl"), ", did you mean web-tls?");
        assert_eq!(View::hint(["settings"], "setting"), ", did you mean settings?");
        assert_eq!(View::hint(["settings", "web"], "certificates"), "");
    }
}
