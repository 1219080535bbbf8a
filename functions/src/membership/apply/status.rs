//! Where an application stands, for whoever has its link: what has happened,
//! what is next, an answer to what was asked, and a way to take it back.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Purpose;
use domain::application::{Application, ApplicationCommand, ApplicationState};
use domain::calendar::{london_date, long_date};
use domain::form::FieldErrors;
use domain::letter::OfficeNews;
use domain::membership::Category;
use domain::passage::Passage;
use domain::reference::ApplicationReference;
use domain::school::Urn;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::access::{Address, Opened, no_such_link};
use super::writing::{Changed, Decided, change, to_office};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::questions;
use crate::screen::Screen;
use crate::site::Published;
use crate::store::{Outcome, Transaction, Tries};
use crate::typed::Typed;

/// The answer as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ReplyForm {
    reply: String,
}

/// `GET /apply/{reference}/{secret}/status/`.
pub(super) async fn page(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    match open(&app, &address).await? {
        Some(opened) => {
            let (form, errors) = (ReplyForm::default(), FieldErrors::default());
            show(
                &site,
                &address,
                opened.application(),
                &form,
                &errors,
                StatusCode::OK,
            )
        }
        None => no_such_link(&site),
    }
}

async fn open(app: &App, address: &Address) -> Result<Option<Opened>, ApiError> {
    let opened = address.open(app).await?;
    Ok(opened.filter(|opened| opened.purpose == Purpose::Status))
}

/// `POST …/status/reply/`: answer what was asked.
pub(super) async fn reply(
    State(app): State<App>,
    address: Address,
    typed: Typed<ReplyForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let reply = match Passage::parse(&typed.form.reply, "your answer") {
        Ok(reply) => reply,
        Err(error) => {
            let Some(opened) = open(&app, &address).await? else {
                return no_such_link(&site);
            };
            let mut errors = FieldErrors::default();
            errors.note("reply", error);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(
                &site,
                &address,
                opened.application(),
                &typed.form,
                &errors,
                status,
            );
        }
    };
    let changed = change(&app, &address, |opened: &Opened, now| {
        let mut application = opened.application().clone();
        if opened.purpose != Purpose::Status {
            return Ok(Decided::Leave(false));
        }
        if application.reply(reply.clone(), now).is_err() {
            // It was answered before; the page says how things stand.
            return Ok(Decided::Leave(true));
        }
        let mut transaction = Transaction::new();
        transaction.letter(to_office(&app, &application, OfficeNews::Replied)?, now)?;
        Ok(Decided::Write {
            application: Box::new(application),
            what: Some("application-answered"),
            transaction,
            reply: true,
        })
    })
    .await?;
    back(&site, &address, &changed)
}

/// `GET …/status/withdraw/`: what it means, and the button.
pub(super) async fn before_withdrawing(
    State(app): State<App>,
    address: Address,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let Some(opened) = open(&app, &address).await? else {
        return no_such_link(&site);
    };
    let application = opened.application();
    let screen = Screen {
        title: "Withdraw your application?",
        description: "",
        path: "/apply/",
    };
    let context = json!({
        "reference": application.reference, "base": address.base(),
        "possible": application.state.after(ApplicationCommand::Withdraw).is_ok(),
        "state_text": application.state.words(),
    });
    Ok(screen
        .render(&site, "forms/apply/withdraw.html", context)?
        .into_response())
}

/// `POST …/status/withdraw/`: take it back, and let the URN go.
pub(super) async fn withdraw(
    State(app): State<App>,
    address: Address,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let changed = change(&app, &address, |opened: &Opened, now| {
        let mut application = opened.application().clone();
        if opened.purpose != Purpose::Status {
            return Ok(Decided::Leave(false));
        }
        let held = application.state.is_live() && application.category == Category::Full;
        if application
            .advance(ApplicationCommand::Withdraw, now)
            .is_err()
        {
            return Ok(Decided::Leave(true));
        }
        let mut transaction = Transaction::new();
        if let (true, Ok(urn)) = (held, Urn::parse(application.answers.text("urn"))) {
            transaction.release_urn(&urn, &application.reference)?;
        }
        transaction.letter(to_office(&app, &application, OfficeNews::Withdrawn)?, now)?;
        Ok(Decided::Write {
            application: Box::new(application),
            what: Some("application-withdrawn"),
            transaction,
            reply: true,
        })
    })
    .await?;
    back(&site, &address, &changed)
}

fn back(
    site: &Published,
    address: &Address,
    changed: &Changed<bool>,
) -> Result<Response, ApiError> {
    match changed {
        Changed::Done(true) | Changed::Not(true) => {
            Ok(Redirect::to(&format!("{}status/", address.base())).into_response())
        }
        _ => no_such_link(site),
    }
}

/// `POST …/status/again/`: a new application with the same answers.
pub(super) async fn again(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let Some(opened) = open(&app, &address).await? else {
        return no_such_link(&site);
    };
    let mut tries = Tries::begin();
    loop {
        let now = app.clock.now();
        let reference = ApplicationReference::from_entropy(entropy::bytes());
        let (grant, secret) = app.links.give(Purpose::Draft, &reference.to_string(), now);
        let Ok(mut next) = opened.application().again(reference, now) else {
            return back(&site, &address, &Changed::Not(true));
        };
        next.grants.push(grant);
        let mut transaction = Transaction::new();
        transaction.new_application(&next)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            let page = format!("/apply/{}/{}/", next.reference, secret.expose());
            return Ok(Redirect::to(&page).into_response());
        }
        tries.again().await?;
    }
}

fn show(
    site: &Published,
    address: &Address,
    application: &Application,
    form: &ReplyForm,
    errors: &FieldErrors,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let day = |at| long_date(london_date(at));
    let history: Vec<Value> = application
        .history
        .iter()
        .map(|happening| json!({ "what": happening.state.words(), "on": day(happening.at) }))
        .collect();
    let decision = application.decisions.last().map(|decision| {
        json!({
            "approved": decision.approved, "on": long_date(decision.on), "reason": decision.reason,
        })
    });
    let may = |command| application.state.after(command).is_ok();
    let context = json!({
        "reference": application.reference, "base": address.base(),
        "applicant": application.answers.member(application.category).map(|member| member.name),
        "category": application.category.words(),
        "state": application.state, "state_text": application.state.words(),
        "history": history, "questions": questions::asked(application), "decision": decision,
        "asked": application.open_question().is_some()
            && application.state == ApplicationState::InformationRequested,
        "may_withdraw": may(ApplicationCommand::Withdraw),
        "may_apply_again": may(ApplicationCommand::ApplyAgain),
        "form": form, "errors": errors,
    });
    let screen = Screen {
        title: "Where your application stands",
        description: "",
        path: "/apply/",
    };
    Ok((
        status,
        screen.render(site, "forms/apply/status.html", context)?,
    )
        .into_response())
}
