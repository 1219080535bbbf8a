//! Two members become one school: one goes on under the new URN, the other ends
//! and leads to it.

use local::identity_stand_in::Person;
use tests::visitor::owned;
use tests::{Answer, Product};

const DAY: &str = "2017-09-04T10:00+01:00";

const LIST: &str = "category,name,joined on,contact name,contact email,urn,address\n\
full,First School,1/5/2017,Sam,sam@first.example,900001,1 Street\n\
full,Second School,1/5/2017,Kim,kim@second.example,900002,2 Street\n";

/// The first path of a member's page, besides this one, that a page has.
fn member_path(page: &Answer, besides: &str) -> Option<String> {
    page.body
        .split("href=\"")
        .filter_map(|part| part.split('"').next())
        .find(|href| href.starts_with("/staff/members/MEM-") && *href != besides)
        .map(str::to_owned)
}

#[tokio::test]
async fn of_two_schools_that_merge_each_entry_leads_to_the_other_and_one_has_a_vote() {
    let product = Product::at(DAY).await;
    let staff = product.signed_in(Person::Secretary).await;
    let list = owned(&[("list", LIST)]);
    staff.post("/staff/members/import/commit/", &list).await;
    let mut members = Vec::new();
    for urn in ["900001", "900002"] {
        let found = staff.get(&format!("/staff/members/?q={urn}")).await;
        members.push(member_path(&found, "").expect("it is a member"));
    }
    let [first, second] = members.try_into().expect("two members");
    let urn = [
        ("urn", "900004"),
        ("from", "1 September 2017"),
        ("urn_minute", "15.1"),
    ];
    let old = staff.fill(&first, &format!("{first}urn/"), &urn).await;
    let next = member_path(&old, &first).expect("the membership that goes on");
    let reference = |path: &str| path.split('/').nth(3).unwrap().to_owned();

    let close = format!("{second}close/");
    for (into, says) in [
        ("MEM-1", "Enter the reference of a member"),
        (&reference(&second), "cannot merge into itself"),
        (&reference(&first), "no member with that reference"),
    ] {
        let fields = [("closed_on", "31 August 2017"), ("merged_into", into)];
        let refused = staff.fill(&second, &close, &fields).await;
        assert_eq!(refused.status, 422, "{into}: {}", refused.text());
        assert!(refused.text().contains(says), "{into}: {}", refused.text());
        assert_eq!(refused.field("merged_into").as_deref(), Some(into));
    }
    let into = reference(&next);
    let fields = [("closed_on", "31 August 2017"), ("merged_into", &into)];
    let ended = staff.fill(&second, &close, &fields).await;
    assert_eq!(ended.status, 200, "{}", ended.text());
    for said in ["Member no more", "Merged into MEM-", "School merged"] {
        assert!(ended.text().contains(said), "{said}: {}", ended.text());
    }
    assert!(ended.body.contains(&format!("href=\"{next}\"")));
    let page = staff.get(&next).await;
    assert!(page.text().contains("Merged into it"), "{}", page.text());
    for path in [&first, &second] {
        assert!(page.body.contains(&format!("href=\"{path}\"")), "{path}");
    }
    for (day, votes) in [("2017-08-31", 2), ("2017-09-01", 1)] {
        let roll = staff.get(&format!("/staff/roll.csv?on={day}")).await;
        assert_eq!(roll.body.trim().lines().count(), votes + 1, "{day}");
    }
    let register = staff.get("/staff/register.csv").await;
    assert_eq!(register.body.trim().lines().count(), 4, "no entry is lost");
}
