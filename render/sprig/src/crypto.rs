//! Passwords, keys, certificates and encryption.

mod aes;
mod certificate;
mod der;
mod dsa;
mod key;
mod password;
mod x509;

use std::rc::Rc;

use govalue::{Function, Str, Type, Value, effects, meter};

use crate::Environment;
use crate::args::{any, bytes, text};

type Call = fn(&Environment, &[Value]) -> Result<Value, String>;

const STRING: &[Type] = &[Type::String];
const STRING_STRING: &[Type] = &[Type::String, Type::String];
/// sprig asks for an `uint32` first; only a constant becomes one, so that an `int` does as well.
const DERIVE: &[Type] = &[Type::Int, Type::String, Type::String, Type::String, Type::String];

/// Name, parameters and what it does.
const TABLE: &[(&str, &[Type], Call)] = &[
    ("bcrypt", STRING, |env, args| Ok(password::bcrypt(env, bytes(args, 0)).into())),
    ("htpasswd", STRING_STRING, |env, args| Ok(password::htpasswd(env, bytes(args, 0), bytes(args, 1)))),
    ("derivePassword", DERIVE, |_, args| Ok(derive_password(args).into())),
    ("genPrivateKey", STRING, |env, args| Ok(key::generate_pem(env, &text(args, 0)).into())),
    ("encryptAES", STRING_STRING, |env, args| aes::encrypt(env, bytes(args, 0), bytes(args, 1)).map(Value::from)),
    ("decryptAES", STRING_STRING, |_, args| Ok(Str::from(aes::decrypt(bytes(args, 0), bytes(args, 1))?).into())),
];

/// What a call counts as, in bytes, for the time that it takes: a tenth of a second, as for a key of 2048 bits, a second
/// for one of 4096, hardly any for the other kinds of keys.
const SLOW: usize = 2 << 20;
const SLOWEST: usize = 2 * SLOW;
const QUICK: usize = 64 << 10;

fn bytes_of(name: &str, args: &[Value]) -> usize {
    match name {
        "buildCustomCert" | "encryptAES" | "decryptAES" => 0,
        "genPrivateKey" if matches!(bytes(args, 0), b"rsa" | b"dsa") => SLOWEST,
        "genPrivateKey" => QUICK,
        _ => SLOW,
    }
}

pub(crate) fn functions(env: &Rc<Environment>) -> Vec<(&'static str, Function)> {
    let function = |&(name, params, call): &(&'static str, &'static [Type], Call)| {
        let env = Rc::clone(env);
        let call = move |args: &[Value]| {
            meter::add(bytes_of(name, args));
            effects::outside();
            call(&env, args)
        };
        (name, Function::new(params, call))
    };
    TABLE.iter().chain(certificate::TABLE).map(function).collect()
}

fn derive_password(args: &[Value]) -> String {
    let counter = match any(args, 0) {
        Value::Object(object) => object.underlying().as_ref().map_or(0, govalue::cast::to_int64),
        counter => govalue::cast::to_int64(counter),
    };
    password::derive(
        u32::try_from(counter).unwrap_or_default(),
        &text(args, 1),
        bytes(args, 2),
        bytes(args, 3),
        bytes(args, 4),
    )
}
