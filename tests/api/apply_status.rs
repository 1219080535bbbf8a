//! Where an application stands, for whoever has its link.

use tests::Product;
use tests::applying::{apply, complete, send};
use tests::visitor::owned;

const DAY: &str = "2017-04-03T10:00+01:00";

#[tokio::test]
async fn an_application_is_followed_and_withdrawn_and_the_school_may_apply_again() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let status = apply(&visitor, "900001").await;
    let page = visitor.get(&status).await;
    assert!(
        page.text().contains("waiting for the membership secretary"),
        "{}",
        page.text()
    );
    let withdraw = format!("{status}withdraw/");
    assert!(
        visitor
            .get(&withdraw)
            .await
            .text()
            .contains("Withdraw your application?")
    );
    let withdrawn = visitor.post(&withdraw, &owned(&[])).await;
    assert!(
        withdrawn.text().contains("Withdrawn."),
        "{}",
        withdrawn.text()
    );
    let twice = visitor.post(&withdraw, &owned(&[])).await;
    assert_eq!(twice.status, 200, "a second press changes nothing");
    let office = visitor.letters().await;
    assert_eq!(
        office
            .iter()
            .filter(|letter| letter["subject"].as_str().unwrap().contains("withdrawn"))
            .count(),
        1
    );

    let again = visitor.post(&format!("{status}again/"), &owned(&[])).await;
    assert!(
        again.text().contains("For Sample Primary School"),
        "{}",
        again.text()
    );
    let commitments = visitor.get(&format!("{}commitments/", again.at)).await;
    assert!(
        !commitments.body.contains(" checked"),
        "ticks are not copied"
    );
    let refused = send(&visitor, &again.at).await;
    assert_eq!(
        refused.status, 422,
        "the commitments are to be ticked again"
    );
    let fresh = complete(&visitor, "900001").await;
    assert_eq!(
        send(&visitor, &fresh).await.status,
        200,
        "the URN is free again"
    );
}
