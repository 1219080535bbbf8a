//! What the Board decided, recorded with all that follows from it, or not at
//! all; and the invoice that it makes due.

use domain::application::{ApplicationState, Decision};
use domain::contact::Line;
use domain::passage::Passage;
use domain::reference::ApplicationReference;
use functions::decisions::{Recorded, record};
use functions::secretary;
use tests::applying::{apply, begin, complete, confirm, fill_in, send};
use tests::forms::{application, associate};
use tests::staff::office;
use tests::visitor::owned;
use tests::{Product, Visitor};

pub(crate) const DAY: &str = "2017-04-03T10:00+01:00";

/// An application of the school with this URN, ready to be decided.
pub(crate) async fn under_review(
    product: &Product,
    visitor: &Visitor,
    urn: &str,
) -> ApplicationReference {
    let status = apply(visitor, urn).await;
    let reference = ApplicationReference::parse(status.split('/').nth(2).unwrap()).unwrap();
    secretary::pick_up(&product.app, &office(), &reference)
        .await
        .unwrap();
    reference
}

pub(crate) fn decision(approved: bool, on: &str) -> Decision {
    let line = |text| Line::parse(text, "").unwrap();
    Decision {
        approved,
        on: on.parse().unwrap(),
        minute: line("12.3"),
        decider: line("The Board"),
        reason: (!approved).then(|| Passage::parse("Not a school.", "").unwrap()),
        recorded_by: line("The membership secretary"),
        recorded_at: product_time(),
    }
}

fn product_time() -> jiff::Timestamp {
    DAY.parse().unwrap()
}

pub(crate) async fn approve(
    product: &Product,
    reference: &ApplicationReference,
    on: &str,
) -> Recorded {
    let site = product.app.site.published().await.unwrap();
    record(
        &product.app,
        &site,
        &office(),
        reference,
        &decision(true, on),
    )
    .await
    .unwrap()
}

pub(crate) async fn state(product: &Product, reference: &ApplicationReference) -> ApplicationState {
    let read = product.app.store.application(reference).await.unwrap();
    read.unwrap().value.state
}

#[tokio::test]
async fn approval_makes_a_member_a_register_entry_an_invoice_and_two_letters_at_once() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let reference = under_review(&product, &visitor, "900001").await;
    let before = visitor.letters().await.len();

    let recorded = approve(&product, &reference, "2017-04-03").await;

    let store = &product.app.store;
    let membership = store
        .membership(&recorded.membership.unwrap())
        .await
        .unwrap()
        .unwrap()
        .value;
    assert_eq!(membership.joined_on.to_string(), "2017-04-03");
    assert!(membership.votes_on("2017-04-03".parse().unwrap()));
    let register = store.register().await.unwrap();
    assert_eq!(register.len(), 1);
    assert_eq!(register[0].name, "Sample Primary School");
    assert!(register[0].address.as_ref().unwrap().contains("E99 1AA"));
    let invoice = store
        .invoice(recorded.invoice.unwrap())
        .await
        .unwrap()
        .unwrap()
        .value;
    assert_eq!(invoice.number.to_string(), "INV-00001");
    assert_eq!(
        (
            invoice.says.total.get(),
            invoice.due_on.to_string().as_str()
        ),
        (87_500, "2017-05-03")
    );
    assert_eq!(visitor.letters().await.len(), before + 2);
    assert_eq!(
        state(&product, &reference).await,
        ApplicationState::Approved
    );

    let base = begin(&visitor, "full").await;
    let again = visitor
        .fill(&format!("{base}school/"), &[("urn", "900001")])
        .await;
    assert_eq!(again.status, 409);
    assert!(
        again.text().contains("is a member already"),
        "{}",
        again.text()
    );
}

#[tokio::test]
async fn a_decision_recorded_twice_is_one_and_a_correction_changes_only_its_record() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let reference = under_review(&product, &visitor, "900001").await;
    approve(&product, &reference, "2017-04-02").await;
    let letters = visitor.letters().await.len();
    assert!(approve(&product, &reference, "2017-04-02").await.before);
    let corrected = approve(&product, &reference, "2017-04-01").await;
    assert_eq!((corrected.membership, corrected.invoice), (None, None));
    let store = &product.app.store;
    assert_eq!(store.memberships().await.unwrap().len(), 1);
    assert_eq!(store.invoices().await.unwrap().len(), 1);
    assert_eq!(visitor.letters().await.len(), letters);
    let decisions = store
        .application(&reference)
        .await
        .unwrap()
        .unwrap()
        .value
        .decisions;
    assert_eq!(decisions.len(), 2, "the first is kept");
}

#[tokio::test]
async fn eight_approvals_at_once_have_eight_numbers_without_a_gap() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let mut references = Vec::new();
    for urn in [
        "900001", "900002", "900003", "900004", "900005", "900006", "900007", "900012",
    ] {
        references.push(under_review(&product, &visitor, urn).await);
    }
    let site = product.app.site.published().await.unwrap();
    let tasks: Vec<_> = references
        .into_iter()
        // Each is recorded by two people at once.
        .flat_map(|reference| [reference.clone(), reference])
        .map(|reference| {
            let (app, site) = (product.app.clone(), site.clone());
            tokio::spawn(async move {
                record(
                    &app,
                    &site,
                    &office(),
                    &reference,
                    &decision(true, "2017-04-03"),
                )
                .await
                .unwrap()
                .invoice
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let invoices = product.app.store.invoices().await.unwrap();
    let numbers: Vec<u32> = invoices
        .iter()
        .map(|read| read.value.number.get())
        .collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(product.app.store.memberships().await.unwrap().len(), 8);
}

#[tokio::test]
async fn in_the_fee_holiday_and_for_an_associate_no_invoice_is_due() {
    let product = Product::at("2016-11-05T10:00Z").await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    visitor
        .fill(&format!("{base}school/"), &[("urn", "900001")])
        .await;
    // Nobody had a census of 2017 then, nor a decision of its March.
    let mut pages = application();
    for (page, fields) in &mut pages {
        match *page {
            "pupils" => *fields = vec![("pupils", "420"), ("census_on", "6 October 2016")],
            "approval" => {
                for field in fields.iter_mut().filter(|field| field.0 == "approved_on") {
                    field.1 = "1 November 2016";
                }
            }
            _ => {}
        }
    }
    fill_in(&visitor, &base, &pages).await;
    send(&visitor, &base).await;
    confirm(&visitor, "office@sample.example").await;
    let friend = begin(&visitor, "associate").await;
    fill_in(&visitor, &friend, &associate()).await;
    send(&visitor, &friend).await;
    confirm(&visitor, "sam@friend.example").await;
    for read in product.app.store.open_applications().await.unwrap() {
        let reference = read.value.reference;
        secretary::pick_up(&product.app, &office(), &reference)
            .await
            .unwrap();
        let recorded = approve(&product, &reference, "2016-11-05").await;
        assert!(
            recorded.membership.is_some() && recorded.invoice.is_none(),
            "{recorded:?}"
        );
    }
    assert_eq!(product.app.store.memberships().await.unwrap().len(), 2);
    assert_eq!(
        product.app.store.register().await.unwrap().len(),
        1,
        "an associate is no company member"
    );
}

#[tokio::test]
async fn a_declined_school_is_told_why_and_may_apply_again() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let reference = under_review(&product, &visitor, "900001").await;
    let site = product.app.site.published().await.unwrap();
    record(
        &product.app,
        &site,
        &office(),
        &reference,
        &decision(false, "2017-04-03"),
    )
    .await
    .unwrap();
    let status = visitor
        .link_in_letter("office@sample.example", "Not a school.")
        .await;
    let page = visitor.get(&status).await;
    assert!(
        page.text().contains("Declined by the Board") && page.text().contains("Not a school."),
        "{}",
        page.text()
    );
    let again = visitor.post(&format!("{status}again/"), &owned(&[])).await;
    assert!(
        again.text().contains("For Sample Primary School"),
        "{}",
        again.text()
    );
    assert_eq!(product.app.store.memberships().await.unwrap().len(), 0);
    complete(&visitor, "900001").await;
}

#[tokio::test]
async fn what_is_asked_is_answered_on_the_page_of_the_application() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let reference = under_review(&product, &visitor, "900001").await;
    let asked = Passage::parse("When did the governors meet?", "").unwrap();
    secretary::ask(&product.app, &office(), &reference, &asked)
        .await
        .unwrap();
    assert!(
        secretary::ask(&product.app, &office(), &reference, &asked)
            .await
            .is_err(),
        "one at a time"
    );
    let status = visitor
        .link_in_letter("office@sample.example", "When did the governors meet?")
        .await;
    let page = visitor.get(&status).await;
    assert!(
        page.text().contains("When did the governors meet?"),
        "{}",
        page.text()
    );
    let empty = visitor
        .post(&format!("{status}reply/"), &owned(&[("reply", " ")]))
        .await;
    assert_eq!(empty.status, 422);
    let reply = owned(&[("reply", "On 14 March.")]);
    let answered = visitor.post(&format!("{status}reply/"), &reply).await;
    assert!(
        answered.text().contains("you answered: On 14 March."),
        "{}",
        answered.text()
    );
    visitor.post(&format!("{status}reply/"), &reply).await;
    let letters = visitor.letters().await;
    let told = letters
        .iter()
        .filter(|letter| letter["subject"].as_str().unwrap().contains("has answered"));
    assert_eq!(told.count(), 1);
    assert_eq!(
        state(&product, &reference).await,
        ApplicationState::UnderReview
    );
}

#[tokio::test]
async fn an_invoice_is_opened_by_its_letter_paid_by_card_and_receipted_once() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let reference = under_review(&product, &visitor, "900001").await;
    approve(&product, &reference, "2017-04-03").await;
    let link = visitor
        .link_in_letter("finance@sample.example", "INV-00001")
        .await;
    let page = visitor.get(&link).await;
    for said in [
        "Invoice INV-00001",
        "£875.00",
        "420 pupils × £5.00 × 5/12",
        "PO-77",
        "3 May 2017",
        "no bank account has been set up",
    ] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    for wrong in [
        "/invoices/INV-00001/",
        "/invoices/INV-00001/x/",
        "/invoices/1/0/",
        "/invoices/INV-00002/x/",
    ] {
        assert_eq!(visitor.get(wrong).await.status, 404, "{wrong}");
    }

    let provider = visitor.post_only(&link, &owned(&[])).await;
    let once_more = visitor.post_only(&link, &owned(&[])).await;
    assert_eq!(
        provider.at, once_more.at,
        "a second press leads to the same page"
    );
    assert!(visitor.get(&provider.at).await.text().contains("£875.00"));
    let paid = visitor.post(&provider.at, &owned(&[])).await;
    let paid = visitor.get(&paid.at).await;
    assert!(
        paid.text().contains("This has been paid"),
        "{} {}",
        paid.at,
        paid.text()
    );
    let page = visitor.get(&link).await;
    assert!(
        page.text().contains("Paid on 3 April 2017"),
        "{}",
        page.text()
    );
    assert!(
        !page.body.contains("by card</button>"),
        "nothing is left to pay"
    );
    assert_eq!(visitor.post(&link, &owned(&[])).await.status, 200);
    let letters = visitor.letters().await;
    let receipts = letters
        .iter()
        .filter(|letter| letter["subject"].as_str().unwrap().starts_with("Receipt"));
    assert_eq!(receipts.count(), 1);
}
