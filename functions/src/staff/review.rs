//! What the membership secretary does with an application: pick it up, ask for
//! something, confirm its address on behalf, record what the Board decided.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::application::{Application, DecisionForm};
use domain::calendar::london_date;
use domain::contact::Line;
use domain::form::FieldErrors;
use domain::passage::Passage;
use domain::staff::StaffMember;

use super::applications::{Form, address, decision, find, show, wrong};
use super::instruct::instruct;
use super::signed_in::By;
use super::view::Trouble;
use crate::answer::ApiError;
use crate::app::App;
use crate::decisions::{self, RecordError};
use crate::entropy;
use crate::named::Named;
use crate::secretary::{self, Refused};
use crate::store::Versioned;
use crate::typed::Typed;

/// `POST /staff/applications/{reference}/pick-up/`.
pub(super) async fn pick_up(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let by = instruct(&member, &typed, &typed.form.version);
    let done = secretary::pick_up(&app, &by, &read.value.reference).await;
    answer(&app, &member, &read, &typed, "pick-up", done).await
}

/// `POST /staff/applications/{reference}/ask/`.
pub(super) async fn ask(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let question = match Passage::parse(&typed.form.question, "what you need to know") {
        Ok(question) => question,
        Err(error) => {
            let errors = wrong("question", error);
            return again(&app, &member, &read, &typed, errors).await;
        }
    };
    let by = instruct(&member, &typed, &typed.form.version);
    let done = secretary::ask(&app, &by, &read.value.reference, &question).await;
    answer(&app, &member, &read, &typed, "question", done).await
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
    let by = instruct(&member, &typed, &typed.form.version);
    let done = secretary::take_as_live(&app, &by, &read.value.reference).await;
    answer(&app, &member, &read, &typed, "confirm", done).await
}

/// `POST /staff/applications/{reference}/withdraw/`: on behalf of an applicant
/// who has told the office.
pub(super) async fn withdraw(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let by = instruct(&member, &typed, &typed.form.version);
    let done = secretary::withdraw(&app, &by, &read.value.reference).await;
    answer(&app, &member, &read, &typed, "withdraw", done).await
}

/// `POST /staff/applications/{reference}/decide/`: what the Board decided, or
/// a record in place of one with a slip in it.
pub(super) async fn decide(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let read = find(&app, &reference).await?;
    let now = app.clock.now();
    let name = Line::parse(&member.name, "your name");
    let parsed = name
        .map_err(|error| wrong("outcome", error))
        .and_then(|name| typed.form.decision.parse(name, london_date(now), now));
    let decision = match parsed {
        Ok(decision) => decision,
        Err(errors) => return again(&app, &member, &read, &typed, errors).await,
    };
    let by = instruct(&member, &typed, &typed.form.version);
    let recorded = decisions::record(&app, &site, &by, &read.value.reference, &decision).await;
    let sentence = match recorded {
        Ok(_) => return Ok(Redirect::to(&address(&read.value)).into_response()),
        Err(RecordError::Changed) => return changed(&app, &member, &read, &typed).await,
        Err(RecordError::NoApplication) => return Err(ApiError::NotFound),
        Err(RecordError::Store(error)) => return Err(error.into()),
        Err(error) => secretary::sentence(&error),
    };
    again(&app, &member, &read, &typed, wrong("outcome", sentence)).await
}

/// The page as it is now, or with why nothing was done.
async fn answer(
    app: &App,
    member: &StaffMember,
    read: &Versioned<Application>,
    typed: &Typed<Form>,
    field: &'static str,
    done: Result<(), Refused>,
) -> Result<Response, ApiError> {
    let errors = match done {
        Ok(()) => return Ok(Redirect::to(&address(&read.value)).into_response()),
        Err(Refused::Changed) => return changed(app, member, read, typed).await,
        Err(Refused::NoRecord) => return Err(ApiError::NotFound),
        Err(Refused::Store(error)) => return Err(error.into()),
        Err(error) => wrong(field, error),
    };
    again(app, member, read, typed, errors).await
}

/// The page with what was typed and what is wrong with it.
async fn again(
    app: &App,
    member: &StaffMember,
    read: &Versioned<Application>,
    typed: &Typed<Form>,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let trouble = Trouble::of(errors, StatusCode::UNPROCESSABLE_ENTITY);
    // What was sent is one form; the others are as they are opened.
    let mut form = typed.form.clone();
    if form.decision == DecisionForm::default() {
        form.decision = decision(&read.value);
    }
    show(app, member, read, &form, &typed.key, trouble).await
}

/// The page as somebody else has made it meanwhile, with what was typed.
async fn changed(
    app: &App,
    member: &StaffMember,
    read: &Versioned<Application>,
    typed: &Typed<Form>,
) -> Result<Response, ApiError> {
    let read = find(app, &read.value.reference.to_string()).await?;
    let key = entropy::key();
    show(app, member, &read, &typed.form, &key, Trouble::changed()).await
}
