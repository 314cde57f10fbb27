//! Whose request it is, when proxies stand between.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::http::{Extensions, HeaderMap};
use ipnet::IpNet;

/// The peer of the connection, put into every request by the server loop.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// A proxy, or a network of them, whose `X-Forwarded-…` headers are believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrustedProxy(IpNet);

impl FromStr for TrustedProxy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let net = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        net.map(Self).map_err(|_| "expected an address or a network such as 10.0.0.0/8".into())
    }
}

/// The person's address: the last one in the chain of proxies that no trusted proxy vouches for.
///
/// Each proxy appends the address it was called from to `X-Forwarded-For`; what stands left of
/// an untrusted address can be made up, so it does not count.
pub fn client_address(trusted: &[TrustedProxy], extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
    let mut address = peer(extensions);
    let hops = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let chain: Vec<&str> = hops.flat_map(|value| value.split(',')).map(str::trim).collect();
    for hop in chain.into_iter().rev() {
        if !is_trusted(trusted, address) {
            break;
        }
        match parse(hop) {
            Some(next) => address = next,
            None => break,
        }
    }
    address
}

/// Whether a trusted proxy says that the person came by https.
pub fn came_by_https(trusted: &[TrustedProxy], extensions: &Extensions, headers: &HeaderMap) -> bool {
    is_trusted(trusted, peer(extensions)) && headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https")
}

fn peer(extensions: &Extensions) -> IpAddr {
    extensions.get::<Peer>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip().to_canonical())
}

fn is_trusted(trusted: &[TrustedProxy], address: IpAddr) -> bool {
    trusted.iter().any(|proxy| proxy.0.contains(&address))
}

/// Some proxies add the port.
fn parse(hop: &str) -> Option<IpAddr> {
    let address = hop.parse::<IpAddr>().or_else(|_| hop.parse::<SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn address(trusted: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let trusted: Vec<TrustedProxy> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        let mut extensions = Extensions::new();
        extensions.insert(Peer(SocketAddr::new(peer.parse().unwrap(), 1)));
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        client_address(&trusted, &extensions, &headers).to_string()
    }

    #[test]
    fn a_made_up_header_does_not_count() {
        assert_eq!(address(&[], "10.0.0.1", &["1.2.3.4"]), "10.0.0.1");
        assert_eq!(address(&["10.0.0.0/8"], "9.9.9.9", &["1.2.3.4"]), "9.9.9.9");
        assert_eq!(address(&["10.0.0.0/8"], "10.0.0.1", &["6.6.6.6, 1.2.3.4"]), "1.2.3.4");
        assert_eq!(address(&["10.0.0.0/8"], "10.0.0.1", &["1.2.3.4, nonsense"]), "10.0.0.1");
    }

    #[test]
    fn a_chain_of_trusted_proxies_is_followed() {
        assert_eq!(address(&["10.0.0.0/8"], "10.0.0.1", &["1.2.3.4, 10.0.0.2"]), "1.2.3.4");
        assert_eq!(address(&["10.0.0.0/8"], "10.0.0.1", &["6.6.6.6", "1.2.3.4:555,10.0.0.2"]), "1.2.3.4");
        assert_eq!(address(&["::1"], "::1", &["2001:db8::1"]), "2001:db8::1");
        assert_eq!(address(&["127.0.0.1"], "::ffff:127.0.0.1", &["1.2.3.4"]), "1.2.3.4");
    }
}
