//! The folder that keeps everything between two starts.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};

/// A folder that can be written, with a private key in it.
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// Makes the folder and the key if they are not there.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let what = || format!("--data {}: cannot keep data there", path.display());
        DirBuilder::new().recursive(true).mode(0o700).create(path).with_context(what)?;
        let folder = Self(path.to_owned());
        folder.make_key().with_context(what)?;
        Ok(folder)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The key that signs tokens.
    pub fn private_key(&self) -> PathBuf {
        self.0.join("jwt-private.pem")
    }

    /// A service's database.
    pub fn database(&self, service: &str) -> PathBuf {
        self.0.join(format!("{service}.sqlite"))
    }

    /// The key appears under its name only when it is whole.
    fn make_key(&self) -> anyhow::Result<()> {
        if self.private_key().exists() {
            // a folder that cannot be written shows now, not at the first login
            return self.try_to_write();
        }
        let unfinished = self.0.join(format!("jwt-private.pem.{}", std::process::id()));
        write_new(&unfinished, new_key()?.as_bytes())?;
        std::fs::rename(&unfinished, self.private_key())?;
        Ok(())
    }

    fn try_to_write(&self) -> anyhow::Result<()> {
        let probe = self.0.join(format!("probe.{}", std::process::id()));
        write_new(&probe, b"")?;
        Ok(std::fs::remove_file(&probe)?)
    }
}

fn write_new(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let mut file = opened.map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => anyhow!("it cannot be written"),
        _ => error.into(),
    })?;
    file.write_all(content)?;
    Ok(file.sync_all()?)
}

/// An RSA key of 2048 bits as PKCS#8 PEM.
fn new_key() -> anyhow::Result<String> {
    let key = KeyPair::generate(KeySize::Rsa2048).map_err(|_| anyhow!("cannot make a key"))?;
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&key).map_err(|_| anyhow!("cannot write a key"))?;
    Ok(pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_key_is_made_once_and_is_its_owner_s_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/data");
        let key = DataFolder::open(&path).unwrap().private_key();
        let first = std::fs::read_to_string(&key).unwrap();
        assert!(first.starts_with("-----BEGIN PRIVATE KEY-----"));
        assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
        DataFolder::open(&path).unwrap();
        assert_eq!(std::fs::read_to_string(&key).unwrap(), first);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = DataFolder::open(&file.path().join("data")).err().unwrap();
        assert!(format!("{error:#}").contains("--data "), "{error:#}");
    }
}
