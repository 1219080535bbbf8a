//! A request as the HTTP API hands it to a function, and the answer that it takes
//! (API Gateway's payload format 2.0).
//!
//! Only what the routes read is read. `lambda_http` does this as well; it brings the
//! tables of forty character encodings into each function for it, and ends a process
//! over an address that is none, which anybody may send: here that is a 400.

use std::collections::BTreeMap;
use std::convert::Infallible;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::BodyExt as _;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde::{Deserialize, Serialize};
use tower::ServiceExt as _;

/// A request, in the gateway's words.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    raw_path: String,
    raw_query_string: Option<String>,
    /// Cookies are no header here.
    cookies: Option<Vec<String>>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
    request_context: Context,
}

#[derive(Debug, Deserialize)]
struct Context {
    http: Http,
}

#[derive(Debug, Deserialize)]
struct Http {
    method: String,
}

/// An answer, in the gateway's words.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status_code: u16,
    headers: BTreeMap<String, String>,
    cookies: Vec<String>,
    body: String,
    is_base64_encoded: bool,
}

/// Answers requests of the gateway by these routes, until the environment ends it.
///
/// # Errors
///
/// If the Runtime API does not answer.
pub async fn serve(routes: Router) -> Result<(), Error> {
    let answer = |event: LambdaEvent<Event>| {
        let routes = routes.clone();
        async move {
            let response = match request(event.payload) {
                Some(request) => {
                    let Ok::<_, Infallible>(response) = routes.oneshot(request).await;
                    response
                }
                None => StatusCode::BAD_REQUEST.into_response(),
            };
            in_its_words(response).await
        }
    };
    lambda_runtime::run(service_fn(answer)).await
}

/// The request; nothing if it is none that HTTP knows.
fn request(event: Event) -> Option<Request<Body>> {
    let mut target = encoded(&event.raw_path);
    if let Some(query) = event.raw_query_string.filter(|query| !query.is_empty()) {
        target.push('?');
        target.push_str(&query);
    }
    let body = event.body.unwrap_or_default();
    let body = match event.is_base64_encoded {
        true => STANDARD.decode(body).ok()?,
        false => body.into_bytes(),
    };
    let mut request = Request::builder()
        .method(event.request_context.http.method.as_str())
        .uri(target);
    for (name, value) in &event.headers {
        request = request.header(name, value.as_bytes());
    }
    let mut request = request.body(Body::from(body)).ok()?;
    if let Some(cookies) = event.cookies.filter(|cookies| !cookies.is_empty()) {
        let cookies = HeaderValue::try_from(cookies.join("; ")).ok()?;
        request.headers_mut().insert(header::COOKIE, cookies);
    }
    Some(request)
}

/// A path as it stands in a request, should the gateway have taken escapes away.
fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'"' | b'#' | b'<' | b'>' | b'?' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => {
                encoded.push_str(&format!("%{byte:02X}"));
            }
            0x21..=0x7E => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

async fn in_its_words(response: Response<Body>) -> Result<Answer, Error> {
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await?.to_bytes();
    let (body, is_base64_encoded) = text_of(&bytes);
    let names = parts.headers.keys();
    let headers = names
        .filter(|name| *name != header::SET_COOKIE)
        // Those that are there twice are one, as HTTP has it.
        .map(|name| (name.to_string(), values(&parts.headers, name).join(", ")));
    Ok(Answer {
        status_code: parts.status.as_u16(),
        headers: headers.collect(),
        cookies: values(&parts.headers, &header::SET_COOKIE),
        body,
        is_base64_encoded,
    })
}

fn values(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let values = headers.get_all(name).iter();
    values
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect()
}

/// A body as JSON can hold it: text as it is, anything else in base64.
fn text_of(bytes: &Bytes) -> (String, bool) {
    match str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (STANDARD.encode(bytes), true),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Response;
    use http_body_util::BodyExt as _;
    use serde_json::json;

    use super::{in_its_words, request};

    fn event(changes: serde_json::Value) -> super::Event {
        let mut event = json!({
            "version": "2.0", "rawPath": "/apply/", "rawQueryString": "", "body": null,
            "headers": { "host": "www.example.org" },
            "requestContext": { "http": { "method": "GET" } },
        });
        for (name, value) in changes.as_object().unwrap() {
            event[name] = value.clone();
        }
        serde_json::from_value(event).unwrap()
    }

    #[tokio::test]
    async fn a_form_arrives_as_it_was_posted() {
        let asked = request(event(json!({
            "rawPath": "/apply/Åse \"1\"/", "rawQueryString": "a=b%20c&d",
            "cookies": ["a=1", "b=2"], "body": "eD0x", "isBase64Encoded": true,
            "requestContext": { "http": { "method": "POST" } },
        })))
        .unwrap();
        assert_eq!(asked.method(), "POST");
        assert_eq!(asked.uri(), "/apply/%C3%85se%20%221%22/?a=b%20c&d");
        assert_eq!(asked.headers()["host"], "www.example.org");
        assert_eq!(asked.headers()["cookie"], "a=1; b=2");
        assert_eq!(asked.into_body().collect().await.unwrap().to_bytes(), "x=1");
    }

    #[test]
    fn what_is_no_request_is_none() {
        for changes in [
            json!({ "rawPath": "" }),
            json!({ "rawPath": "//" , "rawQueryString": "a b" }),
            json!({ "body": "?", "isBase64Encoded": true }),
            json!({ "headers": { "a": "b\nc" } }),
            json!({ "headers": { "a b": "c" } }),
            json!({ "requestContext": { "http": { "method": "G T" } } }),
        ] {
            assert!(request(event(changes.clone())).is_none(), "{changes}");
        }
    }

    #[tokio::test]
    async fn an_answer_has_its_cookies_apart_and_its_bytes_as_they_are() {
        let response = Response::builder()
            .header("vary", "cookie")
            .header("vary", "accept")
            .header("set-cookie", "a=1; Secure")
            .header("set-cookie", "b=2");
        let page = response.body(Body::from("Åse")).unwrap();
        assert_eq!(
            serde_json::to_value(in_its_words(page).await.unwrap()).unwrap(),
            json!({
                "statusCode": 200, "headers": { "vary": "cookie, accept" },
                "cookies": ["a=1; Secure", "b=2"], "body": "Åse", "isBase64Encoded": false,
            })
        );
        let paper = Response::new(Body::from(vec![0xFF, 0x25]));
        let answer = in_its_words(paper).await.unwrap();
        assert_eq!(
            (answer.body.as_str(), answer.is_base64_encoded),
            ("/yU=", true)
        );
    }
}
