//! The Secrets that values/production.yaml names.

use std::fs;

use super::namespace::Namespace;
use crate::{Key, unique};

/// Makes what values/production.yaml names; gives the administrator's password.
pub fn create_production_secrets(namespace: &Namespace) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let create = |name: &str, key: &str, value: &str| {
        let file = folder.path().join(key);
        fs::write(&file, value).expect("the temporary folder can be written");
        namespace.kubectl(&["create", "secret", "generic", name, &format!("--from-file={}", file.display())]);
    };
    let password = unique("p %&+=");
    create("mythoughts-admin", "password", &password);
    create("mythoughts-thoughts-database", "password", &unique("thoughts"));
    create("mythoughts-users-database", "password", &unique("users"));
    create("mythoughts-jwt", "private-key.pem", &Key::shared().private_pem);
    password
}
