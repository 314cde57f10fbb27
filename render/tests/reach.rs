//! `render reach`: its table, its picture, and how it exits.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

/// What the command prints on standard output and standard error, and its exit status; run in the repository.
fn run(arguments: &[&str]) -> (String, String, Option<i32>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
    let output = command.arg("reach").args(arguments).current_dir(root).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// Lines with single spaces.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_table_tells_who_reaches_whom_in_our_chart() {
    let (shown, told, status) = run(&["chart", "--name", "my", "-f", "values/production.yaml"]);
    assert_eq!((told.as_str(), status), ("", Some(0)));
    let (jobs, others): (Vec<_>, Vec<_>) = lines(&shown).into_iter().partition(|line| line.contains("Job "));
    let backup = "CronJob my-mythoughts-users-backup PGHOST my-mythoughts-users-database:5432 \
                  StatefulSet my-mythoughts-users-database:5432 open";
    assert!(jobs.contains(&backup.to_owned()) && jobs.iter().all(|line| line.ends_with(" open")), "{jobs:#?}");
    assert_eq!(
        others,
        [
            "FROM BY TO PODS VERDICT",
            "Deployment my-mythoughts-frontend JWKS_URL my-mythoughts-users:80 Deployment my-mythoughts-users:8000 open",
            "Deployment my-mythoughts-frontend THOUGHTS_BACKEND_URL my-mythoughts-thoughts:80 Deployment my-mythoughts-thoughts:8000 open",
            "Deployment my-mythoughts-frontend USER_BACKEND_URL my-mythoughts-users:80 Deployment my-mythoughts-users:8000 open",
            "Deployment my-mythoughts-thoughts JWKS_URL my-mythoughts-users:80 Deployment my-mythoughts-users:8000 open",
            "Deployment my-mythoughts-thoughts POSTGRES_HOST my-mythoughts-thoughts-database:5432 StatefulSet my-mythoughts-thoughts-database:5432 open",
            "Deployment my-mythoughts-users POSTGRES_HOST my-mythoughts-users-database:5432 StatefulSet my-mythoughts-users-database:5432 open",
            "Ingress my-mythoughts-frontend outside my-mythoughts-frontend:http Deployment my-mythoughts-frontend:8000 open",
        ]
    );
}

#[test]
fn a_picture_is_a_flowchart_of_the_same() {
    let (shown, _, status) = run(&["chart", "--name", "my", "-f", "values/production.yaml", "--format", "mermaid"]);
    assert_eq!(status, Some(0));
    assert!(shown.starts_with("flowchart LR\n"), "{shown}");
    for part in ["[\"Deployment my-mythoughts-frontend\"]", "-->|\"JWKS_URL\"|", "[\"Ingress my-mythoughts-frontend\"]"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("-.->"), "{shown}");
}

#[test]
fn what_does_not_arrive_is_told_without_failing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.yaml");
    let pod = "{containers: [{name: web, image: web, env: [{name: STOCK_URL, value: http://stock}], args: [--mail=http://mail:1]}]}";
    let text = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {pod}\n---\napiVersion: v1\nkind: Service\n\
         metadata: {{name: stock}}\nspec: {{selector: {{app: stock}}, ports: [{{port: 81}}]}}\n"
    );
    std::fs::write(&file, text).unwrap();
    let path = file.to_str().unwrap();
    let (shown, _, status) = run(&[path]);
    let wanted =
        ["FROM BY TO PODS VERDICT", "Pod web STOCK_URL stock:80 no such port", "Pod web an argument mail:1 no Service"];
    assert_eq!((lines(&shown).as_slice(), status), (wanted.map(str::to_owned).as_slice(), Some(0)));
    let (shown, ..) = run(&[path, "--format", "mermaid"]);
    assert!(shown.contains("-.->|\"STOCK_URL: no such port\"|"), "{shown}");
}

#[test]
fn what_cannot_be_read_is_status_2() {
    for (arguments, wanted) in [
        (&["nowhere"][..], "nowhere: No such file"),
        (&["chart", "--set", "thoughts.database.mode=none"], "thoughts"),
        (&["chart", "--format", "svgz"], "invalid value 'svgz'"),
        (&[], "required arguments were not provided"),
    ] {
        let (shown, told, status) = run(arguments);
        assert!(told.contains(wanted), "{arguments:?}: {told}");
        assert_eq!((shown.as_str(), status), ("", Some(2)), "{arguments:?}");
    }
}
