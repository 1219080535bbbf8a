//! A preview on this machine: the static site, from memory, anew within
//! milliseconds of a change. Forms are not here: `cargo run` serves them too.
//!
//! ```text
//! watch (gather) → engine → live (reload) → browser
//! ```
//!
//! [`watch`] tells which files changed, the engine makes anew what they touch,
//! [`live`] shows it and tells each open page whether it is another one now.
//! [`follow`] is that loop. `cargo run` uses the same parts, and puts between
//! engine and browser what its forms have to know.
//!
//! What is deliberately absent is `async`: a thread for each connection is
//! plenty for one person, and two for the machine.

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use jiff::SignedDuration;

use crate::Options;

pub mod engine;
pub mod follow;
mod gather;
mod http;
pub mod live;
mod missed;
pub mod reload;
pub mod watch;

use engine::Engine;
use http::{Answer, Request};
use live::{Found, Live, NOT_FOUND, media_type, with_script};
use watch::Watch;

/// Serves the site on 127.0.0.1 until the process ends. With port 0, a free
/// one is taken; the address is printed when the site is there.
///
/// # Errors
///
/// If the port cannot be listened on.
pub fn serve(options: &Options, port: u16) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    // Before the files are read, so that no change comes in between.
    let watch = Watch::new(&[&options.content, &options.theme]);
    let engine = Engine::open(options);
    let live = Live::new(engine.files().clone());
    follow::greet(&watch, &engine, &live);
    println!("http://{}/", listener.local_addr()?);
    let shown = live.clone();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let live = shown.clone();
            // A visitor who goes away mid-sentence is no fault.
            thread::spawn(move || answer(&connection, &live).ok());
        }
    });
    let (began, started) = (options.now, Instant::now());
    let clock = || {
        SignedDuration::try_from(started.elapsed()).map_or(began, |passed| {
            began.saturating_add(passed).unwrap_or(began)
        })
    };
    follow::follow(watch, engine, &live, clock, |_, _| false, || false);
    Ok(())
}

fn answer(connection: &TcpStream, live: &Live) -> io::Result<()> {
    let Some(request) = Request::read(connection)? else {
        let answer = text("400 Bad Request", "This is not a request.\n");
        return answer.send(connection, &Request::default());
    };
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        let mut answer = text("405 Method Not Allowed", "Here are pages, and no forms.\n");
        answer.header = Some("Allow: GET, HEAD".to_owned());
        return answer.send(connection, &request);
    }
    match request.path.as_str() {
        reload::NEWS_PATH if request.method == "GET" => tell_news(connection, live, &request),
        reload::SCRIPT_PATH => {
            let script = reload::SCRIPT.as_bytes().to_vec();
            Answer::new("200 OK", media_type("reload.js"), script).send(connection, &request)
        }
        path => found(live, path).send(connection, &request),
    }
}

/// What is at a path.
fn found(live: &Live, path: &str) -> Answer {
    match live.find(path) {
        Found::File { name, bytes, mark } => file("200 OK", &name, &bytes, &mark),
        Found::Moved(to) => {
            let mut answer = text(
                "301 Moved Permanently",
                "It is at the address with a slash.\n",
            );
            answer.header = Some(format!("Location: {}", encoded(&to)));
            answer
        }
        Found::Nothing => match live.find(NOT_FOUND) {
            Found::File { name, bytes, mark } => file("404 Not Found", &name, &bytes, &mark),
            _ if live.is_empty() => {
                let page = with_script(NOTHING_YET.as_bytes(), &live.mark());
                Answer::new("503 Service Unavailable", media_type("x.html"), page)
            }
            _ => text("404 Not Found", "There is nothing here.\n"),
        },
    }
}

/// What is shown while there has been no site that could be built: the
/// problems themselves are told over it.
const NOTHING_YET: &str = "<!doctype html><html lang=\"en-GB\"><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><title>Not built yet</title>\
    <body><h1>The site cannot be built yet</h1>\
    <p>Its problems are told here and in the terminal. The site comes when they are mended.</p></body></html>";

fn file(status: &'static str, name: &str, bytes: &[u8], mark: &str) -> Answer {
    let body = if name.ends_with(".html") {
        with_script(bytes, mark)
    } else {
        bytes.to_vec()
    };
    Answer::new(status, media_type(name), body)
}

fn text(status: &'static str, text: &str) -> Answer {
    Answer::new(status, media_type("x.txt"), text.as_bytes().to_vec())
}

/// A path as it may stand in a header.
fn encoded(path: &str) -> String {
    let mut text = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// Tells one page of its changes, as long as somebody listens.
fn tell_news(mut connection: &TcpStream, live: &Live, request: &Request) -> io::Result<()> {
    connection.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
          Connection: close\r\n\r\n",
    )?;
    let (sender, news) = mpsc::channel();
    let since = request
        .last_event
        .as_deref()
        .unwrap_or_else(|| request.field("since"));
    let listener = move |text: &str| sender.send(text.to_owned()).is_ok();
    live.listen(request.field("page"), since, Box::new(listener));
    for text in news {
        connection.write_all(text.as_bytes())?;
    }
    Ok(())
}
