//! The product's own way to Stripe, pointed at the stand-in: all that it asks
//! for, and async-stripe reads, of every object that there is.

use std::collections::BTreeSet;

use domain::invoice::InvoiceNumber;
use domain::money::Pence;
use domain::payment::{Outcome, Payment, Purpose};
use domain::reference::PaymentReference;
use functions::config::{Secret, StripeConfig};
use functions::stripe::{About, BalanceKind, ProviderError, RefundOutcome, Standing, Stripe};
use jiff::{SignedDuration, Timestamp};

use super::super::Fault;
use super::{Bench, KEY, SECRET};

fn way(bench: &Bench) -> Stripe {
    let config = StripeConfig {
        secret_key: Secret::new(KEY),
        api_base: Some(bench.stand_in.base_url()),
        webhook_secrets: vec![Secret::new(SECRET)],
    };
    Stripe::new(&config).unwrap()
}

/// An invoice of £45.
fn payment() -> Payment {
    Payment::new(
        PaymentReference::from_entropy([1; 5]),
        Purpose::Invoice {
            invoice: InvoiceNumber::after(6),
        },
        Pence::new(4_500),
        "Invoice INV-00007".to_owned(),
        Timestamp::UNIX_EPOCH,
    )
}

/// A page for [`payment`], asked for with this key.
async fn page(stripe: &Stripe, key: &str) -> String {
    let ends = Timestamp::now() + SignedDuration::from_mins(40);
    let ends = Timestamp::from_second(ends.as_second()).unwrap();
    let asked = payment();
    let page = stripe.page(&asked, key, ends, "http://localhost:3000");
    page.await.unwrap().session
}

async fn paid(bench: &Bench, stripe: &Stripe) -> String {
    let session = page(stripe, "attempt-1").await;
    bench.stand_in.pay(&session).await.unwrap();
    session
}

/// From before anything here until after it.
fn today() -> (Timestamp, Timestamp) {
    let hour = SignedDuration::from_hours(1);
    (Timestamp::now() - hour, Timestamp::now() + hour)
}

#[tokio::test]
async fn a_refund_is_made_once_for_its_command_even_when_stripe_has_forgotten_the_key() {
    let bench = Bench::new().await;
    let stripe = way(&bench);
    let session = paid(&bench, &stripe).await;
    let address = "POST /v1/refunds";
    bench.stand_in.fail_next_at(address, Fault::AnswerLost, 1);
    let first = stripe
        .refund(&session, Pence::new(1_500), "command-1")
        .await
        .unwrap();
    assert_eq!(
        (first.amount.get(), &first.outcome),
        (1_500, &RefundOutcome::Succeeded)
    );
    // Found by its note: nothing is asked of Stripe that a key would have to stop.
    let again = stripe
        .refund(&session, Pence::new(1_500), "command-1")
        .await
        .unwrap();
    assert_eq!(again, first);
    assert_eq!(bench.stand_in.requests()[address], 2);
    let second = stripe
        .refund(&session, Pence::new(1_500), "command-2")
        .await
        .unwrap();
    assert_ne!(second.id, first.id);

    let refused = stripe
        .refund(&session, Pence::new(1_501), "command-3")
        .await;
    let Err(ProviderError::Refused(refusal)) = refused else {
        panic!("{refused:?}")
    };
    assert!(
        refusal.message.contains("greater than unrefunded amount"),
        "{refusal}"
    );
    assert_eq!(refusal.status, 400);
}

#[tokio::test]
async fn a_lost_answer_makes_no_second_refund() {
    let bench = Bench::new().await;
    let stripe = way(&bench);
    let session = paid(&bench, &stripe).await;
    bench
        .stand_in
        .fail_next_at("POST /v1/refunds", Fault::AnswerLost, 3);
    // Three answers are lost before it is given up. Asked again, it is found by its note.
    let lost = stripe
        .refund(&session, Pence::new(4_500), "command-1")
        .await;
    assert!(
        matches!(lost, Err(ProviderError::Unreachable(_))),
        "{lost:?}"
    );
    let made = stripe
        .refund(&session, Pence::new(4_500), "command-1")
        .await
        .unwrap();
    assert_eq!(bench.stand_in.requests()["POST /v1/refunds"], 3);
    let refunds = stripe.refunds_of(&session).await.unwrap();
    assert_eq!(refunds.len(), 1);
    assert_eq!(refunds[0].id, made.id);
}

#[tokio::test]
async fn refunds_of_the_dashboard_and_ours_lead_to_the_payment() {
    let bench = Bench::new().await;
    let stripe = way(&bench);
    let session = paid(&bench, &stripe).await;
    let theirs = bench.stand_in.refund(&session, Some(1_000)).await.unwrap();
    let ours = stripe
        .refund(&session, Pence::new(500), "command-1")
        .await
        .unwrap();
    bench.stand_in.fail_refund(&ours.id).await.unwrap();

    let record = stripe.refund_record(&theirs).await.unwrap();
    let origin = record.origin.clone().unwrap();
    assert_eq!(origin.session, session);
    assert_eq!(origin.reference, Some(payment().reference.to_string()));
    assert_eq!(origin.noted, Some(payment().purpose));
    assert_eq!(
        (record.amount.get(), record.currency.as_str(), origin.live),
        (1_000, "gbp", false)
    );
    let all = stripe.refunds_of(&session).await.unwrap();
    let commands: Vec<_> = all.iter().map(|refund| refund.command.as_deref()).collect();
    assert_eq!(commands, [None, Some("command-1")]);
    let why = "expired_or_canceled_card".to_owned();
    assert_eq!(all[1].outcome, RefundOutcome::Failed { why });
    let charge = bench.json("v1/refunds").await["data"][0]["charge"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(stripe.refunds_of_charge(&charge).await.unwrap(), all);
    let unpaid = page(&stripe, "attempt-2").await;
    assert_eq!(stripe.refunds_of(&unpaid).await.unwrap(), []);
}

#[tokio::test]
async fn a_dispute_says_what_is_disputed_and_what_the_bank_holds() {
    let bench = Bench::new().await;
    let stripe = way(&bench);
    let session = paid(&bench, &stripe).await;
    let id = bench.stand_in.dispute(&session).await.unwrap();
    let open = stripe.dispute(&id).await.unwrap();
    assert_eq!(open.standing, Standing::Open);
    assert_eq!(
        (open.amount.get(), open.withdrawn.get(), open.fee.get()),
        (4_500, 4_500, 2_000)
    );
    assert_eq!(
        open.origin.unwrap().reference,
        Some(payment().reference.to_string())
    );
    bench.stand_in.decide_dispute(&id, true).await.unwrap();
    let won = stripe.dispute(&id).await.unwrap();
    assert_eq!((won.standing, won.withdrawn.get()), (Standing::Won, 0));
}

#[tokio::test]
async fn every_line_of_the_balance_is_read_and_names_its_payment() {
    let bench = Bench::new().await;
    let stripe = way(&bench);
    let session = paid(&bench, &stripe).await;
    bench.stand_in.refund(&session, Some(1_000)).await.unwrap();
    let ours = stripe
        .refund(&session, Pence::new(500), "command-1")
        .await
        .unwrap();
    bench.stand_in.fail_refund(&ours.id).await.unwrap();
    let dispute = bench.stand_in.dispute(&session).await.unwrap();
    bench.stand_in.decide_dispute(&dispute, true).await.unwrap();
    bench.stand_in.pay_out().await.unwrap();

    let (from, to) = today();
    let lines = stripe.balance(from, to).await.unwrap();
    let found: Vec<_> = lines
        .iter()
        .map(|line| (line.kind.clone(), line.gross, line.fee))
        .collect();
    let expected = [
        (BalanceKind::Charge, 4_500, 88),
        (BalanceKind::Refund, -1_000, 0),
        (BalanceKind::Refund, -500, 0),
        (BalanceKind::RefundFailed, 500, 0),
        (BalanceKind::Dispute, -3_500, 2_000),
        (BalanceKind::DisputeReversed, 3_500, 0),
        (BalanceKind::Payout, -1_412, 0),
    ];
    assert_eq!(found, expected);
    assert_eq!(lines.iter().map(|line| line.net).sum::<i64>(), 0);
    let reference = payment().reference.to_string();
    let (payout, ours) = lines.split_last().unwrap();
    for line in ours {
        assert_eq!(line.reference.as_ref(), Some(&reference), "{line:?}");
        assert_eq!(line.net, line.gross - line.fee);
    }
    assert!(payout.reference.is_none() && payout.source.as_ref().unwrap().starts_with("po_"));
    assert_eq!(stripe.balance(to, to).await.unwrap(), []);
}

#[tokio::test]
async fn a_page_is_closed_and_one_that_was_paid_meanwhile_reads_as_paid() {
    let bench = Bench::new().await;
    let stripe = way(&bench);
    let first = page(&stripe, "attempt-1").await;
    assert_eq!(
        stripe.expire(&first).await.unwrap().record.outcome,
        Outcome::Expired
    );
    assert_eq!(
        stripe.expire(&first).await.unwrap().record.outcome,
        Outcome::Expired
    );
    let second = page(&stripe, "attempt-2").await;
    bench.stand_in.pay(&second).await.unwrap();
    assert_eq!(
        stripe.expire(&second).await.unwrap().record.outcome,
        Outcome::Paid
    );
}

#[tokio::test]
async fn a_direct_debit_is_pending_until_the_bank_has_paid_or_not() {
    let bench = Bench::new().await;
    let stripe = way(&bench);
    for (key, clears, outcome) in [("1", true, Outcome::Paid), ("2", false, Outcome::Failed)] {
        let session = page(&stripe, key).await;
        bench.stand_in.pay_by_debit(&session).await.unwrap();
        let waits = stripe.read(&session).await.unwrap();
        assert_eq!((waits.record.outcome, waits.url), (Outcome::Promised, None));
        if clears {
            bench.stand_in.clear_debit(&session).await.unwrap();
        } else {
            bench.stand_in.fail_debit(&session).await.unwrap();
        }
        assert_eq!(stripe.read(&session).await.unwrap().record.outcome, outcome);
    }
    let all = stripe.sessions_since(today().0).await.unwrap();
    let outcomes: Vec<_> = all.iter().map(|reading| reading.record.outcome).collect();
    assert!(
        outcomes.contains(&Outcome::Paid) && outcomes.contains(&Outcome::Failed),
        "{outcomes:?}"
    );
}

#[tokio::test]
async fn what_the_webhook_missed_is_found_oldest_first_whatever_the_number() {
    let bench = Bench::new().await;
    let stripe = way(&bench);
    let session = paid(&bench, &stripe).await;
    bench.stand_in.webhooks_delivered().await;
    let (from, _) = today();
    assert_eq!(stripe.undelivered(from).await.unwrap(), []);

    bench.stand_in.hold_webhooks();
    let other = page(&stripe, "attempt-2").await;
    bench.stand_in.pay(&other).await.unwrap();
    // More than Stripe gives at once: 120 events of 60 refunds.
    let mut refunds = Vec::new();
    for _ in 0..60 {
        refunds.push(bench.stand_in.refund(&session, Some(1)).await.unwrap());
    }
    bench.stand_in.lose_webhooks().await.unwrap();
    let told = stripe.undelivered(from).await.unwrap();
    assert_eq!(told.len(), 121);
    assert_eq!(told[0].about, About::Session(other.clone()));
    let found = told.iter().filter_map(|notice| match &notice.about {
        About::Refund(id) => Some(id.clone()),
        _ => None,
    });
    assert_eq!(found.collect::<Vec<_>>(), refunds);
    assert!(matches!(&told[2].about, About::Charge(id) if id.starts_with("ch_")));

    let open = BTreeSet::from([other.clone(), "cs_test_0".to_owned()]);
    let missed = stripe.missed(&open, from).await.unwrap();
    let pages: Vec<_> = missed
        .pages
        .iter()
        .map(|page| (&page.record.session, page.record.outcome))
        .collect();
    assert_eq!(pages, [(&other, Outcome::Paid)]);
    assert_eq!(
        missed.notices.len(),
        120,
        "what is about an open page is told once"
    );
    assert_eq!(missed.unread.len(), 1);
    assert_eq!(missed.unread[0].0, "cs_test_0");
}

#[tokio::test]
async fn money_that_is_not_of_a_page_of_ours_leads_nowhere() {
    let bench = Bench::new().await;
    let stripe = way(&bench);
    assert_eq!(stripe.session_of("pi_0").await.unwrap(), None);
    assert!(matches!(
        stripe.refund_record("re_0").await,
        Err(ProviderError::Refused(_))
    ));
    let unpaid = page(&stripe, "attempt-1").await;
    let refund = stripe.refund(&unpaid, Pence::new(1), "command-1").await;
    assert!(
        matches!(refund, Err(ProviderError::Incomplete(_))),
        "{refund:?}"
    );
}
