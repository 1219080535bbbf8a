//! A membership in words.

use domain::account::Contacts;
use domain::calendar::{london_date, long_date};
use domain::membership::{LogEntry, Membership, MembershipCommand, Standing, Withdrawal};
use jiff::civil::Date;
use serde_json::{Value, json};

/// Where a membership stands on a day, whether or not anything has run.
pub(super) fn standing(membership: &Membership, today: Date) -> &'static str {
    match membership.standing {
        Standing::NoticeGiven if !membership.is_on(today) => Standing::Ended.words(),
        standing => standing.words(),
    }
}

/// A membership as its page shows it.
pub(super) fn whole(membership: &Membership, today: Date) -> Value {
    let member = &membership.member;
    let forward = membership.brought_forward.map(|forward| {
        json!({
            "as_at": long_date(forward.as_at), "pence": forward.pence,
            "in_credit": forward.in_credit,
        })
    });
    json!({
        "reference": membership.reference,
        "name": member.name, "urn": member.urn, "address": member.address,
        "contact": member.contact, "finance": member.finance,
        "billing_address": member.billing_address,
        "purchase_order": member.purchase_order, "pupils": member.pupils,
        "category": membership.category.words(),
        "state": standing(membership, today),
        "joined_on": long_date(membership.joined_on),
        "ends_on": membership.ends_on.map(long_date),
        "notice": membership.notice.as_ref().map(notice),
        "before": membership.before, "after": membership.after,
        "merged": membership.standing == Standing::Ended && membership.after.is_some(),
        "application": membership.application,
        "link": membership.link,
        "brought_forward": forward,
    })
}

/// A notice in words.
pub(super) fn notice(notice: &Withdrawal) -> Value {
    json!({
        "received_on": long_date(notice.received_on),
        "ends_on": long_date(notice.ends_on),
        "free": notice.free,
    })
}

/// What can be done with a membership now.
pub(super) fn can(membership: &Membership, today: Date) -> Value {
    let lasts = membership.ends_on.is_none_or(|last| today <= last);
    let can = |command| lasts && membership.standing.after(command).is_ok();
    json!({
        "give_notice": can(MembershipCommand::GiveNotice),
        "retract": can(MembershipCommand::Retract),
        "close": can(MembershipCommand::Close),
        "replace_urn": can(MembershipCommand::ReplaceUrn),
    })
}

/// The log of contacts, as it is listed.
pub(super) fn log(entries: &[LogEntry]) -> Vec<Value> {
    entries
        .iter()
        .map(|entry| {
            json!({
                "on": long_date(entry.on), "how": entry.channel.words(),
                "with": entry.with, "note": entry.note, "by": entry.by,
                "entered_on": long_date(london_date(entry.entered_at)),
            })
        })
        .collect()
}

/// The people of a member, who can sign in to its own page.
pub(super) fn people(contacts: &Contacts) -> Vec<Value> {
    let people = contacts.people.iter().map(|contact| {
        json!({
            "name": contact.person.name, "email": contact.person.email,
            "job": contact.job, "role": contact.role.words(),
        })
    });
    people.collect()
}
