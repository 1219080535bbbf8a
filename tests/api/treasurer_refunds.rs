//! Money that goes back, and what the card provider says of it: refunds,
//! disputes, a webhook that never came, and the books beside its balance.

use domain::invoice::Standing;
use domain::ledger::Account;
use functions::settlements::{reconcile, reconcile_when_due};

use crate::treasurer::{Owing, PAGE};

#[tokio::test]
async fn a_refund_by_card_is_carried_out_once_and_a_stale_screen_gives_nothing_back_twice() {
    let owing = Owing::start().await;
    let session = owing.pay_by_card().await;
    let fields = [
        ("refund_sum", "100.00"),
        ("refund_reason", "Twenty pupils fewer"),
        ("refund_way", "card"),
    ];
    let action = format!("{PAGE}refund/");
    let first = owing.treasurer.filled_in(PAGE, &fields).await;
    let stale = owing.treasurer.filled_in(PAGE, &fields).await;
    let done = owing.treasurer.post(&action, &first).await;
    assert!(done.text().contains("Refunded in part"), "{}", done.text());
    let again = owing.treasurer.post(&action, &stale).await;
    assert_eq!(again.status, 409, "{}", again.text());
    assert!(
        again
            .text()
            .contains("Somebody else has changed this meanwhile")
    );

    let all = [
        ("refund_sum", "775.01"),
        ("refund_reason", "All"),
        ("refund_way", "card"),
    ];
    let too_much = owing.treasurer.fill(PAGE, &action, &all).await;
    assert!(
        too_much.text().contains("At the most £775.00"),
        "{}",
        too_much.text()
    );

    for _ in 0..3 {
        owing.sweep().await;
    }
    assert_eq!(owing.product.stripe().requests()["POST /v1/refunds"], 1);
    let stripe = owing.product.app.stripe.as_ref().unwrap();
    let made = stripe.refunds_of(&session).await.unwrap();
    assert_eq!((made.len(), made[0].amount.get()), (1, 10_000));
    assert_eq!(owing.balance(Account::CardProvider).await, 77_500);
    let list = owing.treasurer.get("/staff/refunds/").await.text();
    assert!(
        list.contains("£100.00") && list.contains("credit note CRN-00001"),
        "{list}"
    );
}

#[tokio::test]
async fn a_refund_that_the_bank_sends_back_is_the_treasurers_again() {
    let owing = Owing::start().await;
    let session = owing.pay_by_card().await;
    let fields = [
        ("refund_sum", "875.00"),
        ("refund_reason", "Paid by mistake"),
        ("refund_way", "card"),
    ];
    owing
        .treasurer
        .fill(PAGE, &format!("{PAGE}refund/"), &fields)
        .await;
    owing.sweep().await;
    assert_eq!(owing.standing(1).await, Standing::Refunded);
    let stripe = owing.product.app.stripe.as_ref().unwrap();
    let made = stripe.refunds_of(&session).await.unwrap();
    owing
        .product
        .stripe()
        .fail_refund(&made[0].id)
        .await
        .unwrap();
    owing.product.stripe().webhooks_delivered().await;
    assert_eq!(owing.standing(1).await, Standing::Overpaid);
    let list = owing.treasurer.get("/staff/refunds/").await.text();
    assert!(list.contains("£875.00 was paid too much"), "{list}");

    let by_bank = [
        ("refund_sum", "875.00"),
        ("refund_reason", "Paid by mistake"),
        ("refund_way", "bank"),
        ("refunded_on", "3 April 2017"),
    ];
    owing
        .treasurer
        .fill(PAGE, &format!("{PAGE}refund/"), &by_bank)
        .await;
    assert_eq!(owing.standing(1).await, Standing::Refunded);
    assert_eq!(owing.balance(Account::Bank).await, -87_500);
    assert_eq!(owing.balance(Account::Receivable).await, 0);
}

#[tokio::test]
async fn a_refund_made_in_the_providers_dashboard_comes_into_the_books_with_a_credit_note() {
    let owing = Owing::start().await;
    let session = owing.pay_by_card().await;
    let stripe = owing.product.stripe();
    stripe.refund(&session, Some(1_000)).await.unwrap();
    stripe.webhooks_delivered().await;
    assert_eq!(owing.standing(1).await, Standing::PartRefunded);
    assert_eq!(owing.balance(Account::CardProvider).await, 86_500);
    let page = owing.treasurer.get(PAGE).await.text();
    assert!(page.contains("Credit note CRN-00001"), "{page}");
}

#[tokio::test]
async fn a_dispute_is_shown_while_it_is_open_and_what_is_lost_is_owed_again() {
    let owing = Owing::start().await;
    let session = owing.pay_by_card().await;
    let stripe = owing.product.stripe();
    let dispute = stripe.dispute(&session).await.unwrap();
    stripe.webhooks_delivered().await;
    let list = owing.treasurer.get("/staff/refunds/").await.text();
    assert!(list.contains("£875.00, open"), "{list}");
    let fields = [
        ("refund_sum", "1.00"),
        ("refund_reason", "x"),
        ("refund_way", "card"),
    ];
    let refused = owing
        .treasurer
        .fill(PAGE, &format!("{PAGE}refund/"), &fields)
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());

    stripe.decide_dispute(&dispute, false).await.unwrap();
    stripe.webhooks_delivered().await;
    assert_eq!(owing.standing(1).await, Standing::Issued);
    assert_eq!(owing.balance(Account::Receivable).await, 87_500);
    assert_eq!(owing.balance(Account::CardProvider).await, 0);
    // It can be paid again, by a payment of its own.
    owing.pay_by_card().await;
    assert_eq!(owing.standing(1).await, Standing::Paid);
}

#[tokio::test]
async fn a_webhook_that_never_came_is_made_good_by_the_sweep() {
    let owing = Owing::start().await;
    owing.product.stripe().hold_webhooks();
    let session = owing.pay_by_card().await;
    owing.product.stripe().lose_webhooks().await.unwrap();
    assert_eq!(owing.standing(1).await, Standing::Issued);
    let swept = owing.product.sweep().await;
    assert_eq!((swept.payments, swept.left.len()), (1, 0));
    assert_eq!(owing.standing(1).await, Standing::Paid);

    owing.product.stripe().hold_webhooks();
    owing
        .product
        .stripe()
        .refund(&session, Some(500))
        .await
        .unwrap();
    owing.product.stripe().lose_webhooks().await.unwrap();
    let swept = owing.product.sweep().await;
    assert!(swept.notices > 0, "{swept:?}");
    assert_eq!(owing.standing(1).await, Standing::PartRefunded);
}

#[tokio::test]
async fn the_books_agree_with_the_providers_balance_after_fees_refunds_and_a_payout() {
    let owing = Owing::start().await;
    let session = owing.pay_by_card().await;
    let stripe = owing.product.stripe();
    stripe.refund(&session, Some(2_500)).await.unwrap();
    stripe.pay_out().await.unwrap();
    stripe.webhooks_delivered().await;
    let settlements = owing.product.of("settlements");
    for _ in 0..2 {
        let found = reconcile(&settlements).await.unwrap();
        assert!(found.is_even(), "{found:?}");
        assert!(found.lines >= 3, "{found:?}");
    }
    assert!(reconcile_when_due(&settlements).await.unwrap(), "as found");
    assert!(owing.balance(Account::ProviderFees).await > 0);
    assert!(owing.balance(Account::Bank).await > 0);
    let page = owing.treasurer.get("/staff/ledger/?year=2016").await.text();
    assert!(page.contains("they agreed to the penny"), "{page}");
    let file = owing
        .treasurer
        .get("/staff/ledger.csv?year=2016")
        .await
        .body;
    assert!(file.contains("INVOICE#INV-00001"), "{file}");
}
