//! What people ask about the data that is held of them: a request is entered by
//! an address, looked for, shown so that it reads well in print, given as a file,
//! and what may go is erased.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::calendar::{london_date, london_minute, long_date};
use domain::contact::{EmailAddress, Line};
use domain::form::FieldErrors;
use domain::reference::SubjectReference;
use domain::staff::StaffMember;
use domain::subject::{Search, SubjectRequest};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::history::history;
use super::super::signed_in::By;
use super::super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::data_protection::{self, Fate, Refused};
use crate::entropy;
use crate::instruction::Instruction;
use crate::named::Named;
use crate::screen::Screen;
use crate::typed::Typed;

const PATH: &str = "/staff/data-protection/";

/// Who asks, as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::staff) struct Asking {
    email: String,
    name: String,
}

/// What is agreed to before something is done.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::staff) struct Agreed {
    copy_agreed: String,
    erase_agreed: String,
}

/// `GET /staff/data-protection/`.
pub(in crate::staff) async fn list(
    State(app): State<App>,
    By(member): By,
) -> Result<Response, ApiError> {
    show_list(&app, &member, &Asking::default(), FieldErrors::default()).await
}

/// `POST /staff/data-protection/begin/`: the address is not in the path, which
/// is logged.
pub(in crate::staff) async fn begin(
    State(app): State<App>,
    By(member): By,
    typed: Typed<Asking>,
) -> Result<Response, ApiError> {
    let mut errors = FieldErrors::default();
    let email = EmailAddress::parse(&typed.form.email, "the person’s email address");
    let email = errors.keep("email", email);
    let name = Line::parse_optional(&typed.form.name, "the person’s name");
    let name = errors.keep("name", name);
    let (Some(email), Some(name)) = (email, name) else {
        return show_list(&app, &member, &typed.form, errors).await;
    };
    let by = Instruction::of_staff(&member, &typed.command);
    let asked = (&email, name.as_ref());
    let reference = data_protection::begin(&app, &by, asked, &member.id).await;
    let reference = reference.map_err(answered)?;
    data_protection::look(&app, &reference)
        .await
        .map_err(answered)?;
    Ok(Redirect::to(&address(&reference)).into_response())
}

/// `GET /staff/data-protection/{reference}/`.
pub(in crate::staff) async fn page(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    show(&app, &member, &named(&reference)?, FieldErrors::default()).await
}

/// `POST /staff/data-protection/{reference}/look/`.
pub(in crate::staff) async fn look(
    State(app): State<App>,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let reference = named(&reference)?;
    data_protection::look(&app, &reference)
        .await
        .map_err(answered)?;
    Ok(Redirect::to(&address(&reference)).into_response())
}

/// `POST /staff/data-protection/{reference}/copy/`: all of it as a file.
pub(in crate::staff) async fn copy(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Agreed>,
) -> Result<Response, ApiError> {
    let reference = named(&reference)?;
    if typed.form.copy_agreed != "agreed" {
        let mut errors = FieldErrors::default();
        errors.note("copy_agreed", "Tick that it is given to the person");
        return show(&app, &member, &reference, errors).await;
    }
    let by = Instruction::of_staff(&member, &typed.command);
    let request = match data_protection::copied(&app, &by, &reference).await {
        Ok(request) => request,
        Err(refused) => return refusal(&app, &member, &reference, "copy_agreed", refused).await,
    };
    let records: Vec<Value> = data_protection::held(&app, &request)
        .await?
        .iter()
        .map(|spoken| {
            json!({
                "kind": spoken.kind.words(), "reference": spoken.reference(),
                "says": data_protection::copy_of(&request.email, spoken),
            })
        })
        .collect();
    let file = json!({
        "request": request.reference, "address": request.email, "name": request.name,
        "copied_at": app.clock.now(), "records": records,
    });
    let text = serde_json::to_string_pretty(&file).map_err(|e| ApiError::Internal(e.into()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{reference}.json\""),
        ),
    ];
    Ok((headers, text).into_response())
}

/// `POST /staff/data-protection/{reference}/erase/`.
pub(in crate::staff) async fn erase(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Agreed>,
) -> Result<Response, ApiError> {
    let reference = named(&reference)?;
    if typed.form.erase_agreed != "agreed" {
        let mut errors = FieldErrors::default();
        errors.note("erase_agreed", "Tick that it is to be erased for good");
        return show(&app, &member, &reference, errors).await;
    }
    let by = Instruction::of_staff(&member, &typed.command);
    match data_protection::erase(&app, &by, &reference).await {
        Ok(_) => Ok(Redirect::to(&address(&reference)).into_response()),
        Err(refused) => refusal(&app, &member, &reference, "erase_agreed", refused).await,
    }
}

fn named(reference: &str) -> Result<SubjectReference, ApiError> {
    SubjectReference::parse(reference).map_err(|_| ApiError::NotFound)
}

fn address(reference: &SubjectReference) -> String {
    format!("{PATH}{reference}/")
}

fn answered(refused: Refused) -> ApiError {
    match refused {
        Refused::Store(error) => error.into(),
        _ => ApiError::NotFound,
    }
}

async fn refusal(
    app: &App,
    member: &StaffMember,
    reference: &SubjectReference,
    field: &'static str,
    refused: Refused,
) -> Result<Response, ApiError> {
    match refused {
        Refused::NotLooked => {
            let mut errors = FieldErrors::default();
            errors.note(field, refused);
            show(app, member, reference, errors).await
        }
        other => Err(answered(other)),
    }
}

fn status(errors: &FieldErrors) -> StatusCode {
    match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

async fn show_list(
    app: &App,
    member: &StaffMember,
    form: &Asking,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let requests = app.store.subject_requests().await?;
    let rows: Vec<Value> = requests.iter().map(about).collect();
    let status = status(&errors);
    let context = json!({
        "rows": rows, "form": form, "errors": errors, "command": entropy::key(),
    });
    let screen = Screen {
        title: "Data protection",
        description: "",
        path: PATH,
    };
    view::page(app, member, screen, "staff/subjects.html", context, status).await
}

fn about(request: &SubjectRequest) -> Value {
    let on = |at| long_date(london_date(at));
    let (looking, items) = match &request.search {
        Search::Looking { items, .. } => (true, items),
        Search::Over { items, .. } => (false, items),
    };
    json!({
        "reference": request.reference, "href": address(&request.reference),
        "email": request.email, "name": request.name, "asked_on": on(request.asked_at),
        "looking": looking, "items": items, "erased_on": request.erased_at.map(on),
    })
}

async fn show(
    app: &App,
    member: &StaffMember,
    reference: &SubjectReference,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let read = app.store.subject_request(reference).await?;
    let request = read.ok_or(ApiError::NotFound)?.value;
    let site = app.site.published().await?;
    let retention = &site.publication.retention;
    let (mut records, mut going, mut staying) = (Vec::new(), 0, 0);
    for spoken in data_protection::held(app, &request).await? {
        let fate = data_protection::fate(app, retention, &request.email, &spoken).await?;
        let stays = match fate {
            Fate::Goes => None,
            Fate::Stays(why) => Some(why),
        };
        match stays {
            Some(_) => staying += 1,
            None => going += 1,
        }
        let copy = data_protection::copy_of(&request.email, &spoken);
        records.push(json!({
            "kind": spoken.kind.words(), "reference": spoken.reference(),
            "stays": stays, "rows": data_protection::rows(&copy),
        }));
    }
    let trail = app.store.subject_request_trail(reference).await?;
    let status = status(&errors);
    let context = json!({
        "subject": about(&request), "records": records, "going": going, "staying": staying,
        "history": history(app, trail).await?, "form": Agreed::default(),
        "printed_at": london_minute(app.clock.now()),
        "errors": errors, "command": entropy::key(),
    });
    let path = address(reference);
    let screen = Screen {
        title: "What is held of a person",
        description: "",
        path: &path,
    };
    view::page(app, member, screen, "staff/subject.html", context, status).await
}
