//! What the membership secretary does with an application and a membership,
//! each as one conditional transaction that may be asked for twice.
//!
//! Screens and jobs call these; nothing here knows of them. Whether the person
//! may is theirs to check.

use domain::access::Purpose;
use domain::application::{Application, ApplicationCommand, NotNow};
use domain::letter::{Letter, LetterLink, News};
use domain::membership::{Category, LeaveError, Membership, Standing};
use domain::passage::Passage;
use domain::reference::{ApplicationReference, MembershipReference};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::app::App;
use crate::site::Published;
use crate::store::{Guard, Outcome, StoreError, Transaction, Tries};

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such record.
    #[error("there is no such record")]
    NoRecord,
    /// It makes no sense where the application stands.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// The membership cannot end so.
    #[error(transparent)]
    Leave(#[from] LeaveError),
    /// Another application holds the school's URN.
    #[error("another application holds the URN of the school")]
    AlreadyLive,
    /// The school is a member already.
    #[error("the school with this URN is a member already")]
    AlreadyMember,
    /// The answers do not say who applies.
    #[error("the application is not complete")]
    Incomplete,
    /// The records do not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<domain::membership::NotNow> for Refused {
    fn from(error: domain::membership::NotNow) -> Refused {
        Refused::Leave(error.into())
    }
}

/// Takes an application up, to be prepared for the Board.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn pick_up(app: &App, reference: &ApplicationReference) -> Result<(), Refused> {
    change(
        app,
        reference,
        "application-picked-up",
        |application, _, now| Ok(application.advance(ApplicationCommand::PickUp, now)?),
    )
    .await
}

/// Takes an application as live although its address was not confirmed.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn take_as_live(app: &App, reference: &ApplicationReference) -> Result<(), Refused> {
    change(
        app,
        reference,
        "application-taken-as-live",
        |application, transaction, now| {
            application.advance(ApplicationCommand::Override, now)?;
            let member = application.answers.member(application.category);
            let member = member.ok_or(Refused::Incomplete)?;
            if let (Category::Full, Some(urn)) = (application.category, &member.urn) {
                transaction.hold_urn(urn, &application.reference)?;
            }
            Ok(())
        },
    )
    .await
}

/// Asks the applicant for something, by a letter with a link to answer.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn ask(
    app: &App,
    reference: &ApplicationReference,
    asked: &Passage,
) -> Result<(), Refused> {
    change(
        app,
        reference,
        "application-asked",
        |application, transaction, now| {
            application.ask(asked.clone(), now)?;
            let member = application.answers.member(application.category);
            let member = member.ok_or(Refused::Incomplete)?;
            let subject = application.reference.to_string();
            let (grant, _) = app.links.give(Purpose::Status, &subject, now);
            let letter = Letter {
                to: member.contact,
                news: News::ApplicationQuestion {
                    reference: application.reference.clone(),
                    asked: asked.clone(),
                    link: LetterLink::of(&grant),
                },
            };
            application.grants.push(grant);
            Ok(transaction.letter(letter, now)?)
        },
    )
    .await
}

async fn change(
    app: &App,
    reference: &ApplicationReference,
    what: &'static str,
    decide: impl Fn(&mut Application, &mut Transaction, Timestamp) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        let read = app.store.application(reference).await?;
        let read = read.ok_or(Refused::NoRecord)?;
        let (mut application, now) = (read.value, app.clock.now());
        let mut transaction = Transaction::new();
        decide(&mut application, &mut transaction, now)?;
        transaction.application(read.version, &application, Some(what), now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            tracing::info!(application = %application.reference, "{what}");
            return Ok(());
        }
        if outcome.is_refused_by(Guard::LiveApplication) {
            return Err(Refused::AlreadyLive);
        }
        if outcome.is_refused_by(Guard::Member) {
            return Err(Refused::AlreadyMember);
        }
        tries.again().await?;
    }
}

/// Takes a member's notice that was received on a day, and writes to the
/// member; gives the membership as it is then.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn give_notice(
    app: &App,
    site: &Published,
    reference: &MembershipReference,
    received_on: Date,
    asked: Option<Date>,
) -> Result<Membership, Refused> {
    let rule = &site.publication.fees.notice;
    change_membership(
        app,
        reference,
        "notice-given",
        |membership, transaction, now| {
            let leaving = membership.give_notice(rule, received_on, asked)?;
            if let Some(notice) = leaving.notice {
                transaction.letter(
                    Letter {
                        to: leaving.member.contact.clone(),
                        news: News::NoticeReceived {
                            reference: leaving.reference.clone(),
                            member: leaving.member.name.to_string(),
                            received_on: notice.received_on,
                            ends_on: notice.ends_on,
                            free: notice.free,
                        },
                    },
                    now,
                )?;
            }
            Ok(leaving)
        },
    )
    .await
}

/// Takes a notice back, the Board agreeing.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn retract_notice(
    app: &App,
    reference: &MembershipReference,
) -> Result<Membership, Refused> {
    change_membership(app, reference, "notice-retracted", |membership, _, _| {
        Ok(membership.retract()?)
    })
    .await
}

/// Ends a membership because the school closes.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn close(
    app: &App,
    reference: &MembershipReference,
    last_day: Date,
) -> Result<Membership, Refused> {
    change_membership(app, reference, "school-closed", |membership, _, _| {
        Ok(membership.close(last_day)?)
    })
    .await
}

async fn change_membership(
    app: &App,
    reference: &MembershipReference,
    what: &'static str,
    decide: impl Fn(&Membership, &mut Transaction, Timestamp) -> Result<Membership, Refused>,
) -> Result<Membership, Refused> {
    let mut tries = Tries::begin();
    loop {
        let read = app.store.membership(reference).await?;
        let read = read.ok_or(Refused::NoRecord)?;
        let now = app.clock.now();
        let mut transaction = Transaction::new();
        let membership = decide(&read.value, &mut transaction, now)?;
        if let (Standing::Ended, Category::Full, Some(urn)) = (
            membership.standing,
            membership.category,
            &membership.member.urn,
        ) {
            transaction.release_member_urn(urn, &membership.reference)?;
        }
        transaction.membership(read.version, &membership, what, now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(membership = %membership.reference, "{what}");
            return Ok(membership);
        }
        tries.again().await?;
    }
}
