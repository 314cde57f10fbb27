//! What a schema cannot say, because it takes several values: such documents are left to `render validate`.

use serde_json::{Value as Json, json};

use super::schema::over;

/// Connections that PostgreSQL takes by default, but for those of its administrators.
const CONNECTIONS: f64 = 97.0;

/// Takes out limits below requests, pools that are more than the database takes, and servers elsewhere that are Services of
/// the chart.
pub(super) fn sensible(mut document: Json, defaults: &Json) -> Json {
    for component in ["thoughts", "users", "frontend"] {
        for path in [format!("/{component}/resources"), format!("/{component}/database/resources")] {
            limits(&mut document, defaults, &path);
        }
        let host = format!("/{component}/database/external/host");
        let is_own = document.pointer(&host).is_some_and(|host| names(&document).contains(&host));
        if is_own && let Some(host) = document.pointer_mut(&host) {
            *host = "".into();
        }
        let all = over(defaults, &document);
        if connections(&all[component]) > CONNECTIONS {
            let values = document[component].as_object_mut().unwrap();
            values.retain(|key, _| key != "replicas" && key != "strategy");
            values.get_mut("database").and_then(Json::as_object_mut).map(|database| database.remove("pool"));
        }
    }
    document
}

/// What objects are called by the document.
fn names(document: &Json) -> Vec<&Json> {
    let components = ["thoughts", "users", "frontend"].iter().filter_map(|component| document.get(component));
    components.flat_map(|values| [&values["fullnameOverride"], &values["service"]["nameOverride"]]).collect()
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
    let pods = match values["database"]["mode"].as_str() {
        Some("statefulset") => values["replicas"].as_f64().unwrap(),
        _ => return pool,
    };
    let surge = &values["strategy"]["rollingUpdate"]["maxSurge"];
    let share = surge.as_str().unwrap_or("25%").trim_end_matches('%').parse::<f64>().unwrap() / 100.0;
    pool * (pods + surge.as_f64().unwrap_or_else(|| (pods * share).ceil()))
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
    assert_eq!(sensible(own, &defaults)["users"]["database"]["external"]["host"], "");
}
