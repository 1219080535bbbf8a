//! Requests and answers in the words of API Gateway (payload format 2.0).

use serde_json::{Value, json};

/// What the distribution says with each request that it passes on.
pub const EDGE_KEY: &str = "the key of the edge under test";

/// A request as the gateway passes it on.
pub struct Request {
    /// Such as `GET`.
    pub method: &'static str,
    /// The path, and the query after a `?` if there is one.
    pub target: String,
    /// The headers besides those that every browser sends.
    pub headers: Vec<(&'static str, String)>,
    /// The form; empty if there is none.
    pub body: String,
}

impl Request {
    /// A page that is asked for.
    pub fn get(target: &str) -> Request {
        Request {
            method: "GET",
            target: target.to_owned(),
            headers: vec![("x-edge-key", EDGE_KEY.to_owned())],
            body: String::new(),
        }
    }

    /// The same for a program that reads another kind of answer than a page.
    pub fn asking(mut self, kind: &str) -> Request {
        self.headers.push(("accept", kind.to_owned()));
        self
    }

    /// A form, as a browser posts it.
    pub fn form(target: &str, fields: &[(&str, &str)]) -> Request {
        let pairs: Vec<_> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", form_encoded(name), form_encoded(value)))
            .collect();
        let kind = "application/x-www-form-urlencoded".to_owned();
        Request {
            method: "POST",
            target: target.to_owned(),
            headers: vec![("content-type", kind), ("x-edge-key", EDGE_KEY.to_owned())],
            body: pairs.join("&"),
        }
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The event that reaches the function behind `route_key`. The body is in
    /// base64, as the gateway sends every form.
    pub fn event(&self, route_key: &str) -> Value {
        let path = self.path();
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let mut headers = json!({
            "accept": "text/html",
            "content-length": self.body.len().to_string(),
            "host": "www.the-partnership.org.uk",
            "x-forwarded-proto": "https",
        });
        // Cookies are no header here: they come in a list of their own.
        let mut cookies = Vec::new();
        for (name, value) in &self.headers {
            match *name {
                "cookie" => cookies.push(value.as_str()),
                _ => headers[*name] = value.as_str().into(),
            }
        }
        let mut event = json!({
            "version": "2.0",
            "routeKey": route_key,
            "rawPath": path,
            "rawQueryString": query,
            "headers": headers,
            "requestContext": {
                "accountId": "123456789012",
                "apiId": "r3pmxmplak",
                "domainName": "r3pmxmplak.execute-api.eu-west-2.amazonaws.com",
                "domainPrefix": "r3pmxmplak",
                "http": {
                    "method": self.method,
                    "path": path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": "192.0.2.7",
                    "userAgent": "a browser",
                },
                "requestId": "JKJaXmPLvHcESHA=",
                "routeKey": route_key,
                "stage": "$default",
                "time": "10/Mar/2028:05:16:23 +0000",
                "timeEpoch": 1_836_277_383_000_u64,
            },
            "isBase64Encoded": !self.body.is_empty(),
        });
        if !cookies.is_empty() {
            event["cookies"] = cookies.into();
        }
        if !self.body.is_empty() {
            event["body"] = base64(self.body.as_bytes()).into();
        }
        event
    }
}

/// What the function answered, as the gateway reads it.
#[derive(Debug)]
pub struct Answer {
    /// Such as 200.
    pub status: u64,
    /// The page.
    pub body: String,
    /// The cookies that are set.
    pub cookies: Vec<String>,
    headers: Value,
}

impl Answer {
    /// Out of what the function gave back.
    pub fn of(answer: &Value) -> Answer {
        assert_eq!(answer["isBase64Encoded"], false, "a page is text: {answer}");
        Answer {
            status: answer["statusCode"].as_u64().unwrap(),
            body: answer["body"].as_str().unwrap_or_default().to_owned(),
            cookies: answer["cookies"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|cookie| Some(cookie.as_str()?.to_owned()))
                .collect(),
            headers: answer["headers"].clone(),
        }
    }

    /// A header by its name in small letters; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].as_str().unwrap_or_default()
    }

    /// Where the browser is sent.
    pub fn location(&self) -> &str {
        assert_eq!(self.status, 303, "not sent on: {}", self.body);
        self.header("location")
    }
}

fn form_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
            char::from(byte).to_string()
        }
        b' ' => "+".to_owned(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let mut bits = 0;
        for place in 0..3 {
            bits = bits << 8 | usize::from(*group.get(place).unwrap_or(&0));
        }
        for place in 0..4 {
            let digit = DIGITS[bits >> (18 - 6 * place) & 63];
            text.push(if place <= group.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    text
}
