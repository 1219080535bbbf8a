//! Signing in to the browser editor: whom a key is handed to, and who is
//! refused, in words that the editor understands.

use functions::config::{EditorConfig, Secret};
use functions::editor_sign_in::{SignIn, routes};
use serde_json::Value;
use tests::github::{CLIENT_ID, CLIENT_SECRET, GitHub, Mood, TOKEN};
use tests::{Answer, Visitor};
use tokio::net::TcpListener;

const EDITOR: &str = "https://editor.example";

/// The sign-in of an editor at [`EDITOR`], with a GitHub of its own.
struct World {
    github: GitHub,
    visitor: Visitor,
}

impl World {
    async fn new() -> World {
        World::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut EditorConfig)) -> World {
        let github = GitHub::start().await;
        let mut config = EditorConfig {
            origin: EDITOR.to_owned(),
            editors: vec![EDITOR.to_owned(), "https://trial.example:8443".to_owned()],
            provider: github.base_url.clone(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: Secret::new(CLIENT_SECRET),
            scope: "public_repo".to_owned(),
            edge_keys: Vec::new(),
        };
        change(&mut config);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let routes = routes(SignIn::new(config));
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        World {
            github,
            visitor: Visitor::at(&origin),
        }
    }

    /// The editor opens its window.
    async fn begin(&self) -> Answer {
        let path = "/auth?provider=github&site_id=editor.example&scope=repo%2Cuser";
        self.get(path, None).await
    }

    /// The person agrees at GitHub: where that leads back to.
    async fn agree(&self, begun: &Answer) -> String {
        let agreed = self.visitor.get(&begun.at).await;
        agreed.at.strip_prefix(EDITOR).unwrap().to_owned()
    }

    async fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.visitor
            .request(|client, origin| {
                let request = client.get(format!("{origin}{path}"));
                match cookie {
                    Some(cookie) => request.header("cookie", cookie),
                    None => request,
                }
            })
            .await
    }
}

/// The cookie that a browser keeps.
fn cookie(answer: &Answer) -> String {
    let set = answer.headers["set-cookie"].to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// What the page's script is given.
fn handed(answer: &Answer) -> Value {
    let data = answer.body.split("id=\"answer\">").nth(1).unwrap();
    serde_json::from_str(data.split("</script>").next().unwrap()).unwrap()
}

/// The status, and the code that the editor has a sentence for.
fn refusal(answer: &Answer) -> (u16, String) {
    let message = handed(answer)["message"].as_str().unwrap().to_owned();
    let told = message.strip_prefix("authorization:github:error:").unwrap();
    let told: Value = serde_json::from_str(told).unwrap();
    assert!(
        answer.body.contains(told["error"].as_str().unwrap()),
        "the window says what the editor is told: {}",
        answer.body
    );
    assert!(!answer.body.contains("gho_"), "{}", answer.body);
    (
        answer.status,
        told["errorCode"].as_str().unwrap().to_owned(),
    )
}

#[tokio::test]
async fn an_editor_who_agrees_is_handed_a_key_and_only_our_editors_are() {
    let world = World::new().await;
    let begun = world.begin().await;
    assert_eq!(begun.status, 303);
    let page = world
        .get(&world.agree(&begun).await, Some(&cookie(&begun)))
        .await;
    assert_eq!(page.status, 200, "{}", page.text());
    let handed = handed(&page);
    assert_eq!(handed["greeting"], "authorizing:github");
    assert_eq!(
        handed["message"],
        format!(
            "authorization:github:success:{}",
            serde_json::json!({ "provider": "github", "token": TOKEN })
        ),
        "whatever is in a key, it does not end the data: {}",
        page.body
    );
    assert_eq!(
        handed["editors"],
        serde_json::json!([EDITOR, "https://trial.example:8443"])
    );
}

#[tokio::test]
async fn github_is_asked_for_no_more_than_is_configured_and_leads_back_here_alone() {
    let world = World::new().await;
    let asked = world.begin().await.at;
    assert!(
        asked.contains("&scope=public_repo&"),
        "not what the editor would like: {asked}"
    );
    assert!(
        asked.contains("redirect_uri=https%3A%2F%2Feditor.example%2Fcallback&"),
        "{asked}"
    );
    assert!(
        asked.contains("code_challenge_method=S256"),
        "a code that leaks is of no use: {asked}"
    );
    assert!(!asked.contains(CLIENT_SECRET), "{asked}");
}

#[tokio::test]
async fn the_attempt_is_kept_in_a_cookie_that_only_this_host_sees_and_that_ends_with_it() {
    let world = World::new().await;
    let begun = world.begin().await;
    let set = begun.headers["set-cookie"].to_str().unwrap();
    let name = set.split('=').next().unwrap();
    assert_eq!(name, "__Host-editor-sign-in");
    for attribute in [
        "Path=/",
        "Max-Age=600",
        "HttpOnly",
        "SameSite=Lax",
        "Secure",
    ] {
        assert!(set.contains(attribute), "{attribute}: {set}");
    }
    let page = world
        .get(&world.agree(&begun).await, Some(&cookie(&begun)))
        .await;
    let forgotten = page.headers["set-cookie"].to_str().unwrap();
    assert!(
        forgotten.starts_with("__Host-editor-sign-in=; ") && forgotten.contains("Max-Age=0"),
        "{forgotten}"
    );
    let other = cookie(&world.begin().await);
    assert_ne!(other, cookie(&begun), "each attempt is its own");
}

#[tokio::test]
async fn every_answer_may_run_one_script_and_nothing_else_and_is_not_kept() {
    let world = World::new().await;
    let begun = world.begin().await;
    let page = world
        .get(&world.agree(&begun).await, Some(&cookie(&begun)))
        .await;
    let lost = world.get("/nothing", None).await;
    assert_eq!(lost.status, 404);
    for answer in [&begun, &page, &lost] {
        let header = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'sha256-")
                && !policy.contains("unsafe"),
            "{policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(
            header("cross-origin-opener-policy"),
            "unsafe-none",
            "the window must still know its editor"
        );
    }
}

#[tokio::test]
async fn an_answer_with_another_state_is_refused() {
    let world = World::new().await;
    let (ours, theirs) = (world.begin().await, world.begin().await);
    let back = world.agree(&theirs).await;
    let answer = world.get(&back, Some(&cookie(&ours))).await;
    assert_eq!(refusal(&answer), (403, "CSRF_DETECTED".to_owned()));
    let answer = world
        .get("/callback?code=code-0", Some(&cookie(&ours)))
        .await;
    assert_eq!(refusal(&answer), (403, "CSRF_DETECTED".to_owned()));
}

#[tokio::test]
async fn an_answer_in_a_browser_that_began_nothing_is_refused() {
    let world = World::new().await;
    let back = world.agree(&world.begin().await).await;
    for cookie in [
        None,
        Some("__Host-editor-sign-in="),
        Some("__Host-editor-sign-in=a.b"),
        Some("another=1"),
    ] {
        let answer = world.get(&back, cookie).await;
        assert_eq!(
            refusal(&answer),
            (403, "CSRF_DETECTED".to_owned()),
            "{cookie:?}"
        );
    }
}

#[tokio::test]
async fn the_same_answer_twice_hands_a_key_over_once() {
    let world = World::new().await;
    let begun = world.begin().await;
    let back = world.agree(&begun).await;
    let cookie = cookie(&begun);
    let (one, other) = tokio::join!(
        world.get(&back, Some(&cookie)),
        world.get(&back, Some(&cookie))
    );
    let handed: Vec<u16> = [&one, &other].map(|answer| answer.status).to_vec();
    assert_eq!(
        handed.iter().filter(|status| **status == 200).count(),
        1,
        "{handed:?}"
    );
    let late = world.get(&back, Some(&cookie)).await;
    assert_eq!(refusal(&late), (400, "TOKEN_REQUEST_FAILED".to_owned()));
}

#[tokio::test]
async fn a_foreign_website_is_not_led_to_github() {
    let world = World::new().await;
    for site in ["evil.example", "editor.example.evil.example", ""] {
        let answer = world
            .get(&format!("/auth?provider=github&site_id={site}"), None)
            .await;
        assert_eq!(
            refusal(&answer),
            (403, "UNSUPPORTED_DOMAIN".to_owned()),
            "{site}"
        );
        assert!(!answer.headers.contains_key("set-cookie"));
    }
    let answer = world
        .get("/auth?provider=gitlab&site_id=editor.example", None)
        .await;
    assert_eq!(refusal(&answer), (400, "UNSUPPORTED_BACKEND".to_owned()));
}

#[tokio::test]
async fn a_person_who_declines_is_told_so() {
    let world = World::new().await;
    let begun = world.begin().await;
    let state = begun.at.split("&state=").nth(1).unwrap();
    let state = state.split('&').next().unwrap();
    let back = format!("/callback?error=access_denied&state={state}");
    let answer = world.get(&back, Some(&cookie(&begun))).await;
    assert_eq!(
        refusal(&answer),
        (400, "AUTH_CODE_REQUEST_FAILED".to_owned())
    );
}

#[tokio::test]
async fn github_that_is_down_or_confused_is_told_as_such_and_the_person_may_try_again() {
    let world = World::new().await;
    for (mood, expected) in [
        (Mood::Down, (503, "TOKEN_REQUEST_FAILED")),
        (Mood::Confused, (502, "MALFORMED_RESPONSE")),
    ] {
        world.github.be(mood);
        let begun = world.begin().await;
        let answer = world
            .get(&world.agree(&begun).await, Some(&cookie(&begun)))
            .await;
        let expected = (expected.0, expected.1.to_owned());
        assert_eq!(refusal(&answer), expected, "{mood:?}");
    }
    world.github.be(Mood::Well);
    let begun = world.begin().await;
    let answer = world
        .get(&world.agree(&begun).await, Some(&cookie(&begun)))
        .await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn github_that_says_nothing_is_waited_for_no_longer_than_a_person_would() {
    let world = World::new().await;
    world.github.be(Mood::Silent);
    let begun = world.begin().await;
    let started = std::time::Instant::now();
    let answer = world
        .get(&world.agree(&begun).await, Some(&cookie(&begun)))
        .await;
    assert_eq!(refusal(&answer), (503, "TOKEN_REQUEST_FAILED".to_owned()));
    assert!(
        started.elapsed().as_secs() < 20,
        "before the gateway gives up"
    );
}

#[tokio::test]
async fn github_that_is_not_there_is_told_as_such() {
    let world = World::new().await;
    let begun = world.begin().await;
    let back = world.agree(&begun).await;
    let nowhere = World::with(|config| config.provider = "http://127.0.0.1:9".to_owned()).await;
    let answer = nowhere.get(&back, Some(&cookie(&begun))).await;
    assert_eq!(refusal(&answer), (503, "TOKEN_REQUEST_FAILED".to_owned()));
}

#[tokio::test]
async fn an_app_that_github_does_not_know_is_our_fault_and_says_so() {
    let world = World::with(|config| config.client_secret = Secret::new("another")).await;
    let begun = world.begin().await;
    let answer = world
        .get(&world.agree(&begun).await, Some(&cookie(&begun)))
        .await;
    assert_eq!(refusal(&answer), (500, "MISCONFIGURED_CLIENT".to_owned()));
    assert!(
        answer.text().contains("The number of this report is"),
        "{}",
        answer.text()
    );
}
