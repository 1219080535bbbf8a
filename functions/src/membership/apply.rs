//! The application form: asked, checked, and received once.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::application::{Application, ApplicationForm, ApplicationState, CommitmentId};
use domain::form::FieldErrors;
use domain::letter::{Letter, News};
use domain::reference::ApplicationReference;
use serde_json::json;

use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::screen::Screen;
use crate::site::Published;
use crate::store::{Guard, Outcome, StoreError, Transaction, Tries};
use crate::typed::Typed;

/// `GET /apply/`: the form, empty.
pub(super) async fn form(State(app): State<App>) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    show(
        &site,
        &ApplicationForm::default(),
        &entropy::key(),
        &FieldErrors::default(),
        StatusCode::OK,
    )
}

/// `POST /apply/`: receive the application, or show what has to be put right.
pub(super) async fn submit(
    State(app): State<App>,
    typed: Typed<ApplicationForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let again = |errors, status| show(&site, &typed.form, &typed.key, &errors, status);
    let now = app.clock.now();

    let (details, agreement) = match typed.form.parse(&site.publication.commitments, now) {
        Ok(parsed) => parsed,
        Err(errors) => return again(errors, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let mut application = Application {
        reference: ApplicationReference::from_entropy(entropy::bytes()),
        details,
        agreement,
        state: ApplicationState::Submitted,
        submitted_at: now,
    };
    match receive(&app, &typed, &mut application).await {
        Ok(Received::At(page)) => Ok(Redirect::to(&page).into_response()),
        Ok(Received::AlreadyLive) => again(already_live(), StatusCode::CONFLICT),
        Err(error) => {
            tracing::warn!(reference = %application.reference, "an application was not received: {error}");
            again(not_now(), StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// What became of an application that was sent.
enum Received {
    /// It is received, now or before, and confirmed on this page.
    At(String),
    /// The school has another one.
    AlreadyLive,
}

/// Writes the application, its letter and its command, or says what stands in
/// the way.
async fn receive(
    app: &App,
    typed: &Typed<ApplicationForm>,
    application: &mut Application,
) -> Result<Received, StoreError> {
    let mut tries = Tries::begin();
    loop {
        let page = format!("/apply/submitted/{}/", application.reference);
        let mut transaction = Transaction::new();
        transaction.application(application)?;
        transaction.letter(acknowledgement(application), application.submitted_at)?;
        transaction.remember(&typed.command, &page, application.submitted_at)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            tracing::info!(reference = %application.reference, "an application was received");
            return Ok(Received::At(page));
        }
        if outcome.is_refused_by(Guard::Command)
            && let Some(done) = app.store.command(&typed.command).await?
        {
            return Ok(Received::At(done.reply));
        }
        if outcome.is_refused_by(Guard::LiveApplication) {
            return Ok(Received::AlreadyLive);
        }
        tries.again().await?;
        application.reference = ApplicationReference::from_entropy(entropy::bytes());
    }
}

/// The letter that says that the application is here.
fn acknowledgement(application: &Application) -> Letter {
    let details = &application.details;
    Letter {
        to: details.contact.person.clone(),
        news: News::ApplicationReceived {
            reference: application.reference.clone(),
            school_name: details.school_name.to_string(),
            urn: details.urn.clone(),
            pupils: details.pupils,
        },
    }
}

fn already_live() -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.note("urn", "We already have an application from the school with this URN. Contact us if it should be changed");
    errors
}

fn not_now() -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.note("submit", "We could not receive your application just now. Nothing is lost: send it again in a minute");
    errors
}

fn show(
    site: &Published,
    form: &ApplicationForm,
    key: &str,
    errors: &FieldErrors,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let commitments = &site.publication.commitments;
    let ticks: Vec<_> = CommitmentId::ALL
        .iter()
        .zip(&commitments.commitments)
        .map(|(id, wording)| json!({ "field": id.field(), "id": wording.id, "text": wording.text }))
        .collect();
    let context = json!({
        "form": form, "command": key, "errors": errors,
        "commitments": ticks, "commitments_version": commitments.version,
    });
    let screen = Screen {
        title: "Apply for full membership",
        description: "The application form for schools that wish to become full members.",
        path: "/apply/",
    };
    Ok((status, screen.render(site, "forms/apply.html", context)?).into_response())
}
