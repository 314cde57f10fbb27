//! Certificates as Go's `x509.CreateCertificate` makes them of sprig's template.

use std::net::IpAddr;

use aws_lc_rs::digest;
use govalue::strconv::quote;
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use super::der::{self, OCTET_STRING, SEQUENCE, SET, value};
use super::key::PrivateKey;
use crate::Environment;
use crate::dates::{Duration, Time};

const COMMON_NAME: &[u8] = &[der::OID, 3, 0x55, 4, 3];
const KEY_USAGE: &[u8] = &[der::OID, 3, 0x55, 0x1d, 15];
const EXTENDED_KEY_USAGE: &[u8] = &[der::OID, 3, 0x55, 0x1d, 37];
const BASIC_CONSTRAINTS: &[u8] = &[der::OID, 3, 0x55, 0x1d, 19];
const SUBJECT_KEY_ID: &[u8] = &[der::OID, 3, 0x55, 0x1d, 14];
const AUTHORITY_KEY_ID: &[u8] = &[der::OID, 3, 0x55, 0x1d, 35];
const SUBJECT_ALT_NAME: &[u8] = &[der::OID, 3, 0x55, 0x1d, 17];
const SERVER_AUTH: &[u8] = &[der::OID, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1];
const CLIENT_AUTH: &[u8] = &[der::OID, 8, 0x2b, 6, 1, 5, 5, 7, 3, 2];
const TRUE: &[u8] = &[0x01, 1, 0xff];

/// What a certificate shall say.
pub(super) struct Template<'a> {
    pub(super) common_name: &'a [u8],
    pub(super) ips: Vec<IpAddr>,
    pub(super) dns_names: Vec<Vec<u8>>,
    pub(super) days: i64,
    pub(super) is_ca: bool,
}

/// A certificate authority: what it puts into the certificates that it signs.
pub(super) struct Issuer {
    subject: Vec<u8>,
    key_id: Vec<u8>,
    public_key: Vec<u8>,
    key: PrivateKey,
}

/// Whether it is a certificate; the error is Go's text.
pub(super) fn parse(input: &[u8]) -> Result<Certificate, String> {
    Certificate::from_der(input).map_err(|_| "x509: malformed certificate".to_owned())
}

impl Issuer {
    /// The owner of a certificate and its key.
    pub(super) fn new(certificate: &Certificate, key: PrivateKey) -> Result<Self, String> {
        let body = &certificate.tbs_certificate;
        let subject = body.subject.to_der().map_err(|error| error.to_string())?;
        let key_id = body.get::<SubjectKeyIdentifier>().ok().flatten();
        let key_id = key_id.map(|(_, id)| id.0.as_bytes().to_vec()).unwrap_or_default();
        let public_key = body.subject_public_key_info.subject_public_key.raw_bytes().to_vec();
        Ok(Self { subject, key_id, public_key, key })
    }
}

/// Makes a certificate for a key, signed by the issuer or else by itself; the error is Go's text.
pub(super) fn create(
    env: &Environment,
    template: &Template<'_>,
    key: &PrivateKey,
    issuer: Option<&Issuer>,
) -> Result<Vec<u8>, String> {
    let signer = issuer.map_or(key, |issuer| &issuer.key);
    // Without such a key there is nothing to write.
    if matches!(signer, PrivateKey::Dsa(_)) {
        signer.sign(&[])?;
    }
    if matches!(key, PrivateKey::Dsa(_)) {
        return Err("x509: unsupported public key type: *dsa.PublicKey".to_owned());
    }
    let subject = name(template.common_name)?;
    if let Some(issuer) = issuer
        && issuer.public_key != signer.public_key()
    {
        return Err("x509: provided PrivateKey doesn't match parent's PublicKey".to_owned());
    }
    let extensions = extensions(template, &subject, key, issuer)?;
    let algorithm = signer.signature_algorithm();
    let body = der::sequence(&[
        &value(0xa0, &der::integer(&[2])),
        &der::integer(&env.bytes::<16>()),
        &algorithm,
        issuer.map_or(&subject, |issuer| &issuer.subject),
        &validity(env, template.days),
        &subject,
        &der::sequence(&[&key.key_algorithm(), &der::bit_string(key.public_key())]),
        &value(0xa3, &value(SEQUENCE, &extensions)),
    ]);
    let signature = der::bit_string(&signer.sign(&body)?);
    Ok(der::sequence(&[&body, &algorithm, &signature]))
}

fn validity(env: &Environment, days: i64) -> Vec<u8> {
    let now = env.now();
    let span = Duration(days.wrapping_mul(24 * 3600 * 1_000_000_000));
    der::sequence(&[&time(&now), &time(&now.add(span))])
}

fn time(time: &Time) -> Vec<u8> {
    let time = Time::utc(time.unix(), 0);
    let year = time.format(b"2006");
    if (b"1950".as_slice()..b"2050".as_slice()).contains(&year.as_slice()) {
        value(0x17, &time.format(b"060102150405Z"))
    } else {
        value(0x18, &time.format(b"20060102150405Z"))
    }
}

fn name(common_name: &[u8]) -> Result<Vec<u8>, String> {
    if common_name.is_empty() {
        return Ok(value(SEQUENCE, &[]));
    }
    let text = if common_name.iter().all(|&byte| is_printable(byte)) {
        value(0x13, common_name)
    } else if std::str::from_utf8(common_name).is_ok() {
        value(0x0c, common_name)
    } else {
        return Err("asn1: string not valid UTF-8".to_owned());
    };
    Ok(value(SEQUENCE, &value(SET, &der::sequence(&[COMMON_NAME, &text]))))
}

fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)
}

fn extension(oid: &[u8], critical: bool, content: &[u8]) -> Vec<u8> {
    der::sequence(&[oid, if critical { TRUE } else { &[] }, &value(OCTET_STRING, content)])
}

fn extensions(
    template: &Template<'_>,
    subject: &[u8],
    key: &PrivateKey,
    issuer: Option<&Issuer>,
) -> Result<Vec<u8>, String> {
    // Bits from the left: digital signature, key encipherment, and for an authority the signing of certificates.
    let usage: &[u8] = if template.is_ca { &[0x03, 2, 2, 0xa4] } else { &[0x03, 2, 5, 0xa0] };
    let constraints = der::sequence(&[if template.is_ca { TRUE } else { &[] }]);
    let mut extensions = vec![
        extension(KEY_USAGE, true, usage),
        extension(EXTENDED_KEY_USAGE, false, &der::sequence(&[SERVER_AUTH, CLIENT_AUTH])),
        extension(BASIC_CONSTRAINTS, true, &constraints),
    ];
    if template.is_ca {
        let hash = digest::digest(&digest::SHA256, key.public_key());
        let id = hash.as_ref().get(..20).unwrap_or_default();
        extensions.push(extension(SUBJECT_KEY_ID, false, &value(OCTET_STRING, id)));
    }
    if let Some(issuer) = issuer
        && issuer.subject != subject
        && !issuer.key_id.is_empty()
    {
        extensions.push(extension(AUTHORITY_KEY_ID, false, &der::sequence(&[&value(0x80, &issuer.key_id)])));
    }
    let names = alternative_names(template)?;
    if !names.is_empty() {
        let critical = template.common_name.is_empty();
        extensions.push(extension(SUBJECT_ALT_NAME, critical, &value(SEQUENCE, &names)));
    }
    Ok(extensions.concat())
}

fn alternative_names(template: &Template<'_>) -> Result<Vec<u8>, String> {
    let mut names = Vec::new();
    for name in &template.dns_names {
        if !name.is_ascii() {
            return Err(format!("x509: {} cannot be encoded as an IA5String", quote(name)));
        }
        names.extend(value(0x82, name));
    }
    for ip in &template.ips {
        names.extend(match ip.to_canonical() {
            IpAddr::V4(ip) => value(0x87, &ip.octets()),
            IpAddr::V6(ip) => value(0x87, &ip.octets()),
        });
    }
    Ok(names)
}
