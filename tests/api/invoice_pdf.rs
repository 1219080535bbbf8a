//! An invoice as a file: for whoever holds its letter, and what it says.

use domain::invoice::InvoiceNumber;
use domain::money::Pence;
use functions::invoice_paper::{Around, of_invoice};
use functions::paper::{By, Kind, Paper};
use jiff::civil::date;
use tests::visitor::owned;
use tests::{Product, Visitor};

use crate::decisions::{DAY, approve, under_review};

async fn invoiced() -> (Product, Visitor, String) {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let reference = under_review(&product, &visitor, "900001").await;
    approve(&product, &reference, "2017-04-03").await;
    let link = visitor
        .link_in_letter("finance@sample.example", "INV-00001")
        .await;
    (product, visitor, link)
}

async fn paper(product: &Product) -> Paper {
    let app = &product.app;
    let read = app.store.invoice(InvoiceNumber::after(0)).await.unwrap();
    let site = app.site.published().await.unwrap();
    let invoice = read.unwrap().value;
    of_invoice(
        &app.config,
        &site.publication.site,
        &invoice,
        &Around::default(),
    )
}

#[tokio::test]
async fn an_invoice_is_a_file_at_its_page_for_whoever_holds_the_letter() {
    let (_product, visitor, link) = invoiced().await;
    let page = visitor.get(&link).await;
    let file = page
        .body
        .split('"')
        .find(|part| part.ends_with("/invoice.pdf"))
        .expect("the page leads to the file");
    let file = visitor.get(file).await;
    assert_eq!(file.status, 200);
    for (header, value) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "inline; filename=\"INV-00001.pdf\""),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(file.headers[header], value, "{header}");
    }
    assert!(file.body.starts_with("%PDF-1.7"));
    for said in [
        "pdfuaid:part",
        "Invoice INV-00001",
        "en-GB",
        "StructTreeRoot",
    ] {
        assert!(file.body.contains(said), "{said}");
    }
    for wrong in [
        "/invoices/INV-00001/x/invoice.pdf".to_owned(),
        link.replace("INV-00001", "INV-00002") + "invoice.pdf",
        format!("{link}other.pdf"),
    ] {
        assert_eq!(visitor.get(&wrong).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn the_paper_says_what_the_invoice_does_and_asks_for_nothing_once_it_is_paid() {
    let (product, visitor, link) = invoiced().await;
    let asked = paper(&product).await;
    assert_eq!(
        asked.kind,
        Kind::Invoice {
            due: date(2017, 5, 3),
            owed: Pence::new(87_500),
            settled: None,
        }
    );
    assert_eq!(asked.number, "INV-00001");
    assert_eq!(asked.issued, date(2017, 4, 3));
    assert_eq!(asked.purchase_order.as_deref(), Some("PO-77"));
    assert_eq!(asked.total, Pence::new(87_500));
    let row = &asked.rows[0];
    assert_eq!(row.quantity.as_deref(), Some("420 pupils"));
    assert_eq!(
        row.working.as_deref(),
        Some("420 pupils × £5.00 × 5/12, April to August 2017")
    );
    let details = asked.seller.details.join(" ");
    assert!(details.contains("Company number: placeholder"), "{details}");
    let payment = asked.payment.expect("ways to pay");
    assert_eq!(payment.bank, None, "no account has been set up");
    assert_eq!(payment.reference, "INV-00001");

    let provider = visitor.post_only(&link, &owned(&[])).await;
    let paid = visitor.post(&provider.at, &owned(&[])).await;
    assert_eq!(visitor.get(&paid.at).await.status, 200);
    let paid = paper(&product).await;
    assert_eq!(paid.payment, None);
    assert_eq!(
        paid.kind,
        Kind::Invoice {
            due: date(2017, 5, 3),
            owed: Pence::ZERO,
            settled: Some("Paid on 3 April 2017".to_owned()),
        }
    );
}

#[tokio::test]
async fn the_credit_note_of_an_invoice_is_a_file_too_and_no_other_invoices_is() {
    let (product, visitor, link) = invoiced().await;
    let order = owned(&[("purchase_order", "PO-4711"), ("command", &"a".repeat(32))]);
    let again = visitor
        .post(&format!("{link}purchase-order/"), &order)
        .await;
    assert!(again.text().contains("INV-00002"), "{}", again.text());

    let old = visitor.get(&link).await;
    let file = old
        .body
        .split('"')
        .find(|part| part.ends_with("/credit-notes/CRN-00001.pdf"))
        .expect("the page leads to the credit note");
    let file = visitor.get(file).await;
    assert_eq!(file.status, 200);
    assert_eq!(
        file.headers["content-disposition"],
        "inline; filename=\"CRN-00001.pdf\""
    );
    assert!(file.body.contains("Credit note CRN-00001"));
    for wrong in ["CRN-00002.pdf", "CRN-00001", "x.pdf"] {
        let wrong = format!("{link}credit-notes/{wrong}");
        assert_eq!(visitor.get(&wrong).await.status, 404, "{wrong}");
    }
    let new = visitor
        .link_in_letter("finance@sample.example", "PO-4711")
        .await;
    let elsewhere = format!("{new}credit-notes/CRN-00001.pdf");
    assert_eq!(
        visitor.get(&elsewhere).await.status,
        404,
        "of another invoice"
    );

    let paper = paper(&product).await;
    let settled = Some("INV-00002 stands in its place".to_owned());
    let (due, owed) = (date(2017, 5, 3), Pence::ZERO);
    assert_eq!(paper.kind, Kind::Invoice { due, owed, settled });
    assert_eq!(paper.payment, None);
    let credited = &paper.since[0];
    assert_eq!(credited.words, "Credit note CRN-00001, 3 April 2017");
    assert_eq!(credited.by, By::Less(Pence::new(87_500)));
}
