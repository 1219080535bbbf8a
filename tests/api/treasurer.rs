//! The treasurer's screens: credit notes, refunds, an invoice issued again or
//! made void, what was overpaid, reminders, and who may see the money.

use domain::invoice::{InvoiceNumber, Standing};
use domain::ledger::{Account, TrialBalance};
use jiff::SignedDuration;
use local::identity_stand_in::Person;
use tests::staff::Staff;
use tests::visitor::owned;
use tests::{Product, Visitor};

use crate::decisions::DAY;

pub(crate) const PAGE: &str = "/staff/invoices/INV-00001/";

/// A school that joined on 3 April 2017 with 420 pupils, and owes £875.
pub(crate) struct Owing {
    pub(crate) product: Product,
    pub(crate) visitor: Visitor,
    pub(crate) treasurer: Staff,
    /// The page of its invoice.
    pub(crate) link: String,
}

impl Owing {
    pub(crate) async fn start() -> Owing {
        let product = Product::at(DAY).await;
        product.join("900001").await;
        let visitor = product.visitor();
        let treasurer = product.signed_in(Person::Treasurer).await;
        let link = visitor
            .link_in_letter("finance@sample.example", "INV-00001")
            .await;
        Owing {
            product,
            visitor,
            treasurer,
            link,
        }
    }

    /// Pays it by card; the provider's name for the page.
    pub(crate) async fn pay_by_card(&self) -> String {
        let provider = self.visitor.post_only(&self.link, &owned(&[])).await;
        let session = provider.reference();
        self.product.stripe().pay(&session).await.unwrap();
        session
    }

    pub(crate) async fn standing(&self, number: u32) -> Standing {
        let number = InvoiceNumber::after(number - 1);
        let read = self.product.app.store.invoice(number).await.unwrap();
        read.unwrap().value.standing()
    }

    /// The balance of an account; all of them come to nought.
    pub(crate) async fn balance(&self, account: Account) -> i64 {
        let entries = self.product.app.store.ledger(None).await.unwrap();
        let balance = TrialBalance::of(&entries);
        assert_eq!(balance.sum(), 0);
        balance.balance(account)
    }

    pub(crate) async fn sweep(&self) {
        self.product.sweep().await;
        self.product.stripe().webhooks_delivered().await;
    }

    async fn latest_letter(&self) -> String {
        let letters = self.visitor.letters().await;
        letters[0]["text"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn the_money_is_the_treasurers_and_the_director_only_sees_it() {
    let owing = Owing::start().await;
    for path in ["/staff/invoices/", PAGE, "/staff/ledger/", "/staff/bank/"] {
        let secretary = owing.product.signed_in(Person::Secretary).await;
        assert_eq!(secretary.get(path).await.status, 403, "{path}");
        let director = owing.product.signed_in(Person::Director).await;
        assert_eq!(director.get(path).await.status, 200, "{path}");
    }
    let director = owing.product.signed_in(Person::Director).await;
    let fields = [("void_reason", "No")];
    let filled = director.filled_in(PAGE, &fields).await;
    let sent = director.post(&format!("{PAGE}void/"), &filled).await;
    assert_eq!(sent.status, 403);
    assert_eq!(owing.standing(1).await, Standing::Issued);
}

#[tokio::test]
async fn what_is_owed_is_listed_with_its_age_and_downloaded() {
    let owing = Owing::start().await;
    owing
        .product
        .app
        .clock
        .advance(SignedDuration::from_hours(24 * 45));
    let list = owing.treasurer.get("/staff/invoices/?which=overdue").await;
    let text = list.text();
    assert!(text.contains("INV-00001"), "{text}");
    assert!(
        text.contains("Overdue by up to 30 days 1 £875.00"),
        "{text}"
    );
    let file = owing.treasurer.get("/staff/invoices.csv").await;
    assert!(
        file.body.contains("INV-00001,2017-04-03,2017-05-03"),
        "{}",
        file.body
    );
    assert!(
        file.body
            .contains(",875.00,0.00,875.00,0.00,0.00,875.00,to be paid,Subscriptions"),
        "{}",
        file.body
    );
}

#[tokio::test]
async fn a_credit_note_asks_for_less_under_a_number_of_its_own() {
    let owing = Owing::start().await;
    let fields = [("credit_sum", "75.00"), ("credit_reason", "Fewer pupils")];
    let action = format!("{PAGE}credit/");
    let filled = owing.treasurer.filled_in(PAGE, &fields).await;
    for _ in 0..2 {
        // The second is the same form once more: it counts once.
        let done = owing.treasurer.post(&action, &filled).await;
        assert!(
            done.text().contains("Credit note CRN-00001"),
            "{}",
            done.text()
        );
    }
    assert!(
        owing
            .latest_letter()
            .await
            .contains("Still to be paid: £800.00")
    );
    let page = owing.visitor.get(&owing.link).await.text();
    assert!(page.contains("Pay £800.00"), "{page}");
    assert_eq!(owing.balance(Account::Receivable).await, 80_000);

    let too_much = [("credit_sum", "800.01"), ("credit_reason", "All of it")];
    let refused = owing.treasurer.fill(PAGE, &action, &too_much).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("At the most £800.00"),
        "{}",
        refused.text()
    );
    assert!(refused.body.contains("800.01"), "what was typed is kept");
}

#[tokio::test]
async fn an_invoice_is_issued_again_for_another_purchase_order_by_the_school_itself() {
    let owing = Owing::start().await;
    let action = format!("{}purchase-order/", owing.link);
    let wrong = owing
        .visitor
        .post(&action, &owned(&[("purchase_order", " ")]))
        .await;
    assert_eq!(wrong.status, 422);
    let fields = owned(&[("purchase_order", "PO-4711"), ("command", &"a".repeat(32))]);
    for _ in 0..2 {
        let done = owing.visitor.post(&action, &fields).await;
        assert!(
            done.text().contains("Invoice INV-00002 stands in place"),
            "{}",
            done.text()
        );
    }
    let new = owing
        .visitor
        .link_in_letter("finance@sample.example", "PO-4711")
        .await;
    let page = owing.visitor.get(&new).await.text();
    assert!(
        page.contains("PO-4711") && page.contains("In place of Invoice INV-00001"),
        "{page}"
    );
    assert_eq!(owing.standing(1).await, Standing::Replaced);
    assert_eq!(owing.standing(2).await, Standing::Issued);
    assert_eq!(owing.balance(Account::Receivable).await, 87_500);
    // The old one takes no money.
    let old = owing.visitor.post_only(&owing.link, &owned(&[])).await;
    assert_eq!(old.at, owing.link);
}

#[tokio::test]
async fn a_void_invoice_keeps_its_number_and_its_fee_can_be_invoiced_again() {
    let owing = Owing::start().await;
    let fields = [("void_reason", "Wrong school")];
    let done = owing
        .treasurer
        .fill(PAGE, &format!("{PAGE}void/"), &fields)
        .await;
    assert!(
        done.text().contains("Void: Wrong school"),
        "{}",
        done.text()
    );
    assert!(
        owing
            .latest_letter()
            .await
            .contains("Please do not pay invoice INV-00001")
    );
    assert_eq!(owing.balance(Account::Receivable).await, 0);
    let run = owing
        .treasurer
        .get("/staff/fee-runs/2017-04-01/")
        .await
        .text();
    assert!(run.contains("420 pupils × £5.00 × 5/12"), "{run}");
}

#[tokio::test]
async fn a_school_is_reminded_after_one_fourteen_and_thirty_days_and_not_when_it_has_paid() {
    let owing = Owing::start().await;
    // Somebody began to pay, and closed the page.
    owing.visitor.post_only(&owing.link, &owned(&[])).await;
    let app = &owing.product.app;
    let mut sent = Vec::new();
    for day in 0..70 {
        app.clock.advance(SignedDuration::from_hours(24));
        for _ in 0..2 {
            let done = owing.product.night().await;
            if done.invoices > 0 {
                sent.push(day + 1 - 30);
            }
        }
    }
    assert_eq!(sent, [1, 14, 30]);
    let letter = owing.latest_letter().await;
    assert!(letter.contains("was due on 3 May 2017"), "{letter}");
    assert!(
        letter.contains("£875.00 is still to be paid. Nothing has been added"),
        "{letter}"
    );
}

#[tokio::test]
async fn an_invoice_by_hand_goes_to_its_stream_and_what_comes_in_kind_is_no_cash() {
    let owing = Owing::start().await;
    let path = "/staff/invoices/new/";
    let fields = [
        ("name", "Sample Council"),
        ("contact", "Alex"),
        ("email", "alex@council.example"),
        ("income", "contracts"),
        ("description", "Monitoring of education"),
        ("from", "1 April 2017"),
        ("to", ""),
        ("quantity", "2"),
        ("unit", "1,250.50"),
    ];
    let wrong = [("unit", "lots"), ("income", "in-kind")];
    let refused = owing.treasurer.fill(path, path, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Say which stream of income"),
        "{}",
        refused.text()
    );
    let issued = owing.treasurer.fill(path, path, &fields).await;
    assert!(
        issued.text().contains("Invoice INV-00002"),
        "{}",
        issued.text()
    );
    assert!(
        !issued.text().contains("1 April 2017 to"),
        "{}",
        issued.text()
    );
    let in_kind = [("worth", "900.00"), ("what", "Rooms for training")];
    let action = "/staff/ledger/in-kind/";
    owing
        .treasurer
        .fill("/staff/ledger/", action, &in_kind)
        .await;
    let file = owing
        .treasurer
        .get("/staff/income.csv?year=2016")
        .await
        .body;
    assert!(
        file.contains("2017-04,875.00,2501.00,0.00,0.00,0.00,900.00,0.00"),
        "{file}"
    );
    assert_eq!(owing.balance(Account::Receivable).await, 87_500 + 250_100);
}
