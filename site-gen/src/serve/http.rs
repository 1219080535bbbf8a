//! As much of HTTP as a browser on the same machine needs to look at a site:
//! one request a connection, read only.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// The longest head of a request: browsers stay far below.
const LONGEST_HEAD: u64 = 64 * 1024;

/// How long a browser may take to say what it wants, or to take the answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a browser asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    /// Decoded, without the query.
    pub(super) path: String,
    /// The fields of the query, decoded.
    pub(super) query: Vec<(String, String)>,
    /// The last event that a listener has heard.
    pub(super) last_event: Option<String>,
}

impl Request {
    /// Reads the head of a request; nothing if it is not understood.
    pub(super) fn read(connection: &TcpStream) -> io::Result<Option<Request>> {
        connection.set_nodelay(true)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        Request::parse(BufReader::new(connection.take(LONGEST_HEAD)))
    }

    fn parse(mut reader: impl BufRead) -> io::Result<Option<Request>> {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let mut words = line.split_whitespace();
        let (Some(method), Some(target), Some(_)) = (words.next(), words.next(), words.next())
        else {
            return Ok(None);
        };
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let field = |field: &str| {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            (decoded(name), decoded(value))
        };
        let mut request = Request {
            method: method.to_owned(),
            path: decoded(path),
            query: query.split('&').map(field).collect(),
            last_event: None,
        };
        // To the end of the head, so that the answer is not sent into it.
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("last-event-id")
            {
                request.last_event = Some(value.trim().to_owned());
            }
        }
        Ok(Some(request))
    }

    /// A field of the query.
    pub(super) fn field(&self, name: &str) -> &str {
        let found = self.query.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// What a browser is given.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: &'static str,
    pub(super) media_type: &'static str,
    pub(super) body: Vec<u8>,
    /// Another header, whole.
    pub(super) header: Option<String>,
}

impl Answer {
    /// An answer with a body.
    pub(super) fn new(status: &'static str, media_type: &'static str, body: Vec<u8>) -> Answer {
        Answer {
            status,
            media_type,
            body,
            header: None,
        }
    }

    /// Sends it. Of an answer to `HEAD`, the body stays here.
    pub(super) fn send(&self, mut connection: &TcpStream, request: &Request) -> io::Result<()> {
        let Answer {
            status,
            media_type,
            body,
            header,
        } = self;
        let mut answer = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n",
            body.len()
        )
        .into_bytes();
        if let Some(header) = header {
            answer.extend_from_slice(header.as_bytes());
            answer.extend_from_slice(b"\r\n");
        }
        answer.extend_from_slice(b"\r\n");
        if request.method != "HEAD" {
            answer.extend_from_slice(body);
        }
        connection.write_all(&answer)
    }
}

/// `%20` and the like as the bytes that they stand for.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = bytes
            .get(at + 1..at + 3)
            .filter(|_| *byte == b'%')
            .and_then(|digits| str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<Request> {
        Request::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_request_is_its_first_line_and_what_a_listener_heard_last() {
        let request = parse(
            "GET /dev/changes?page=%2Fa%20b%2F&since=5-1 HTTP/1.1\r\nHost: x\r\nlast-event-id: 5-2\r\n\r\n",
        )
        .unwrap();
        assert_eq!(
            (request.method.as_str(), request.path.as_str()),
            ("GET", "/dev/changes")
        );
        assert_eq!(
            (request.field("page"), request.field("since")),
            ("/a b/", "5-1")
        );
        assert_eq!(request.last_event.as_deref(), Some("5-2"));
    }

    #[test]
    fn what_is_not_a_request_is_none() {
        for text in ["", "\r\n", "hello\r\n\r\n", "GET /\r\n\r\n"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn letters_of_any_alphabet_are_decoded_and_a_stray_sign_stays() {
        assert_eq!(decoded("/%E0%A6%95/100%/%zz"), "/ক/100%/%zz");
    }
}
