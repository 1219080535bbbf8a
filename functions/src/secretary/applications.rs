//! An application on its way to the Board: picked up, asked about, taken as
//! live although nobody pressed the button in the letter.

use domain::access::Purpose;
use domain::application::{Application, ApplicationCommand};
use domain::letter::{Letter, LetterLink, News, OfficeDone};
use domain::membership::Category;
use domain::passage::Passage;
use domain::reference::ApplicationReference;
use domain::school::Urn;
use jiff::Timestamp;

use super::Refused;
use crate::app::App;
use crate::instruction::{Changed, Instruction};
use crate::store::{Guard, Outcome, Transaction, Tries};

/// Takes an application up, to be prepared for the Board.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn pick_up(
    app: &App,
    by: &Instruction,
    reference: &ApplicationReference,
) -> Result<(), Refused> {
    let what = "application-picked-up";
    change(app, by, reference, what, |application, _, now| {
        Ok(application.advance(ApplicationCommand::PickUp, now)?)
    })
    .await
}

/// Takes an application as live although its address was not confirmed, and
/// writes to the applicant that it was received.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn take_as_live(
    app: &App,
    by: &Instruction,
    reference: &ApplicationReference,
) -> Result<(), Refused> {
    let what = "address-confirmed-on-behalf";
    change(app, by, reference, what, |application, transaction, now| {
        application.advance(ApplicationCommand::Override, now)?;
        receive(app, application, transaction, now)
    })
    .await
}

/// What goes with an application that is live from now: its school's URN is
/// held, and the applicant is written to.
pub(crate) fn receive(
    app: &App,
    application: &mut Application,
    transaction: &mut Transaction,
    now: Timestamp,
) -> Result<(), Refused> {
    let applicant = application.answers.member(application.category);
    let applicant = applicant.ok_or(Refused::Incomplete)?;
    if let (Category::Full, Some(urn)) = (application.category, &applicant.urn) {
        transaction.hold_urn(urn, &application.reference)?;
    }
    let subject = application.reference.to_string();
    let (grant, _) = app.links.give(Purpose::Status, &subject, now);
    let letter = Letter {
        to: applicant.contact,
        news: News::ApplicationReceived {
            reference: application.reference.clone(),
            applicant: applicant.name.to_string(),
            urn: applicant.urn,
            pupils: applicant.pupils,
            link: LetterLink::of(&grant),
        },
    };
    application.grants.push(grant);
    Ok(transaction.letter(letter, now)?)
}

/// Takes an application back because the applicant has told the office to, and
/// writes so to the applicant; the school's URN is free again.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn withdraw(
    app: &App,
    by: &Instruction,
    reference: &ApplicationReference,
) -> Result<(), Refused> {
    let what = "withdrawn-on-behalf";
    change(app, by, reference, what, |application, transaction, now| {
        let held = application.state.is_live() && application.category == Category::Full;
        application.advance(ApplicationCommand::Withdraw, now)?;
        if let (true, Ok(urn)) = (held, Urn::parse(application.answers.text("urn"))) {
            transaction.release_urn(&urn, &application.reference)?;
        }
        // A draft may not say yet whom to write to.
        let Some(contact) = application.answers.contact() else {
            return Ok(());
        };
        let subject = application.reference.to_string();
        let (grant, _) = app.links.give(Purpose::Status, &subject, now);
        let applicant = application.answers.member(application.category);
        let done = OfficeDone::Withdrawn {
            reference: application.reference.clone(),
            applicant: applicant.map(|applicant| applicant.name.to_string()),
            link: LetterLink::of(&grant),
        };
        let letter = Letter {
            to: contact,
            news: News::ByOffice(done),
        };
        application.grants.push(grant);
        Ok(transaction.letter(letter, now)?)
    })
    .await
}

/// Asks the applicant for something, by a letter with a link to answer.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn ask(
    app: &App,
    by: &Instruction,
    reference: &ApplicationReference,
    asked: &Passage,
) -> Result<(), Refused> {
    let what = "information-requested";
    change(app, by, reference, what, |application, transaction, now| {
        application.ask(asked.clone(), now)?;
        let contact = application.answers.contact().ok_or(Refused::Incomplete)?;
        let subject = application.reference.to_string();
        let (grant, _) = app.links.give(Purpose::Status, &subject, now);
        let letter = Letter {
            to: contact,
            news: News::ApplicationQuestion {
                reference: application.reference.clone(),
                asked: asked.clone(),
                link: LetterLink::of(&grant),
            },
        };
        application.grants.push(grant);
        Ok(transaction.letter(letter, now)?)
    })
    .await
}

/// Enters an application that came on paper; gives its reference.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn enter(
    app: &App,
    by: &Instruction,
    mut application: Application,
) -> Result<ApplicationReference, Refused> {
    let what = "application-entered-from-paper";
    let now = app.clock.now();
    let mut transaction = by.transaction();
    receive(app, &mut application, &mut transaction, now)?;
    transaction.new_application_as(&application, what, now)?;
    let reference = application.reference;
    by.remember(&mut transaction, &reference.to_string(), now)?;
    let outcome = app.store.commit(transaction).await?;
    if outcome == Outcome::Committed {
        tracing::info!(application = %reference, "{what}");
        return Ok(reference);
    }
    if outcome.is_refused_by(Guard::LiveApplication) {
        return Err(Refused::AlreadyLive);
    }
    if outcome.is_refused_by(Guard::Member) {
        return Err(Refused::AlreadyMember);
    }
    // The same form arrived twice at one moment: the first one's is the one.
    let entered = by.reply(app).await?;
    let entered = entered.and_then(|reply| ApplicationReference::parse(&reply).ok());
    entered.ok_or(Refused::Changed(Changed))
}

async fn change(
    app: &App,
    by: &Instruction,
    reference: &ApplicationReference,
    what: &'static str,
    decide: impl Fn(&mut Application, &mut Transaction, Timestamp) -> Result<(), Refused>,
) -> Result<(), Refused> {
    if by.is_done(app).await? {
        return Ok(());
    }
    let mut tries = Tries::begin();
    loop {
        let read = app.store.application(reference).await?;
        let read = read.ok_or(Refused::NoRecord)?;
        by.expect(read.version)?;
        let (mut next, now) = (read.value.clone(), app.clock.now());
        let mut transaction = by.transaction();
        decide(&mut next, &mut transaction, now)?;
        transaction.change_application(&read, &next, what, now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(application = %next.reference, "{what}");
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
