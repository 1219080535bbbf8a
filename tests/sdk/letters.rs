//! Letters as they leave the house, to a mail server of somebody else's: what
//! arrives, how often, and what is done where it does not.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use domain::contact::EmailAddress;
use domain::delivery::Returned;
use functions::config::{PostConfig, Secret};
use functions::letters::{self, Swept};
use functions::post::Post;
use jiff::SignedDuration;
use local::identity_stand_in::Person;
use serde_json::Value;
use tests::visitor::owned;
use tests::{Product, page, root};

/// The server, and what it was given.
struct Server {
    child: Child,
    /// It ends when this does.
    _input: ChildStdin,
    port: u64,
    told: Receiver<Value>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start() -> Server {
        let tools = super::tools("tests/sdk/install-post");
        let mut child = Command::new(tools.join("post/python/bin/python"))
            .arg(root().join("tests/sdk/post.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let first = lines.next().expect("a first line").expect("text");
        let first: Value = serde_json::from_str(&first).expect("JSON");
        let (tell, told) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let message = serde_json::from_str(&line).expect("JSON");
                if tell.send(message).is_err() {
                    return;
                }
            }
        });
        Server {
            _input: child.stdin.take().expect("its input"),
            child,
            port: first["port"].as_u64().expect("a port"),
            told,
        }
    }

    async fn post(&self) -> Post {
        post_to(self.port).await
    }

    /// A letter that it was given: said after it has answered, so it is there.
    fn letter(&self) -> Value {
        self.told.recv().expect("a letter")
    }

    fn has_no_more(&self) -> bool {
        matches!(self.told.try_recv(), Err(TryRecvError::Empty))
    }
}

async fn post_to(port: u64) -> Post {
    let address = |text| EmailAddress::parse(text, "").unwrap();
    let config = PostConfig {
        from: address("letters@the-partnership.example"),
        answers_to: address("office@the-partnership.example"),
        smtp_url: Some(Secret::new(format!("smtp://127.0.0.1:{port}"))),
        configuration_set: None,
    };
    Post::new(config).unwrap()
}

/// Somebody asks, which writes to the office and to that address; the enquiry's
/// page for staff.
async fn ask(product: &Product, email: &str) -> String {
    let fields = [
        ("name", "Nia O’Connor"),
        ("email", email),
        ("message", "What does peer review cost?"),
    ];
    let sent = product.visitor().fill("/enquire/", &fields).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    format!("/staff/enquiries/{}/", sent.reference())
}

async fn sweep(product: &Product, post: &Post) -> Swept {
    letters::sweep(&product.of("letters"), post).await.unwrap()
}

#[tokio::test]
async fn a_letter_arrives_as_text_and_as_html_that_say_the_same() {
    let (product, server) = (Product::start().await, Server::start());
    ask(&product, "nia@sample.example").await;
    let swept = sweep(&product, &server.post().await).await;
    assert_eq!((swept.sent, swept.later, swept.stopped), (2, 0, 0));
    let letters = [server.letter(), server.letter()];
    let asked = letters
        .iter()
        .find(|letter| letter["envelope"]["to"][0] == "nia@sample.example")
        .expect("one to whoever asked");
    assert_eq!(asked["envelope"]["from"], "letters@the-partnership.example");
    let headers = &asked["headers"];
    assert_eq!(
        headers["from"],
        "THE Partnership <letters@the-partnership.example>"
    );
    assert_eq!(headers["reply-to"], "office@the-partnership.example");
    assert_eq!(headers["auto-submitted"], "auto-generated");
    let id = headers["x-letter-id"].as_str().unwrap();
    assert_eq!(
        headers["message-id"],
        format!("<{id}@the-partnership.example>")
    );
    let text = asked["text"].as_str().unwrap().replace("\r\n", "\n");
    assert!(text.starts_with("Dear Nia O’Connor,\n\n"), "{text}");
    // Beside the labels of facts there is no colon, and a way on has its words.
    let html = page::text(asked["html"].as_str().unwrap()).replace(':', "");
    for line in text.lines().filter(|line| !line.starts_with("http")) {
        let words = line.trim_start_matches("- ").replace(':', "");
        assert!(html.contains(words.trim()), "{line}\n{html}");
    }
    assert_eq!(
        sweep(&product, &server.post().await).await,
        Swept::default(),
        "each once"
    );
    assert!(server.has_no_more());
}

#[tokio::test]
async fn four_who_send_at_once_send_each_letter_once() {
    let (product, server) = (Product::start().await, Server::start());
    for number in 0..5 {
        ask(&product, &format!("nia{number}@sample.example")).await;
    }
    let post = server.post().await;
    let one = || sweep(&product, &post);
    let (a, b, c, d) = tokio::join!(one(), one(), one(), one());
    let all = [a, b, c, d];
    assert_eq!(all.iter().map(|swept| swept.sent).sum::<usize>(), 10);
    let mut ids: Vec<String> = (0..10)
        .map(|_| server.letter()["headers"]["x-letter-id"].to_string())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 10);
    assert!(server.has_no_more());
}

#[tokio::test]
async fn a_letter_waits_while_no_server_answers_and_goes_once_one_does() {
    let product = Product::start().await;
    ask(&product, "nia@sample.example").await;
    // Nothing listens on the port of a server that has ended.
    let gone = Server::start().port;
    let swept = sweep(&product, &post_to(gone).await).await;
    assert_eq!((swept.sent, swept.later), (0, 2));
    let server = Server::start();
    let post = server.post().await;
    assert_eq!(sweep(&product, &post).await, Swept::default(), "not yet");
    product.app.clock.advance(SignedDuration::from_mins(2));
    let swept = sweep(&product, &post).await;
    assert_eq!((swept.sent, swept.later), (2, 0));
    assert!(swept.oldest_seconds >= 120, "{swept:?}");
}

#[tokio::test]
async fn a_letter_whose_sender_fell_over_is_sent_by_the_next_one() {
    let (product, server) = (Product::start().await, Server::start());
    ask(&product, "nia@sample.example").await;
    let now = product.app.clock.now();
    for read in product.app.store.letters_due(now).await.unwrap() {
        let taken = read.value.delivery.take(now).unwrap();
        let store = &product.app.store;
        assert!(store.move_letter(&read, taken).await.unwrap());
    }
    let post = server.post().await;
    assert_eq!(
        sweep(&product, &post).await,
        Swept::default(),
        "it may be on its way"
    );
    product.app.clock.advance(SignedDuration::from_mins(3));
    assert_eq!(sweep(&product, &post).await.sent, 2);
}

#[tokio::test]
async fn what_the_server_will_not_have_is_shown_to_staff_and_what_it_puts_off_is_tried_again() {
    let (product, server) = (Product::start().await, Server::start());
    ask(&product, "refused@sample.example").await;
    ask(&product, "later@sample.example").await;
    let post = server.post().await;
    let swept = sweep(&product, &post).await;
    assert_eq!((swept.sent, swept.later, swept.stopped), (2, 1, 1));
    let staff = product.signed_in(Person::Secretary).await;
    let shown = staff.get("/staff/letters/").await;
    assert!(
        shown.body.contains("refused@sample.example"),
        "{}",
        shown.body
    );
    assert!(
        !shown.body.contains("later@sample.example"),
        "{}",
        shown.body
    );
}

#[tokio::test]
async fn no_more_letters_go_to_an_address_that_one_came_back_from_until_staff_say_so() {
    let (product, server) = (Product::start().await, Server::start());
    let post = server.post().await;
    ask(&product, "Nia@sample.example").await;
    sweep(&product, &post).await;
    let letters = [server.letter(), server.letter()];
    let to_nia = letters
        .iter()
        .find(|letter| letter["envelope"]["to"][0] == "Nia@sample.example")
        .unwrap();
    let id = to_nia["headers"]["x-letter-id"].as_str().unwrap();
    for _ in 0..2 {
        letters::came_back(&product.of("letters"), id, Returned::Bounced)
            .await
            .unwrap();
    }
    let record = ask(&product, "nia@SAMPLE.example").await;
    let swept = sweep(&product, &post).await;
    assert_eq!((swept.sent, swept.stopped), (1, 1), "the office's goes");

    let staff = product.signed_in(Person::Secretary).await;
    let record = staff.get(&record).await;
    assert!(
        record.body.contains("No letters go to nia@sample.example"),
        "{}",
        record.body
    );
    let shown = staff.get("/staff/letters/").await;
    assert_eq!(
        shown.body.matches("Send it again").count(),
        2,
        "{}",
        shown.body
    );
    let form = format!("/staff/letters/{id}/again/");
    for _ in 0..2 {
        let again = staff
            .post(&form, &owned(&[("command", &"0".repeat(32))]))
            .await;
        assert_eq!(again.at, "/staff/letters/", "{}", again.text());
    }
    let swept = sweep(&product, &post).await;
    assert_eq!((swept.sent, swept.stopped), (1, 0));
    let refused = staff
        .post(&form, &owned(&[("command", &"1".repeat(32))]))
        .await;
    assert_eq!(refused.status, 409, "it has gone");
}
