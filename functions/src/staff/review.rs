//! What the membership secretary does with an application: pick it up, ask for
//! something, confirm its address on behalf, record what the Board decided,
//! erase what is personal in its history.

use axum::response::Response;
use domain::application::Application;
use domain::calendar::london_date;
use domain::passage::Passage;

use super::record::{At, Form, Unfit, wrong};
use crate::answer::ApiError;
use crate::decisions;
use crate::secretary;
use crate::store::HistoryOf;

/// `POST /staff/applications/{reference}/pick-up/`.
pub(super) async fn pick_up(
    at: At<Application>,
    typed: Form<Application>,
) -> Result<Response, ApiError> {
    let done = secretary::pick_up(&at.app, &at.by(&typed), &at.read.value.reference).await;
    at.answer(typed, "pick-up", done.map_err(Unfit::from)).await
}

/// `POST /staff/applications/{reference}/ask/`.
pub(super) async fn ask(
    at: At<Application>,
    typed: Form<Application>,
) -> Result<Response, ApiError> {
    let done = async {
        let question = Passage::parse(&typed.form.form.question, "what you need to know")
            .map_err(|error| wrong("question", error))?;
        let reference = &at.read.value.reference;
        Ok(secretary::ask(&at.app, &at.by(&typed), reference, &question).await?)
    }
    .await;
    at.answer(typed, "question", done).await
}

/// `POST /staff/applications/{reference}/confirm/`: the address, on behalf of
/// somebody who cannot press the button.
pub(super) async fn confirm(
    at: At<Application>,
    typed: Form<Application>,
) -> Result<Response, ApiError> {
    let done = secretary::take_as_live(&at.app, &at.by(&typed), &at.read.value.reference).await;
    at.answer(typed, "confirm", done.map_err(Unfit::from)).await
}

/// `POST /staff/applications/{reference}/withdraw/`: on behalf of an applicant
/// who has told the office.
pub(super) async fn withdraw(
    at: At<Application>,
    typed: Form<Application>,
) -> Result<Response, ApiError> {
    let done = secretary::withdraw(&at.app, &at.by(&typed), &at.read.value.reference).await;
    at.answer(typed, "withdraw", done.map_err(Unfit::from))
        .await
}

/// `POST /staff/applications/{reference}/decide/`: what the Board decided, or
/// a record in place of one with a slip in it.
pub(super) async fn decide(
    at: At<Application>,
    typed: Form<Application>,
) -> Result<Response, ApiError> {
    let site = at.app.site.published().await?;
    let done = async {
        let now = at.app.clock.now();
        let name = at.name("outcome")?;
        let form = &typed.form.form.decision;
        let decision = form.parse(name, london_date(now), now)?;
        let reference = &at.read.value.reference;
        Ok(decisions::record(&at.app, &site, &at.by(&typed), reference, &decision).await?)
    }
    .await;
    at.answer(typed, "outcome", done).await
}

/// `POST /staff/applications/{reference}/erase/`: the personal values in the
/// history of an application that is decided or withdrawn.
pub(super) async fn erase(
    at: At<Application>,
    typed: Form<Application>,
) -> Result<Response, ApiError> {
    let of = HistoryOf::Application(&at.read.value.reference);
    let done = secretary::erase_history(&at.app, &at.by(&typed), of).await;
    at.answer(typed, "erase", done.map_err(Unfit::from)).await
}
