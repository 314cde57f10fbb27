//! A page of a list.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use shared::error::{Error, Result};
use utoipa::{IntoParams, ToSchema};

/// The page that an address asks for, as it stands there.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many at the most, 1 to 1000; default 1000
    #[param(value_type = Option<i64>, minimum = 1, maximum = 1000)]
    pub limit: Option<String>,
    /// Only thoughts after the one with this id, in the list's order
    #[param(value_type = Option<i64>)]
    pub after: Option<String>,
    /// By rising (asc, the default) or falling (desc) id
    #[param(value_type = Option<Order>)]
    pub order: Option<String>,
}

/// The direction of ids in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Order {
    /// Rising.
    Asc,
    /// Falling.
    Desc,
}

/// A page: so many thoughts, after that id, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// 1 to [`Page::MAX`].
    pub limit: i64,
    /// The id that the page begins after.
    pub after: i64,
    /// The direction.
    pub order: Order,
}

impl Page {
    /// The most thoughts on a page, and the default.
    pub const MAX: i64 = 1000;

    /// Checks what was asked for: 400 for what is no number or no order, 422 for a limit out of bounds.
    pub fn parse(query: &PageQuery) -> Result<Self> {
        let limit = query.limit.as_deref().map_or(Ok(Self::MAX), |text| number("limit", text))?;
        if !(1..=Self::MAX).contains(&limit) {
            return Err(Error::Unprocessable(format!("limit is {limit}, 1 to {} are allowed", Self::MAX).into()));
        }
        let order = match query.order.as_deref() {
            None | Some("asc") => Order::Asc,
            Some("desc") => Order::Desc,
            Some(other) => {
                return Err(Error::BadRequest(format!("order is {other:?}, expected asc or desc").into()));
            }
        };
        let start = if order == Order::Asc { i64::MIN } else { i64::MAX };
        let after = query.after.as_deref().map_or(Ok(start), |text| number("after", text))?;
        Ok(Self { limit, after, order })
    }

    /// How many thoughts it holds at the most.
    pub fn size(&self) -> usize {
        usize::try_from(self.limit).unwrap_or(usize::MAX)
    }

    /// Cuts a list that was asked for one more than the page holds; the id that the next page begins after, if there is one.
    pub fn cut<T>(&self, list: &mut Vec<T>, id: impl Fn(&T) -> i64) -> Option<i64> {
        if list.len() <= self.size() {
            return None;
        }
        list.truncate(self.size());
        list.last().map(id)
    }

    /// The value of the `Link` header (RFC 8288) that leads to the next page.
    pub fn next_link(&self, path: &str, search: Option<&str>, after: i64) -> String {
        let search = search.map(|text| format!("search={}&", utf8_percent_encode(text, NON_ALPHANUMERIC)));
        let order = if self.order == Order::Desc { "&order=desc" } else { "" };
        format!("<{path}?{}limit={}&after={after}{order}>; rel=\"next\"", search.unwrap_or_default(), self.limit)
    }
}

/// A whole number; one past 64 bits is the last that there is.
fn number(name: &str, text: &str) -> Result<i64> {
    text.parse().or_else(|error: std::num::ParseIntError| match error.kind() {
        std::num::IntErrorKind::PosOverflow => Ok(i64::MAX),
        std::num::IntErrorKind::NegOverflow => Ok(i64::MIN),
        _ => Err(Error::BadRequest(format!("{name} is {text:?}, expected a whole number").into())),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn page(limit: Option<&str>, after: Option<&str>, order: Option<&str>) -> Result<Page> {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Page::parse(&PageQuery { limit: own(limit), after: own(after), order: own(order) })
    }

    #[test]
    fn without_a_word_a_page_begins_at_the_list_s_start() {
        assert_eq!(page(None, None, None).unwrap(), Page { limit: 1000, after: i64::MIN, order: Order::Asc });
        assert_eq!(page(None, None, Some("desc")).unwrap().after, i64::MAX);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (limit, status) in
            [("0", 422), ("1001", 422), ("-1", 422), ("99999999999999999999", 422), ("x", 400), ("", 400)]
        {
            assert_eq!(page(Some(limit), None, None).unwrap_err().status(), status, "{limit}");
        }
        assert_eq!(page(None, Some("x"), None).unwrap_err().status(), 400);
        assert_eq!(page(None, None, Some("up")).unwrap_err().status(), 400);
        assert_eq!(page(None, Some("99999999999999999999"), None).unwrap().after, i64::MAX);
    }

    #[test]
    fn the_link_leads_to_the_rest_of_the_same_list() {
        let page = page(Some("2"), None, Some("desc")).unwrap();
        let mut list = vec![9, 8, 7];
        let next = page.cut(&mut list, |id| *id).unwrap();
        assert_eq!((next, list.len()), (8, 2));
        assert_eq!(
            page.next_link("/api/thoughts/", Some("a&b"), next),
            "</api/thoughts/?search=a%26b&limit=2&after=8&order=desc>; rel=\"next\""
        );
        assert_eq!(page.cut(&mut list, |id| *id), None);
    }
}
