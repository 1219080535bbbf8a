//! A preview on this machine: the static site, from memory, anew whenever a
//! file changes. Forms are not here: `cargo run` serves them too.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::problem::{count, report};
use crate::{Options, check, source};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_millis(200);

/// Where the browser waits for the next change.
const CHANGES: &str = "/.changes";

/// What a page is given to wait with.
const WAIT: &str =
    "<script>new EventSource(\"/.changes\").onmessage=()=>location.reload()</script></body>";

/// The site as it is now, and how many changes there were before.
#[derive(Default)]
struct State {
    files: BTreeMap<String, Vec<u8>>,
    changes: u64,
}

type Shared = Arc<Mutex<State>>;

/// Serves the site on 127.0.0.1 until the process ends.
///
/// # Errors
///
/// If the port cannot be listened on.
pub fn serve(options: &Options, port: u16) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    println!("http://{}/", listener.local_addr()?);
    let state = Shared::default();
    let (watched, options) = (Arc::clone(&state), options.clone());
    thread::spawn(move || watch(&options, &watched));
    for connection in listener.incoming().flatten() {
        let state = Arc::clone(&state);
        // A visitor who goes away mid-sentence is no fault.
        thread::spawn(move || answer(connection, &state).ok());
    }
    Ok(())
}

/// Builds now and after every change; a fault leaves the last good site up.
fn watch(options: &Options, state: &Shared) {
    let mut seen = None;
    loop {
        let stamp = source::stamp(&[&options.content, &options.theme]);
        if seen.as_ref() != Some(&stamp) {
            seen = Some(stamp);
            match check(options) {
                Ok(built) => {
                    let summary = built.summary();
                    show(state, built.files);
                    println!("{summary}");
                }
                Err(problems) => eprintln!("{}\n\n{}", report(&problems), count(&problems)),
            }
        }
        thread::sleep(LOOK);
    }
}

/// Puts a new site in the place of the old one.
fn show(state: &Shared, files: BTreeMap<String, Vec<u8>>) {
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    state.files = files;
    state.changes += 1;
}

fn answer(connection: TcpStream, state: &Shared) -> io::Result<()> {
    connection.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut request = String::new();
    BufReader::new(&connection).read_line(&mut request)?;
    let path = request.split_whitespace().nth(1).unwrap_or("/");
    let path = path.split('?').next().unwrap_or(path);
    if path == CHANGES {
        return changes(&connection, state);
    }
    let found = {
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let file = crate::address::file(path);
        match state.files.get(&file) {
            Some(bytes) => Some(("200 OK", kind(&file), bytes.clone())),
            None => state
                .files
                .get("404.html")
                .map(|bytes| ("404 Not Found", kind("404.html"), bytes.clone())),
        }
    };
    let (status, kind, bytes) = found.unwrap_or((
        "404 Not Found",
        "text/plain",
        b"There is nothing here.\n".to_vec(),
    ));
    let bytes = if kind.starts_with("text/html") {
        waiting(bytes)
    } else {
        bytes
    };
    let mut connection = &connection;
    write!(
        connection,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        bytes.len()
    )?;
    connection.write_all(&bytes)
}

/// A page that reloads itself after the next change.
fn waiting(page: Vec<u8>) -> Vec<u8> {
    match String::from_utf8(page) {
        Ok(html) => html.replacen("</body>", WAIT, 1).into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

/// Tells one browser of the next change.
fn changes(mut connection: &TcpStream, state: &Shared) -> io::Result<()> {
    let now = || state.lock().unwrap_or_else(PoisonError::into_inner).changes;
    let before = now();
    connection.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\nretry: 500\n\n",
    )?;
    while now() == before {
        thread::sleep(LOOK);
        // A comment, so that a browser which has gone is noticed.
        connection.write_all(b":\n\n")?;
    }
    connection.write_all(b"data: changed\n\n")
}

/// The media type of a file, by its name.
fn kind(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "avif" => "image/avif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
