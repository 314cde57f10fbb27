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

#[test]
fn an_ingress_asks_the_policies_too() {
    let closed = "\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: inside}\n\
                  spec: {podSelector: {matchLabels: {app: shop}}, ingress: [{from: [{podSelector: {}}]}]}\n";
    let way = |text: &str| lines(text).into_iter().find(|line| line.starts_with("Ingress shop")).unwrap();
    assert!(way(SHOP).ends_with(" open"));
    let shop = format!("{SHOP}{closed}");
    assert!(way(&shop).ends_with(" closed by NetworkPolicy inside"), "{}", way(&shop));
}

/// A pod that calls, with a second container of the same environment, and a Service without pods.
const CALL: &str = "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: NAMESPACE}
spec:
  containers:
    - {name: web, image: web, env: [{name: STOCK_URL, value: http://stock}, {name: DB_HOST, value: stock}]}
    - {name: log, image: log, env: [{name: STOCK_URL, value: http://stock}]}
---
apiVersion: v1
kind: Service
metadata: {name: stock, namespace: NAMESPACE}
spec: {selector: {app: stock}, ports: [{port: 80}]}
";

#[test]
fn a_call_is_one_line_and_namespaces_are_told_where_there_are_several() {
    let one = CALL.replace("NAMESPACE", "one");
    let wanted =
        ["FROM BY TO PODS VERDICT", "Pod web STOCK_URL stock:80 no pods", "Pod web DB_HOST stock unknown port"];
    assert_eq!(lines(&one), wanted);
    let both = format!("{one}---{}", CALL.replace("NAMESPACE", "two"));
    assert!(lines(&both).contains(&"Pod two/web STOCK_URL stock:80 no pods".to_owned()), "{:?}", lines(&both));
    let picture = reach_of(&both).mermaid();
    for part in ["[\"Service one/stock:80\"]", "[\"Service two/stock:80\"]", "[\"Pod one/web\"]"] {
        assert!(picture.contains(part), "{part}: {picture}");
    }
}

#[test]
fn programs_are_told_what_arrives() {
    let json = reach_of(SHOP).json();
    let first = &json[0];
    assert_eq!((first["to"].as_str(), first["arrives"].as_bool()), (Some("stock:8080"), Some(true)), "{first}");
    assert_eq!(first["service"], "Service stock:8080");
}
