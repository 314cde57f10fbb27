//! The release that Helm has in a cluster: a Secret for each revision.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use serde_json::Value as Json;

use super::client::Cluster;
use crate::cli::Failure;

/// How large a release may be once it is unpacked.
const MAX_BYTES: u64 = 64 << 20;

impl Cluster {
    /// The manifests of the revision that is deployed; nothing if Helm has no such release here.
    pub(super) fn release(&self, namespace: &str, name: &str) -> Result<Option<String>, Failure> {
        let secrets = self.secrets(namespace, &format!("owner=helm,name={name},status=deployed"))?;
        let version = |secret: &&Json| -> u64 {
            let label = secret.pointer("/metadata/labels/version").and_then(Json::as_str);
            label.and_then(|version| version.parse().ok()).unwrap_or_default()
        };
        let Some(latest) = secrets.iter().max_by_key(version) else { return Ok(None) };
        let kept = latest.pointer("/data/release").and_then(Json::as_str).unwrap_or_default();
        manifests(kept)
            .map(Some)
            .ok_or_else(|| Failure::new(format!("wanted a release of Helm, met what is none: {name}")))
    }
}

/// Out of base64 in base64, compressed JSON with all manifests as one text.
fn manifests(kept: &str) -> Option<String> {
    let packed = STANDARD.decode(STANDARD.decode(kept).ok()?).ok()?;
    let mut text = String::new();
    GzDecoder::new(packed.as_slice()).take(MAX_BYTES).read_to_string(&mut text).ok()?;
    let release: Json = serde_json::from_str(&text).ok()?;
    Some(release["manifest"].as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    #[test]
    fn a_release_is_unpacked_and_what_is_none_is_refused() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(br#"{"name": "mine", "manifest": "---\nkind: A\n"}"#).unwrap();
        let kept = STANDARD.encode(STANDARD.encode(packed.finish().unwrap()));
        assert_eq!(manifests(&kept).as_deref(), Some("---\nkind: A\n"));
        for none in ["", "a", "YWJj", &STANDARD.encode("YWJj")] {
            assert_eq!(manifests(none), None, "{none}");
        }
    }
}
