//! Charges for places nobody used: proposed by the event's conditions, put on an
//! invoice or waived by the treasurer.

use domain::booking::RegistrationId;
use domain::invoice::InvoiceNumber;
use domain::reference::BookingReference;
use local::identity_stand_in::Person;
use tests::changed::with_event;
use tests::forms::{booking, with};
use tests::staff::Staff;
use tests::visitor::owned;
use tests::{Product, Visitor};

const CHARGES: &str = "/staff/charges/";
const EVENT: &str = "/staff/events/network/";

/// A product whose free event charges £35.00 for a place that nobody used.
struct Charging {
    product: Product,
    visitor: Visitor,
    organiser: Staff,
    treasurer: Staff,
    _content: tempfile::TempDir,
}

impl Charging {
    async fn start() -> Charging {
        let conditions = "cancellation:\n  late: £35.00\n  no_show: £35.00\n  source: a test\n";
        let (product, content) = with_event("network", |text| {
            Some(text.replace("sample: true\n", &format!("{conditions}sample: true\n")))
        })
        .await;
        Charging {
            visitor: product.visitor(),
            organiser: product.signed_in(Person::Organiser).await,
            treasurer: product.signed_in(Person::Treasurer).await,
            product,
            _content: content,
        }
    }

    fn to(&self, moment: &str) {
        let moment: jiff::Timestamp = moment.parse().unwrap();
        let ahead = moment.duration_since(self.product.app.clock.now());
        self.product.app.clock.advance(ahead);
    }

    fn to_the_day(&self) {
        self.to("2028-03-22T15:30:00Z");
    }

    async fn mark(&self, event: &str, name: &str, deed: &str) {
        let check_in = format!("{event}check-in/");
        let page = self.organiser.get(&check_in).await;
        let row = page.body.split("<li>").find(|row| row.contains(name));
        let mut fields = tests::page::held(row.expect("a form of that person"));
        fields.push(("deed".to_owned(), deed.to_owned()));
        let done = self.organiser.post(&check_in, &fields).await;
        assert_eq!(done.status, 200, "{}", done.text());
    }

    /// Ticks what is proposed to the first payer, and issues the invoice.
    async fn confirm(&self) -> tests::Answer {
        let page = self.treasurer.get(CHARGES).await;
        let form = page
            .body
            .split("<form ")
            .find(|form| form.contains("charges/invoice/"));
        let form = form.unwrap_or_else(|| panic!("{}", page.text()));
        let form = form.split("</form>").next().unwrap();
        let mut fields = owned(&[("command", &tests::page::field(form, "command").unwrap())]);
        let ticks = form
            .split("name=\"")
            .filter_map(|part| part.split('"').next());
        let ticks = ticks.filter(|name| name.starts_with("BKG-"));
        fields.extend(ticks.map(|name| (name.to_owned(), "yes".to_owned())));
        let action = format!("{CHARGES}invoice/");
        self.treasurer.post(&action, &fields).await;
        self.treasurer.post(&action, &fields).await
    }

    /// What the trail of a booking calls what happened to its charge.
    async fn trail(&self, reference: &str) -> Vec<String> {
        let id = RegistrationId {
            booking: BookingReference::parse(reference).unwrap(),
            number: 1,
        };
        let trail = self.product.app.store.charge_trail(&id).await.unwrap();
        let trail = trail.into_iter().rev().map(|entry| entry.what);
        trail.filter(|what| what.starts_with("charge-")).collect()
    }
}

#[tokio::test]
async fn a_free_place_at_which_nobody_came_is_proposed_and_confirmed_into_an_invoice() {
    let charging = Charging::start().await;
    let booked = charging.visitor.book("/book/network/", &booking()).await;
    let reference = booked.reference();
    charging.to_the_day();
    for _ in 0..2 {
        charging.mark(EVENT, "Sam Delegate", "absent").await;
        let page = charging.treasurer.get(CHARGES).await.text();
        for words in [
            "Sam Delegate , Sample network: pupil premium on 22 March 2028: Did not attend",
            "If nobody comes: £35.00",
            "Price of the place: free. Charge: £35.00. Paid: £0.00. To be invoiced: £35.00",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        // It was a slip: nothing is proposed any more, and then it is anew.
        if charging.trail(&reference).await.len() == 1 {
            charging.mark(EVENT, "Sam Delegate", "attended").await;
            let page = charging.treasurer.get(CHARGES).await.text();
            assert!(page.contains("Nothing is to be decided"), "{page}");
            assert!(page.contains("Withdrawn on 22 March 2028"), "{page}");
        }
    }
    let issued = charging.confirm().await.text();
    assert!(issued.contains("Invoice INV-00001"), "{issued}");
    assert!(
        issued.contains("“Sample network: pupil premium” for Sam Delegate, at which nobody came"),
        "{issued}"
    );
    let store = &charging.product.app.store;
    let invoice = store.invoice(InvoiceNumber::after(0)).await.unwrap();
    let invoice = invoice.unwrap().value;
    assert_eq!(invoice.says.net().get(), 3_500);
    assert_eq!(invoice.says.sent_to.email.as_str(), "sam@sample.example");
    assert_eq!(store.invoices().await.unwrap().len(), 1);
    let trail = charging.trail(&reference).await;
    assert_eq!(
        trail,
        [
            "charge-proposed",
            "charge-withdrawn",
            "charge-proposed",
            "charge-invoiced"
        ]
    );
    // Put right after that, it is the treasurer's to credit.
    charging.mark(EVENT, "Sam Delegate", "attended").await;
    let page = charging.treasurer.get(CHARGES).await.text();
    assert!(page.contains("To be credited"), "{page}");
    let credit = [("credit_sum", "35.00"), ("credit_reason", "Came after all")];
    let invoice = "/staff/invoices/INV-00001/";
    let credited = charging
        .treasurer
        .fill(invoice, &format!("{invoice}credit/"), &credit)
        .await;
    assert_eq!(credited.status, 200, "{}", credited.text());
    let page = charging.treasurer.get(CHARGES).await.text();
    assert!(!page.contains("To be credited"), "{page}");
}

#[tokio::test]
async fn the_treasurer_waives_a_charge_for_a_reason_and_nobody_else_decides() {
    let charging = Charging::start().await;
    let booked = charging.visitor.book("/book/network/", &booking()).await;
    charging.to_the_day();
    charging.mark(EVENT, "Sam Delegate", "absent").await;
    let page = charging.treasurer.get(CHARGES).await;
    let form = tests::page::held_by(&page.body, "charges/waive/");
    let action = format!("{CHARGES}waive/");
    let director = charging.product.signed_in(Person::Director).await;
    assert_eq!(director.get(CHARGES).await.status, 200);
    assert_eq!(director.post(&action, &form).await.status, 403);
    assert_eq!(charging.organiser.get(CHARGES).await.status, 403);
    let refused = charging.treasurer.post(&action, &form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Enter why it is waived"));
    let mut form = form;
    form.retain(|(name, _)| name != "reason");
    form.push(("reason".into(), "The school was closed.".into()));
    for _ in 0..2 {
        let waived = charging.treasurer.post(&action, &form).await.text();
        assert!(waived.contains("Waived on 22 March 2028"), "{waived}");
        assert!(waived.contains("by Sample Treasurer"), "{waived}");
        assert!(waived.contains("The school was closed."), "{waived}");
    }
    let trail = charging.trail(&booked.reference()).await;
    assert_eq!(trail, ["charge-proposed", "charge-waived"]);
}

#[tokio::test]
async fn who_paid_by_card_has_paid_and_nothing_more_is_asked() {
    let charging = Charging::start().await;
    let pay = charging
        .visitor
        .book("/book/workshop-for-leaders/", &booking())
        .await;
    let session = charging
        .visitor
        .post_only(&pay.at, &owned(&[]))
        .await
        .reference();
    charging.product.stripe().pay(&session).await.unwrap();
    charging.product.stripe().webhooks_delivered().await;
    charging.to("2028-03-14T16:30:00Z");
    let event = "/staff/events/workshop-for-leaders/";
    charging.mark(event, "Sam Delegate", "absent").await;
    let page = charging.treasurer.get(CHARGES).await.text();
    assert!(page.contains("Nothing is to be decided"), "{page}");
    assert!(
        page.contains("If nobody comes: the whole price £45.00 £45.00 Kept of what was paid"),
        "{page}"
    );
}

#[tokio::test]
async fn a_free_place_given_up_late_says_what_it_costs_and_is_proposed() {
    let charging = Charging::start().await;
    let booked = charging.visitor.book("/book/network/", &booking()).await;
    let reference = booked.reference();
    let manage = charging
        .visitor
        .booking_link("sam@sample.example", &reference, "/")
        .await;
    let page = charging.visitor.get(&format!("{manage}1/")).await;
    assert!(
        page.text()
            .contains("£35.00 is charged, as the event’s conditions say. It was not paid yet"),
        "{}",
        page.text()
    );
    let cancel = format!("{manage}1/cancel/");
    let held = tests::page::held_by(&page.body, "cancel/");
    for _ in 0..2 {
        let done = charging.visitor.post(&cancel, &held).await;
        assert!(done.text().contains("Cancelled"), "{}", done.text());
    }
    let letters = charging.visitor.letters().await;
    let text = letters[0]["text"].as_str().unwrap();
    assert!(text.contains("Of that, not paid yet: £35.00"), "{text}");
    let page = charging.treasurer.get(CHARGES).await.text();
    assert!(page.contains("Given up late"), "{page}");
    assert!(page.contains("At any time before: £35.00"), "{page}");
    assert_eq!(charging.trail(&reference).await, ["charge-proposed"]);
    // Where the organiser waives it at once, nothing is proposed.
    let other = with(booking(), "email", "ada@sample.example");
    charging.visitor.book("/book/network/", &other).await;
    let done = charging
        .organiser
        .give_up(EVENT, "Sam Delegate", "give-up-free")
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    let open = charging.product.app.store.open_charges().await.unwrap();
    assert_eq!(open.len(), 1);
}

#[tokio::test]
async fn the_charge_of_a_members_delegate_goes_to_its_finance_office() {
    let charging = Charging::start().await;
    charging.product.join("900001").await;
    let page = charging.organiser.get(EVENT).await;
    let fields = [
        ("name", "Ada Phoning"),
        ("email", "ada@sample.example"),
        ("school_name", "Sample Primary School"),
        ("urn", "900001"),
    ];
    let mut all = owned(&fields);
    let held = tests::page::held_by(&page.body, "network/book/");
    let is_given = |name: &str| fields.iter().any(|(given, _)| *given == name);
    all.extend(held.into_iter().filter(|(name, _)| !is_given(name)));
    charging
        .organiser
        .post(&format!("{EVENT}book/"), &all)
        .await;
    charging.to_the_day();
    charging.mark(EVENT, "Ada Phoning", "absent").await;
    let issued = charging.confirm().await;
    assert_eq!(issued.status, 200, "{}", issued.text());
    let store = &charging.product.app.store;
    let invoices = store.invoices().await.unwrap();
    let of_charge = invoices
        .iter()
        .find(|read| read.value.says.net().get() == 3_500);
    let says = &of_charge.expect("an invoice").value.says;
    assert!(says.membership.is_some());
    assert_eq!(says.sent_to.email.as_str(), "finance@sample.example");
}
