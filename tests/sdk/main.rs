//! What we speak, held against programs of other people's: Stripe's own libraries
//! for Node.js and Python (signatures both ways, and the stand-in from one end to
//! the other), and a mail server.
//!
//! They are installed under `target/tools` by `tests/sdk/install` and
//! `tests/sdk/install-post`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use functions::config::Secret;
use functions::stripe::{About, NoticeError, TOLERANCE, open};
use jiff::Timestamp;
use local::stripe_stand_in::{Settings, StandIn, sign};
use serde_json::{Value, json};
use tests::root;
use tokio::net::TcpListener;

const BODY: &str = r#"{"id":"evt_1","object":"event","type":"refund.failed","data":{"object":{"id":"re_1"}},"£":"é"}"#;
const SECRET: &str = "whsec_new";

mod letters;

/// The folder of the libraries, installed.
fn libraries() -> PathBuf {
    tools("tests/sdk/install").join("stripe-sdk")
}

/// The folder that an installer installs into, when it has.
fn tools(installer: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let target = test.ancestors().nth(3).expect("a test is in the target");
    let tools = target.join("tools");
    let installed = Command::new(root().join(installer))
        .arg(&tools)
        .output()
        .expect("the installer starts");
    assert!(
        installed.status.success(),
        "{installer} did not come to its end: {}",
        String::from_utf8_lossy(&installed.stderr)
    );
    tools
}

/// What one of the libraries answers to `cases`.
fn ask(mut program: Command, cases: &Value) -> Vec<String> {
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let input = child.stdin.take();
    let mut input = input.expect("its input");
    write!(input, "{cases}").expect("it reads");
    drop(input);
    let answer = child.wait_with_output().expect("it ends");
    assert!(answer.status.success(), "{program:?} failed");
    serde_json::from_slice(&answer.stdout).expect("a list of answers")
}

fn node(libraries: &Path, script: &str) -> Command {
    let mut node = Command::new("node");
    node.arg(root().join("tests/sdk").join(script))
        .arg(libraries);
    node
}

/// Both libraries, by name.
fn both(libraries: &Path) -> [(&'static str, Command); 2] {
    let mut python = Command::new(libraries.join("python/bin/python"));
    python.arg(root().join("tests/sdk/sign.py"));
    [("Node.js", node(libraries, "sign.js")), ("Python", python)]
}

#[test]
fn what_we_sign_stripes_libraries_verify_and_what_is_wrong_they_refuse() {
    let now = Timestamp::now().as_second();
    let good = sign(SECRET, now, BODY.as_bytes());
    let other = sign("whsec_other", now, BODY.as_bytes());
    let stale = sign(SECRET, now - TOLERANCE - 60, BODY.as_bytes());
    let first = |header: &str| {
        header
            .split_once(",v1=")
            .map(|(_, digits)| digits.to_owned())
    };
    let several = format!(
        "t={now},v1={},{}",
        first(&other).unwrap(),
        good.split_once(',').unwrap().1
    );
    let tampered = BODY.replace("re_1", "re_2");
    let case = |body: &str, header: &str| json!({ "body": body, "header": header, "secret": SECRET, "tolerance": TOLERANCE });
    let cases = json!([
        case(BODY, &good),
        case(BODY, &several),
        case(&tampered, &good),
        case(BODY, &other),
        case(BODY, &stale),
        case(BODY, &good.replace("v1=", "v0=")),
    ]);
    for (name, program) in both(&libraries()) {
        let answers = ask(program, &cases);
        assert_eq!(answers.len(), 6, "{name}");
        assert_eq!(answers[..2], ["evt_1", "evt_1"], "{name}: {answers:?}");
        for refused in &answers[2..] {
            assert!(refused.starts_with("refused: "), "{name}: {answers:?}");
        }
        assert!(answers[4].contains("olerance"), "{name}: {}", answers[4]);
    }
}

#[test]
fn what_stripes_libraries_sign_we_verify_and_what_is_wrong_we_refuse() {
    let now = Timestamp::now();
    let second = now.as_second();
    let case = |secret: &str, at: i64| json!({ "body": BODY, "secret": secret, "sign": at });
    let cases = json!([
        case(SECRET, second),
        case("whsec_old", second),
        case("whsec_other", second),
        case(SECRET, second - TOLERANCE),
        case(SECRET, second - TOLERANCE - 1),
        case(SECRET, second + TOLERANCE + 1),
    ]);
    let secrets = [Secret::new(SECRET), Secret::new("whsec_old")];
    let verdict = |body: &str, header: &str| {
        open(body.as_bytes(), header, &secrets, now).map(|notice| notice.about)
    };
    let good = Ok(About::Refund("re_1".to_owned()));
    for (name, program) in both(&libraries()) {
        let headers = ask(program, &cases);
        let verdicts: Vec<_> = headers.iter().map(|header| verdict(BODY, header)).collect();
        let expected = [
            good.clone(),
            good.clone(),
            Err(NoticeError::Forged),
            good.clone(),
            Err(NoticeError::Stale),
            Err(NoticeError::Stale),
        ];
        assert_eq!(verdicts, expected, "{name}: {headers:?}");
        let tampered = BODY.replace("re_1", "re_2");
        assert_eq!(verdict(&tampered, &headers[0]), Err(NoticeError::Forged));
        let digits = headers[0].split_once(',').expect("a signature").1;
        let several = format!("t={second},v1={},{digits}", "ab".repeat(32));
        assert_eq!(verdict(BODY, &several), good, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stripes_library_for_node_drives_the_stand_in_from_the_page_to_the_payout() {
    let receiver = axum::Router::new().route("/", axum::routing::post(|| async { "" }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let webhook_url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, receiver).await });
    let settings = Settings {
        webhook_url,
        webhook_secret: SECRET.to_owned(),
        secret_key: "sk_test_driven".to_owned(),
        data_file: None,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let stand_in = StandIn::start(listener, settings).await.unwrap();
    let address = stand_in.base_url();
    let driven = tokio::task::spawn_blocking(move || {
        let mut drive = node(&libraries(), "drive.js");
        drive.args([address.as_str(), "sk_test_driven"]).output()
    });
    let driven = driven.await.unwrap().expect("node starts");
    let said = String::from_utf8_lossy(&driven.stdout).into_owned();
    let trouble = String::from_utf8_lossy(&driven.stderr);
    assert!(
        driven.status.success() && said.contains("driven to the end"),
        "{said}{trouble}"
    );
}
