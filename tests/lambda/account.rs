//! The function `account`, behind the gateway: shut, the same to everybody who
//! asks for a link, and with its cookie for this origin alone.

use tests::lambda::{Cloud, Request};

#[tokio::test]
async fn a_members_page_is_shut_and_leads_to_its_sign_in() {
    let mut cloud = Cloud::start().await;
    let shut = cloud.get("/account/").await;
    assert_eq!(shut.location(), "/account/sign-in/?to=%2Faccount%2F");
    let page = cloud.get(shut.location()).await;
    assert_eq!(page.status, 200, "{}", page.body);
}

#[tokio::test]
async fn a_link_that_nobody_should_have_is_answered_as_it_always_is() {
    let mut cloud = Cloud::start().await;
    let fields = [("email", "ottoline@school.example")];
    let asked = cloud.post("/account/sign-in/", &fields).await;
    assert_eq!(asked.location(), "/account/sign-in/sent/");
    let logs = cloud.end().await;
    assert!(!logs.contains("ottoline"), "an address is in\n{logs}");
}

#[tokio::test]
async fn signing_out_takes_the_cookie_of_this_origin_away() {
    let mut cloud = Cloud::start().await;
    let mut button = Request::form("/account/sign-out/", &[]);
    button
        .headers
        .push(("sec-fetch-site", "same-origin".to_owned()));
    let out = cloud.ask(&button).await;
    let cookie = out.cookies.first().expect("a cookie");
    assert!(cookie.starts_with("__Host-account-session="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=0"] {
        assert!(cookie.contains(part), "`{part}` is not in {cookie}");
    }
}

#[tokio::test]
async fn a_request_to_be_let_in_is_kept() {
    let mut cloud = Cloud::start().await;
    let fields = [
        ("school", "Sample Primary School"),
        ("name", "Quenby Featherstone"),
        ("job", "Headteacher"),
        ("email", "quenby@school.example"),
        ("telephone", "020 7946 0123"),
        ("why", "Our contact has left."),
    ];
    let sent = cloud.post("/account/let-in/", &fields).await;
    assert_eq!(sent.location(), "/account/let-in/sent/");
}
