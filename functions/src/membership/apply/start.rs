//! Where an application begins.

use std::collections::HashMap;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Purpose;
use domain::application::Application;
use domain::form::FieldErrors;
use domain::membership::Category;
use domain::reference::ApplicationReference;
use domain::school::Urn;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::prefill;
use crate::screen::Screen;
use crate::site::Published;
use crate::store::{Outcome, Transaction, Tries};
use crate::typed::Typed;

/// The form as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct StartForm {
    category: String,
    urn: String,
}

/// `GET /apply/?urn=&category=`: what is needed, and for what one applies.
pub(super) async fn page(
    State(app): State<App>,
    asked: Result<Query<HashMap<String, String>>, QueryRejection>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let text = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let urn = Urn::parse(&text("urn")).map_or_else(|_| String::new(), String::from);
    let category = match text("category").as_str() {
        "" if !urn.is_empty() => "full".to_owned(),
        other => other.to_owned(),
    };
    let form = StartForm { category, urn };
    show(&site, &form, &FieldErrors::default(), StatusCode::OK)
}

/// `POST /apply/`: begin, and go to the list of tasks.
pub(super) async fn begin(
    State(app): State<App>,
    typed: Typed<StartForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let category = match typed.form.category.as_str() {
        "full" => Category::Full,
        "associate" => Category::Associate,
        _ => {
            let mut errors = FieldErrors::default();
            errors.note("category", "Choose what you would like to apply for");
            return show(
                &site,
                &typed.form,
                &errors,
                StatusCode::UNPROCESSABLE_ENTITY,
            );
        }
    };
    let mut tries = Tries::begin();
    loop {
        let now = app.clock.now();
        let reference = ApplicationReference::from_entropy(entropy::bytes());
        let (grant, secret) = app.links.give(Purpose::Draft, &reference.to_string(), now);
        let mut application = Application::begin(reference, category, now);
        application.grants.push(grant);
        if let (Category::Full, Ok(urn)) = (category, Urn::parse(&typed.form.urn)) {
            prefill::fill_in(&mut application.answers, &urn, &site);
        }
        let mut transaction = Transaction::new();
        transaction.new_application(&application)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(application = %application.reference, "an application was begun");
            let page = format!("/apply/{}/{}/", application.reference, secret.expose());
            return Ok(Redirect::to(&page).into_response());
        }
        tries.again().await?;
    }
}

fn show(
    site: &Published,
    form: &StartForm,
    errors: &FieldErrors,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let screen = Screen {
        title: "Apply for membership",
        description: "Apply for full or associate membership, in your own time.",
        path: "/apply/",
    };
    let context = json!({
        "form": form, "errors": errors, "command": entropy::key(),
        "idle_days": site.publication.retention.idle_days(),
    });
    Ok((
        status,
        screen.render(site, "forms/apply/start.html", context)?,
    )
        .into_response())
}
