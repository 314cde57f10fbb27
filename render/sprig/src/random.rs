//! Texts by chance.

use std::rc::Rc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bstr::ByteSlice;
use govalue::{Function, Str, Type, Value};

use crate::Environment;
use crate::args::{MAX_RESULT, bytes, int, too_large};

const INT: &[Type] = &[Type::Int];
const DIGITS: &[u8] = b"0123456789";
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ALPHANUMERIC: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

pub(crate) fn functions(env: &Rc<Environment>) -> Vec<(&'static str, Function)> {
    let ascii: Vec<u8> = (b' '..=b'~').collect();
    vec![
        ("randAlphaNum", chosen_from("randAlphaNum", env, ALPHANUMERIC)),
        ("randAlpha", chosen_from("randAlpha", env, LETTERS)),
        ("randNumeric", chosen_from("randNumeric", env, DIGITS)),
        ("randAscii", chosen_from("randAscii", env, &ascii)),
        ("randBytes", with(env, INT, |env, args| rand_bytes(env, int(args, 0)))),
        ("shuffle", with(env, &[Type::String], |env, args| Ok(shuffle(env, bytes(args, 0))))),
        ("uuidv4", with(env, &[], |env, _| Ok(uuid_v4(env).into()))),
    ]
}

fn with(
    env: &Rc<Environment>,
    params: &'static [Type],
    call: fn(&Environment, &[Value]) -> Result<Value, String>,
) -> Function {
    let env = Rc::clone(env);
    Function::new(params, move |args| call(&env, args))
}

/// So many characters of the alphabet; none if asked for less than none.
fn chosen_from(name: &'static str, env: &Rc<Environment>, alphabet: &[u8]) -> Function {
    let (env, alphabet) = (Rc::clone(env), alphabet.to_vec());
    Function::new(INT, move |args| {
        let count = usize::try_from(int(args, 0)).unwrap_or_default();
        if count > MAX_RESULT {
            return Err(too_large(name));
        }
        let text: Vec<u8> = (0..count).filter_map(|_| alphabet.get(below(&env, alphabet.len())).copied()).collect();
        Ok(Str::from(text).into())
    })
}

fn below(env: &Environment, bound: usize) -> usize {
    usize::try_from(env.random_below(bound as u64)).unwrap_or_default()
}

fn rand_bytes(env: &Environment, count: i64) -> Result<Value, String> {
    let count = usize::try_from(count).map_err(|_| "runtime error: makeslice: len out of range".to_owned())?;
    if count > MAX_RESULT / 4 * 3 {
        return Err(too_large("randBytes"));
    }
    let mut buffer = vec![0; count];
    env.fill(&mut buffer);
    Ok(BASE64_STANDARD.encode(buffer).into())
}

fn shuffle(env: &Environment, text: &[u8]) -> Value {
    let mut characters: Vec<char> = text.chars().collect();
    for last in (1..characters.len()).rev() {
        characters.swap(last, below(env, last + 1));
    }
    characters.into_iter().collect::<String>().into()
}

fn uuid_v4(env: &Environment) -> String {
    let number = u128::from_be_bytes(env.bytes());
    // The version, 4, and the variant, binary 10, take six of the bits.
    let number = number & !(0xf << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let hex = format!("{number:032x}");
    let mut uuid = String::with_capacity(36);
    for (index, digit) in hex.chars().enumerate() {
        if matches!(index, 8 | 12 | 16 | 20) {
            uuid.push('-');
        }
        uuid.push(digit);
    }
    uuid
}
