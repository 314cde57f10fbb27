//! Who reaches whom in the shop.
#![allow(clippy::unwrap_used)]

use kubevalidate::{Reach, Set, reach};

const SHOP: &str = include_str!("faults/shop.yaml");

fn reach_of(text: &str) -> Reach {
    let mut set = Set::new("shops");
    set.read("shop.yaml", text.as_bytes()).unwrap();
    reach(&set)
}

/// The lines of the table, with single spaces.
fn lines(text: &str) -> Vec<String> {
    reach_of(text).table().lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn calls_are_followed_through_services_and_policies() {
    assert_eq!(
        lines(SHOP),
        [
            "FROM BY TO PODS VERDICT",
            "Deployment shop STOCK_URL stock:8080 Deployment stock:3000 open",
            "Deployment stock DB_HOST stock-db.shops.svc:5432 StatefulSet stock-db:5432 open",
            "CronJob report SHOP_URL shop:80 Deployment shop:8000 open",
            "Ingress shop outside shop:http Deployment shop:8000 open",
        ]
    );
}

/// The verdict on the shop's call of the stock after an edit.
fn verdict(find: &str, put: &str) -> String {
    assert_eq!(SHOP.matches(find).count(), 1, "{find}");
    let lines = lines(&SHOP.replacen(find, put, 1));
    let line = lines.iter().find(|line| line.contains("STOCK_URL")).unwrap();
    line.rsplit_once(":3000 ").map_or(line.as_str(), |(_, verdict)| verdict).to_owned()
}

#[test]
fn policies_of_both_sides_are_asked() {
    const FROM: &str = "podSelector: {matchLabels: {part: web}}";
    const CLOSED: &str = "closed by NetworkPolicy stock";
    for (put, told) in [
        ("podSelector: {}", "open"),
        ("namespaceSelector: {}", "open"),
        ("namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shops}}", "open"),
        ("namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}", CLOSED),
        // The Namespace is in the set, so its labels are known.
        ("namespaceSelector: {matchLabels: {team: shop}}", CLOSED),
        ("ipBlock: {cidr: 10.0.0.0/8}", "open"),
        ("podSelector: {matchLabels: {app: report}}", CLOSED),
    ] {
        assert_eq!(verdict(FROM, put), told, "{put}");
    }
    for (put, told) in [
        ("- {port: 3000}", "open"),
        ("- {port: 2000, endPort: 4000}", "open"),
        ("- {protocol: TCP}", "open"),
        ("- {port: 8080}", CLOSED),
        ("- {port: 3000, protocol: UDP}", CLOSED),
    ] {
        assert_eq!(verdict("- {port: api}", put), told, "{put}");
    }
}

#[test]
fn a_picture_has_every_call() {
    let picture = reach_of(SHOP).mermaid();
    for part in ["flowchart LR\n", "[\"Deployment shop\"]", "-->|\"STOCK_URL\"|", "[\"Service stock:8080\"]"] {
        assert!(picture.contains(part), "{part}: {picture}");
    }
    assert!(!picture.contains("-.->"));
    let closed = reach_of(&SHOP.replace("stock:8080/api", "stock:80/\\\"api")).mermaid();
    assert!(closed.contains("-.->|\"STOCK_URL: no such port\"|"), "{closed}");
}
