//! A chart that gives another name, value or file is found.

use serde_json::{Value as Json, json};

use super::pod::pods;
use super::rendered::objects;
use super::service::Service;

/// What is told of the chart's own values once its objects are changed.
fn problems(change: impl Fn(&mut Json)) -> String {
    let mut objects = objects(None);
    objects.iter_mut().for_each(change);
    let problems = pods(&objects).into_iter().flat_map(|pod| Service::of(&pod.component).problems(&pod));
    problems.collect::<Vec<_>>().join("\n")
}

/// A key of `data` in the objects of a kind whose names end so: another name, or gone.
fn key(object: &mut Json, kind: &str, end: &str, from: &str, to: Option<&str>) {
    if object["kind"] == kind && object["metadata"]["name"].as_str().unwrap().ends_with(end) {
        let data = object["data"].as_object_mut().unwrap();
        let value = data.remove(from).expect("the key is there");
        data.extend(to.map(|to| (to.to_owned(), value)));
    }
}

fn value(object: &mut Json, end: &str, name: &str, value: &str) {
    if object["kind"] == "ConfigMap" && object["metadata"]["name"].as_str().unwrap().ends_with(end) {
        object["data"][name] = json!(value);
    }
}

#[test]
fn another_name_is_found() {
    let settings = |end: &'static str, from: &'static str, to: Option<&'static str>| {
        problems(move |object| key(object, "ConfigMap", end, from, to))
    };
    assert_eq!(problems(|_| ()), "");
    assert_eq!(settings("-frontend", "LOG_FORMAT", Some("LOGFORMAT")), "frontend does not read LOGFORMAT");
    let gone = settings("-frontend", "USER_BACKEND_URL", None);
    assert!(gone.starts_with("frontend: ") && gone.contains("--user-backend-url"), "{gone}");
    let gone = settings("-thoughts", "JWKS_URL", None);
    assert!(gone.starts_with("thoughts: ") && gone.contains("--jwks-url"), "{gone}");
    let unread = settings("-users", "ADMIN_PASSWORD_FILE", Some("ADMIN_PASSWORD_FIEL"));
    assert!(unread.contains("does not read ADMIN_PASSWORD_FIEL"), "{unread}");
    let unread = settings("-users", "ADMIN_PASSWORD_FILE", None);
    assert_eq!(unread, "users reads no /run/secrets/admin/password");
}

#[test]
fn another_value_is_found() {
    for (end, name, wrong) in [
        ("-thoughts", "POSTGRES_POOL", "0"),
        ("-thoughts", "POSTGRES_SSLMODE", "sometimes"),
        ("-thoughts", "SAMPLE_DATA", "perhaps"),
        ("-users", "TRUSTED_PROXIES", "10.0.0.0/99"),
        ("-users", "DRAIN_DELAY", "soon"),
        ("-frontend", "LOG", "inof"),
        ("-frontend", "ALLOWED_HOSTS", "a b"),
        ("-frontend", "JWKS_URL", "mythoughts-users"),
    ] {
        let told = problems(|object| value(object, end, name, wrong));
        assert!(told.contains(wrong), "{name}={wrong}: {told}");
    }
    let port = problems(|object| value(object, "-users", "LISTEN", "0.0.0.0:8001"));
    assert_eq!(port, "users listens at 8001, its port http is 8000");
    let slow = problems(|object| value(object, "-users", "SHUTDOWN_TIMEOUT", "60"));
    assert_eq!(slow, "users stops in 67 s, but is killed after 32 s");
}

#[test]
fn another_file_is_found() {
    let told = problems(|object| key(object, "Secret", "-jwt", "private-key.pem", Some("key.pem")));
    assert!(
        told.contains("users finds no /run/secrets/jwt/private-key.pem, which JWT_PRIVATE_KEY_FILE names"),
        "{told}"
    );
    assert!(told.contains("users reads no /run/secrets/jwt/key.pem"), "{told}");
    let moved = problems(|object| {
        let mounts = object.pointer_mut("/spec/template/spec/containers/0/volumeMounts").and_then(Json::as_array_mut);
        for mount in mounts.into_iter().flatten().filter(|mount| mount["name"] == "admin") {
            mount["mountPath"] = json!("/run/secrets/administrator");
        }
    });
    assert!(moved.contains("users reads no /run/secrets/administrator/password"), "{moved}");
    assert!(moved.contains("ADMIN_PASSWORD_FILE: /run/secrets/admin/password"), "{moved}");
}
