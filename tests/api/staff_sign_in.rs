//! The staff's sign-in, through the real flow with the stand-in: who may, who
//! may not, and what becomes of a sign-in that somebody meddled with.

use functions::store::{Outcome, Transaction};
use jiff::SignedDuration;
use local::identity_stand_in::{Fault, Person};
use tests::Product;
use tests::visitor::owned;

#[tokio::test]
async fn staff_sign_in_with_the_provider_and_are_told_who_they_are() {
    let product = Product::start().await;
    let staff = product.staff();

    let asked = staff.get("/staff/").await;
    assert!(asked.at.starts_with("/staff/sign-in/"), "{}", asked.at);
    assert!(asked.body.contains("noindex"));
    let landed = staff.sign_in(Person::Secretary).await;

    assert_eq!((landed.status, landed.at.as_str()), (200, "/staff/"));
    let text = landed.text();
    assert!(
        text.contains("Sample Secretary: membership secretary"),
        "{text}"
    );
    assert_eq!(landed.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
    let product = Product::start().await;
    let staff = product.staff();
    let back = staff.choose(Person::Secretary).await;
    let answer = staff.get_only(&back).await;
    let cookies: Vec<_> = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap().to_owned())
        .collect();
    let session = cookies
        .iter()
        .find(|cookie| cookie.starts_with("staff-session="))
        .expect("a session");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(session.contains(part), "`{part}` is not in {session}");
    }
    assert!(!session.contains("Max-Age"), "it goes with the browser");
}

#[tokio::test]
async fn after_the_sign_in_it_goes_on_to_the_page_that_was_asked_for() {
    let product = Product::start().await;
    let staff = product.staff();
    let asked = staff.get("/staff/?from=a%26b").await;
    let to = asked.field("to").expect("the page to go on to");
    assert_eq!(to, "/staff/?from=a%26b");
    let elsewhere = staff.get("/staff/sign-in/?to=https://evil.example/").await;
    assert_eq!(elsewhere.field("to").as_deref(), Some("/staff/"));
}

#[tokio::test]
async fn somebody_without_a_role_is_told_so_and_is_not_signed_in() {
    let product = Product::start().await;
    let staff = product.staff();
    let refused = staff.sign_in(Person::Nobody).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("no role in the staff area"));
    assert!(staff.get("/staff/").await.at.starts_with("/staff/sign-in/"));
}

#[tokio::test]
async fn an_answer_with_another_state_or_in_another_browser_signs_nobody_in() {
    let product = Product::start().await;
    let staff = product.staff();
    let back = staff.choose(Person::Secretary).await;
    let (before, _) = back.split_once("state=").unwrap();
    let forged = staff.get(&format!("{before}state=0123")).await;
    assert_eq!(forged.status, 400);
    assert!(forged.text().contains("does not belong to your sign-in"));

    let mine = product.staff().choose(Person::Secretary).await;
    let other = product.staff();
    assert_eq!(other.get(&mine).await.status, 400);
    assert!(other.get("/staff/").await.at.starts_with("/staff/sign-in/"));
}

#[tokio::test]
async fn an_answer_counts_once() {
    let product = Product::start().await;
    let staff = product.staff();
    let back = staff.choose(Person::Secretary).await;
    let begun = staff.cookies();
    assert_eq!(staff.get(&back).await.status, 200);

    let thief = product.staff();
    for (name, value) in begun {
        thief.keep(&name, &value);
    }
    let again = thief.get(&back).await;
    assert_eq!(again.status, 400);
    assert!(again.text().contains("was used before"), "{}", again.text());
}

#[tokio::test]
async fn a_refusal_of_the_provider_is_said_in_words() {
    let product = Product::start().await;
    let staff = product.staff();
    let back = staff.choose(Person::Secretary).await;
    let state = back.split_once("state=").unwrap().1;
    let refused = staff
        .get(&format!(
            "/staff/signed-in/?error=access_denied&state={state}"
        ))
        .await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("cancelled or refused"));
    let made_up = staff.choose(Person::Secretary).await;
    let state = made_up.split_once("state=").unwrap().1;
    let unknown = staff
        .get(&format!("/staff/signed-in/?code=made-up&state={state}"))
        .await;
    assert_eq!(unknown.status, 400);
}

#[tokio::test]
async fn an_id_token_that_is_wrong_in_any_way_signs_nobody_in() {
    let product = Product::start().await;
    let provider = product.provider.as_ref().expect("the stand-in");
    for fault in [
        Fault::Expired,
        Fault::Old,
        Fault::OtherNonce,
        Fault::OtherAudience,
        Fault::OtherIssuer,
        Fault::OtherKey,
        Fault::Unsigned,
        Fault::SharedSecret,
    ] {
        let staff = product.staff();
        let back = staff.choose(Person::Secretary).await;
        provider.make_next_wrong(fault);
        let refused = staff.get(&back).await;
        assert_eq!(refused.status, 400, "{fault:?}: {}", refused.text());
        assert!(!staff.cookies().contains_key("staff-session"), "{fault:?}");
    }
    let landed = product.staff().sign_in(Person::Secretary).await;
    assert_eq!(landed.status, 200, "and a right one does");
}

#[tokio::test]
async fn who_signs_out_or_signs_in_anew_leaves_no_session_behind() {
    let product = Product::start().await;
    let staff = product.signed_in(Person::Secretary).await;
    let first = staff.cookies()["staff-session"].clone();
    staff.sign_in(Person::Treasurer).await;
    let second = staff.cookies()["staff-session"].clone();
    assert_ne!(first, second);
    let old = product.staff();
    old.keep("staff-session", &first);
    assert!(old.get("/staff/").await.at.starts_with("/staff/sign-in/"));

    let out = staff.post("/staff/sign-out/", &owned(&[])).await;
    assert!(out.text().contains("You are signed out"), "{}", out.text());
    old.keep("staff-session", &second);
    assert!(old.get("/staff/").await.at.starts_with("/staff/sign-in/"));
}

#[tokio::test]
async fn a_form_that_another_site_sends_is_refused_whatever_the_browser_says() {
    let product = Product::start().await;
    let staff = product.signed_in(Person::Secretary).await;
    let session = format!("staff-session={}", staff.cookies()["staff-session"]);
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("x-nothing", "said"),
    ] {
        let answer = product
            .visitor()
            .request(|client, origin| {
                client
                    .post(format!("{origin}/staff/sign-out/"))
                    .header("cookie", &session)
                    .header(name, value)
            })
            .await;
        assert_eq!(answer.status, 403, "{name}: {value}");
    }
    assert_eq!(staff.get("/staff/").await.at, "/staff/", "still signed in");
}

#[tokio::test]
async fn every_door_opens_for_its_roles_alone() {
    let product = Product::start().await;
    let doors = functions::staff::doors(&product.app);
    assert!(!doors.is_empty());
    let people = [
        (Person::Secretary, "secretary"),
        (Person::Treasurer, "treasurer"),
        (Person::Organiser, "organiser"),
        (Person::Director, "director"),
    ];
    let mut browsers = Vec::new();
    for (person, role) in people {
        browsers.push((role, product.signed_in(person).await));
    }
    let nobody = product.staff();
    for door in doors {
        // A record that is not there is told apart from a door that is shut.
        let path = door
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { "none" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        let reads = door.method == "GET";
        let closed = if reads {
            nobody.get_only(&path).await
        } else {
            nobody.post_only(&path, &owned(&[])).await
        };
        assert_eq!(closed.status, if reads { 303 } else { 401 }, "{door:?}");
        for (role, staff) in &browsers {
            let may = door.roles.iter().any(|allowed| allowed.name() == *role);
            let answer = if reads {
                staff.get_only(&path).await
            } else {
                staff.post_only(&path, &owned(&[])).await
            };
            assert_eq!(
                answer.status != 403,
                may,
                "{role} at {door:?}: {}",
                answer.status
            );
            assert_ne!(answer.status, 401, "{role} at {door:?}");
        }
    }
}

#[tokio::test]
async fn a_form_may_lead_to_the_provider() {
    let product = Product::start().await;
    let provider = product.provider.as_ref().expect("the stand-in").issuer();
    let page = product.visitor().get("/staff/sign-in/").await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    let form_action = policy.split(';').find(|part| part.contains("form-action"));
    assert!(form_action.unwrap().contains(provider), "{policy}");
}

#[tokio::test]
async fn a_session_that_is_used_lasts_on_and_one_that_is_not_ends_after_an_hour() {
    let product = Product::start().await;
    let staff = product.signed_in(Person::Secretary).await;
    let secret = staff.cookies()["staff-session"].clone();
    let store = &product.app.store;
    for (idle, lands) in [(50, "/staff/"), (61, "/staff/sign-in/")] {
        let now = product.app.clock.system_now();
        let mut session = store.staff_session(&secret, now).await.unwrap().unwrap();
        session.seen_at = now - SignedDuration::from_mins(idle);
        store.end_staff_session(&secret).await.unwrap();
        let mut transaction = Transaction::new();
        transaction.staff_session(&secret, &session).unwrap();
        assert_eq!(store.commit(transaction).await.unwrap(), Outcome::Committed);

        let landed = staff.get("/staff/").await;
        assert!(landed.at.starts_with(lands), "{idle}: {}", landed.at);
    }
}
