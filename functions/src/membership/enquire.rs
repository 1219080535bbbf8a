//! Enquiries: a question about a service, or about anything else, received
//! once and kept.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::calendar::{london_date, long_date};
use domain::enquiry::{AboutService, Enquiry, EnquiryForm, EnquiryState};
use domain::form::FieldErrors;
use domain::letter::{Letter, News};
use domain::publication::Service;
use domain::reference::EnquiryReference;
use serde_json::json;

use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::named::Named;
use crate::screen::Screen;
use crate::site::Published;
use crate::store::{Command, Guard, Outcome, StoreError, Transaction, Tries};
use crate::typed::Typed;

/// `GET /enquire/`: a question about anything.
pub(super) async fn general(State(app): State<App>) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let (form, errors) = (EnquiryForm::default(), FieldErrors::default());
    show(&site, None, &form, &entropy::key(), &errors, StatusCode::OK)
}

/// `GET /enquire/{service}/`: a question about a service.
pub(super) async fn form(State(app): State<App>, Named(slug): Named) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let service = site.publication.service(&slug).ok_or(ApiError::NotFound)?;
    if !service.orderable {
        return not_on_offer(&site, service, StatusCode::OK);
    }
    let (form, errors) = (EnquiryForm::default(), FieldErrors::default());
    show(
        &site,
        Some(service),
        &form,
        &entropy::key(),
        &errors,
        StatusCode::OK,
    )
}

/// `POST /enquire/`.
pub(super) async fn ask(
    State(app): State<App>,
    typed: Typed<EnquiryForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    take(&app, &site, None, typed).await
}

/// `POST /enquire/{service}/`.
pub(super) async fn ask_about(
    State(app): State<App>,
    Named(slug): Named,
    typed: Typed<EnquiryForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let service = site.publication.service(&slug).ok_or(ApiError::NotFound)?;
    if !service.orderable {
        return not_on_offer(&site, service, StatusCode::CONFLICT);
    }
    take(&app, &site, Some(service), typed).await
}

/// Receives an enquiry, or shows what has to be put right.
async fn take(
    app: &App,
    site: &Published,
    service: Option<&Service>,
    typed: Typed<EnquiryForm>,
) -> Result<Response, ApiError> {
    let again = |errors, status| show(site, service, &typed.form, &typed.key, &errors, status);
    let asked = match typed.form.parse() {
        Ok(asked) => asked,
        Err(errors) => return again(errors, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let enquiry = Enquiry {
        reference: EnquiryReference::from_entropy(entropy::bytes()),
        about: service.map(|service| AboutService {
            id: service.id.clone(),
            title: service.title.clone(),
        }),
        asked,
        replies: Vec::new(),
        state: EnquiryState::Received,
        received_at: app.clock.now(),
    };
    match receive(app, &typed.command, enquiry).await {
        Ok(page) => Ok(Redirect::to(&page).into_response()),
        Err(error) => {
            tracing::warn!("an enquiry was not received: {error}");
            let mut errors = FieldErrors::default();
            errors.note("submit", "We could not receive your question just now. Nothing is lost: send it again in a minute");
            again(errors, StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// Writes the enquiry with its two letters, and gives its page.
async fn receive(app: &App, command: &Command, mut enquiry: Enquiry) -> Result<String, StoreError> {
    let mut tries = Tries::begin();
    loop {
        let page = format!("/enquire/sent/{}/", enquiry.reference);
        let mut transaction = Transaction::new();
        transaction.enquiry(&enquiry)?;
        for letter in letters(app, &enquiry)? {
            transaction.letter(letter, enquiry.received_at)?;
        }
        transaction.remember(command, &page, enquiry.received_at)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            tracing::info!(enquiry = %enquiry.reference, "an enquiry was received");
            return Ok(page);
        }
        if outcome.is_refused_by(Guard::Command)
            && let Some(done) = app.store.command(command).await?
        {
            return Ok(done.reply);
        }
        tries.again().await?;
        enquiry.reference = EnquiryReference::from_entropy(entropy::bytes());
    }
}

/// One to whoever asked, one to the office.
fn letters(app: &App, enquiry: &Enquiry) -> Result<[Letter; 2], StoreError> {
    let service = enquiry.about.as_ref().map(|about| about.title.clone());
    let reference = enquiry.reference.clone();
    Ok([
        Letter {
            to: enquiry.asked.person.clone(),
            news: News::EnquiryReceived {
                reference: reference.clone(),
                service: service.clone(),
            },
        },
        Letter {
            to: app.office()?,
            news: News::EnquiryForOffice {
                reference,
                service,
                asked: enquiry.asked.clone(),
            },
        },
    ])
}

/// `GET /enquire/sent/{reference}/`: it is here. Without anything personal,
/// since a reference is no secret.
pub(super) async fn sent(
    State(app): State<App>,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let reference = EnquiryReference::parse(&reference).map_err(|_| ApiError::NotFound)?;
    let site = app.site.published().await?;
    let enquiry = app.store.enquiry(&reference).await?;
    let enquiry = enquiry.ok_or(ApiError::NotFound)?.value;
    let state = match enquiry.state {
        EnquiryState::Received => "Received, and waiting for an answer",
        EnquiryState::Answered { .. } => "Answered",
        EnquiryState::Closed { .. } => "Closed",
    };
    let context = json!({ "enquiry": {
        "reference": enquiry.reference,
        "service": enquiry.about.map(|about| about.title),
        "state_text": state,
        "waits": matches!(enquiry.state, EnquiryState::Received),
        "received_on": long_date(london_date(enquiry.received_at)),
    } });
    let path = format!("/enquire/sent/{reference}/");
    let screen = Screen {
        title: "We have your question",
        description: "",
        path: &path,
    };
    Ok(screen
        .render(&site, "forms/enquired.html", context)?
        .into_response())
}

/// The form, with what was typed and what is wrong with it.
fn show(
    site: &Published,
    service: Option<&Service>,
    form: &EnquiryForm,
    key: &str,
    errors: &FieldErrors,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let path = service.map_or_else(
        || "/enquire/".to_owned(),
        |service| format!("/enquire/{}/", service.slug),
    );
    let screen = Screen {
        title: "What would you like to know?",
        description: "",
        path: &path,
    };
    let context = json!({
        "service": service, "form": form, "command": key, "errors": errors,
    });
    Ok((status, screen.render(site, "forms/enquire.html", context)?).into_response())
}

/// Why a service cannot be asked for, in the words of its own page.
fn not_on_offer(
    site: &Published,
    service: &Service,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let path = format!("/enquire/{}/", service.slug);
    let screen = Screen {
        title: "This cannot be ordered from us",
        description: "",
        path: &path,
    };
    let context = json!({ "service": service });
    Ok((
        status,
        screen.render(site, "forms/enquire-elsewhere.html", context)?,
    )
        .into_response())
}
