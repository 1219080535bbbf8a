//! A series of two sessions: whoever came to the first has a place at the second,
//! and a certificate for neither before both have been.

use domain::reference::BookingReference;
use local::identity_stand_in::Person;
use serde_json::Value;
use tests::Product;
use tests::forms::booking;
use tests::staff::Staff;
use tests::visitor::owned;

const PRICED: &str = "/book/workshop-for-leaders/";
const SCREEN: &str = "/staff/events/workshop-for-leaders/";
const SAM: &str = "sam@sample.example";
const FIRST: &str = "https://meet.example.org/first";
const SECOND: &str = "https://meet.example.org/second";

/// A product in which one place is paid for, on the day of the first session.
struct Series {
    product: Product,
    manage: String,
}

impl Series {
    async fn start() -> Series {
        let product = Product::start().await;
        let visitor = product.visitor();
        let pay = visitor.book(PRICED, &booking()).await;
        let session = visitor.post_only(&pay.at, &owned(&[])).await.reference();
        product.stripe().pay(&session).await.unwrap();
        product.stripe().webhooks_delivered().await;
        let manage = visitor.link_in_letter(SAM, "For your calendar").await;
        let series = Series { product, manage };
        series.at("2028-03-14T16:05:00Z");
        series
    }

    fn at(&self, now: &str) {
        let then: jiff::Timestamp = now.parse().unwrap();
        let clock = &self.product.app.clock;
        clock.advance(then.duration_since(clock.now()));
    }

    async fn organiser(&self) -> Staff {
        self.product.signed_in(Person::Organiser).await
    }

    async fn mark(&self, deed: &str) {
        let organiser = self.organiser().await;
        let check_in = format!("{SCREEN}check-in/");
        let page = organiser.get(&check_in).await;
        let mut rows = page.body.split("<li>");
        let row = rows.find(|row| row.contains("Sam Delegate") && row.contains("<form"));
        let mut fields = tests::page::held(row.expect("a form of that person"));
        fields.push(("deed".to_owned(), deed.to_owned()));
        let marked = organiser.post(&check_in, &fields).await;
        assert_eq!(marked.status, 200, "{}", marked.text());
    }

    async fn call_off(&self) {
        let organiser = self.organiser().await;
        let page = organiser.get(SCREEN).await;
        let mut form = tests::page::held_by(&page.body, "call-off/");
        form.retain(|(name, _)| name != "reason");
        form.push(("reason".into(), "The speaker is ill.".into()));
        form.push(("sure".into(), "agreed".into()));
        let done = organiser.post(&format!("{SCREEN}call-off/"), &form).await;
        assert!(done.text().contains("Everybody was"), "{}", done.text());
    }

    async fn set_joining(&self, address: &str) -> String {
        let organiser = self.organiser().await;
        let action = format!("{SCREEN}joining/");
        let fields = [("joining", address)];
        organiser.fill(SCREEN, &action, &fields).await.text()
    }

    /// The texts of the letters to the delegate that have this in them.
    async fn letters(&self, words: &str) -> Vec<String> {
        let letters = self.product.visitor().letters().await;
        let letters = letters.iter().filter(|letter| letter["to"] == SAM);
        let whole = |letter: &Value| {
            let part = |name: &str| letter[name].as_str().unwrap_or_default().to_owned();
            format!("{}\n{}", part("subject"), part("text"))
        };
        let letters = letters.map(whole);
        letters.filter(|text| text.contains(words)).collect()
    }

    async fn state(&self) -> &'static str {
        let reference = self.manage.split('/').nth(2).unwrap();
        let reference = BookingReference::parse(reference).unwrap();
        let booking = self.product.app.store.booking(&reference).await.unwrap();
        booking.unwrap().registrations[0].state.name()
    }
}

#[tokio::test]
async fn who_came_to_the_first_session_is_told_all_that_concerns_the_second() {
    let series = Series::start().await;
    series.set_joining(FIRST).await;
    series.mark("attended").await;
    let replaced = series.set_joining(SECOND).await;
    assert!(replaced.contains("1 letter written"), "{replaced}");
    assert_eq!(series.letters(SECOND).await.len(), 1);
    let own = series.product.visitor().get(&series.manage).await;
    assert!(own.body.contains(SECOND), "{}", own.text());
    let reference = series.manage.split('/').nth(2).unwrap();
    let page = format!("/bookings/{reference}/");
    let page = series.product.visitor().get(&page).await.text();
    assert!(page.contains("Your place is booked"), "{page}");

    let fields = [
        ("subject", "Bring a pen"),
        ("text", "Please."),
        ("places", "confirmed"),
        ("people", "delegates"),
    ];
    let organiser = series.organiser().await;
    let message = format!("{SCREEN}message/");
    let check = organiser.fill(SCREEN, &message, &fields).await.text();
    assert!(check.contains("It goes to 1 person"), "{check}");
}

#[tokio::test]
async fn who_came_to_the_first_session_has_all_back_when_the_second_is_cancelled() {
    let series = Series::start().await;
    series.mark("attended").await;
    series.call_off().await;
    let told = series.letters("This event is cancelled").await;
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("Goes back: £45.00"), "{}", told[0]);
    let store = &series.product.app.store;
    let refunds = store.refunds_under_way().await.unwrap();
    let pence: Vec<u64> = refunds.iter().map(|refund| refund.pence.get()).collect();
    assert_eq!(pence, [4_500]);
    assert_eq!(series.state().await, "called-off");
}

#[tokio::test]
async fn who_came_to_an_event_that_is_over_keeps_what_the_place_was_for() {
    let series = Series::start().await;
    series.at("2028-03-28T16:30:00Z");
    series.mark("attended").await;
    series.at("2028-03-29T09:00:00Z");
    series.call_off().await;
    assert_eq!(series.state().await, "attended");
    let store = &series.product.app.store;
    assert!(store.refunds_under_way().await.unwrap().is_empty());
    assert!(series.letters("This event is cancelled").await.is_empty());
}

#[tokio::test]
async fn a_certificate_is_given_once_the_last_session_has_been_and_once() {
    let series = Series::start().await;
    series.mark("attended").await;
    let sweep = || series.product.sweep();
    sweep().await;
    series.at("2028-03-28T00:30:00Z");
    sweep().await;
    let words = "certificate of attendance, to read";
    assert!(series.letters(words).await.is_empty());
    series.at("2028-03-28T17:30:00Z");
    for _ in 0..2 {
        sweep().await;
    }
    let letters = series.letters(words).await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("/feedback/"), "{}", letters[0]);
    let visitor = series.product.visitor();
    let link = visitor.link_in_letter(SAM, words).await;
    let certificate = visitor.get(&link).await.text();
    assert!(certificate.contains("This certificate is genuine"));
}

#[tokio::test]
async fn a_slip_at_the_first_session_leads_to_no_certificate() {
    let series = Series::start().await;
    series.mark("attended").await;
    series.mark("absent").await;
    series.at("2028-03-28T17:30:00Z");
    series.product.sweep().await;
    assert!(series.letters("certificate of").await.is_empty());
}

#[tokio::test]
async fn letters_and_pages_of_a_booking_say_each_session_from_when_until_when_and_where() {
    let series = Series::start().await;
    let when = "When: 14 March 2028, 4pm to 5.30pm, then 28 March 2028, 4pm to 5.30pm";
    let letters = series.letters("Your place is confirmed").await;
    assert!(letters[0].contains(when), "{}", letters[0]);
    assert!(letters[0].contains("has been chosen and online"));
    assert_eq!(series.letters("Please confirm").await.len(), 1);
    for kind in ["Please confirm your booking", "Please pay to keep"] {
        let letter = &series.letters(kind).await[0];
        assert!(letter.contains(when), "{letter}");
    }
    let reference = series.manage.split('/').nth(2).unwrap();
    let paths = [
        series.manage.clone(),
        format!("{}1/", series.manage),
        format!("/bookings/{reference}/"),
    ];
    for path in paths {
        let text = series.product.visitor().get(&path).await.text();
        for said in [
            "14 March 2028 , 4pm to 5.30pm",
            "28 March 2028 , 4pm to 5.30pm",
            "has been chosen, and online",
        ] {
            assert!(text.contains(said), "{path}, {said}: {text}");
        }
    }
}
