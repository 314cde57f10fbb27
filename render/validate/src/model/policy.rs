//! Network policies, read once for all the calls that they are asked about.

use super::{Field, Labels, Selector};

/// Which way a connection goes, seen from the pods that a policy is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Ingress,
    Egress,
}

impl Direction {
    /// The key of a direction's rules.
    fn rules(self) -> &'static str {
        match self {
            Self::Ingress => "ingress",
            Self::Egress => "egress",
        }
    }

    /// The key of a rule's peers.
    pub(crate) fn peers(self) -> &'static str {
        match self {
            Self::Ingress => "from",
            Self::Egress => "to",
        }
    }
}

/// A NetworkPolicy: which pods it is about, and what it lets through.
#[derive(Debug)]
pub(crate) struct NetworkPolicy<'a> {
    pub(crate) root: Field<'a>,
    selector: Selector<'a>,
    ingress: Option<Vec<Field<'a>>>,
    egress: Option<Vec<Field<'a>>>,
}

impl<'a> NetworkPolicy<'a> {
    pub(crate) fn of(root: &Field<'a>) -> Self {
        let selector = root.at(&["spec", "podSelector"]).as_ref().map(Selector::of).unwrap_or_default();
        let rules = |direction: Direction| applies(root, direction).then(|| root.items(&["spec", direction.rules()]));
        let (ingress, egress) = (rules(Direction::Ingress), rules(Direction::Egress));
        Self { root: root.clone(), selector, ingress, egress }
    }

    /// The rules of a direction for pods of these labels; none where the policy says nothing of them.
    pub(crate) fn rules(&self, direction: Direction, pods: &Labels<'_>) -> Option<&[Field<'a>]> {
        let rules = match direction {
            Direction::Ingress => self.ingress.as_deref(),
            Direction::Egress => self.egress.as_deref(),
        };
        rules.filter(|_| self.selector.matches(pods))
    }
}

/// Whether a policy says anything of a direction: `policyTypes` has it, or stands for it where it is left out.
fn applies(policy: &Field<'_>, direction: Direction) -> bool {
    let types = policy.items(&["spec", "policyTypes"]);
    match (types.is_empty(), direction) {
        (true, Direction::Ingress) => true,
        (true, Direction::Egress) => policy.at(&["spec", direction.rules()]).is_some(),
        (false, Direction::Ingress) => types.iter().any(|has| has.str() == Some("Ingress")),
        (false, Direction::Egress) => types.iter().any(|has| has.str() == Some("Egress")),
    }
}
