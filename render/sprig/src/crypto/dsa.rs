//! DSA keys.
//!
//! sprig searches for new domain parameters with every key, which takes long. The parameters are no secret and may be
//! shared, so all keys here have the same, which Go's `dsa.GenerateParameters` found for 2048 and 256 bits.

use num_bigint::BigUint;

use super::der;
use crate::Environment;

const P: &str = concat!(
    "8ba822134e318ccff42d7527c66febab63404656ab0a381a977d685e34c8c870a41a79f0d8eaa9014802e3ecaf71c8e0b4a1",
    "098ce8c3b3667d98842fed4a01e709d549c8f02d0b62f01eea9c636e9402d86ddfff5a711bbdf63accb664fef43466d6eef0",
    "28a2621773ed2709ec327c19cbe502d322f93e9d67626a65f90a0b264ba9aa88babe48f1c21e6f7a95270af3e279066e012a",
    "d3d6446f5250c3bf5bf2894bf5912163569807defb81fa8f22ccb52cdb8f75d0dd5f4baccf405b3b239a813cfd5f65415558",
    "3a32a62b5925957324d1b99d823b5ce101e8a3e085802286268dffa2254f5a3f2c8169ae44adf4b8d19f5029e889dea98284",
    "7ee8692f71e7",
);
const Q: &str = "b5741ceb39df8c8297f1e479e16ab1e662e01b27a5803ed2f5e69e379fb585ab";
const G: &str = concat!(
    "5187097464b9e357df5b72f7cc9a5ac125c9ef4e79c960b5aa5f3fea387bcccb0883d13804f5700cda58d76ee4342c082eae",
    "f2fe3d1d4b738f36b50744fbd0a1ab924dbe9e6dfcf3da39f9bbc92ad62e6e918bfde8096bd31ce13c528bd51b223843cd96",
    "af474c60e89231669ce6886f1d630b07fcad5b8fc236207d6725aaee2ec00415b2893f24ac16d9d12e3e9123767e72d7ade1",
    "a7288f12ca2870590d91bcee067f5722dd644d5a82bc0e0bc317a0ac8bd05ef57622426ea566432db09d2b643ccb180fd5d2",
    "ea4c9f40a45ce518b90053a73341fc31493e4d91c127f10dfddf2aafa3eaddd95717747971b7f434f78dac2e60d9c094808a",
    "7598d8e387a4",
);

fn parameter(hex: &str) -> BigUint {
    BigUint::parse_bytes(hex.as_bytes(), 16).unwrap_or_default()
}

/// A new private key with its parameters, as OpenSSL writes it.
pub(super) fn generate(env: &Environment) -> Vec<u8> {
    let (modulus, order, generator) = (parameter(P), parameter(Q), parameter(G));
    let zero = BigUint::ZERO;
    let private = loop {
        let number = BigUint::from_bytes_be(&env.bytes::<32>());
        if number != zero && number < order {
            break number;
        }
    };
    let public = generator.modpow(&private, &modulus);
    let numbers = [&zero, &modulus, &order, &generator, &public, &private];
    let numbers = numbers.map(|number| der::integer(&number.to_bytes_be()));
    der::sequence(&numbers.each_ref().map(Vec::as_slice))
}

/// Whether it is a private key of this form.
pub(super) fn is_key(input: &[u8]) -> bool {
    let Some((mut rest, _)) = der::read(input, der::SEQUENCE) else { return false };
    for _ in 0..6 {
        match der::read(rest, der::INTEGER) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    true
}
