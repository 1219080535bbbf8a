//! Money: numbers without a gap, a fee once, a cause once.

use domain::contact::Line;
use domain::fees::VatTreatment;
use domain::invoice::{BillTo, Dates, Invoice, InvoiceDraft, InvoiceNumber, Subject, Vat};
use domain::ledger::{Account, Cause, Income, JournalEntry, Posting};
use domain::membership::{Category, Member, Membership, Standing};
use domain::money::Pence;
use domain::reference::MembershipReference;
use functions::entropy;
use functions::store::{Guard, Outcome, Store, Tries};
use jiff::civil::{Date, date};

use crate::refused::refused_by;
use crate::samples::{at_once, commit, line, minute, person, urn, write};

/// The first day of what members pay for.
const PERIOD: Date = date(2028, 9, 1);

/// A member school of that number.
pub fn membership(number: u32) -> Membership {
    Membership {
        reference: MembershipReference::from_entropy(entropy::bytes()),
        category: Category::Full,
        member: Member {
            name: line(&format!("School {number}")),
            urn: Some(urn(number)),
            address: None,
            contact: person(&format!("lead.{number}")),
            finance: None,
            billing_address: None,
            purchase_order: None,
            pupils: None,
        },
        application: None,
        joined_on: date(2028, 3, 1),
        standing: Standing::Active,
        notice: None,
        ends_on: None,
        before: None,
        after: None,
        link: None,
        brought_forward: None,
        entered_at: minute(0),
    }
}

/// The invoice of a member's fee, after so many.
pub fn invoice(of: &Membership, issued: u32) -> Invoice {
    let draft = InvoiceDraft {
        membership: Some(of.reference.clone()),
        subject: Subject::Fee { period: PERIOD },
        to: BillTo {
            name: Line::clone(&of.member.name),
            address: None,
            purchase_order: None,
        },
        sent_to: of.member.contact.clone(),
        description: "A fee".to_owned(),
        lines: Vec::new(),
        vat: Vat {
            treatment: VatTreatment::NotRegistered,
            percent: None,
            tax: Pence::ZERO,
        },
        total: Pence::new(100),
        pupils: None,
        schedule: "2028-03".to_owned(),
        replaces: None,
    };
    let dates = Dates {
        issued_on: date(2028, 3, 1),
        due_on: date(2028, 3, 31),
    };
    draft.issue(InvoiceNumber::after(issued), dates)
}

/// An entry of the ledger for a penny, with a cause of that name.
pub fn entry(cause: &str, on: &str) -> JournalEntry {
    JournalEntry {
        cause: Cause::InKind {
            key: cause.to_owned(),
        },
        on: on.parse().unwrap(),
        at: minute(0),
        membership: None,
        words: cause.to_owned(),
        postings: vec![Posting {
            debit: Account::Bank,
            credit: Account::Income(Income::Grants),
            pence: Pence::new(1),
        }],
    }
}

pub async fn invoices_that_are_issued_at_once_have_numbers_without_a_gap(store: Store) {
    let many = 6;
    at_once(many, |number| {
        let store = store.clone();
        async move {
            let member = membership(u32::try_from(number).unwrap());
            let mut tries = Tries::begin();
            loop {
                let issued = store.invoices_issued().await.unwrap();
                let next = invoice(&member, issued.value.last);
                let issue = commit(&store, |all| all.new_invoice(&issued, &next, minute(0)));
                if issue.await == Outcome::Committed {
                    return;
                }
                tries.again().await.unwrap();
            }
        }
    })
    .await;
    let invoices = store.invoices().await.unwrap();
    let numbers = invoices.iter().map(|read| read.value.number.get() as usize);
    assert_eq!(numbers.collect::<Vec<_>>(), (1..=many).collect::<Vec<_>>());
    let issued = store.invoices_issued().await.unwrap();
    assert_eq!(
        (issued.value.last as usize, issued.version as usize),
        (many, many)
    );
}

pub async fn a_fee_is_invoiced_once_until_its_invoice_is_void(store: Store) {
    let member = membership(1);
    let issue = async || {
        let issued = store.invoices_issued().await.unwrap();
        let next = invoice(&member, issued.value.last);
        commit(&store, |all| all.new_invoice(&issued, &next, minute(0))).await
    };
    let fee = async || store.fee_of(&member.reference, PERIOD).await.unwrap();
    assert_eq!(issue().await, Outcome::Committed);
    assert_eq!(issue().await, refused_by(&[Guard::Fee]));
    let number = InvoiceNumber::after(0);
    assert_eq!(fee().await, Some(number));

    let read = store.invoice(number).await.unwrap().unwrap();
    let mut void = read.value.clone();
    void.void("A slip", minute(1)).unwrap();
    write(&store, |all| {
        all.invoice(&read, &void, "invoice-void", minute(1))?;
        all.release_fee(&void)
    })
    .await;
    assert_eq!(fee().await, None);
    assert_eq!(issue().await, Outcome::Committed);
    assert_eq!(fee().await, Some(InvoiceNumber::after(1)));
    // It is another invoice's by now.
    let late = commit(&store, |all| all.release_fee(&void)).await;
    assert_eq!(late, refused_by(&[Guard::Unchanged]));
    let open = store.open_invoices().await.unwrap();
    assert_eq!(open.len(), 1);
    let of_member = store.invoices_of(&member.reference).await.unwrap();
    assert_eq!(of_member, [void, open[0].value.clone()]);
}

pub async fn the_ledger_is_in_the_order_of_its_days_and_takes_a_cause_once(store: Store) {
    let days = ["2028-03-03", "2028-03-01", "2028-02-29", "2028-03-02"];
    for day in days {
        write(&store, |all| all.ledger(&entry(day, day))).await;
    }
    let again = commit(&store, |all| all.ledger(&entry(days[0], "2028-04-01"))).await;
    assert_eq!(again, refused_by(&[Guard::Cause]));
    let words = async |before: Option<Date>| {
        let entries = store.ledger(before).await.unwrap();
        entries
            .into_iter()
            .map(|entry| entry.words)
            .collect::<Vec<_>>()
    };
    assert_eq!(words(None).await, [days[2], days[1], days[3], days[0]]);
    assert_eq!(words(Some(date(2028, 3, 2))).await, [days[2], days[1]]);
    assert!(
        store
            .is_entered(&entry(days[0], days[0]).cause)
            .await
            .unwrap()
    );
}
