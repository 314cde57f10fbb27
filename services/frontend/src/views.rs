//! Pages: what they show, and how it becomes HTML. Templates are part of the binary, and escape all that they show.

mod thoughts;

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use handlebars::Handlebars;
use serde::Serialize;

use crate::assets::AssetPaths;
use crate::failure::{ErrorPage, Result};
use crate::visitor::Visitor;

use thoughts::ThoughtItems;
pub(crate) use thoughts::{MAX_LENGTH, OwnPage, SearchPage};

const TEMPLATES: [(&str, &str); 6] = [
    ("layout", include_str!("../templates/layout.hbs")),
    ("thoughts", include_str!("../templates/thoughts.hbs")),
    ("own", include_str!("../templates/own.hbs")),
    ("login", include_str!("../templates/login.hbs")),
    ("search", include_str!("../templates/search.hbs")),
    ("error", include_str!("../templates/error.hbs")),
];

/// One page's content.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum View<'a> {
    /// Somebody's own thoughts, and the form for a new one.
    Own(OwnPage),
    /// The login.
    Login(LoginPage<'a>),
    /// What was found.
    Search(SearchPage<'a>),
    /// What went wrong.
    Error(&'a ErrorPage),
}

/// The login form.
#[derive(Debug, Default, Serialize)]
pub(crate) struct LoginPage<'a> {
    /// The name that was typed before.
    pub(crate) username: &'a str,
    /// What there is to say about it.
    pub(crate) message: Option<&'static str>,
}

impl View<'_> {
    fn template(&self) -> &'static str {
        match self {
            Self::Own(_) => "own",
            Self::Login(_) => "login",
            Self::Search(_) => "search",
            Self::Error(_) => "error",
        }
    }

    fn items(&self) -> Option<&ThoughtItems> {
        match self {
            Self::Own(page) => Some(&page.items),
            Self::Search(page) => Some(&page.items),
            Self::Login(_) | Self::Error(_) => None,
        }
    }

    fn search(&self) -> &str {
        if let Self::Search(page) = self { page.search } else { "" }
    }
}

/// What a page's own template needs.
#[derive(Serialize)]
struct Content<'a> {
    csrf: &'a str,
    page: &'a View<'a>,
}

/// What every page has around its content.
#[derive(Serialize)]
struct Frame<'a> {
    username: Option<&'a str>,
    address: &'a str,
    search: &'a str,
    version: &'static str,
    assets: &'a AssetPaths,
    content: String,
}

/// The templates, parsed once.
pub(crate) struct Views {
    templates: Handlebars<'static>,
    pub(crate) assets: AssetPaths,
}

impl Views {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let mut templates = Handlebars::new();
        // a name that the data lacks is a fault, not an empty place
        templates.set_strict_mode(true);
        templates.register_escape_fn(escape);
        for (name, template) in TEMPLATES {
            templates.register_template_string(name, template)?;
        }
        Ok(Self { templates, assets: AssetPaths::new() })
    }

    /// A page for this visitor.
    pub(crate) fn page(&self, visitor: &Visitor, view: &View<'_>) -> Result<Response> {
        Ok(Html(self.render(visitor, view)?).into_response())
    }

    /// Puts a page in the place of a reply's body; what the reply says else stays.
    pub(crate) fn onto(&self, mut response: Response, visitor: &Visitor, view: &View<'_>) -> Response {
        match self.render(visitor, view) {
            Ok(html) => {
                *response.body_mut() = Body::from(html);
                let html = HeaderValue::from_static("text/html; charset=utf-8");
                response.headers_mut().insert(CONTENT_TYPE, html);
                response.headers_mut().remove(CONTENT_LENGTH);
                response
            }
            Err(error) => shared::Error::Internal(error).into_response(),
        }
    }

    /// The list, its page, and the layout around both, each by itself: a partial would copy all of its data.
    fn render(&self, visitor: &Visitor, view: &View<'_>) -> anyhow::Result<String> {
        let content = Content { csrf: visitor.csrf.value(), page: view };
        let mut content = self.templates.render(view.template(), &content)?;
        if let Some(items) = view.items() {
            content.push_str(&self.templates.render("thoughts", items)?);
        }
        let frame = Frame {
            username: visitor.username(),
            address: &visitor.page,
            search: view.search(),
            version: env!("CARGO_PKG_VERSION"),
            assets: &self.assets,
            content,
        };
        Ok(self.templates.render("layout", &frame)?)
    }
}

/// HTML holds no NUL, which a text that is shown again for having one does.
fn escape(text: &str) -> String {
    let escaped = handlebars::html_escape(text);
    if escaped.contains('\0') { escaped.replace('\0', "\u{fffd}") } else { escaped }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
    use axum::http::StatusCode;

    use super::*;
    use crate::clients::{Thought, ThoughtList};
    use crate::failure::Failure;

    const MARKUP: &str = "<b>\"'&\0";
    const ESCAPED: &str = "&lt;b&gt;&quot;&#x27;&amp;\u{fffd}";

    fn list(text: &str) -> ThoughtList {
        let timestamp = "1962-05-11T11:53:41.279611".parse().unwrap();
        let thought = Thought { username: MARKUP.into(), text: text.into(), timestamp };
        ThoughtList { thoughts: vec![thought], next: Some(7) }
    }

    fn html(username: Option<&str>, view: &View<'_>) -> String {
        Views::new().unwrap().render(&Visitor::sample(username), view).unwrap()
    }

    #[test]
    fn what_people_write_is_shown_not_run() {
        let own = html(Some(MARKUP), &View::Own(OwnPage::of(list(MARKUP), None).with_refused(MARKUP.into())));
        let search = html(None, &View::Search(SearchPage::of(MARKUP, list(MARKUP), None)));
        let login = html(None, &View::Login(LoginPage { username: MARKUP, message: None }));
        for (page, times) in [(own, 4), (search, 4), (login, 1)] {
            assert!(!page.contains(MARKUP) && !page.contains("<b>"), "{page}");
            assert_eq!(page.matches(ESCAPED).count(), times, "{page}");
        }
    }

    #[test]
    fn lines_of_a_thought_are_kept_as_they_are() {
        let page = html(Some("bruce"), &View::Own(OwnPage::of(list("one\n two\n"), None)));
        assert!(page.contains(">one\n two\n<"), "{page}");
        // HTML drops the first line end in a textarea
        let page = html(Some("bruce"), &View::Own(OwnPage::of(list(""), None).with_refused("\nx".into())));
        assert!(page.contains(">\n\nx</textarea>"), "{page}");
    }

    #[test]
    fn every_page_has_a_search_and_a_way_in_or_out() {
        let error = Failure::from(shared::Error::NotFound).into_response();
        let error = error.extensions().get::<ErrorPage>().unwrap();
        for view in [
            View::Own(OwnPage::of(list("x"), None)),
            View::Login(LoginPage::default()),
            View::Search(SearchPage::of("", list("x"), Some(9))),
            View::Error(error),
        ] {
            for (username, link) in [(None, "href=\"/login/\""), (Some("bruce"), "href=\"/logout/\"")] {
                let page = html(username, &view);
                for wanted in ["<title>MyThoughts</title>", "action=\"/search\"", link, env!("CARGO_PKG_VERSION")] {
                    assert!(page.contains(wanted), "wanted {wanted} in {page}");
                }
            }
        }
    }

    #[test]
    fn a_message_is_said_and_the_forms_have_the_token() {
        let page = html(None, &View::Login(LoginPage { username: "bruce", message: Some("Not so.") }));
        for wanted in ["Not so.", "name=\"csrf\" value=\"0a0a", "value=\"bruce\""] {
            assert!(page.contains(wanted), "wanted {wanted} in {page}");
        }
        let page = html(Some("bruce"), &View::Own(OwnPage::of(list("x"), None)));
        assert!(page.contains("name=\"csrf\" value=\"0a0a"), "{page}");
    }

    #[test]
    fn an_error_page_keeps_the_replys_status_and_headers() {
        let response = shared::Error::TooManyRequests(3).into_response();
        let page = Failure::from(shared::Error::NotFound).into_response();
        let page = page.extensions().get::<ErrorPage>().unwrap().clone();
        let visitor = Visitor::sample(None);
        let response = Views::new().unwrap().onto(response, &visitor, &View::Error(&page));
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()["retry-after"], "3");
        assert_eq!(response.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
    }
}
