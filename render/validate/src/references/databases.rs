//! What images of databases must be told.

use crate::Rule;
use crate::model::{Field, Report, View, environment};

pub(crate) const DATABASE_VARIABLE: Rule = Rule {
    id: "database-variable",
    summary: "The image of a database is not told its password.",
    reason: "It ends at its first start, and says which variable it wants.",
    allow: "When its data is there already.",
};

/// Images, and the variables of which they want one.
const IMAGES: [(&str, &[&str]); 3] = [
    ("postgres", &["POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"]),
    (
        "mysql",
        &[
            "MYSQL_ROOT_PASSWORD",
            "MYSQL_ROOT_PASSWORD_FILE",
            "MYSQL_ALLOW_EMPTY_PASSWORD",
            "MYSQL_RANDOM_ROOT_PASSWORD",
        ],
    ),
    (
        "mariadb",
        &[
            "MARIADB_ROOT_PASSWORD",
            "MARIADB_ROOT_PASSWORD_FILE",
            "MARIADB_ROOT_PASSWORD_HASH",
            "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
            "MARIADB_RANDOM_ROOT_PASSWORD",
            "MYSQL_ROOT_PASSWORD",
            "MYSQL_ROOT_PASSWORD_FILE",
            "MYSQL_ALLOW_EMPTY_PASSWORD",
            "MYSQL_RANDOM_ROOT_PASSWORD",
        ],
    ),
];

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        for container in workload.running() {
            password(view, &container, report);
        }
    }
}

fn password(view: &View<'_>, container: &Field<'_>, report: &mut Report) {
    let image = container.text("image").and_then(|image| image.rsplit('/').next()?.split([':', '@']).next());
    let Some((image, wanted)) = IMAGES.iter().find(|(name, _)| image == Some(name)) else { return };
    // Another command may be another program, and what envFrom brings the set may not show.
    let is_plain = ["command", "envFrom"].iter().all(|key| container.items(&[key]).is_empty());
    let variables = environment(view, container);
    // Without any variable it is likely no more than a sketch.
    if !is_plain || variables.is_empty() {
        return;
    }
    if !variables.iter().any(|variable| wanted.contains(&variable.name.as_str())) {
        let names = wanted.iter().copied();
        let hint = variables.iter().map(|own| View::hint(names.clone(), &own.name)).find(|hint| !hint.is_empty());
        let message = format!("the image {image} wants {}{}", wanted.join(" or "), hint.unwrap_or_default());
        report.warning(&DATABASE_VARIABLE, &container.or_self(&["env"]), message);
    }
}
