//! A membership from its first day to its last: notice, its retraction, a
//! closure, another URN, and who votes.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Category, Closed, LeaveError, Member, Membership, Standing};
use crate::contact::{EmailAddress, Line, Person};
use crate::fees::Notice;
use crate::reference::MembershipReference;
use crate::school::Urn;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn rule() -> Notice {
    Notice {
        months: 12,
        free_until: day("2016-12-31"),
        source: "E2".into(),
    }
}

pub(super) fn membership(category: Category) -> Membership {
    Membership {
        reference: MembershipReference::from_entropy([1; 5]),
        category,
        member: Member {
            name: Line::parse("Sample Primary School", "a name").unwrap(),
            urn: Some(Urn::parse("900001").unwrap()),
            address: None,
            contact: Person {
                name: Line::parse("Sam", "a name").unwrap(),
                email: EmailAddress::parse("sam@sample.example", "an address").unwrap(),
            },
            finance: None,
            billing_address: None,
            purchase_order: None,
            pupils: None,
        },
        application: None,
        joined_on: day("2016-09-20"),
        standing: Standing::Active,
        notice: None,
        ends_on: None,
        before: None,
        after: None,
        link: None,
        brought_forward: None,
        entered_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn notice_in_the_window_ends_membership_at_once() {
    let left = membership(Category::Full)
        .give_notice(&rule(), day("2016-11-05"), None)
        .unwrap();
    assert_eq!(left.standing, Standing::Ended);
    assert!(left.votes_on(day("2016-11-05")) && !left.votes_on(day("2016-11-06")));
}

#[test]
fn a_later_day_within_the_window_is_waited_for() {
    let leaving = membership(Category::Full)
        .give_notice(&rule(), day("2016-11-05"), Some(day("2016-12-31")))
        .unwrap();
    assert_eq!(leaving.standing, Standing::NoticeGiven);
    assert!(leaving.notice.unwrap().free);
    assert!(leaving.votes_on(day("2016-12-31")) && !leaving.votes_on(day("2017-01-01")));
}

#[test]
fn a_member_votes_to_its_last_day_whether_or_not_anything_has_run() {
    let leaving = membership(Category::Full)
        .give_notice(&rule(), day("2017-01-15"), None)
        .unwrap();
    assert_eq!(leaving.standing, Standing::NoticeGiven);
    assert!(leaving.votes_on(day("2018-01-15")));
    assert!(!leaving.votes_on(day("2018-01-16")));
    assert_eq!(leaving.reach_end(day("2018-01-15")), None);
    let ended = leaving.reach_end(day("2018-01-16")).unwrap();
    assert_eq!(ended.standing, Standing::Ended);
    assert_eq!(ended.reach_end(day("2018-01-17")), None, "once is enough");
}

#[test]
fn a_notice_that_is_retracted_leaves_no_end() {
    let leaving = membership(Category::Full)
        .give_notice(&rule(), day("2017-01-15"), None)
        .unwrap();
    assert!(
        leaving.retract(day("2018-01-16")).is_err(),
        "it has ended, whether or not anything has run"
    );
    let staying = leaving.retract(day("2018-01-15")).unwrap();
    assert_eq!(
        (staying.standing, staying.ends_on),
        (Standing::Active, None)
    );
    assert!(staying.retract(day("2018-01-15")).is_err());
}

#[test]
fn a_second_notice_is_refused() {
    let leaving = membership(Category::Full)
        .give_notice(&rule(), day("2017-01-15"), None)
        .unwrap();
    let again = leaving.give_notice(&rule(), day("2017-02-01"), None);
    assert!(matches!(again, Err(LeaveError::NotNow(_))));
}

#[test]
fn nobody_leaves_before_joining() {
    let refused = membership(Category::Full).give_notice(&rule(), day("2016-09-19"), None);
    assert_eq!(refused, Err(LeaveError::BeforeJoining));
}

fn closed_on(last_day: &str) -> Closed {
    Closed {
        last_day: day(last_day),
        merged_into: None,
    }
}

#[test]
fn a_school_that_merges_leads_to_the_other_and_never_to_itself() {
    let school = membership(Category::Full);
    let mut merged = closed_on("2017-08-31");
    merged.merged_into = Some(school.reference.clone());
    assert_eq!(school.close(&merged), Err(LeaveError::IntoItself));
    let other = MembershipReference::from_entropy([9; 5]);
    merged.merged_into = Some(other.clone());
    let ended = school.close(&merged).unwrap();
    assert_eq!(ended.after, Some(other));
    assert_eq!(ended.standing, Standing::Ended);
}

#[test]
fn a_school_that_closes_ends_its_membership_and_no_later_than_its_notice() {
    let closed = membership(Category::Full)
        .close(&closed_on("2017-08-31"))
        .unwrap();
    assert_eq!(closed.standing, Standing::Ended);
    assert_eq!(closed.ends_on, Some(day("2017-08-31")));
    let leaving = membership(Category::Full)
        .give_notice(&rule(), day("2017-01-15"), None)
        .unwrap();
    let closed = leaving.close(&closed_on("2018-08-31")).unwrap();
    assert_eq!(closed.ends_on, Some(day("2018-01-15")));
}

#[test]
fn a_school_with_another_urn_has_one_vote_on_every_day_and_its_history() {
    let old = membership(Category::Full);
    let reference = MembershipReference::from_entropy([2; 5]);
    let urn = Urn::parse("900009").unwrap();
    let name = Line::parse("Sample Academy", "a name").unwrap();
    let (old, new) = old
        .replace_urn(
            urn,
            name,
            day("2017-09-01"),
            reference,
            Timestamp::UNIX_EPOCH,
        )
        .unwrap();
    assert_eq!(old.standing, Standing::Transferred);
    assert_eq!(old.after.as_ref(), Some(&new.reference));
    assert_eq!(new.before.as_ref(), Some(&old.reference));
    for date in ["2017-08-31", "2017-09-01"] {
        let votes = [&old, &new].map(|member| member.votes_on(day(date)));
        assert_eq!(votes.iter().filter(|votes| **votes).count(), 1, "{date}");
    }
}

#[test]
fn a_notice_goes_on_under_another_urn() {
    let leaving = membership(Category::Full)
        .give_notice(&rule(), day("2017-01-15"), None)
        .unwrap();
    let reference = MembershipReference::from_entropy([2; 5]);
    let urn = Urn::parse("900009").unwrap();
    let name = Line::parse("Sample Academy", "a name").unwrap();
    let (_, new) = leaving
        .replace_urn(
            urn,
            name,
            day("2017-09-01"),
            reference,
            Timestamp::UNIX_EPOCH,
        )
        .unwrap();
    assert_eq!(new.standing, Standing::NoticeGiven);
    assert_eq!(new.ends_on, Some(day("2018-01-15")));
}

#[test]
fn an_associate_has_no_vote() {
    assert!(!membership(Category::Associate).votes_on(day("2017-04-01")));
}
