//! The links of a booking: what each opens, and how often they are written.

use functions::secretary;
use tests::Product;
use tests::forms::{booking, booking_from, with};
use tests::staff::office;

/// A free event with room for many.
const LARGE: &str = "/book/teachmeet/";

#[tokio::test]
async fn an_address_is_written_to_four_times_an_hour_and_keeps_what_was_typed() {
    let product = Product::start().await;
    let visitor = product.visitor();
    for _ in 0..4 {
        visitor.fill(LARGE, &booking()).await;
    }
    let refused = visitor.fill(LARGE, &booking()).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.field("name").as_deref(), Some("Sam Delegate"));
    assert!(refused.text().contains("Use the link in the latest letter"));
}

#[tokio::test]
async fn a_link_opens_its_own_booking_for_its_own_purpose_and_nothing_else() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let one = visitor.book(LARGE, &booking()).await.reference();
    let other = visitor
        .book(LARGE, &booking_from("other@sample.example"))
        .await
        .reference();
    let manage = visitor.booking_link("sam@sample.example", &one, "/").await;
    let secret = manage.trim_end_matches('/').rsplit('/').next().unwrap();
    for path in [
        format!("/bookings/{other}/{secret}/"),
        format!("/bookings/{one}/{secret}/confirm/"),
        format!("/bookings/{one}/{secret}/approve/"),
        format!("/bookings/{one}/{}/", "0".repeat(40)),
        format!("{manage}2/"),
        format!("{manage}x/"),
    ] {
        assert_eq!(visitor.get(&path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_link_that_has_lost_its_last_slash_opens_the_same_page() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let asked = visitor.fill(LARGE, &booking()).await.reference();
    let sam = "sam@sample.example";
    let confirm = visitor.booking_link(sam, &asked, "/confirm/").await;
    let page = visitor.get(confirm.trim_end_matches('/')).await;
    assert!(
        page.text().contains("Confirm your booking"),
        "{}",
        page.text()
    );
    visitor.confirm(sam, &asked).await;
    let manage = visitor.booking_link(sam, &asked, "/").await;
    for path in [manage.clone(), format!("{manage}1/")] {
        let cut = path.trim_end_matches('/');
        let page = visitor.get(cut).await;
        assert_eq!(page.status, 200, "{cut}");
        assert!(page.text().contains("Sam Delegate"), "{}", page.text());
    }
}

#[tokio::test]
async fn the_name_of_a_delegate_is_there_to_be_put_right_and_an_error_leads_to_its_field() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let fields = with(booking(), "others", "Ada ada@sample.example");
    let booked = visitor.book(LARGE, &fields).await.reference();
    let sam = "sam@sample.example";
    let manage = visitor.booking_link(sam, &booked, "/").await;
    let page = visitor.get(&format!("{manage}2/")).await;
    assert_eq!(page.field("delegate_name").as_deref(), Some("Ada"));
    assert_eq!(
        page.field("delegate_email").as_deref(),
        Some("ada@sample.example")
    );
    let action = format!("{manage}2/delegate/");
    let twice = [("delegate_name", "Sam"), ("delegate_email", sam)];
    let form = tests::page::filled(&page.body, "main", &twice);
    let refused = visitor.post(&action, &form).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    leads_to_what_is_there(&refused);
    let shown = [("shown", "9999")];
    let form = tests::page::filled(&page.body, "main", &shown);
    let refused = visitor.post(&format!("{manage}2/cancel/"), &form).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    leads_to_what_is_there(&refused);

    let right = [("delegate_name", "Ada Right")];
    let form = tests::page::filled(&page.body, "main", &right);
    let done = visitor.post(&action, &form).await.text();
    assert!(
        done.contains("The delegate of place 2 is changed."),
        "{done}"
    );
    assert!(done.contains("Ada Right"), "{done}");
}

/// Every link of the summary of errors leads to something on the page.
fn leads_to_what_is_there(page: &tests::Answer) {
    let summary = page.body.split("id=\"error-summary\"").nth(1);
    let summary = summary.expect("a summary").split("</ul>").next().unwrap();
    let targets: Vec<&str> = summary
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(!targets.is_empty(), "{summary}");
    for target in targets {
        let id = format!("id=\"{target}\"");
        assert!(page.body.contains(&id), "{target}: {}", page.body);
    }
}

#[tokio::test]
async fn whoever_named_a_school_that_has_left_meanwhile_is_told_when_the_address_is_confirmed() {
    const PRICED: &str = "/book/workshop-for-leaders/";
    let product = Product::at("2017-04-03T10:00+01:00").await;
    let member = product.join("900001").await;
    let minutes = |minutes| {
        product
            .app
            .clock
            .advance(jiff::SignedDuration::from_mins(minutes))
    };
    // Ten minutes before the end of its last day, and ten minutes after.
    minutes(13 * 60 + 50);
    let visitor = product.visitor();
    let fields = [
        ("pays_by", "invoice"),
        ("invoice_address", "1 Sample Street"),
        ("approver_name", "Bo Holder"),
        ("approver_email", "bo@sample.example"),
    ];
    let fields = fields
        .into_iter()
        .fold(booking(), |all, (name, value)| with(all, name, value));
    let asked = visitor.fill(PRICED, &fields).await;
    assert!(asked.at.starts_with("/bookings/"), "{}", asked.text());
    let closed = domain::membership::Closed {
        last_day: "2017-04-03".parse().unwrap(),
        merged_into: None,
    };
    secretary::close(&product.app, &office(), &member, &closed)
        .await
        .unwrap();
    minutes(20);
    let sam = "sam@sample.example";
    let refused = visitor.confirm(sam, &asked.reference()).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(
        refused.text().contains("can approve this booking any more"),
        "{}",
        refused.text()
    );
    // Booked again, it is a booking of a school that is no member.
    let again = visitor.book(PRICED, &fields).await;
    assert!(again.at.starts_with("/bookings/"), "{}", again.text());
    let letters = visitor.letters().await;
    assert_eq!(letters[0]["to"], "bo@sample.example");
}
