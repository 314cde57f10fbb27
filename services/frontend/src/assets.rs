//! The style sheet, the icon and the script, each under an address that changes with its content.

use aws_lc_rs::digest::{SHA256, digest};
use serde::Serialize;

/// A file of ours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asset {
    name: &'static str,
    pub(crate) content_type: &'static str,
    pub(crate) content: &'static str,
}

const STYLE: Asset =
    Asset { name: "style.css", content_type: "text/css; charset=utf-8", content: include_str!("../static/style.css") };
const ICON: Asset =
    Asset { name: "icon.svg", content_type: "image/svg+xml", content: include_str!("../static/icon.svg") };
const SCRIPT: Asset = Asset {
    name: "script.js",
    content_type: "text/javascript; charset=utf-8",
    content: include_str!("../static/script.js"),
};

impl Asset {
    /// The beginning of the content's SHA-256, in hex.
    fn version(&self) -> String {
        let digest = digest(&SHA256, self.content.as_bytes());
        let first = digest.as_ref().iter().take(6).fold(0, |number, byte| number << 8 | u64::from(*byte));
        format!("{first:012x}")
    }

    fn path(&self) -> String {
        format!("/static/{}/{}", self.version(), self.name)
    }
}

/// Their addresses, as pages need them.
#[derive(Debug, Serialize)]
pub(crate) struct AssetPaths {
    style: String,
    icon: String,
    script: String,
}

impl AssetPaths {
    pub(crate) fn new() -> Self {
        Self { style: STYLE.path(), icon: ICON.path(), script: SCRIPT.path() }
    }

    /// The file at this address.
    pub(crate) fn find(&self, path: &str) -> Option<Asset> {
        [(&self.style, STYLE), (&self.icon, ICON), (&self.script, SCRIPT)]
            .into_iter()
            .find_map(|(known, asset)| (known == path).then_some(asset))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
    use super::*;

    #[test]
    fn an_address_leads_to_its_file_alone() {
        let paths = AssetPaths::new();
        assert_eq!(paths.find(&paths.style).unwrap().content, STYLE.content);
        let old = format!("/static/{}/style.css", "0".repeat(12));
        for path in [old.as_str(), "/static/style.css", &paths.style.replace("style.css", "icon.svg")] {
            assert!(paths.find(path).is_none(), "{path}");
        }
    }

    #[test]
    fn a_version_is_of_the_content() {
        let asset = Asset { name: "a", content_type: "", content: "abc" };
        assert_eq!(asset.path(), "/static/ba7816bf8f01/a");
    }
}
