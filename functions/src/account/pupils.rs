//! The annual pupil return: declared before 1 September, compared with the
//! register.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::account::{ContactRole, PupilReturn, PupilReturnForm, year_to_declare};
use domain::calendar::{london_date, long_date};
use domain::form::FieldErrors;
use domain::membership::Category;
use serde_json::json;

use super::door::{Entered, screen_of};
use super::home::{school, year_words};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::store::{Guard, Outcome, Transaction, Tries};
use crate::typed::Typed;

/// Refuses whoever has no pupils to declare.
fn must(at: &Entered) -> Result<(), ApiError> {
    if at.membership().category != Category::Full || !at.goes_on() {
        return Err(ApiError::NotFound);
    }
    at.must(ContactRole::may_change)
}

/// `GET …/pupils/`.
pub(super) async fn page(State(app): State<App>, at: Entered) -> Result<Response, ApiError> {
    must(&at)?;
    let site = app.site.published().await?;
    let year = year_to_declare(london_date(app.clock.now()));
    let returns = app.store.pupil_returns(at.reference()).await?;
    let before = returns.iter().find(|one| one.year == year);
    let register = school(&site, at.membership()).and_then(|school| school.pupils);
    let known = before.map(|one| one.pupils).or(register);
    let known = known.or(at.membership().member.pupils);
    let form = PupilReturnForm {
        pupils: known.map(|pupils| pupils.to_string()).unwrap_or_default(),
        reason: before
            .and_then(|one| one.reason.as_ref().map(ToString::to_string))
            .unwrap_or_default(),
    };
    show(&app, &at, &form, &entropy::key(), &FieldErrors::default()).await
}

/// `POST …/pupils/`.
pub(super) async fn declare(
    State(app): State<App>,
    at: Entered,
    typed: Typed<PupilReturnForm>,
) -> Result<Response, ApiError> {
    must(&at)?;
    let site = app.site.published().await?;
    let register = school(&site, at.membership()).and_then(|school| school.pupils);
    let (pupils, reason) = match typed.form.parse(register) {
        Ok(declared) => declared,
        Err(errors) => return show(&app, &at, &typed.form, &typed.key, &errors).await,
    };
    let done = format!("{}?done=pupils#pupils", at.base());
    let mut tries = Tries::begin();
    loop {
        let now = app.clock.now();
        let declared = PupilReturn {
            year: year_to_declare(london_date(now)),
            pupils,
            register,
            reason: reason.clone(),
            by: at.me.id.clone(),
            at: now,
        };
        let returns = app.store.pupil_returns(at.reference()).await?;
        let before = returns.iter().find(|one| one.year == declared.year);
        let mut transaction = Transaction::new();
        transaction.pupil_return(at.reference(), before, &declared)?;
        transaction.remember(&typed.command, &done, now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(membership = %at.reference(), "pupils-declared");
            return Ok(Redirect::to(&done).into_response());
        }
        tries.again().await?;
    }
}

async fn show(
    app: &App,
    at: &Entered,
    form: &PupilReturnForm,
    key: &str,
    errors: &FieldErrors,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let year = year_to_declare(london_date(app.clock.now()));
    let known = school(&site, at.membership());
    let context = json!({
        "form": form, "errors": errors, "command": key,
        "year": year_words(year), "before": format!("1 September {year}"),
        "register": known.and_then(|school| school.pupils),
        "census": known.and_then(|school| school.census).map(long_date),
        "rate_pence": site.publication.fees.rate.pence_per_pupil,
    });
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let title = format!("Pupil return for {}", year_words(year));
    screen_of(&site, at, (&title, "pupils"), context, status)
}
