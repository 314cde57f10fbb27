//! AES-256 in CBC mode, with the password's first 32 bytes for a key.

use aws_lc_rs::cipher::{
    AES_256, DecryptingKey, DecryptionContext, EncryptionContext, PaddedBlockEncryptingKey, UnboundCipherKey,
};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::iv::FixedLength;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::Environment;
use crate::args::{MAX_RESULT, too_large};
use crate::encoding::decode_base64;

const BLOCK: usize = 16;

fn key(password: &[u8]) -> Result<UnboundCipherKey, String> {
    let mut key = [0; 32];
    for (place, byte) in key.iter_mut().zip(password) {
        *place = *byte;
    }
    UnboundCipherKey::new(&AES_256, &key).map_err(failed)
}

fn failed(_: Unspecified) -> String {
    "crypto/aes: operation failed".to_owned()
}

/// Base64 of a random start and the encrypted text.
pub(super) fn encrypt(env: &Environment, password: &[u8], text: &[u8]) -> Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    if text.len() > MAX_RESULT / 2 {
        return Err(too_large("encryptAES"));
    }
    let start: [u8; BLOCK] = env.bytes();
    let key = PaddedBlockEncryptingKey::cbc_pkcs7(key(password)?).map_err(failed)?;
    let mut encrypted = text.to_vec();
    key.less_safe_encrypt(&mut encrypted, EncryptionContext::Iv128(FixedLength::from(start))).map_err(failed)?;
    Ok(BASE64_STANDARD.encode([&start, encrypted.as_slice()].concat()))
}

/// The text that was encrypted. With a wrong password it is noise, or an error of the padding.
pub(super) fn decrypt(password: &[u8], text: &[u8]) -> Result<Vec<u8>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let encrypted = decode_base64(text)?;
    let Some((start, blocks)) = encrypted.split_first_chunk::<BLOCK>() else {
        let capacity = text.len() / 4 * 3;
        return Err(format!("runtime error: slice bounds out of range [:{BLOCK}] with capacity {capacity}"));
    };
    if blocks.len() % BLOCK != 0 {
        return Err("crypto/cipher: input not full blocks".to_owned());
    }
    let mut plain = blocks.to_vec();
    let key = DecryptingKey::cbc(key(password)?).map_err(failed)?;
    if !plain.is_empty() {
        key.decrypt(&mut plain, DecryptionContext::Iv128(FixedLength::from(*start))).map_err(failed)?;
    }
    let padding = plain.last().ok_or("runtime error: index out of range [-1]")?;
    match plain.len().checked_sub(usize::from(*padding)) {
        Some(length) => plain.truncate(length),
        None => {
            let over = usize::from(*padding) - plain.len();
            return Err(format!("runtime error: slice bounds out of range [:-{over}]"));
        }
    }
    Ok(plain)
}
