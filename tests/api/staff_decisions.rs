//! What the Board decided, as the membership secretary records it on the
//! screen, corrects it, and finds it again.

use local::identity_stand_in::Person;
use tests::Product;
use tests::applying::apply;
use tests::staff::{Staff, staff_path};
use tests::visitor::owned;

const DAY: &str = "2017-04-03T10:00+01:00";

const APPROVED: [(&str, &str); 4] = [
    ("outcome", "approved"),
    ("decided_on", "3 April 2017"),
    ("minute", "12.3"),
    ("decider", "The Board"),
];

/// An application under review, and the secretary at its page.
async fn under_review(product: &Product) -> (Staff, String) {
    let path = staff_path(&apply(&product.visitor(), "900001").await);
    let staff = product.signed_in(Person::Secretary).await;
    staff.fill(&path, &format!("{path}pick-up/"), &[]).await;
    (staff, path)
}

#[tokio::test]
async fn an_approval_is_shown_with_its_membership_its_invoice_and_who_recorded_it() {
    let product = Product::at(DAY).await;
    let (staff, path) = under_review(&product).await;
    let decided = staff
        .fill(&path, &format!("{path}decide/"), &APPROVED)
        .await;
    assert_eq!((decided.status, decided.at.as_str()), (200, path.as_str()));
    let text = decided.text();
    for said in [
        "Approved on 3 April 2017, minute 12.3, by The Board",
        "3 April 2017, by Sample Secretary",
        "INV-00001",
        "£875.00",
        "Due on 3 May 2017",
        "MEM-",
        "Application approved",
    ] {
        assert!(text.contains(said), "`{said}` is not in {text}");
    }
    assert!(!decided.body.contains("Record the decision</button>"));
    let letters = product.visitor().letters().await;
    let to: Vec<_> = letters.iter().map(|letter| &letter["to"]).take(2).collect();
    assert!(to.iter().any(|to| *to == "office@sample.example"), "{to:?}");
    assert!(
        to.iter().any(|to| *to == "finance@sample.example"),
        "{to:?}"
    );
}

#[tokio::test]
async fn a_decline_without_its_reason_is_refused_and_keeps_what_was_typed() {
    let product = Product::at(DAY).await;
    let (staff, path) = under_review(&product).await;
    let empty = staff.fill(&path, &format!("{path}decide/"), &[]).await;
    assert_eq!(empty.status, 422);
    for said in [
        "Choose what the Board decided",
        "Enter the date of the decision",
        "Enter the minute reference",
    ] {
        assert!(empty.text().contains(said), "{said}: {}", empty.text());
    }
    let declined = [
        ("outcome", "declined"),
        ("decided_on", "4 April 2017"),
        ("minute", "12.4"),
        ("decider", "The Board"),
    ];
    let refused = staff
        .fill(&path, &format!("{path}decide/"), &declined)
        .await;
    assert_eq!(refused.status, 422);
    for said in [
        "Enter the reason for declining",
        "must be today or in the past",
    ] {
        assert!(refused.text().contains(said), "{}", refused.text());
    }
    assert_eq!(refused.field("minute").as_deref(), Some("12.4"));

    let whole = [
        declined[0],
        ("decided_on", "3 April 2017"),
        declined[2],
        declined[3],
        ("reason", "Not a school."),
    ];
    let done = staff.fill(&path, &format!("{path}decide/"), &whole).await;
    assert!(
        done.text().contains("Declined on 3 April 2017"),
        "{}",
        done.text()
    );
    assert!(done.text().contains("Not a school."));
    let store = &product.app.store;
    assert!(store.memberships().await.unwrap().is_empty());
    assert!(store.invoices().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_correction_supersedes_the_record_and_both_are_shown() {
    let product = Product::at(DAY).await;
    let (staff, path) = under_review(&product).await;
    staff
        .fill(&path, &format!("{path}decide/"), &APPROVED)
        .await;
    let letters = product.visitor().letters().await.len();

    let other = [
        APPROVED[0],
        ("decided_on", "2 April 2017"),
        ("minute", "12.30"),
        APPROVED[3],
    ];
    let corrected = staff.fill(&path, &format!("{path}decide/"), &other).await;
    let text = corrected.text();
    for said in [
        "Approved on 2 April 2017, minute 12.30",
        "Superseded Approved on 3 April 2017, minute 12.3,",
        "Decision corrected",
    ] {
        assert!(text.contains(said), "`{said}` is not in {text}");
    }
    let turned = [
        ("outcome", "declined"),
        other[1],
        other[2],
        other[3],
        ("reason", "No."),
    ];
    let refused = staff.fill(&path, &format!("{path}decide/"), &turned).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("A correction keeps the outcome"),
        "{}",
        refused.text()
    );
    let store = &product.app.store;
    assert_eq!(store.memberships().await.unwrap().len(), 1);
    assert_eq!(store.invoices().await.unwrap().len(), 1);
    assert_eq!(
        product.visitor().letters().await.len(),
        letters,
        "nobody is written to again"
    );
}

#[tokio::test]
async fn of_two_who_record_at_once_the_second_is_told_and_a_form_sent_twice_counts_once() {
    let product = Product::at(DAY).await;
    let (first, path) = under_review(&product).await;
    let second = product.signed_in(Person::Everything).await;
    let opened = second.get(&path).await;
    let mut fields = owned(&APPROVED);
    for name in ["version", "command"] {
        fields.push((name.to_owned(), opened.field(name).unwrap()));
    }
    let action = format!("{path}decide/");
    first.fill(&path, &action, &APPROVED).await;
    let same = second.post(&action, &fields).await;
    assert_eq!(same.status, 200, "who says the same is not in the way");
    fields[2].1 = "99".to_owned();
    let told = second.post(&action, &fields).await;
    assert_eq!(told.status, 409, "{}", told.text());
    assert!(
        told.text()
            .contains("Somebody else has changed this meanwhile")
    );
    assert_eq!(told.field("minute").as_deref(), Some("99"));
    assert!(!told.text().contains("Superseded"));
    assert_eq!(product.app.store.memberships().await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_director_reads_what_the_secretary_alone_may_change() {
    let product = Product::at(DAY).await;
    let (_, path) = under_review(&product).await;
    let director = product.signed_in(Person::Director).await;
    let page = director.get(&path).await;
    assert_eq!(page.status, 200);
    for button in ["Record the decision</button>", "Send the question</button>"] {
        assert!(!page.body.contains(button), "{button}");
    }
    let refused = director
        .fill(&path, &format!("{path}decide/"), &APPROVED)
        .await;
    assert_eq!(refused.status, 403);
    let treasurer = product.signed_in(Person::Treasurer).await;
    assert_eq!(treasurer.get(&path).await.status, 403);
}
