//! What the membership secretary does with an application on its way to the
//! Board: pick it up, ask for something, confirm its address on behalf.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::access::Purpose;
use domain::application::{Application, ApplicationCommand};
use domain::form::FieldErrors;
use domain::letter::{Letter, LetterLink, News};
use domain::membership::Category;
use domain::passage::Passage;
use domain::staff::StaffMember;
use domain::trail::Who;
use jiff::Timestamp;

use super::applications::{Form, address, find, show, wrong};
use super::signed_in::By;
use super::view::Trouble;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::named::Named;
use crate::store::{Guard, Outcome, Transaction, Versioned};
use crate::typed::Typed;

/// A change of an application that was decided on.
struct Change {
    what: &'static str,
    next: Application,
    transaction: Transaction,
}

/// `POST /staff/applications/{reference}/pick-up/`.
pub(super) async fn pick_up(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let change = |now| {
        let mut next = read.value.clone();
        next.advance(ApplicationCommand::PickUp, now)
            .map_err(|error| wrong("pick-up", capital(&error.to_string())))?;
        Ok(Change {
            what: "application-picked-up",
            next,
            transaction: Transaction::by(Who::Staff(member.id.clone())),
        })
    };
    act(&app, &member, &read, &typed, change).await
}

/// `POST /staff/applications/{reference}/ask/`.
pub(super) async fn ask(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let change = |now| {
        let question = Passage::parse(&typed.form.question, "what you need to know")
            .map_err(|error| wrong("question", error))?;
        let mut next = read.value.clone();
        next.ask(question.clone(), now)
            .map_err(|error| wrong("question", capital(&error.to_string())))?;
        let mut transaction = Transaction::by(Who::Staff(member.id.clone()));
        let to = next
            .answers
            .member(next.category)
            .map(|member| member.contact);
        let to = to.ok_or_else(|| wrong("question", "The application names nobody to write to"))?;
        let (grant, _) = app
            .links
            .give(Purpose::Status, &next.reference.to_string(), now);
        let letter = Letter {
            to,
            news: News::ApplicationQuestion {
                reference: next.reference.clone(),
                asked: question,
                link: LetterLink::of(&grant),
            },
        };
        next.grants.push(grant);
        transaction.letter(letter, now).map_err(|_| busy())?;
        Ok(Change {
            what: "information-requested",
            next,
            transaction,
        })
    };
    act(&app, &member, &read, &typed, change).await
}

/// `POST /staff/applications/{reference}/confirm/`: the address, on behalf of
/// somebody who cannot press the button.
pub(super) async fn confirm(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let change = |now| {
        let mut next = read.value.clone();
        next.advance(ApplicationCommand::Override, now)
            .map_err(|error| wrong("confirm", capital(&error.to_string())))?;
        let mut transaction = Transaction::by(Who::Staff(member.id.clone()));
        let applicant = next.answers.member(next.category);
        let applicant =
            applicant.ok_or_else(|| wrong("confirm", "The application is not whole"))?;
        if let (Category::Full, Some(urn)) = (next.category, &applicant.urn) {
            transaction
                .hold_urn(urn, &next.reference)
                .map_err(|_| busy())?;
        }
        let (grant, _) = app
            .links
            .give(Purpose::Status, &next.reference.to_string(), now);
        let letter = Letter {
            to: applicant.contact,
            news: News::ApplicationReceived {
                reference: next.reference.clone(),
                applicant: applicant.name.to_string(),
                urn: applicant.urn,
                pupils: applicant.pupils,
                link: LetterLink::of(&grant),
            },
        };
        next.grants.push(grant);
        transaction.letter(letter, now).map_err(|_| busy())?;
        Ok(Change {
            what: "address-confirmed-on-behalf",
            next,
            transaction,
        })
    };
    act(&app, &member, &read, &typed, change).await
}

/// Makes a change, unless it was made before, cannot be made, or somebody else
/// was first.
async fn act(
    app: &App,
    member: &StaffMember,
    read: &Versioned<Application>,
    typed: &Typed<Form>,
    decide: impl FnOnce(Timestamp) -> Result<Change, FieldErrors>,
) -> Result<Response, ApiError> {
    let page = address(&read.value);
    if app.store.command(&typed.command).await?.is_some() {
        return Ok(Redirect::to(&page).into_response());
    }
    if typed.form.version != read.version.to_string() {
        return show(
            app,
            member,
            read,
            &typed.form,
            &entropy::key(),
            Trouble::changed(),
        )
        .await;
    }
    let now = app.clock.now();
    let change = match decide(now) {
        Ok(change) => change,
        Err(errors) => {
            let trouble = Trouble::of(errors, StatusCode::UNPROCESSABLE_ENTITY);
            return show(app, member, read, &typed.form, &typed.key, trouble).await;
        }
    };
    let mut transaction = change.transaction;
    transaction.change_application(read, &change.next, change.what, now)?;
    transaction.remember(&typed.command, &page, now)?;
    match app.store.commit(transaction).await? {
        Outcome::Committed => Ok(Redirect::to(&page).into_response()),
        Outcome::Refused(guards) if guards.contains(&Guard::Command) => {
            Ok(Redirect::to(&page).into_response())
        }
        Outcome::Refused(guards) => {
            let read = find(app, &read.value.reference.to_string()).await?;
            let trouble = if guards.contains(&Guard::LiveApplication) {
                let sentence = "Another application from the school with this URN is live: one of the two has to be withdrawn first";
                Trouble::of(wrong("confirm", sentence), StatusCode::CONFLICT)
            } else if guards.contains(&Guard::Member) {
                let sentence = "The school with this URN is a member already";
                Trouble::of(wrong("confirm", sentence), StatusCode::CONFLICT)
            } else {
                Trouble::changed()
            };
            show(app, member, &read, &typed.form, &entropy::key(), trouble).await
        }
    }
}

fn busy() -> FieldErrors {
    wrong(
        "",
        "That could not be written just now. Try again in a minute",
    )
}

/// A text as a sentence begins.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
