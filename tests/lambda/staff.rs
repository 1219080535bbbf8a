//! The function `staff`, behind the gateway: shut, and on the way to its
//! sign-in provider.

use tests::lambda::{Cloud, Request};

#[tokio::test]
async fn the_staff_area_is_shut_and_leads_to_the_provider() {
    let mut cloud = Cloud::start().await;
    let shut = cloud.get("/staff/").await;
    assert_eq!(shut.location(), "/staff/sign-in/?to=%2Fstaff%2F");
    let page = cloud.get("/staff/sign-in/?to=%2Fstaff%2F").await;
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-security-policy")
            .contains("form-action 'self'")
    );

    let mut button = Request::form("/staff/sign-in/", &[("to", "/staff/")]);
    button
        .headers
        .push(("sec-fetch-site", "same-origin".to_owned()));
    let off = cloud.ask(&button).await;

    let address = off.location();
    for part in [
        "/authorize?",
        "response_type=code",
        "code_challenge_method=S256",
        "scope=openid+profile+email",
        "redirect_uri=https%3A%2F%2Fwww.the-partnership.org.uk%2Fstaff%2Fsigned-in%2F",
    ] {
        assert!(address.contains(part), "`{part}` is not in {address}");
    }
    let cookie = off.cookies.first().expect("a cookie");
    assert!(cookie.starts_with("__Host-staff-sign-in="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "`{part}` is not in {cookie}");
    }
}

#[tokio::test]
async fn a_form_of_the_staff_area_is_taken_from_its_own_pages_alone() {
    let mut cloud = Cloud::start().await;
    let silent = Request::form("/staff/sign-in/", &[("to", "/staff/")]);
    assert_eq!(cloud.ask(&silent).await.status, 403);
}
