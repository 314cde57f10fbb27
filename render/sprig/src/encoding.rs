//! Base64, base32 and check sums.

use aws_lc_rs::digest;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use govalue::{Function, Str, Type, Value};

use crate::args::{MAX_RESULT, bytes, too_large};

mod decode;

pub(crate) use decode::base64 as decode_base64;

const STRING: &[Type] = &[Type::String];
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("b64enc", encoder("b64enc", |text| BASE64_STANDARD.encode(text))),
        ("b32enc", encoder("b32enc", encode_base32)),
        ("b64dec", decoder(decode::base64)),
        ("b32dec", decoder(decode::base32)),
        ("sha1sum", sum(|text| hex(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, text).as_ref()))),
        ("sha256sum", sum(|text| hex(digest::digest(&digest::SHA256, text).as_ref()))),
        ("sha512sum", sum(|text| hex(digest::digest(&digest::SHA512, text).as_ref()))),
        ("adler32sum", sum(|text| simd_adler32::adler32(&text).to_string())),
    ]
}

fn sum(of: fn(&[u8]) -> String) -> Function {
    Function::new(STRING, move |args| Ok(of(bytes(args, 0)).into()))
}

fn encoder(name: &'static str, encode: fn(&[u8]) -> String) -> Function {
    Function::new(STRING, move |args| {
        let input = bytes(args, 0);
        if input.len() > MAX_RESULT / 2 { Err(too_large(name)) } else { Ok(encode(input).into()) }
    })
}

/// What cannot be decoded gives the error's text for a result.
fn decoder(decode: fn(&[u8]) -> Result<Vec<u8>, String>) -> Function {
    Function::new(STRING, move |args| Ok(Value::String(decode(bytes(args, 0)).map_or_else(Str::from, Str::from))))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |number: u8| char::from(DIGITS[usize::from(number & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

fn encode_base32(input: &[u8]) -> String {
    let mut output = String::with_capacity(input.len().div_ceil(5) * 8);
    for chunk in input.chunks(5) {
        let mut block = [0; 8];
        for (place, byte) in block.iter_mut().skip(3).zip(chunk) {
            *place = *byte;
        }
        let bits = u64::from_be_bytes(block);
        let used = (chunk.len() * 8).div_ceil(5);
        for index in 0..8 {
            let digit = usize::try_from(bits >> (35 - 5 * index) & 31).unwrap_or_default();
            output.push(if index < used { char::from(BASE32[digit]) } else { '=' });
        }
    }
    output
}
