//! Every record that the product writes is in the data map, field by field.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::delivery::Returned;
use functions::data_map::entry;
use functions::store::Kind;
use functions::treasurer;
use jiff::civil::Date;
use local::database::{self, Embedded, TABLE};
use local::identity_stand_in::Person;
use tests::Product;
use tests::applying::apply;
use tests::forms::{booking, with};
use tests::members::{FINANCE, LEAD};
use tests::staff::office;
use tests::visitor::owned;

/// What only the table needs.
const OF_THE_TABLE: [&str; 6] = ["pk", "sk", "list", "list_sort", "version", "expires_at"];

/// What a part of a value is called that is about a person.
const OF_PEOPLE: [&str; 6] = [
    "email",
    "telephone",
    "person",
    "booker",
    "delegate",
    "sent_to",
];

/// Does with a product what makes records of many kinds.
async fn use_it(product: &Product) {
    let visitor = product.visitor();
    let member = product.join("900001").await;
    let browser = product.member(LEAD).await;
    let fields = [
        ("name", "Zoë"),
        ("email", "zoe@sample.example"),
        ("message", "When?"),
    ];
    visitor.fill("/enquire/", &fields).await;
    let others = with(booking(), "others", "Ada ada@sample.example");
    visitor.book("/book/teachmeet/", &others).await;
    visitor
        .book("/book/workshop-for-leaders/", &booking())
        .await;
    let asking = [
        ("school", "Sample Primary School"),
        ("name", "Kim"),
        ("job", "Clerk"),
        ("email", "kim@sample.example"),
        ("telephone", "020 7946 0000"),
        ("why", "The head has left"),
    ];
    visitor.fill("/account/let-in/", &asking).await;
    browser
        .post(
            "/account/sign-in/",
            &owned(&[("email", "x@sample.example")]),
        )
        .await;
    let secretary = product.signed_in(Person::Secretary).await;
    let path = format!("/staff/members/{member}/");
    let link = [("link_name", "Lee"), ("link_email", "lee@staff.example")];
    secretary.fill(&path, &format!("{path}link/"), &link).await;
    let log = [
        ("logged_on", "1 April 2017"),
        ("channel", "telephone"),
        ("logged_with", "Kim"),
        ("note", "Spoke of the fee"),
    ];
    secretary.fill(&path, &format!("{path}log/"), &log).await;
    let hold = [
        ("reference", member.to_string()),
        ("reason", "A complaint".to_owned()),
    ];
    let hold = hold.each_ref().map(|(name, value)| (*name, value.as_str()));
    secretary
        .fill("/staff/holds/", "/staff/holds/place/", &hold)
        .await;
    let asked = [("email", "zoe@sample.example")];
    let list = "/staff/data-protection/";
    secretary.fill(list, &format!("{list}begin/"), &asked).await;
    let treasurer = product.signed_in(Person::Treasurer).await;
    let invoice = "/staff/invoices/INV-00001/";
    let credit = [("credit_sum", "1.00"), ("credit_reason", "A slip")];
    treasurer
        .fill(invoice, &format!("{invoice}credit/"), &credit)
        .await;
}

/// Does with a member's money what makes the rest of its records.
async fn use_its_money(product: &Product) {
    let visitor = product.visitor();
    let link = visitor.link_in_letter(FINANCE, "INV-00001").await;
    let provider = visitor.post_only(&link, &owned(&[])).await;
    product.stripe().pay(&provider.reference()).await.unwrap();
    let treasurer = product.signed_in(Person::Treasurer).await;
    let invoice = "/staff/invoices/INV-00001/";
    let refund = [
        ("refund_sum", "1.00"),
        ("refund_reason", "A slip"),
        ("refund_way", "card"),
    ];
    treasurer
        .fill(invoice, &format!("{invoice}refund/"), &refund)
        .await;
    product.sweep().await;
    product.stripe().webhooks_delivered().await;
    let statement = "Date,Description,Paid in,Paid out\n24/04/2017,A GIFT,50.00,\n";
    let bank = "/staff/bank/";
    treasurer
        .fill(bank, bank, &[("statement", statement)])
        .await;
    functions::settlements::reconcile(&product.app)
        .await
        .unwrap();
    let app = &product.app;
    app.clock
        .advance(jiff::SignedDuration::from_hours(24 * 125));
    let site = app.site.published().await.unwrap();
    let (by, september) = (office(), Date::constant(2017, 9, 1));
    treasurer::freeze(app, &site, &by, september).await.unwrap();
    let browser = product.member(LEAD).await;
    let home = browser.get("/account/").await.at;
    let returned = [("pupils", "431"), ("reason", "A bulge class")];
    browser
        .send_form(&format!("{home}pupils/"), &returned)
        .await;
}

/// Does with events what makes the rest of their records.
async fn use_events(product: &Product) {
    let visitor = product.visitor();
    let check = with(booking(), "step", "check");
    visitor.fill("/book/teachmeet/", &check).await;
    apply(&visitor, "900004").await;
    let letters = product.app.store.letters(1).await.unwrap();
    let bounced = Returned::Bounced;
    functions::letters::came_back(&product.app, &letters[0].id, bounced)
        .await
        .unwrap();
    let organiser = product.signed_in(Person::Organiser).await;
    let workshop = "/staff/events/workshop-for-leaders/";
    let joining = [("joining", "https://meet.example.org/first")];
    organiser
        .fill(workshop, &format!("{workshop}joining/"), &joining)
        .await;
    let event = "/staff/events/teachmeet/";
    let message = [
        ("subject", "Bring a pen"),
        ("text", "Please."),
        ("places", "confirmed"),
        ("people", "both"),
    ];
    let page = organiser
        .fill(event, &format!("{event}message/"), &message)
        .await;
    let form = tests::page::held_by(&page.body, "message/send/");
    organiser
        .post(&format!("{event}message/send/"), &form)
        .await;
    let page = organiser.get(event).await;
    let mut form = tests::page::held_by(&page.body, "call-off/");
    form.retain(|(name, _)| name != "reason");
    form.push(("reason".into(), "The speaker is ill.".into()));
    form.push(("sure".into(), "agreed".into()));
    organiser.post(&format!("{event}call-off/"), &form).await;
}

/// The fields of all items, by their kinds.
async fn fields(endpoint: &str) -> BTreeMap<Kind, BTreeMap<String, AttributeValue>> {
    let client = database::client(endpoint);
    let mut all: BTreeMap<Kind, BTreeMap<String, AttributeValue>> = BTreeMap::new();
    let mut pages = client
        .scan()
        .table_name(TABLE)
        .into_paginator()
        .items()
        .send();
    while let Some(item) = pages.next().await {
        let item = item.unwrap();
        let text = |name: &str| item[name].as_s().unwrap().clone();
        let (pk, sk) = (text("pk"), text("sk"));
        let kind = Kind::of(&pk, &sk).unwrap_or_else(|| panic!("no kind is {pk} {sk}"));
        let own = all.entry(kind).or_default();
        for (name, value) in item {
            if !OF_THE_TABLE.contains(&name.as_str()) {
                own.insert(name, value);
            }
        }
    }
    all
}

/// The names of the parts of a value.
fn parts(value: &AttributeValue, into: &mut BTreeSet<String>) {
    match value {
        AttributeValue::M(parts_of) => {
            for (name, value) in parts_of {
                into.insert(name.clone());
                parts(value, into);
            }
        }
        AttributeValue::L(values) => values.iter().for_each(|value| parts(value, into)),
        _ => {}
    }
}

#[tokio::test]
async fn every_field_of_every_record_is_in_the_data_map() {
    let database = Embedded::open(None).await.unwrap();
    let product = Product::with(|settings| {
        settings.database = Some(database.endpoint.clone());
        settings.now = Some("2017-04-03T10:00+01:00".parse().unwrap());
    })
    .await;
    use_it(&product).await;
    use_events(&product).await;
    use_its_money(&product).await;
    let all = fields(&database.endpoint).await;
    let mut wrong = Vec::new();
    for (kind, fields) in &all {
        let entry = entry(*kind);
        for (name, value) in fields {
            let name = name.as_str();
            let is_personal = entry.personal.contains(&name);
            if !is_personal && !entry.plain.contains(&name) {
                wrong.push(format!("{kind:?}: `{name}` is not in its entry"));
            }
            let mut below = BTreeSet::new();
            parts(value, &mut below);
            let about = below.iter().find(|part| OF_PEOPLE.contains(&part.as_str()));
            if let (Some(part), false) = (about, is_personal) {
                wrong.push(format!(
                    "{kind:?}: `{name}` has `{part}`, and is not personal"
                ));
            }
        }
        let named = entry.personal.iter().chain(entry.plain);
        for name in named.filter(|name| !fields.contains_key(**name)) {
            wrong.push(format!("{kind:?}: no record has `{name}`"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for kind in [
        Kind::Application,
        Kind::Membership,
        Kind::RegisterEntry,
        Kind::LogEntry,
        Kind::Contacts,
        Kind::AccountSession,
        Kind::AccountLink,
        Kind::LetIn,
        Kind::Invoice,
        Kind::CreditNote,
        Kind::LedgerEntry,
        Kind::Enquiry,
        Kind::Booking,
        Kind::DelegateOfEvent,
        Kind::Payment,
        Kind::Letter,
        Kind::Command,
        Kind::Staff,
        Kind::StaffSession,
        Kind::SubjectRequest,
        Kind::AuditEntry,
        Kind::AuditValues,
        Kind::Hold,
        Kind::LiveApplication,
        Kind::PupilReturn,
        Kind::NoPost,
        Kind::Refund,
        Kind::BankLine,
        Kind::FeeRun,
        Kind::FeeRunRow,
        Kind::Reconciliation,
        Kind::CallOff,
        Kind::Joining,
        Kind::Telling,
        Kind::Answers,
        Kind::ProviderEvent,
    ] {
        assert!(all.contains_key(&kind), "no {kind:?} was written");
    }
}

#[test]
fn every_key_is_of_one_kind() {
    for kind in Kind::ALL {
        let (partition, sort) = kind.pattern();
        let partition = match partition {
            "" => "BOOKING#X".to_owned(),
            open => format!("{open}{}", if open.ends_with('#') { "X" } else { "" }),
        };
        let sort = format!("{sort}{}", if sort.ends_with('#') { "X" } else { "" });
        assert_eq!(
            Kind::of(&partition, &sort),
            Some(*kind),
            "{partition} {sort}"
        );
    }
}
