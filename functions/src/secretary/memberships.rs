//! A membership on its way: notice, its retraction, a school that closes or has
//! another URN; its details, its link member of staff, and the log.

use domain::calendar::london_date;
use domain::contact::{Line, Person};
use domain::letter::{Letter, News, OfficeDone};
use domain::membership::{
    Category, Channel, Closed, LogEntry, Member, Membership, NewUrn, Standing,
};
use domain::passage::Passage;
use domain::reference::MembershipReference;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Refused;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::leaving::Papers;
use crate::site::Published;
use crate::store::{Guard, Outcome, StoreError, Transaction, Tries};

/// Takes a member's notice that was received on a day, and writes to the
/// member; gives the membership as it is then.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn give_notice(
    app: &App,
    site: &Published,
    by: &Instruction,
    reference: &MembershipReference,
    received_on: Date,
    asked: Option<Date>,
) -> Result<Membership, Refused> {
    let papers = Papers::of(&app.store, reference).await?;
    let what = "notice-given";
    change(app, by, reference, what, |membership, transaction, now| {
        let notice = (received_on, asked);
        let reckoned = papers.reckon(membership, notice, &site.publication.fees)?;
        let (next, notice) = (reckoned.next, reckoned.withdrawal);
        let letter = Letter {
            to: next.member.contact.clone(),
            news: News::NoticeReceived {
                reference: next.reference.clone(),
                member: next.member.name.to_string(),
                received_on: notice.received_on,
                ends_on: notice.ends_on,
                free: notice.free,
                owed_pence: Some(reckoned.leaving.total),
            },
        };
        transaction.letter(letter, now)?;
        Ok(next)
    })
    .await
}

/// Takes a notice back, the Board agreeing: its minute goes into the log.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn retract_notice(
    app: &App,
    by: &Instruction,
    reference: &MembershipReference,
    agreed: &Agreed,
) -> Result<Membership, Refused> {
    let what = "notice-retracted";
    change(app, by, reference, what, |membership, transaction, now| {
        let staying = membership.retract(london_date(now))?;
        let entry = agreed.entry("The Board agreed that the notice is taken back", now)?;
        transaction.log(reference, &entry)?;
        Ok(staying)
    })
    .await
}

/// The Board's agreement to something, and who enters it.
#[derive(Debug, Clone)]
pub struct Agreed {
    /// The minute.
    pub minute: Line,
    /// Who enters it.
    pub entered_by: Line,
}

impl Agreed {
    fn entry(&self, what: &str, now: Timestamp) -> Result<LogEntry, StoreError> {
        let note = Passage::parse(&format!("{what}: minute {}.", self.minute), "the minute");
        Ok(LogEntry {
            on: london_date(now),
            channel: Channel::Board,
            with: None,
            note: note.map_err(|_| StoreError::Unreadable("the note of a minute"))?,
            by: self.entered_by.clone(),
            entered_at: now,
        })
    }
}

/// Carries a membership on under another URN: the old entry ends, the new one
/// begins the day after, each names the other, both logs have the minute, and
/// the member is written to. Gives the old one.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn replace_urn(
    app: &App,
    by: &Instruction,
    reference: &MembershipReference,
    new: &NewUrn,
    entered_by: &Line,
) -> Result<Membership, Refused> {
    let agreed = Agreed {
        minute: new.minute.clone(),
        entered_by: entered_by.clone(),
    };
    let what = "urn-replaced";
    change(app, by, reference, what, |membership, transaction, now| {
        let name = new.name.as_ref().unwrap_or(&membership.member.name);
        let next = MembershipReference::from_entropy(entropy::bytes());
        let (before, after) =
            membership.replace_urn(new.urn.clone(), name.clone(), new.from, next, now)?;
        if let (Category::Full, Some(urn)) = (before.category, &before.member.urn) {
            transaction.release_member_urn(urn, &before.reference)?;
        }
        if after.category == Category::Full {
            transaction.expect_no_application(&new.urn)?;
        }
        transaction.new_membership(&after)?;
        let entry = agreed.entry("The Board agreed to the change of URN", now)?;
        transaction.log(&before.reference, &entry)?;
        transaction.log(&after.reference, &entry)?;
        let done = OfficeDone::UrnReplaced {
            reference: before.reference.clone(),
            member: before.member.name.to_string(),
            urn: before.member.urn.clone(),
            next: after.reference.clone(),
            next_member: after.member.name.to_string(),
            next_urn: new.urn.clone(),
            from: new.from,
        };
        let letter = Letter {
            to: after.member.contact.clone(),
            news: News::ByOffice(done),
        };
        transaction.letter(letter, now)?;
        Ok(before)
    })
    .await
}

/// Names the member of staff whom the member turns to, or nobody.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn name_link(
    app: &App,
    by: &Instruction,
    reference: &MembershipReference,
    link: Option<&Person>,
) -> Result<Membership, Refused> {
    let what = "link-member-named";
    change(app, by, reference, what, |membership, _, _| {
        Ok(Membership {
            link: link.cloned(),
            ..membership.clone()
        })
    })
    .await
}

/// Corrects what is known of a member.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn correct_details(
    app: &App,
    by: &Instruction,
    reference: &MembershipReference,
    member: &Member,
) -> Result<Membership, Refused> {
    let what = "details-corrected";
    change(app, by, reference, what, |membership, _, _| {
        Ok(Membership {
            member: member.clone(),
            ..membership.clone()
        })
    })
    .await
}

/// Adds an entry to the log of contacts with a member.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn log(
    app: &App,
    by: &Instruction,
    reference: &MembershipReference,
    entry: &LogEntry,
) -> Result<Membership, Refused> {
    let what = "contact-logged";
    change(app, by, reference, what, |membership, transaction, _| {
        transaction.log(reference, entry)?;
        Ok(membership.clone())
    })
    .await
}

/// Ends a membership because the school has closed. Where it has merged into
/// another member, that is one on the day after, and each leads to the other.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn close(
    app: &App,
    by: &Instruction,
    reference: &MembershipReference,
    closed: &Closed,
) -> Result<Membership, Refused> {
    if let Some(other) = &closed.merged_into {
        let after = closed.last_day.tomorrow().unwrap_or(closed.last_day);
        let read = app.store.membership(other).await?;
        if !read.is_some_and(|read| read.value.is_on(after)) {
            return Err(Refused::NoSuchMember);
        }
    }
    let what = match closed.merged_into {
        Some(_) => "school-merged",
        None => "school-closed",
    };
    change(app, by, reference, what, |membership, _, _| {
        Ok(membership.close(closed)?)
    })
    .await
}

async fn change(
    app: &App,
    by: &Instruction,
    reference: &MembershipReference,
    what: &'static str,
    decide: impl Fn(&Membership, &mut Transaction, Timestamp) -> Result<Membership, Refused>,
) -> Result<Membership, Refused> {
    let mut tries = Tries::begin();
    loop {
        let read = app.store.membership(reference).await?;
        let read = read.ok_or(Refused::NoRecord)?;
        if by.is_done(app).await? {
            return Ok(read.value);
        }
        by.expect(read.version)?;
        let now = app.clock.now();
        let contacts = app.store.contacts(reference).await?;
        let mut transaction = by.transaction().carrying(contacts.value.clone());
        let membership = decide(&read.value, &mut transaction, now)?;
        if membership.member != read.value.member {
            transaction.named_contacts(&membership, &contacts, now)?;
        }
        if let (Standing::Ended, Category::Full, Some(urn)) = (
            membership.standing,
            membership.category,
            &membership.member.urn,
        ) {
            transaction.release_member_urn(urn, &membership.reference)?;
        }
        transaction.change_membership(&read, &membership, what, now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            tracing::info!(membership = %membership.reference, "{what}");
            return Ok(membership);
        }
        if outcome.is_refused_by(Guard::Member) {
            return Err(Refused::AlreadyMember);
        }
        if outcome.is_refused_by(Guard::LiveApplication) {
            return Err(Refused::AlreadyLive);
        }
        if !outcome.is_refused_by(Guard::Command) {
            tries.again().await?;
        }
    }
}
