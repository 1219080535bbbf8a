//! Somebody asks for what is held: all of it is found by the address, given as a
//! page and as a file, and what may go goes.

use domain::booking::Booking;
use domain::contact::EmailAddress;
use domain::reference::BookingReference;
use functions::secretary;
use jiff::SignedDuration;
use local::identity_stand_in::Person;
use tests::applying::apply;
use tests::forms::{booking, with};
use tests::staff::{Staff, office, staff_path};
use tests::{Answer, Product};

const ADA: &str = "ada@sample.example";
const LIST: &str = "/staff/data-protection/";

/// Ada asks a question, is named in somebody else’s booking, and joins with her
/// school: its invoice goes to somebody else.
struct Known {
    product: Product,
    enquiry: String,
    booking: BookingReference,
}

impl Known {
    async fn start() -> Known {
        let product = Product::start().await;
        let visitor = product.visitor();
        let fields = [
            ("name", "Ada Núñez"),
            ("email", "Ada@Sample.Example"),
            ("message", "What does it cost?"),
        ];
        let sent = visitor.fill("/enquire/", &fields).await;
        let enquiry = format!("/staff/enquiries/{}/", sent.reference());
        let others = "Ada Núñez ada@sample.example\nGrace grace@sample.example";
        let fields = with(booking(), "others", others);
        let booked = visitor.book("/book/teachmeet/", &fields).await;
        let booking = BookingReference::parse(&booked.reference()).unwrap();
        Known {
            product,
            enquiry,
            booking,
        }
    }

    async fn booking(&self) -> Booking {
        let read = self.product.app.store.booking(&self.booking).await;
        read.unwrap().unwrap()
    }

    async fn after_the_event(&self) {
        let then: jiff::Timestamp = "2028-07-01T10:00:00Z".parse().unwrap();
        let ahead = then.duration_since(self.product.app.clock.now());
        self.product.app.clock.advance(ahead);
    }
}

/// Enters a request for an address, and looks until it was all looked through.
pub(crate) async fn ask(staff: &Staff, email: &str) -> Answer {
    let fields = [("email", email), ("name", "Ada Núñez")];
    let page = staff.fill(LIST, &format!("{LIST}begin/"), &fields).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(
        page.text().contains("were looked through"),
        "{}",
        page.text()
    );
    page
}

/// Sends a form of a request’s page, with its box ticked or not.
pub(crate) async fn send(staff: &Staff, page: &Answer, deed: &str, ticked: bool) -> Answer {
    let mut fields = tests::page::held_by(&page.body, &format!("{deed}/"));
    fields.retain(|(name, _)| name == "command");
    if ticked {
        fields.push((format!("{deed}_agreed"), "agreed".to_owned()));
    }
    staff.post(&format!("{}{deed}/", page.at), &fields).await
}

#[tokio::test]
async fn all_that_is_held_of_an_address_is_shown_and_given_as_a_file_that_names_nobody_else() {
    let known = Known::start().await;
    let director = known.product.signed_in(Person::Director).await;
    let page = ask(&director, " ADA@sample.example ").await;
    let text = page.text();
    for found in [
        "An enquiry",
        "What does it cost?",
        "A booking",
        "A letter",
        "A delegate of an event",
        "Ada Núñez",
    ] {
        assert!(text.contains(found), "`{found}` is not in {text}");
    }
    for other in ["Grace", "grace@sample.example", "Sam Delegate", "sam@"] {
        assert!(!text.contains(other), "`{other}` is in {text}");
    }
    assert!(!page.at.contains("ada"), "no address in an address");

    let unsure = send(&director, &page, "copy", false).await;
    assert_eq!(unsure.status, 422, "{}", unsure.text());
    let file = send(&director, &page, "copy", true).await;
    assert_eq!(file.status, 200, "{}", file.body);
    let copy: serde_json::Value = serde_json::from_str(&file.body).unwrap();
    let records = copy["records"].as_array().unwrap().iter();
    let kinds: Vec<&str> = records.filter_map(|one| one["kind"].as_str()).collect();
    assert!(kinds.contains(&"An enquiry"), "{kinds:?}");
    assert!(!file.body.contains("grace@"), "{}", file.body);
    assert!(!file.body.contains("nonce"), "{}", file.body);

    let again = director.get(&page.at).await.text();
    let history = again.rsplit_once("History").unwrap().1;
    assert!(history.contains("Subject data copied"), "{history}");
    assert!(!history.contains("ada@"), "no value in it: {history}");
    let nobody = ask(&director, "nobody@sample.example").await;
    assert!(nobody.text().contains("Nothing is held of this address"));
    for refused in [Person::Treasurer, Person::Organiser] {
        let staff = known.product.signed_in(refused).await;
        assert_eq!(staff.get(LIST).await.status, 403);
        assert_eq!(staff.get(&page.at).await.status, 403);
    }
}

#[tokio::test]
async fn what_is_needed_still_stays_with_its_reason_and_the_rest_goes_for_good() {
    let known = Known::start().await;
    let secretary = known.product.signed_in(Person::Secretary).await;
    let page = ask(&secretary, ADA).await;
    let text = page.text();
    assert!(text.contains("It is not closed: close it first"), "{text}");
    assert!(text.contains("give the place up first"), "{text}");
    let close = format!("{}close/", known.enquiry);
    secretary.fill(&known.enquiry, &close, &[]).await;
    let before = known.booking().await;

    let unsure = send(&secretary, &page, "erase", false).await;
    assert_eq!(unsure.status, 422, "{}", unsure.text());
    let opened = secretary.get(&page.at).await;
    for _ in 0..2 {
        let erased = send(&secretary, &opened, "erase", true).await;
        assert_eq!(erased.status, 200, "{}", erased.text());
        let text = erased.text();
        assert!(text.contains("What may go was erased on"), "{text}");
        assert!(!text.contains("What does it cost?"), "{text}");
        assert_eq!(text.matches("Subject data erased").count(), 1, "{text}");
    }
    assert_eq!(secretary.get(&known.enquiry).await.status, 404);
    assert_eq!(known.booking().await, before, "she has a place to come to");
    let letters = known.product.visitor().letters().await;
    assert!(letters.iter().all(|letter| letter["to"] != ADA));

    known.after_the_event().await;
    let secretary = known.product.signed_in(Person::Secretary).await;
    let page = ask(&secretary, ADA).await;
    let erased = send(&secretary, &page, "erase", true).await;
    assert!(
        erased.text().contains("Nothing is held of this address"),
        "{}",
        erased.text()
    );
    let after = known.booking().await;
    let stated = serde_json::to_string(&after).unwrap();
    assert!(!stated.contains("Ada"), "{stated}");
    assert!(stated.contains("Grace"), "nobody else is gone: {stated}");
    assert_eq!(after.registrations.len(), before.registrations.len());
    let ada = EmailAddress::parse(ADA, "").unwrap();
    let named = known.product.app.store.named_at(&after.event, &ada).await;
    assert_eq!(named.unwrap(), None);
}

#[tokio::test]
async fn a_contact_goes_but_for_whom_a_member_is_written_to_and_invoices_stay() {
    let product = Product::at("2017-04-03T10:00+01:00").await;
    let member = product.join("900001").await;
    let secretary = product.signed_in(Person::Secretary).await;
    let page = ask(&secretary, tests::members::LEAD).await;
    let text = page.text();
    assert!(text.contains("A membership"), "{text}");
    assert!(
        text.contains("The member is written to at this address"),
        "{text}"
    );
    assert!(text.contains("A membership rests on it"), "{text}");
    let page = ask(&secretary, tests::members::FINANCE).await;
    let text = page.text();
    assert!(text.contains("An invoice"), "{text}");
    assert!(text.contains("which are kept for 7 years"), "{text}");
    send(&secretary, &page, "erase", true).await;
    let store = &product.app.store;
    assert_eq!(store.invoices().await.unwrap().len(), 1);
    let kept = store.membership(&member).await.unwrap().unwrap().value;
    assert!(kept.member.finance.is_some());

    // The member has left: nobody is written to any more.
    let closed = domain::membership::Closed {
        last_day: "2017-04-03".parse().unwrap(),
        merged_into: None,
    };
    secretary::close(&product.app, &office(), &member, &closed)
        .await
        .unwrap();
    product.app.clock.advance(SignedDuration::from_hours(48));
    product.night().await;
    let secretary = product.signed_in(Person::Secretary).await;
    let page = ask(&secretary, tests::members::LEAD).await;
    let erased = send(&secretary, &page, "erase", true).await;
    assert_eq!(erased.status, 200, "{}", erased.text());
    let left = store.membership(&member).await.unwrap().unwrap().value;
    assert!(left.member.contact.is_erased(), "{left:?}");
    let contacts = store.contacts(&member).await.unwrap().value;
    let lead = EmailAddress::parse(tests::members::LEAD, "").unwrap();
    assert!(contacts.with_address(&lead).is_none());
    assert_eq!(
        store.register().await.unwrap().len(),
        1,
        "the register stays"
    );
}

#[tokio::test]
async fn a_record_that_is_held_stays_whoever_asks() {
    let product = Product::start().await;
    let path = staff_path(&apply(&product.visitor(), "900001").await);
    let secretary = product.signed_in(Person::Secretary).await;
    secretary
        .fill(&path, &format!("{path}withdraw/"), &[])
        .await;
    let reference = path.split('/').nth(3).unwrap();
    let fields = [("reference", reference), ("reason", "A complaint")];
    secretary
        .fill("/staff/holds/", "/staff/holds/place/", &fields)
        .await;
    let page = ask(&secretary, "office@sample.example").await;
    assert!(
        page.text().contains("held from being erased"),
        "{}",
        page.text()
    );
    send(&secretary, &page, "erase", true).await;
    assert_eq!(secretary.get(&path).await.status, 200);
}

#[tokio::test]
async fn links_sessions_and_answers_that_wait_to_be_checked_are_found_and_go() {
    let product = Product::at("2017-04-03T10:00+01:00").await;
    product.join("900001").await;
    let lead = tests::members::LEAD;
    let browser = product.member(lead).await;
    product.mailed_link(&product.staff(), lead).await;
    let fields = with(with(booking(), "email", lead), "step", "check");
    let check = browser.send_form("/book/teachmeet/", &fields).await;
    assert!(check.at.contains("/check/"), "{}", check.at);
    let secretary = product.signed_in(Person::Secretary).await;
    let page = ask(&secretary, lead).await;
    let text = page.text();
    let kinds = [
        "A link to sign in",
        "A session of a person",
        "Answers that wait to be checked",
    ];
    for kind in kinds {
        assert!(text.contains(kind), "{kind}: {text}");
    }
    let erased = send(&secretary, &page, "erase", true).await.text();
    assert!(erased.contains("What may go was erased on"), "{erased}");
    for kind in kinds {
        assert!(!erased.contains(kind), "{kind}: {erased}");
    }
    assert!(browser.get("/account/").await.at.contains("/sign-in/"));
}

#[tokio::test]
async fn who_asked_to_be_let_in_and_was_refused_is_erased_with_the_request() {
    let product = Product::start().await;
    let asks = [
        ("school", "Sample Primary School"),
        ("name", "Nia O’Connor"),
        ("job", "Headteacher"),
        ("email", "nia@sample.example"),
        ("telephone", "020 7946 0000"),
        ("why", "Everybody has left."),
    ];
    product.staff().send_form("/account/let-in/", &asks).await;
    let secretary = product.signed_in(Person::Secretary).await;
    let asked = product.app.store.let_ins(false).await.unwrap();
    let path = format!("/staff/let-in/{}/", asked[0].reference);
    let page = ask(&secretary, "nia@sample.example").await;
    assert!(page.text().contains("give one first"), "{}", page.text());
    let refuses = [("answer", "refuse"), ("checked", "Nobody there knows her.")];
    secretary
        .fill(&path, &format!("{path}answer/"), &refuses)
        .await;
    let page = secretary.get(&page.at).await;
    send(&secretary, &page, "erase", true).await;
    assert_eq!(secretary.get(&path).await.status, 404);
}
