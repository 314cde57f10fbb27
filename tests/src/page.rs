//! The little of HTML that a client of forms must understand.

/// The names and values of the hidden fields of the form that is sent to `action`.
pub fn form_fields(page: &str, action: &str) -> Vec<(String, String)> {
    let form = page
        .split("<form")
        .skip(1)
        .find(|form| attribute(form, "action").as_deref() == Some(action))
        .unwrap_or_else(|| panic!("wanted a form for {action}, met {page}"));
    let form = form.split("</form").next().unwrap_or_default();
    let inputs = form.split("<input").skip(1).filter(|input| attribute(input, "type").as_deref() == Some("hidden"));
    inputs.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?))).collect()
}

/// The text with its character references resolved.
pub fn unescape(html: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x60;", "`"),
        ("&#x3D;", "="),
    ];
    // The ampersand last, else `&amp;lt;` would be resolved twice.
    named
        .iter()
        .fold(html.to_owned(), |text, (reference, character)| text.replace(reference, character))
        .replace("&amp;", "&")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = tag.split('>').next()?;
    let value = tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?;
    Some(unescape(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_fields_are_those_of_the_form_asked_for() {
        let page = r#"<form action="/a"><input type="hidden" name="x" value="1"></form>
            <form method="post" action="/b"><input type="hidden" name="x" value="a&amp;b"><input name="y" value="3"></form>"#;
        assert_eq!(form_fields(page, "/b"), [("x".to_owned(), "a&b".to_owned())]);
    }

    #[test]
    fn references_are_resolved_once() {
        assert_eq!(unescape("&amp;lt;b&gt;"), "&lt;b>");
    }
}
