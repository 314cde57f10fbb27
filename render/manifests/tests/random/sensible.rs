//! What a schema cannot say, because it takes several values: such documents are left to `render validate`.

use serde_json::{Value as Json, json};

use super::schema::over;

/// Connections that PostgreSQL takes by default, but for those of its administrators.
const CONNECTIONS: f64 = 97.0;

/// Takes out most limits below requests, pools that are more than the database takes, servers elsewhere that are Services of
/// the chart, and NetworkPolicies that close names or a way in from outside.
pub(super) fn sensible(mut document: Json, defaults: &Json) -> Json {
    if let Some(ports) = document.pointer_mut("/networkPolicies/dns/ports").and_then(Json::as_array_mut) {
        ports.push(53.into());
    }
    for path in [
        "/networkPolicies/dns/to",
        "/thoughts/networkPolicy/from",
        "/users/networkPolicy/from",
        "/frontend/networkPolicy/from",
    ] {
        open(&mut document, path);
    }
    for component in ["thoughts", "users", "frontend"] {
        for owner in ["", "/database"] {
            limits(&mut document, defaults, &format!("/{component}{owner}/resources"));
        }
        if component != "frontend" {
            mounts(&mut document, component);
        }
        let host = format!("/{component}/database/external/host");
        let is_own = document.pointer(&host).is_some_and(|host| names(&document).contains(&host));
        if is_own && let Some(host) = document.pointer_mut(&host) {
            *host = "".into();
        }
        let all = over(defaults, &document);
        if connections(&all[component]) > CONNECTIONS {
            let values = document[component].as_object_mut().unwrap();
            values.retain(|key, _| !["replicas", "strategy", "autoscaling", "canary"].contains(&key.as_str()));
            values.get_mut("database").and_then(Json::as_object_mut).map(|database| database.remove("pool"));
        }
    }
    document
}

/// Name servers and people are in other namespaces, or outside of the cluster.
fn open(document: &mut Json, path: &str) {
    if let Some(peers) = document.pointer_mut(path).and_then(Json::as_array_mut) {
        peers.retain(|peer| peer.get("namespaceSelector").is_some() || peer.get("ipBlock").is_some());
    }
}

/// What objects are called by the document.
fn names(document: &Json) -> Vec<&Json> {
    let components = ["thoughts", "users", "frontend"].iter().filter_map(|component| document.get(component));
    components.flat_map(|values| [&values["fullnameOverride"], &values["service"]["nameOverride"]]).collect()
}

/// What is mounted is there, but for the frontend, whose mounts of nothing are refused.
fn mounts(document: &mut Json, component: &str) {
    if let Some(values) = document.get_mut(component).and_then(Json::as_object_mut)
        && values.get("extraVolumes").is_none_or(|volumes| volumes.as_array().is_none_or(Vec::is_empty))
    {
        values.remove("extraVolumeMounts");
    }
}

fn limits(document: &mut Json, defaults: &Json, path: &str) {
    let all = over(defaults, document);
    let Some(resources) = all.pointer(path) else { return };
    for resource in ["cpu", "memory", "ephemeral-storage"] {
        let amount = |part: &str| amount(&resources[part][resource]);
        if amount("requests") > amount("limits")
            && let Some(Json::Object(limits)) = document.pointer_mut(&format!("{path}/limits"))
        {
            limits.remove(resource);
        }
    }
}

fn amount(quantity: &Json) -> f64 {
    if quantity.is_null() {
        return 0.0;
    }
    let text = quantity.as_str().map_or_else(|| quantity.to_string(), str::to_owned);
    let end = text.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(text.len());
    let factor = match &text[end..] {
        "m" => 1e-3,
        "k" => 1e3,
        "Ki" => 1024.0,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "Mi" => 1_048_576.0,
        "Gi" => 1_073_741_824.0,
        "Ti" => 1_099_511_627_776.0,
        "" => 1.0,
        other => panic!("the schema admits no unit {other}"),
    };
    text[..end].parse::<f64>().unwrap() * factor
}

/// What a component's pods may open together, those that a rolling update adds included; none without a database.
fn connections(values: &Json) -> f64 {
    let pool = values["database"]["pool"].as_f64().unwrap_or(0.0);
    let most = if values["autoscaling"]["enabled"] == true {
        &values["autoscaling"]["maxReplicas"]
    } else {
        &values["replicas"]
    };
    let pods = match values["database"]["mode"].as_str() {
        Some("statefulset") => most.as_f64().unwrap(),
        _ => return pool,
    };
    let surge = &values["strategy"]["rollingUpdate"]["maxSurge"];
    let share = surge.as_str().unwrap_or("25%").trim_end_matches('%').parse::<f64>().unwrap() / 100.0;
    let with_surge = |pods: f64| pods + surge.as_f64().unwrap_or_else(|| (pods * share).ceil());
    let weight = values["canary"]["weight"].as_f64().unwrap_or(0.0);
    let canary = if values["canary"]["enabled"] == true { (pods * weight / (100.0 - weight)).ceil() } else { 0.0 };
    pool * (with_surge(pods) + with_surge(canary))
}

#[test]
fn only_what_is_not_sound_is_taken_out() {
    let defaults = json!({"users": {"replicas": 1, "database": {"mode": "statefulset", "pool": 10}}});
    let sound = json!({"users": {"resources": {"requests": {"cpu": "1"}, "limits": {"cpu": "1500m"}}, "replicas": 4}});
    assert_eq!(sensible(sound.clone(), &defaults), sound);
    let wrong = json!({"users": {"resources": {"requests": {"cpu": 2}, "limits": {"cpu": "1500m"}}, "replicas": 40}});
    let right = json!({"users": {"resources": {"requests": {"cpu": 2}, "limits": {}}}});
    assert_eq!(sensible(wrong, &defaults), right);
    let own = json!({"users": {"database": {"external": {"host": "web"}}}, "frontend": {"fullnameOverride": "web"}});
    let close = json!({"networkPolicies": {"dns": {"ports": [1], "to": [{"podSelector": {}}, {"ipBlock": {}}]}}});
    let open = json!({"networkPolicies": {"dns": {"ports": [1, 53], "to": [{"ipBlock": {}}]}}});
    assert_eq!(sensible(close, &defaults), open);
    assert_eq!(sensible(own, &defaults)["users"]["database"]["external"]["host"], "");
}
