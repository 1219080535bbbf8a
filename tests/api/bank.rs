//! The bank's statement: brought in once, put to invoices by a person, undone.

use domain::invoice::Standing;
use domain::ledger::Account;

use crate::treasurer::Owing;

const PAGE: &str = "/staff/bank/";

const STATEMENT: &str = "Date,Description,Paid in,Paid out\n\
    24/04/2017,SAMPLE PRIMARY INV-00001,500.00,\n\
    25/04/2017,RENT,,80.00\n\
    26/04/2017,SAMPLE PRIMARY INV 1,400.00,\n";

/// The page of the line that says this.
async fn line(owing: &Owing, words: &str) -> String {
    let lines = owing.product.app.store.bank_lines_waiting().await.unwrap();
    let line = lines.iter().find(|read| read.value.line.text == words);
    format!("{PAGE}{}/", line.expect("it waits").value.id)
}

async fn bring_in(owing: &Owing) {
    let fields = [("statement", STATEMENT)];
    let done = owing.treasurer.fill(PAGE, PAGE, &fields).await;
    assert_eq!(done.status, 200, "{}", done.text());
}

#[tokio::test]
async fn a_statement_is_brought_in_once_however_often_it_is_sent() {
    let owing = Owing::start().await;
    for (new, there) in [(2, 0), (0, 2)] {
        let fields = [("statement", STATEMENT)];
        let done = owing.treasurer.fill(PAGE, PAGE, &fields).await;
        let text = done.text();
        let said = format!("{new} new lines; {there} there already; 1 row of money that went out");
        assert!(text.contains(&said), "{text}");
    }
    assert_eq!(
        owing.standing(1).await,
        Standing::Issued,
        "nothing is entered unasked"
    );
}

#[tokio::test]
async fn a_statement_that_cannot_be_read_is_refused_whole_and_kept() {
    let owing = Owing::start().await;
    let wrong = "Date,Description,Amount\n24/04/2017,x,5.00\nsoon,y,lots\n";
    let fields = [("statement", wrong)];
    let refused = owing.treasurer.fill(PAGE, PAGE, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Row 3: `soon` is no date"),
        "{}",
        refused.text()
    );
    assert!(refused.body.contains("soon,y,lots"));
    assert!(
        owing
            .product
            .app
            .store
            .bank_lines_waiting()
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn part_then_more_than_is_owed_is_confirmed_by_a_person_and_can_be_undone() {
    let owing = Owing::start().await;
    bring_in(&owing).await;
    let list = owing.treasurer.get(PAGE).await.text();
    assert!(
        list.contains("INV-00001 (£500.00): names the invoice, and is less than is owed"),
        "{list}"
    );
    let first = line(&owing, "SAMPLE PRIMARY INV-00001").await;
    let second = line(&owing, "SAMPLE PRIMARY INV 1").await;

    let too_little = [("parts", "INV-00001 499.00")];
    let refused = owing
        .treasurer
        .fill(&first, &format!("{first}match/"), &too_little)
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("The parts come to £499.00"),
        "{}",
        refused.text()
    );

    let parts = [("parts", "INV-00001 500.00")];
    let filled = owing.treasurer.filled_in(&first, &parts).await;
    for _ in 0..2 {
        owing
            .treasurer
            .post(&format!("{first}match/"), &filled)
            .await;
        assert_eq!(owing.standing(1).await, Standing::PartPaid);
    }
    assert_eq!(owing.balance(Account::Bank).await, 50_000);
    let page = owing.visitor.get(&owing.link).await.text();
    assert!(page.contains("Pay £375.00"), "{page}");

    let parts = [("parts", "INV-00001 400.00")];
    owing
        .treasurer
        .fill(&second, &format!("{second}match/"), &parts)
        .await;
    assert_eq!(owing.standing(1).await, Standing::Overpaid);
    let refunds = owing.treasurer.get("/staff/refunds/").await.text();
    assert!(refunds.contains("£25.00 was paid too much"), "{refunds}");

    let undone = owing
        .treasurer
        .fill(&first, &format!("{first}undo/"), &[])
        .await;
    assert_eq!(undone.status, 200, "{}", undone.text());
    assert_eq!(owing.standing(1).await, Standing::PartPaid);
    assert_eq!(owing.balance(Account::Bank).await, 40_000);
    // And done again: the books know each time.
    let parts = [("parts", "INV-00001 500.00")];
    owing
        .treasurer
        .fill(&first, &format!("{first}match/"), &parts)
        .await;
    assert_eq!(owing.standing(1).await, Standing::Overpaid);
    assert_eq!(owing.balance(Account::Bank).await, 90_000);
}

#[tokio::test]
async fn a_line_that_is_for_no_invoice_is_set_aside_with_the_reason() {
    let owing = Owing::start().await;
    bring_in(&owing).await;
    let page = line(&owing, "SAMPLE PRIMARY INV 1").await;
    let fields = [("why", "A gift")];
    let done = owing
        .treasurer
        .fill(&page, &format!("{page}set-aside/"), &fields)
        .await;
    assert!(done.text().contains("Set aside: A gift"), "{}", done.text());
    assert_eq!(owing.balance(Account::Bank).await, 0);
}
