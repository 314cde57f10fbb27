//! The `Link` header (RFC 8288), as far as lists use it.

use axum::http::HeaderMap;
use axum::http::header::LINK;

/// The id that the next page of a list begins after, by the link with rel="next".
pub(crate) fn next_after(headers: &HeaderMap) -> Option<i64> {
    let links = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
    links.flat_map(|value| value.split(',')).find_map(after_of_next)
}

fn after_of_next(link: &str) -> Option<i64> {
    let (target, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
    let is_next = |parameter: &str| matches!(parameter.trim(), "rel=\"next\"" | "rel=next");
    if !parameters.split(';').any(is_next) {
        return None;
    }
    let (_, query) = target.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix("after=")?.parse().ok())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn after(link: &'static str) -> Option<i64> {
        let mut headers = HeaderMap::new();
        headers.insert(LINK, HeaderValue::from_static(link));
        next_after(&headers)
    }

    #[test]
    fn the_next_page_begins_after_an_id() {
        assert_eq!(after("</api/thoughts/?search=a%26after%3D1&limit=2&after=8&order=desc>; rel=\"next\""), Some(8));
        assert_eq!(after("</?after=1>; rel=prev, </?after=-2>; title=x; rel=next"), Some(-2));
    }

    #[test]
    fn without_a_sound_link_there_is_no_next_page() {
        assert_eq!(next_after(&HeaderMap::new()), None);
        for link in [
            "",
            "</?after=8>",
            "</?after=8>; rel=prev",
            "</?after=x>; rel=next",
            "</>; rel=next",
            "/?after=8; rel=next",
        ] {
            assert_eq!(after(link), None, "{link}");
        }
    }
}
