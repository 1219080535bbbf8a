//! The kinds of record that are few, each kept as long as the content says and
//! then gone with nothing left of it.

use domain::fee_run::FeeRunState;
use functions::treasurer;
use jiff::SignedDuration;
use jiff::civil::Date;
use local::identity_stand_in::Person;
use tests::Product;

use crate::decisions::DAY;
use crate::treasurer::{Owing, PAGE};

fn wait(product: &Product, days: i64) {
    let by = SignedDuration::from_hours(24 * days);
    product.app.clock.advance(by);
}

#[tokio::test]
async fn what_people_asked_of_us_goes_a_year_after_it_was_answered() {
    let product = Product::at(DAY).await;
    let asks = [
        ("school", "Sample Primary School"),
        ("urn", "900001"),
        ("name", "Nia O’Connor"),
        ("job", "Headteacher"),
        ("email", "nia@sample.example"),
        ("telephone", "020 7946 0000"),
        ("why", "Everybody has left."),
    ];
    product.staff().send_form("/account/let-in/", &asks).await;
    let secretary = product.signed_in(Person::Secretary).await;
    let about = [("email", "nia@sample.example"), ("name", "Nia")];
    let list = "/staff/data-protection/";
    let request = secretary.fill(list, &format!("{list}begin/"), &about).await;
    assert_eq!(request.status, 200, "{}", request.text());
    let let_in = product.app.store.let_ins(false).await.unwrap();
    let let_in = let_in[0].reference.clone();
    let page = format!("/staff/let-in/{let_in}/");
    let refuses = [("answer", "refuse"), ("checked", "Nobody there knows her.")];
    let refused = secretary
        .fill(&page, &format!("{page}answer/"), &refuses)
        .await;
    assert_eq!(refused.status, 200, "{}", refused.text());

    wait(&product, 364);
    assert_eq!(product.night().await.erased.requests, 0);
    wait(&product, 3);
    assert_eq!(product.night().await.erased.requests, 2);
    let store = &product.app.store;
    assert_eq!(store.let_in(&let_in).await.unwrap(), None);
    assert_eq!(store.let_in_trail(&let_in).await.unwrap(), []);
    let secretary = product.signed_in(Person::Secretary).await;
    assert_eq!(secretary.get(&request.at).await.status, 404);
}

#[tokio::test]
async fn a_refund_a_line_of_the_bank_and_a_fee_run_go_seven_years_after_and_the_ledger_stays() {
    let owing = Owing::start().await;
    owing.pay_by_card().await;
    let refund = [
        ("refund_sum", "875.00"),
        ("refund_reason", "Paid by mistake"),
        ("refund_way", "card"),
    ];
    let treasurer = &owing.treasurer;
    treasurer
        .fill(PAGE, &format!("{PAGE}refund/"), &refund)
        .await;
    owing.sweep().await;
    let statement = "Date,Description,Paid in,Paid out\n24/04/2017,A GIFT,50.00,\n";
    let bank = "/staff/bank/";
    treasurer
        .fill(bank, bank, &[("statement", statement)])
        .await;
    let store = &owing.product.app.store;
    let line = store.bank_lines_waiting().await.unwrap()[0]
        .value
        .id
        .clone();
    let page = format!("{bank}{line}/");
    treasurer
        .fill(&page, &format!("{page}set-aside/"), &[("why", "A gift")])
        .await;
    wait(&owing.product, 125);
    let september = Date::constant(2017, 9, 1);
    let site = owing.product.app.site.published().await.unwrap();
    let by = tests::staff::office();
    treasurer::freeze(&owing.product.app, &site, &by, september)
        .await
        .unwrap();
    treasurer::start_issuing(&owing.product.app, &by, september)
        .await
        .unwrap();
    owing.sweep().await;
    let run = store.fee_run(september).await.unwrap().unwrap().value;
    assert!(matches!(run.state, FeeRunState::Issued { .. }), "{run:?}");
    assert_eq!(store.refunds_over().await.unwrap().len(), 1);
    let entries = store.ledger(None).await.unwrap().len();

    wait(&owing.product, 365 * 6);
    assert_eq!(owing.product.night().await.erased.money, 0);
    wait(&owing.product, 365 + 40);
    let gone = owing.product.night().await.erased.money;
    assert!(gone >= 3, "{gone}");
    assert_eq!(store.refunds_over().await.unwrap(), []);
    assert_eq!(store.fee_run(september).await.unwrap(), None);
    assert!(store.bank_line(&line).await.unwrap().is_none());
    assert_eq!(store.ledger(None).await.unwrap().len(), entries);
}
