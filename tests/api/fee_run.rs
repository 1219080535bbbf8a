//! A fee run: previewed, frozen, issued; and taken up where it was left.

use std::time::Duration;

use domain::fee_run::FeeRunState;
use domain::invoice::InvoiceNumber;
use functions::treasurer;
use jiff::SignedDuration;
use jiff::civil::Date;
use local::identity_stand_in::Person;
use tests::Product;

const RUN: &str = "/staff/fee-runs/2017-09-01/";

fn september() -> Date {
    Date::constant(2017, 9, 1)
}

#[tokio::test]
async fn a_run_is_looked_at_frozen_and_issued_and_no_fee_is_invoiced_twice() {
    let product = Product::at("2017-04-03T10:00+01:00").await;
    product.join("900001").await;
    let treasurer = product.signed_in(Person::Treasurer).await;
    let list = treasurer.get("/staff/fee-runs/").await;
    assert!(list.body.contains(RUN), "{}", list.text());
    let preview = treasurer.get(RUN).await.text();
    assert!(
        preview.contains("420 pupils × £5.00, September 2017 to August 2018"),
        "{preview}"
    );
    let early = treasurer.fill(RUN, &format!("{RUN}freeze/"), &[]).await;
    assert_eq!(early.status, 422);
    assert!(
        early.text().contains("can be invoiced from 2 August 2017"),
        "{}",
        early.text()
    );

    product
        .app
        .clock
        .advance(SignedDuration::from_hours(24 * 125));
    let treasurer = product.signed_in(Person::Treasurer).await;
    let frozen = treasurer.fill(RUN, &format!("{RUN}freeze/"), &[]).await;
    assert!(
        frozen.text().contains("Frozen on 6 August 2017"),
        "{}",
        frozen.text()
    );
    let filled = treasurer.filled_in(RUN, &[]).await;
    for _ in 0..2 {
        let issued = treasurer.post(&format!("{RUN}issue/"), &filled).await;
        assert!(
            issued.text().contains("All 1 invoices are issued"),
            "{}",
            issued.text()
        );
    }
    let invoice = product
        .app
        .store
        .invoice(InvoiceNumber::after(1))
        .await
        .unwrap();
    let invoice = invoice.unwrap().value;
    assert_eq!(invoice.says.total.get(), 210_000);
    assert_eq!(invoice.due_on.to_string(), "2017-09-05");
    assert_eq!(
        product
            .app
            .store
            .invoices_issued()
            .await
            .unwrap()
            .value
            .last,
        2
    );
    // The period in which it joined has the invoice that the approval raised.
    let april = treasurer.get("/staff/fee-runs/2017-04-01/").await.text();
    assert!(april.contains("invoiced before (INV-00001)"), "{april}");
}

#[tokio::test]
async fn a_run_that_is_cut_off_goes_on_with_the_sweep_and_two_at_once_make_no_invoice_twice() {
    let product = Product::at("2017-08-06T10:00+01:00").await;
    for urn in ["900001", "900002", "900003"] {
        product.join(urn).await;
    }
    let before = product
        .app
        .store
        .invoices_issued()
        .await
        .unwrap()
        .value
        .last;
    let site = product.app.site.published().await.unwrap();
    let by = tests::staff::office();
    treasurer::freeze(&product.app, &site, &by, september())
        .await
        .unwrap();
    treasurer::start_issuing(&product.app, &by, september())
        .await
        .unwrap();
    // No patience at all: it is cut off before the first.
    let none = Duration::ZERO;
    let cut = treasurer::advance(&product.app, &site, september(), none)
        .await
        .unwrap();
    assert_eq!((cut.issued, cut.waiting), (0, 3));
    tokio::join!(product.sweep(), product.sweep());
    let run = product
        .app
        .store
        .fee_run(september())
        .await
        .unwrap()
        .unwrap();
    assert!(matches!(run.value.state, FeeRunState::Issued { .. }));
    let after = product
        .app
        .store
        .invoices_issued()
        .await
        .unwrap()
        .value
        .last;
    assert_eq!(after, before + 3);
}
