//! The function `editor-sign-in`, behind the gateway, with a stand-in for
//! GitHub.

use tests::github::{CLIENT_SECRET, TOKEN};

use tests::lambda::{Cloud, EDITOR, Request};

#[tokio::test]
async fn an_editor_is_led_to_github_and_handed_the_key_and_nothing_of_it_is_logged() {
    let mut cloud = Cloud::start().await;
    let begun = cloud
        .get("/auth?provider=github&site_id=editor.the-partnership.org.uk&scope=repo,user")
        .await;
    let asked = begun.location().to_owned();
    assert!(asked.starts_with(&cloud.github.base_url), "{asked}");
    let cookie = begun.cookies[0].split(';').next().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-"), "{cookie}");

    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let agreed = browser.build().unwrap().get(asked).send().await.unwrap();
    let back = agreed.headers()["location"].to_str().unwrap().to_owned();
    let target = back.strip_prefix(EDITOR).unwrap();

    let mut request = Request::get(target);
    request.headers.push(("cookie", cookie));
    let page = cloud.ask(&request).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("gho_under"), "{}", page.body);
    assert!(page.cookies[0].contains("Max-Age=0"), "{:?}", page.cookies);

    let again = cloud.ask(&request).await;
    assert_eq!(again.status, 400, "a code is good once: {}", again.body);

    let logs = cloud.end().await;
    for secret in [TOKEN, CLIENT_SECRET, "gho_"] {
        assert!(!logs.contains(secret), "`{secret}` is in\n{logs}");
    }
}
