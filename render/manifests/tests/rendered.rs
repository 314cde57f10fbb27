//! What another Helm printed, beside the model.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mythoughts_manifests::{Difference, check_rendered};
use render::{Chart, Environment, Options, Output, Release, Renderer, Table};

fn chart() -> Chart {
    Chart::load(concat!(env!("CARGO_MANIFEST_DIR"), "/../../chart")).unwrap()
}

fn release() -> Release {
    Release::new("mythoughts", "default")
}

fn compared(text: &str) -> Vec<Difference> {
    check_rendered(text.as_bytes(), &chart(), &release(), &Options::default()).unwrap()
}

/// The chart as an installation elsewhere prints it, where chance is another.
fn printed(key: &str) -> String {
    let ready = render::KNOWN_RSA_KEYS[0];
    let environment = Rc::new(Environment::new().with_rsa_key(ready));
    let renderer = Renderer { release: release(), environment, ..Renderer::default() };
    let output = renderer.render(&chart(), &Table::new()).unwrap();
    let text = String::from_utf8(Output::default().text(&output, renderer.helm).unwrap()).unwrap();
    let changed = text.replace(&STANDARD.encode(ready), &STANDARD.encode(key));
    assert_ne!(text, changed, "the key is there");
    changed
}

const KEY: &str = "-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAKj3\nqBY=\n-----END RSA PRIVATE KEY-----\n";

#[test]
fn what_another_helm_printed_is_compared() {
    let printed = printed(KEY);
    assert_eq!(compared(&printed), []);

    let found = compared(&printed.replacen("containerPort: 9090", "containerPort: 9091", 1));
    assert!(found[0].path.contains("spec.template.spec.containers"), "{found:?}");
    assert!(!found[0].lines.is_empty(), "the template's lines are told");
    assert_eq!(compared(&printed.replacen("kind: Service\n", "kind: Servise\n", 1)).len(), 2);
}

#[test]
fn what_is_made_at_random_looks_like_it() {
    let paths = |text: &str| compared(text).into_iter().map(|difference| difference.path).collect::<Vec<_>>();
    for key in ["a key", "", KEY.trim_start_matches('-'), &KEY.replace("RSA", "EC"), &KEY.replace('=', "!")] {
        assert_eq!(paths(&printed(key)), [r#"data["private-key.pem"]"#], "{key}");
    }
    let text = printed(KEY);
    let (start, length) = (text.find("password: \"").unwrap() + "password: \"".len(), 44);
    for password in ["cGFzc3dvcmQ=", &"A".repeat(44), "IQ=="] {
        let other = format!("{}{password}{}", &text[..start], &text[start + length..]);
        assert_eq!(paths(&other), ["data.password"], "{password}");
    }
}
