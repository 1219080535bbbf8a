//! The links of a booking: what each opens, and how often they are written.

use tests::Product;
use tests::forms::{booking, booking_from};

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
