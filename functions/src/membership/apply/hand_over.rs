//! One task is handed over to somebody else, by a link that opens that task
//! and nothing else.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::access::Purpose;
use domain::application::{Application, Task};
use domain::contact::{EmailAddress, Line, Person};
use domain::form::FieldErrors;
use domain::letter::{Letter, LetterLink, News};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::access::{Address, Opened, no_such_link};
use super::question::open_draft;
use super::save::TOO_MANY;
use super::writing::{Changed, Decided, change};
use crate::answer::ApiError;
use crate::app::App;
use crate::screen::Screen;
use crate::site::Published;
use crate::store::Transaction;
use crate::typed::Typed;

/// More hand-overs than an application has tasks and changes of mind.
const MOST_LINKS: usize = 12;

/// The form as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct HandOverForm {
    task: String,
    name: String,
    email: String,
}

/// `GET /apply/{reference}/{secret}/hand-over/`.
pub(super) async fn page(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let opened = open_draft(&app, &address, &site).await?;
    let Some(opened) = opened.filter(|opened| opened.purpose == Purpose::Draft) else {
        return no_such_link(&site);
    };
    let (form, errors) = (HandOverForm::default(), FieldErrors::default());
    show(
        &site,
        &address,
        opened.application(),
        &form,
        &errors,
        StatusCode::OK,
    )
}

/// `POST /apply/{reference}/{secret}/hand-over/`: write the letter.
pub(super) async fn send(
    State(app): State<App>,
    address: Address,
    typed: Typed<HandOverForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let opened = open_draft(&app, &address, &site).await?;
    let Some(opened) = opened.filter(|opened| opened.purpose == Purpose::Draft) else {
        return no_such_link(&site);
    };
    let form = &typed.form;
    let mut errors = FieldErrors::default();
    let task = Task::of(opened.application().category)
        .iter()
        .copied()
        .find(|task| task.slug() == form.task);
    if task.is_none() {
        errors.note("task", "Choose the part to hand over");
    }
    let name = errors.keep("name", Line::parse(&form.name, "the person’s name"));
    let email = errors.keep(
        "email",
        EmailAddress::parse(&form.email, "the person’s email address"),
    );
    let again = |errors: &FieldErrors, status| {
        show(&site, &address, opened.application(), form, errors, status)
    };
    let (Some(task), Some(name), Some(email)) = (task, name, email) else {
        return again(&errors, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let to = Person { name, email };
    let idle_days = site.publication.membership.draft.days;
    let changed = change(&app, &address, |opened: &Opened, now| {
        let mut application = opened.application().clone();
        if opened.purpose != Purpose::Draft || application.has_expired(idle_days, now) {
            return Ok(Decided::Leave(None));
        }
        if application.grants.len() > MOST_LINKS {
            return Ok(Decided::Leave(Some(false)));
        }
        let subject = application.reference.to_string();
        let (grant, _) = app.links.give(Purpose::Task(task), &subject, now);
        let mut transaction = Transaction::new();
        let school = application.answers.text("school_name");
        transaction.letter(
            Letter {
                to: to.clone(),
                news: News::ApplicationTask {
                    reference: application.reference.clone(),
                    school: (!school.is_empty()).then(|| school.to_owned()),
                    task: task.title().to_owned(),
                    link: LetterLink::of(&grant),
                },
            },
            now,
        )?;
        application.grants.push(grant);
        application.edited_at = now;
        Ok(Decided::Write {
            application: Box::new(application),
            what: Some("application-task-handed-over"),
            transaction,
            reply: Some(true),
        })
    })
    .await?;
    match changed {
        Changed::Done(Some(true)) => sent(&site, to.email.as_str(), &address, idle_days, task),
        Changed::Done(Some(false)) | Changed::Not(Some(_)) => {
            errors.note("email", TOO_MANY);
            again(&errors, StatusCode::TOO_MANY_REQUESTS)
        }
        _ => no_such_link(&site),
    }
}

/// Says where the letter went.
fn sent(
    site: &Published,
    email: &str,
    address: &Address,
    idle_days: u32,
    task: Task,
) -> Result<Response, ApiError> {
    let screen = Screen {
        title: "We are sending the link",
        description: "",
        path: "/apply/",
    };
    let context = json!({
        "email": email, "base": address.base(), "idle_days": idle_days, "task": task.title(),
    });
    Ok(screen
        .render(site, "forms/apply/link-sent.html", context)?
        .into_response())
}

fn show(
    site: &Published,
    address: &Address,
    application: &Application,
    form: &HandOverForm,
    errors: &FieldErrors,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let tasks: Vec<Value> = Task::of(application.category)
        .iter()
        .map(|task| json!({ "value": task.slug(), "label": task.title() }))
        .collect();
    let screen = Screen {
        title: "Which part should somebody else do?",
        description: "",
        path: "/apply/",
    };
    let context = json!({
        "form": form, "errors": errors, "tasks": tasks, "base": address.base(),
    });
    Ok((
        status,
        screen.render(site, "forms/apply/hand-over.html", context)?,
    )
        .into_response())
}
