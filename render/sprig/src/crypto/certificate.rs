//! The functions that make certificates.

use std::any::Any;
use std::net::IpAddr;

use aws_lc_rs::rsa::KeySize;
use govalue::{Kind, NamedType, Object, Type, Value, fmt};

use super::key::{PrivateKey, encode_pem};
use super::x509::{self, Issuer, Template};
use super::{Call, STRING_STRING};
use crate::Environment;
use crate::args::{any, bytes, int};
use crate::encoding::decode_base64;
use crate::objects::{downcast, object};

const CERTIFICATE: Type = Type::Named("sprig.certificate");

pub(super) const TABLE: &[(&str, &[Type], Call)] = &[
    ("buildCustomCert", STRING_STRING, |_, args| build_custom(bytes(args, 0), bytes(args, 1))),
    ("genCA", &[Type::String, Type::Int], |env, args| authority(env, args, &new_key(env)?)),
    ("genCAWithKey", &[Type::String, Type::Int, Type::String], |env, args| authority(env, args, &given_key(args, 2)?)),
    ("genSelfSignedCert", SELF_SIGNED, |env, args| self_signed(env, args, &new_key(env)?)),
    (
        "genSelfSignedCertWithKey",
        &[Type::String, Type::AnyList, Type::AnyList, Type::Int, Type::String],
        |env, args| self_signed(env, args, &given_key(args, 4)?),
    ),
    ("genSignedCert", &[Type::String, Type::AnyList, Type::AnyList, Type::Int, CERTIFICATE], |env, args| {
        signed(env, args, &new_key(env)?)
    }),
    (
        "genSignedCertWithKey",
        &[Type::String, Type::AnyList, Type::AnyList, Type::Int, CERTIFICATE, Type::String],
        |env, args| signed(env, args, &given_key(args, 5)?),
    ),
];

const SELF_SIGNED: &[Type] = &[Type::String, Type::AnyList, Type::AnyList, Type::Int];

static TYPE: NamedType = NamedType { name: "sprig.certificate", methods: &[] };

/// A certificate and its private key, both as PEM.
#[derive(Clone, Debug)]
struct Pair {
    certificate: String,
    key: String,
}

impl Object for Pair {
    fn type_of(&self) -> &'static NamedType {
        &TYPE
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![("Cert", self.certificate.as_str().into()), ("Key", self.key.as_str().into())]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn new_key(env: &Environment) -> Result<PrivateKey, String> {
    PrivateKey::new_rsa(env, KeySize::Rsa2048).map_err(|error| format!("error generating rsa key: {error}"))
}

fn given_key(args: &[Value], index: usize) -> Result<PrivateKey, String> {
    PrivateKey::parse(bytes(args, index)).map_err(|error| format!("parsing private key: {error}"))
}

fn authority(env: &Environment, args: &[Value], key: &PrivateKey) -> Result<Value, String> {
    let template = Template {
        common_name: bytes(args, 0),
        ips: Vec::new(),
        dns_names: Vec::new(),
        days: int(args, 1),
        is_ca: true,
    };
    create(env, &template, key, None)
}

fn self_signed(env: &Environment, args: &[Value], key: &PrivateKey) -> Result<Value, String> {
    create(env, &leaf(args)?, key, None)
}

fn signed(env: &Environment, args: &[Value], key: &PrivateKey) -> Result<Value, String> {
    let authority = downcast::<Pair>(any(args, 4)).ok_or("unable to decode certificate")?;
    let block = pem::parse(&authority.certificate).map_err(|_| "unable to decode certificate".to_owned())?;
    let certificate = x509::parse(block.contents())
        .map_err(|error| format!("error parsing certificate: decodedSignerCert.Bytes: {error}"))?;
    let signer =
        PrivateKey::parse(authority.key.as_bytes()).map_err(|error| format!("error parsing private key: {error}"))?;
    let issuer = Issuer::new(&certificate, signer)?;
    create(env, &leaf(args)?, key, Some(&issuer))
}

/// The template of a certificate that is no authority.
fn leaf(args: &[Value]) -> Result<Template<'_>, String> {
    Ok(Template {
        common_name: bytes(args, 0),
        ips: ips(any(args, 1))?,
        dns_names: dns_names(any(args, 2))?,
        days: int(args, 3),
        is_ca: false,
    })
}

fn ips(list: &Value) -> Result<Vec<IpAddr>, String> {
    let parse = |item: &Value| {
        let text = item.as_string().ok_or_else(|| not_a_string("error parsing ip", item))?.to_text();
        text.parse().map_err(|_| format!("error parsing ip: {text}"))
    };
    list.as_list().map_or_else(|| Ok(Vec::new()), |list| list.iter().map(parse).collect())
}

fn dns_names(list: &Value) -> Result<Vec<Vec<u8>>, String> {
    let name = |item: &Value| match item.as_string() {
        Some(name) => Ok(name.to_vec()),
        None => Err(not_a_string("error processing alternate dns name", item)),
    };
    list.as_list().map_or_else(|| Ok(Vec::new()), |list| list.iter().map(name).collect())
}

fn not_a_string(what: &str, item: &Value) -> String {
    let printed = fmt::sprint(std::slice::from_ref(item));
    format!("{what}: {} is not a string", String::from_utf8_lossy(&printed))
}

fn create(
    env: &Environment,
    template: &Template<'_>,
    key: &PrivateKey,
    issuer: Option<&Issuer>,
) -> Result<Value, String> {
    let certificate =
        x509::create(env, template, key, issuer).map_err(|error| format!("error creating certificate: {error}"))?;
    Ok(object(Pair { certificate: encode_pem("CERTIFICATE", certificate), key: key.pem() }))
}

/// Takes a certificate and a key, both base64 of PEM, after checking them.
fn build_custom(certificate: &[u8], key: &[u8]) -> Result<Value, String> {
    let certificate = decode_base64(certificate).map_err(|_| "unable to decode base64 certificate".to_owned())?;
    let key = decode_base64(key).map_err(|_| "unable to decode base64 private key".to_owned())?;
    let block = pem::parse(&certificate).map_err(|_| "unable to decode certificate".to_owned())?;
    x509::parse(block.contents()).map_err(|error| format!("error parsing certificate: decodedCert.Bytes: {error}"))?;
    PrivateKey::parse(&key).map_err(|error| format!("error parsing private key: {error}"))?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok(object(Pair { certificate: text(certificate), key: text(key) }))
}
