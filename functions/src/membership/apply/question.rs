//! One page of questions: asked, read, and kept, without losing what somebody
//! else has written meanwhile.

use std::collections::{BTreeMap, HashMap};

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::application::{Answers, Application, ApplicationState, Page, Task};
use domain::calendar::london_date;
use domain::form::FieldErrors;
use domain::membership::Category;
use domain::school::Urn;
use jiff::Timestamp;

use super::access::{Address, Opened, no_such_link};
use super::shown::{Shown, show};
use super::writing::{Changed, Decided, change};
use crate::answer::ApiError;
use crate::app::App;
use crate::prefill;
use crate::site::Published;
use crate::store::{Guard, StoreError, Transaction};
use crate::typed::Typed;

/// `GET /apply/{reference}/{secret}/{page}/`.
pub(super) async fn page(
    State(app): State<App>,
    address: Address,
    asked: Result<Query<HashMap<String, String>>, QueryRejection>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let Some(opened) = open_draft(&app, &address, &site).await? else {
        return no_such_link(&site);
    };
    let Some(page) = opened.page(&address.page) else {
        return no_such_link(&site);
    };
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let shown = Shown {
        page,
        typed: &opened.application().answers,
        errors: &FieldErrors::default(),
        edit: opened.application().edits,
        theirs: None,
        from_check: asked.get("from").is_some_and(|from| from == "check"),
    };
    show(
        &app,
        &site,
        &address,
        opened.application(),
        &shown,
        StatusCode::OK,
    )
}

/// The application, if it is a draft that the link opens and has not expired.
pub(super) async fn open_draft(
    app: &App,
    address: &Address,
    site: &Published,
) -> Result<Option<Opened>, ApiError> {
    let opened = address.open(app).await?;
    Ok(opened.filter(|opened| is_open(opened, site, app.clock.now())))
}

fn is_open(opened: &Opened, site: &Published, now: Timestamp) -> bool {
    let application = opened.application();
    application.state == ApplicationState::Draft
        && !application.has_expired(site.publication.retention.idle_days(), now)
}

/// What became of a page that was sent.
enum Reply {
    Saved(Application),
    Wrong(Application, FieldErrors, StatusCode),
    Conflict(Application),
    NoLink,
}

/// `POST /apply/{reference}/{secret}/{page}/`: keep it and go on, or show what
/// has to be put right.
pub(super) async fn answer(
    State(app): State<App>,
    address: Address,
    form: Typed<BTreeMap<String, String>>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let hidden = |name: &str| form.form.get(name).map(String::as_str).unwrap_or_default();
    let edit: u64 = hidden("edit").parse().unwrap_or(0);
    let from_check = hidden("from") == "check";
    let mut typed = Answers::default();
    for (name, value) in &form.form {
        typed.keep(name, value.as_str());
    }

    let changed = keep(&app, &site, &address, &typed, edit).await;
    let reply = match changed {
        Ok(Changed::Done(reply) | Changed::Not(reply)) => reply,
        Ok(Changed::Refused(_) | Changed::NoLink) => Reply::NoLink,
        Err(ApiError::Unavailable(error)) => {
            tracing::warn!("an answer was not kept: {error:#}");
            return not_now(&app, &site, &address, &typed, edit).await;
        }
        Err(error) => return Err(error),
    };
    let shown = |application: &Application, errors: &FieldErrors, theirs: bool, status| {
        let Some(page) = Page::named(application.category, &address.page) else {
            return no_such_link(&site);
        };
        let stored = application.answers.of(page);
        let shown = Shown {
            page,
            typed: &typed,
            errors,
            edit: if theirs { application.edits } else { edit },
            theirs: theirs.then_some(&stored),
            from_check,
        };
        show(&app, &site, &address, application, &shown, status)
    };
    match reply {
        Reply::NoLink => no_such_link(&site),
        Reply::Wrong(application, errors, status) => shown(&application, &errors, false, status),
        Reply::Conflict(application) => shown(
            &application,
            &FieldErrors::default(),
            true,
            StatusCode::CONFLICT,
        ),
        Reply::Saved(application) => {
            let page = Page::named(application.category, &address.page);
            let next = page.and_then(|page| page.next(application.category));
            let next = match next {
                _ if from_check && address.page != "school" => "check/".to_owned(),
                Some(next) => format!("{}/", next.slug),
                None => String::new(),
            };
            Ok(Redirect::to(&format!("{}{next}", address.base())).into_response())
        }
    }
}

/// Keeps a page that was sent, if it can be kept.
async fn keep(
    app: &App,
    site: &Published,
    address: &Address,
    typed: &Answers,
    edit: u64,
) -> Result<Changed<Reply>, ApiError> {
    let taken = match Urn::parse(typed.text("urn")) {
        Ok(urn) if address.page == "school" => taken(app, &urn).await?,
        _ => None,
    };
    let sent = Sent {
        page: &address.page,
        typed,
        edit,
        taken,
    };
    change(app, address, |opened, now| decide(site, opened, &sent, now)).await
}

/// A page that was sent.
struct Sent<'a> {
    page: &'a str,
    typed: &'a Answers,
    /// The edit that the form went out from.
    edit: u64,
    /// Why the school of its URN cannot apply.
    taken: Option<&'static str>,
}

/// What is to be done with a page that was sent.
fn decide(
    site: &Published,
    opened: &Opened,
    sent: &Sent<'_>,
    now: Timestamp,
) -> Result<Decided<Reply>, ApiError> {
    let page = opened.page(sent.page);
    let (Some(page), true) = (page, is_open(opened, site, now)) else {
        return Ok(Decided::Leave(Reply::NoLink));
    };
    let mut application = opened.application().clone();
    let read = match application.answers.read(page, sent.typed, london_date(now)) {
        Ok(read) => read,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(Decided::Leave(Reply::Wrong(application, errors, status)));
        }
    };
    let again = application.answers.of(page) == read;
    if application.changed_since(page, sent.edit) && !again {
        return Ok(Decided::Leave(Reply::Conflict(application)));
    }
    let urn = match (application.category, page.slug) {
        (Category::Full, "school") => Urn::parse(read.text("urn")).ok(),
        _ => None,
    };
    if urn.is_some()
        && let Some(sentence) = sent.taken
    {
        let mut errors = FieldErrors::default();
        errors.note("urn", sentence);
        return Ok(Decided::Leave(Reply::Wrong(
            application,
            errors,
            StatusCode::CONFLICT,
        )));
    }
    let another = urn
        .as_ref()
        .filter(|urn| application.answers.text("urn") != urn.to_string());
    let saved = application.save(page, &read, now);
    if saved.is_err() {
        return Ok(Decided::Leave(Reply::NoLink));
    }
    if let Some(urn) = another {
        prefill::fill_in(&mut application.answers, urn, site);
    }
    if page.task == Task::Commitments {
        let commitments = &site.publication.commitments;
        application.agreement = Some(commitments.agreed_by(application.category, now));
    }
    Ok(Decided::Write {
        application: Box::new(application.clone()),
        what: None,
        transaction: Transaction::new(),
        reply: Reply::Saved(application),
    })
}

/// Why the school with this URN cannot apply, if it cannot.
pub(super) async fn taken(app: &App, urn: &Urn) -> Result<Option<&'static str>, StoreError> {
    if app.store.live_membership(urn).await?.is_some() {
        return Ok(Some(taken_by(Guard::Member)));
    }
    if app.store.live_application(urn).await?.is_some() {
        return Ok(Some(taken_by(Guard::LiveApplication)));
    }
    Ok(None)
}

/// Why a school cannot apply, by what stands in the way.
pub(super) fn taken_by(guard: Guard) -> &'static str {
    match guard {
        Guard::Member => {
            "The school with this URN is a member already. Contact us if that is wrong"
        }
        _ => ALREADY_LIVE,
    }
}

/// What is said when another application holds the URN.
pub(super) const ALREADY_LIVE: &str = "We already have an application from the school with this URN. Contact us if it should be changed";

/// The form once more, because the records do not answer.
async fn not_now(
    app: &App,
    site: &Published,
    address: &Address,
    typed: &Answers,
    edit: u64,
) -> Result<Response, ApiError> {
    let Some(opened) = address.open(app).await? else {
        return no_such_link(site);
    };
    let Some(page) = opened.page(&address.page) else {
        return no_such_link(site);
    };
    let mut errors = FieldErrors::default();
    errors.note(
        "submit",
        "We could not keep your answers just now. Nothing is lost: send them again in a minute",
    );
    let shown = Shown {
        page,
        typed,
        errors: &errors,
        edit,
        theirs: None,
        from_check: false,
    };
    let status = StatusCode::SERVICE_UNAVAILABLE;
    show(app, site, address, opened.application(), &shown, status)
}
