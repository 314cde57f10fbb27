//! Hashed and derived passwords.

use aws_lc_rs::hmac;
use govalue::{Str, Value};

use crate::Environment;

/// bcrypt's default cost in Go.
const COST: u32 = 10;
const MAX_PASSWORD: usize = 72;

/// The hash with a new salt, or the text of the error.
pub(super) fn bcrypt(env: &Environment, password: &[u8]) -> String {
    const FAILED: &str = "failed to encrypt string with bcrypt";
    if password.len() > MAX_PASSWORD {
        return format!("{FAILED}: bcrypt: password length exceeds 72 bytes");
    }
    match bcrypt::hash_with_salt(password, COST, env.bytes()) {
        Ok(hash) => hash.format_for_version(bcrypt::Version::TwoA),
        Err(error) => format!("{FAILED}: {error}"),
    }
}

/// A line of an Apache password file.
pub(super) fn htpasswd(env: &Environment, user: &[u8], password: &[u8]) -> Value {
    let line = if user.contains(&b':') {
        [b"invalid username: ", user].concat()
    } else {
        [user, b":", bcrypt(env, password).as_bytes()].concat()
    };
    Str::from(line).into()
}

const SEED: &[u8] = b"com.lyndir.masterpassword";

/// A site's password by the rules of Master Password, or a sentence if there is no such type.
pub(super) fn derive(counter: u32, kind: &str, password: &[u8], user: &[u8], site: &[u8]) -> String {
    let templates = templates(kind);
    if templates.is_empty() {
        return format!("cannot find password template {kind}");
    }
    let mut key = [0; 64];
    let salt = [SEED, &length(user), user].concat();
    // N is 2 to the power of 15.
    let derived = scrypt::Params::new(15, 8, 2)
        .map_err(|error| error.to_string())
        .and_then(|params| scrypt::scrypt(password, &salt, &params, &mut key).map_err(|error| error.to_string()));
    if let Err(error) = derived {
        return format!("failed to derive password: {error}");
    }
    let message = [SEED, &length(site), site, &counter.to_be_bytes()].concat();
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), &message);
    fill(templates, tag.as_ref())
}

fn length(text: &[u8]) -> [u8; 4] {
    u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes()
}

/// The first byte chooses a template, each one after it a character of the template's class.
fn fill(templates: &[&str], seed: &[u8]) -> String {
    let pick = |number: Option<&u8>, count: usize| usize::from(number.copied().unwrap_or_default()) % count.max(1);
    let template = templates.get(pick(seed.first(), templates.len())).copied().unwrap_or_default();
    let character = |(class, number): (u8, &u8)| {
        let characters = characters(class);
        characters.get(pick(Some(number), characters.len())).copied().map(char::from)
    };
    template.bytes().zip(seed.iter().skip(1)).filter_map(character).collect()
}

fn templates(kind: &str) -> &'static [&'static str] {
    match kind {
        "maximum" => &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"],
        "long" => &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
        "medium" => &["CvcnoCvc", "CvcCvcno"],
        "short" => &["Cvcn"],
        "basic" => &["aaanaaan", "aannaaan", "aaannaaa"],
        "pin" => &["nnnn"],
        _ => &[],
    }
}

fn characters(class: u8) -> &'static [u8] {
    match class {
        b'V' => b"AEIOU",
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'A' => b"AEIOUBCDFGHJKLMNPQRSTVWXYZ",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}
