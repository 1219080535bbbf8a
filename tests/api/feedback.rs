//! Feedback: who came is asked once, answers once, and may leave the name away.

use domain::event::EventSlug;
use domain::feedback::{Feedback, FeedbackForm};
use functions::store::Command;
use jiff::SignedDuration;
use local::identity_stand_in::Person;
use tests::forms::{booking, with};
use tests::staff::Staff;
use tests::{Product, Visitor};

use crate::data_protection::{ask, send};

/// A free event with room for many.
const EVENT: &str = "/staff/events/teachmeet/";
const CHECK_IN: &str = "/staff/events/teachmeet/check-in/";
const SAM: &str = "sam@sample.example";
const OTHERS: &str = "Ada ada@sample.example\nGrace grace@sample.example\nZoe zoe@sample.example";

/// A product on the day of the event, with four who came.
struct Came {
    product: Product,
    visitor: Visitor,
    organiser: Staff,
}

impl Came {
    async fn start() -> Came {
        let product = Product::start().await;
        let visitor = product.visitor();
        let fields = with(booking(), "others", OTHERS);
        visitor.book("/book/teachmeet/", &fields).await;
        let day: jiff::Timestamp = "2028-06-08T14:00:00Z".parse().unwrap();
        let ahead = day.duration_since(product.app.clock.now());
        product.app.clock.advance(ahead);
        let organiser = product.signed_in(Person::Organiser).await;
        let came = Came {
            product,
            visitor,
            organiser,
        };
        for name in ["Sam Delegate", "Ada", "Grace", "Zoe"] {
            came.mark(name, "attended").await;
        }
        came
    }

    async fn mark(&self, name: &str, deed: &str) {
        let page = self.organiser.get(CHECK_IN).await;
        let row = page.body.split("<li>").find(|row| row.contains(name));
        let mut fields = tests::page::held(row.expect("a form of that person"));
        fields.push(("deed".to_owned(), deed.to_owned()));
        let done = self.organiser.post(CHECK_IN, &fields).await;
        assert_eq!(done.status, 200, "{}", done.text());
    }

    /// The path of the form in the letter to somebody.
    async fn link(&self, to: &str) -> String {
        let letters = self.visitor.letters().await;
        let text = |letter: &serde_json::Value| letter["text"].as_str().unwrap().to_owned();
        let letters = letters.iter().filter(|letter| letter["to"] == to);
        let texts: Vec<String> = letters.map(text).collect();
        let mut words = texts.iter().flat_map(|text| text.split_whitespace());
        let link = words.find_map(|word| word.split_once("/feedback/"));
        format!("/feedback/{}", link.expect("a link").1)
    }

    async fn answers(&self) -> Vec<Feedback> {
        let event = EventSlug::parse("teachmeet").unwrap();
        self.product.app.store.feedback_on(&event).await.unwrap()
    }
}

fn opinion<'a>(score: &'a str, words: &'a str, anonymous: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("score", score), ("recommend", "yes"), ("words", words)];
    if !anonymous.is_empty() {
        fields.push(("anonymous", anonymous));
    }
    fields
}

#[tokio::test]
async fn who_came_is_asked_in_the_letter_with_the_certificate_and_answers_once() {
    let came = Came::start().await;
    let link = came.link(SAM).await;
    for _ in 0..2 {
        // As a mail scanner does.
        let page = came.visitor.get(&link).await;
        assert!(page.text().contains("What was it like?"), "{}", page.text());
    }
    let wrong = [("score", "6"), ("words", "Well “led”")];
    let refused = came.visitor.fill(&link, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Choose how satisfied you were"));
    assert!(
        refused
            .text()
            .contains("Choose whether you would recommend")
    );
    assert!(refused.body.contains("Well “led”"), "{}", refused.body);
    for _ in 0..2 {
        let done = came
            .visitor
            .fill(&link, &opinion("4", "Well led", ""))
            .await;
        assert!(
            done.text().contains("You have given your feedback"),
            "{}",
            done.text()
        );
    }
    let answers = came.answers().await;
    assert_eq!(answers.len(), 1);
    let page = came.organiser.get(EVENT).await.text();
    for words in [
        "Mean 4.0 of 5",
        "Would recommend it 100%",
        "4 – Very satisfied 1",
        "Well led 4 of 5 Sam Delegate, Sample Primary School",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // A link opens its own form and no other.
    let (own, rest) = link.trim_matches('/').rsplit_once('/').unwrap();
    let other = own.replace("/1", "/2");
    let other = came.visitor.get(&format!("/{other}/{rest}/")).await;
    assert_eq!(other.status, 404);
}

#[tokio::test]
async fn an_answer_without_a_name_leads_to_nobody_and_is_shown_once_there_are_three() {
    let came = Came::start().await;
    let people = ["ada@sample.example", "grace@sample.example", SAM];
    for (index, to) in people.into_iter().enumerate() {
        let link = came.link(to).await;
        let key = "0123456789abcdef0123456789abcdef";
        let mut fields = opinion("2", "Too long", "yes");
        fields.push(("command", key));
        let done = came.visitor.fill(&link, &fields).await;
        assert_eq!(done.status, 200, "{}", done.text());
        // What was typed is in no command that would say when it came.
        let form = FeedbackForm {
            score: "2".to_owned(),
            recommend: "yes".to_owned(),
            words: "Too long".to_owned(),
            anonymous: "yes".to_owned(),
        };
        let command = Command::of_form(key, &form);
        let command = came.product.app.store.command(&command).await.unwrap();
        assert!(command.is_none());
        let page = came.organiser.get(EVENT).await.text();
        let figures = came.organiser.get("/staff/satisfaction.csv").await.body;
        if index < 2 {
            assert!(!page.contains("Too long"), "{page}");
            assert!(page.contains("neither shown nor counted"), "{page}");
            assert!(figures.contains(",0,,,"), "{figures}");
        } else {
            assert!(page.contains("Too long 2 of 5 Without a name"), "{page}");
            assert!(
                figures.contains("school year,2027/28,,3,2.0,100,0"),
                "{figures}"
            );
        }
    }
    let kept = serde_json::to_string(&came.answers().await).unwrap();
    for trace in ["BKG-", "Ada", "Sample Primary", "ada@", "2026", "_at"] {
        assert!(!kept.contains(trace), "{trace}: {kept}");
    }
}

#[tokio::test]
async fn feedback_is_for_those_who_came_and_closes_sixty_days_after() {
    let came = Came::start().await;
    let ada = came.link("ada@sample.example").await;
    came.mark("Ada", "absent").await;
    let page = came.visitor.get(&ada).await.text();
    assert!(page.contains("Feedback is for those who came"), "{page}");
    let link = came.link(SAM).await;
    let page = came.visitor.get(&link).await;
    came.product
        .app
        .clock
        .advance(SignedDuration::from_hours(61 * 24));
    let fields = tests::page::filled(&page.body, "main", &opinion("5", "", ""));
    let late = came.visitor.post(&link, &fields).await.text();
    assert!(late.contains("Feedback on this event is closed"), "{late}");
    assert!(came.answers().await.is_empty());
}

/// The path of the certificate in the letters.
async fn certificate(came: &Came) -> String {
    let letters = came.visitor.letters().await;
    let texts = letters.iter().filter_map(|letter| letter["text"].as_str());
    let mut words = texts.flat_map(str::split_whitespace);
    let link = words.find_map(|word| word.split_once("/certificates/"));
    format!("/certificates/{}", link.expect("a certificate").1)
}

#[tokio::test]
async fn a_certificate_is_shown_until_who_came_is_forgotten() {
    let came = Came::start().await;
    let certificate = certificate(&came).await;
    assert_eq!(came.visitor.get(&certificate).await.status, 200);
    let three_years = SignedDuration::from_hours(24 * (3 * 365 + 5));
    came.product.app.clock.advance(three_years);
    assert_eq!(came.product.night().await.erased.bookings, 1);
    assert_eq!(came.visitor.get(&certificate).await.status, 404);
}

#[tokio::test]
async fn who_came_and_is_erased_has_no_certificate_and_the_others_have_theirs() {
    let came = Came::start().await;
    let month = SignedDuration::from_hours(24 * 30);
    came.product.app.clock.advance(month);
    let director = came.product.signed_in(Person::Director).await;
    let event = EventSlug::parse("teachmeet").unwrap();
    let store = &came.product.app.store;
    let reference = store.bookings_at(&event).await.unwrap()[0].clone();
    let codes = async || -> Vec<_> {
        let booking = store.booking(&reference).await.unwrap().unwrap();
        let all = booking.registrations.into_iter();
        all.filter_map(|one| one.certificate).collect()
    };
    let before = codes().await;
    assert_eq!(before.len(), 4);
    let page = ask(&director, "ada@sample.example").await;
    let erased = send(&director, &page, "erase", true).await;
    assert_eq!(erased.status, 200, "{}", erased.text());
    let after = codes().await;
    assert_eq!(after.len(), 3);
    for code in before {
        let shown = came.visitor.get(&format!("/certificates/{code}/")).await;
        let expected = if after.contains(&code) { 200 } else { 404 };
        assert_eq!(shown.status, expected, "{code}");
    }
}
