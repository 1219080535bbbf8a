//! “Am I eligible?”: the school is found, and told what it may apply for and
//! why; never an error.

use tests::Product;

#[tokio::test]
async fn a_school_is_found_by_its_name_its_urn_or_its_postcode() {
    let product = Product::at("2017-04-03T10:00+01:00").await;
    let visitor = product.visitor();
    for typed in ["900+003", "docklands", "dokclands+acadamy", "e99+3aa"] {
        let page = visitor.get(&format!("/apply/eligibility/?q={typed}")).await;
        assert_eq!(
            page.at,
            "/apply/eligibility/900003/",
            "{typed}: {}",
            page.text()
        );
        assert!(
            page.text()
                .contains("Your school can apply for full membership"),
            "{}",
            page.text()
        );
    }
    let several = visitor.get("/apply/eligibility/?q=primary").await;
    assert!(
        several.text().contains("Which of these schools is it?"),
        "{}",
        several.text()
    );
    assert!(
        several.body.contains("href=\"/apply/eligibility/900001/\""),
        "{}",
        several.body
    );
}

#[tokio::test]
async fn each_kind_of_school_is_told_what_it_may_apply_for_and_why() {
    let product = Product::at("2017-04-03T10:00+01:00").await;
    let visitor = product.visitor();
    for (urn, title, reason) in [
        ("900001", "full membership", "the council maintains"),
        ("900008", "Talk to us", "perhaps not a school"),
        (
            "900009",
            "associate membership",
            "this is an independent one",
        ),
        ("900010", "This school is closed", "closed"),
        ("900011", "Talk to us", "has not opened yet"),
        ("900014", "associate membership", "under another authority"),
    ] {
        let page = visitor.get(&format!("/apply/eligibility/{urn}/")).await;
        assert_eq!(page.status, 200, "{urn}");
        for said in [title, reason] {
            assert!(page.text().contains(said), "{urn}: {said}: {}", page.text());
        }
    }
}

#[tokio::test]
async fn a_school_that_is_not_in_the_register_is_no_error() {
    let product = Product::start().await;
    let visitor = product.visitor();
    for asked in [
        "/apply/eligibility/123456/",
        "/apply/eligibility/?q=Nowhere+High+School",
        "/apply/eligibility/?q=%3Cscript%3E",
    ] {
        let page = visitor.get(asked).await;
        assert_eq!(page.status, 200, "{asked}");
        assert!(
            page.text().contains("We cannot find that school"),
            "{asked}: {}",
            page.text()
        );
        assert!(page.body.contains("href=\"/enquire/\""), "{asked}");
        assert!(!page.body.contains("<script>"), "{asked}");
    }
    assert_eq!(visitor.get("/apply/eligibility/12/").await.status, 404);
    assert_eq!(visitor.get("/apply/eligibility/?q=%ff").await.status, 200);
}
