//! What a request brings: its body, a form or JSON, small, in time, and UTF-8; and its query.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use percent_encoding::percent_decode_str;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::{Map, Value};

use crate::edge::RequestTimeout;
use crate::error::{Error, Result};

/// More than the longest thought takes in any encoding, and little enough to hold for every connection.
pub const MAX_BODY: usize = 64 * 1024;

/// An extractor for `application/x-www-form-urlencoded` and `application/json`, which give the same `T`.
///
/// Each field is named once; what `T` does not name is ignored. Refused with 400 when it cannot be
/// read, 408 too slow, 413 over [`MAX_BODY`] bytes, 415 of another type, 422 with a value of a wrong type.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let kind = Kind::of(&request);
        let bytes = read(request).await?;
        let fields = match kind {
            Some(Kind::Form) => form(&bytes)?,
            Some(Kind::Json) => json(&bytes)?,
            // a POST with nothing in it lacks its fields, whatever its type
            None if bytes.is_empty() => Map::new(),
            None => return Err(Error::UnsupportedMediaType),
        };
        serde_json::from_value(Value::Object(fields))
            .map(Self)
            .map_err(|error| Error::Unprocessable(error.to_string().into()))
    }
}

/// An extractor for the address's query, by the rules of a form: a `T` of optional strings.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let fields = form(parts.uri.query().unwrap_or_default().as_bytes())?;
        serde_json::from_value(Value::Object(fields))
            .map(Self)
            .map_err(|error| Error::BadRequest(error.to_string().into()))
    }
}

enum Kind {
    Form,
    Json,
}

impl Kind {
    fn of(request: &Request) -> Option<Self> {
        let value = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
        match value.split(';').next()?.trim().to_ascii_lowercase().as_str() {
            "application/x-www-form-urlencoded" => Some(Self::Form),
            "application/json" => Some(Self::Json),
            _ => None,
        }
    }
}

async fn read(request: Request) -> Result<Bytes> {
    let limit = request.extensions().get::<RequestTimeout>().copied().unwrap_or_default();
    let body = Limited::new(request.into_body(), MAX_BODY).collect();
    match tokio::time::timeout(limit.0, body).await {
        Err(_) => Err(Error::TooSlow),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Error::TooLarge),
        Ok(Err(_)) => Err(Error::BadRequest("the body ends early".into())),
        Ok(Ok(body)) => Ok(body.to_bytes()),
    }
}

fn form(bytes: &[u8]) -> Result<Map<String, Value>> {
    let text = utf8(bytes)?;
    let mut fields = Map::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        insert(&mut fields, decode(name)?, decode(value)?.into())?;
    }
    Ok(fields)
}

/// Two readers of the same request must not see two values.
fn insert(fields: &mut Map<String, Value>, name: String, value: Value) -> Result<()> {
    if fields.contains_key(&name) {
        return Err(Error::BadRequest(format!("the field {name:?} is given twice").into()));
    }
    fields.insert(name, value);
    Ok(())
}

/// One name or value of a form, by the URL standard's rules, but strict about UTF-8.
fn decode(text: &str) -> Result<String> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().map_err(|_| not_utf8())?;
    Ok(decoded.into_owned())
}

fn json(bytes: &[u8]) -> Result<Map<String, Value>> {
    let text = utf8(bytes)?;
    let Pairs(pairs) = serde_json::from_str(text).map_err(|error| match error.classify() {
        Category::Data if serde_json::from_str::<Value>(text).is_ok() => {
            Error::Unprocessable("the body must be a JSON object".into())
        }
        _ => Error::BadRequest(format!("the body is not JSON: {error}").into()),
    })?;
    let mut fields = Map::new();
    for (name, value) in pairs {
        insert(&mut fields, name, value)?;
    }
    Ok(fields)
}

/// The fields of a JSON object as they stand there: `Map` would keep the last of two.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> std::result::Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = object.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

fn utf8(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| not_utf8())
}

fn not_utf8() -> Error {
    Error::BadRequest("the request is not UTF-8".into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[derive(serde::Deserialize, Debug)]
    struct Note {
        text: Option<String>,
    }

    async fn note(kind: &str, body: impl Into<axum::body::Body>) -> Result<Option<String>> {
        let request = Request::builder().header(CONTENT_TYPE, kind).body(body.into()).unwrap();
        Body::<Note>::from_request(request, &()).await.map(|Body(note)| note.text)
    }

    const FORM: &str = "application/x-www-form-urlencoded";
    const JSON: &str = "Application/JSON; charset=utf-8";

    #[tokio::test]
    async fn a_form_and_json_give_the_same() {
        assert_eq!(note(FORM, "x=1&text=a+b%21%C3%A4").await.unwrap().unwrap(), "a b!ä");
        assert_eq!(note(JSON, r#"{"text": "a b!ä", "x": []}"#).await.unwrap().unwrap(), "a b!ä");
        assert_eq!(note(FORM, "").await.unwrap(), None);
        assert_eq!(note(JSON, r#"{"text": null}"#).await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_refused_with_its_status() {
        let long = vec![b'a'; MAX_BODY + 1];
        let cases: [(&str, Vec<u8>, u16); 11] = [
            (FORM, b"text=%ff".to_vec(), 400),
            (FORM, b"text=\xff".to_vec(), 400),
            (FORM, b"text=a&text=b".to_vec(), 400),
            (JSON, b"{".to_vec(), 400),
            (JSON, b"{\"text\": \"a\", \"text\": \"a\"}".to_vec(), 400),
            (JSON, b"{\"text\": \"\\ud800\"}".to_vec(), 400),
            (JSON, "[".repeat(60_000).into_bytes(), 400),
            (JSON, b"[\"text\"]".to_vec(), 422),
            (JSON, b"{\"text\": 1}".to_vec(), 422),
            ("text/plain", b"text=a".to_vec(), 415),
            (FORM, long, 413),
        ];
        for (kind, body, status) in cases {
            let error = note(kind, body.clone()).await.unwrap_err();
            assert_eq!(error.status(), status, "{kind} {error:?}");
        }
    }
}
