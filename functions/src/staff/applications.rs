//! Applications for membership: the queue, and one of them with everything
//! that was answered, what can be done with it, and its history.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::application::{Application, ApplicationCommand, ApplicationState, DecisionForm};
use domain::calendar::{london_date, long_date};
use domain::contact::EmailAddress;
use domain::reference::ApplicationReference;
use domain::retention::Holdable;
use domain::staff::Role;
use domain::trail::Entry;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::application_words::{applicant, day, office_words, whole};
use super::protection::holds;
use super::record::Record;
use super::signed_in::By;
use super::{invoices, national_register, view};
use crate::answer::ApiError;
use crate::app::App;
use crate::store::{StoreError, Versioned};

/// What is typed into the forms of an application's page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    /// What is asked of the applicant.
    pub(super) question: String,
    /// What the Board decided.
    #[serde(flatten)]
    pub(super) decision: DecisionForm,
}

/// `GET /staff/applications/?state=…&q=…`.
pub(super) async fn list(
    State(app): State<App>,
    By(member): By,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let said = |name: &str| asked.get(name).map(|text| text.trim()).unwrap_or_default();
    let found = match said("state") {
        "unconfirmed" => unconfirmed(&app).await?,
        "decided" => app.store.settled_applications().await?,
        state => {
            let mut open = app.store.open_applications().await?;
            open.retain(|read| state.is_empty() || name(read.value.state) == state);
            open
        }
    };
    let sought = said("q").to_lowercase();
    let today = london_date(app.clock.now());
    let rows: Vec<Value> = found
        .iter()
        .filter(|read| sought.is_empty() || is_about(&read.value, &sought))
        .map(|read| row(&read.value, today))
        .collect();
    let states = [
        ("", "All that wait for a decision"),
        ("submitted", "Received, not picked up"),
        ("under-review", "Under review"),
        ("information-requested", "Waiting for the applicant"),
        ("unconfirmed", "Address not confirmed"),
        ("decided", "Decided, withdrawn or expired"),
    ];
    let context = json!({ "rows": rows, "states": states, "state": said("state"), "q": said("q") });
    let about = (
        "Applications",
        "/staff/applications/",
        "staff/applications.html",
    );
    view::open(&app, &member, about, context).await
}

/// Those that were sent from an address that nobody has confirmed.
async fn unconfirmed(app: &App) -> Result<Vec<Versioned<Application>>, ApiError> {
    let mut drafts = app.store.idle_drafts(app.clock.now()).await?;
    drafts.retain(|read| read.value.state == ApplicationState::Unconfirmed);
    Ok(drafts)
}

/// `GET /staff/applications/paper/`: all that the Board may decide on, to be
/// printed.
pub(super) async fn paper(State(app): State<App>, By(member): By) -> Result<Response, ApiError> {
    let open = app.store.open_applications().await?;
    let site = app.site.published().await?;
    let today = london_date(app.clock.now());
    let ready: Vec<Value> = open
        .iter()
        .filter(|read| read.value.state == ApplicationState::UnderReview)
        .map(|read| {
            let register = national_register::check(&read.value, &site, today);
            json!({ "application": whole(&read.value), "register": register })
        })
        .collect();
    let context = json!({
        "applications": ready, "today": long_date(today), "not_ready": open.len() - ready.len(),
    });
    let about = (
        "Applications for the Board’s decision",
        "/staff/applications/paper/",
        "staff/paper.html",
    );
    view::open(&app, &member, about, context).await
}

/// The form for a decision as it is opened: what was recorded, to be corrected,
/// or what is usual.
fn decision(application: &Application) -> DecisionForm {
    match application.decisions.last() {
        Some(decision) => DecisionForm::of(decision),
        None => DecisionForm {
            decider: "The Board".to_owned(),
            ..DecisionForm::default()
        },
    }
}

impl Record for Application {
    type Form = Form;

    const TITLE: &'static str = "An application";
    const TEMPLATE: &'static str = "staff/application.html";
    const KEEPS: &'static [Role] = super::KEEPS_MEMBERSHIP;

    async fn find(app: &App, reference: &str) -> Result<Option<Versioned<Self>>, StoreError> {
        match ApplicationReference::parse(reference) {
            Ok(reference) => app.store.application(&reference).await,
            Err(_) => Ok(None),
        }
    }

    fn address(&self) -> String {
        format!("/staff/applications/{}/", self.reference)
    }

    async fn addresses(&self, _: &App) -> Result<Vec<EmailAddress>, StoreError> {
        let contact = self.answers.contact();
        Ok(contact.map(|contact| contact.email).into_iter().collect())
    }

    async fn trail(&self, app: &App) -> Result<Vec<Entry>, StoreError> {
        app.store.application_trail(&self.reference).await
    }

    async fn opened(&self, _: &App) -> Result<Form, StoreError> {
        Ok(Form {
            decision: decision(self),
            ..Form::default()
        })
    }

    fn beside(sent: Form, opened: Form) -> Form {
        match sent.decision == DecisionForm::default() {
            true => Form {
                decision: opened.decision,
                ..sent
            },
            false => sent,
        }
    }

    async fn context(&self, app: &App, _: &Form) -> Result<Value, ApiError> {
        let can = |command| self.state.after(command).is_ok();
        let invoices = match &self.membership {
            Some(membership) => invoices::of(app, membership).await?,
            None => Vec::new(),
        };
        let site = app.site.published().await?;
        let today = london_date(app.clock.now());
        Ok(json!({
            "application": whole(self),
            "register": national_register::check(self, &site, today),
            "can": {
                "confirm": can(ApplicationCommand::Override),
                "pick_up": can(ApplicationCommand::PickUp),
                "ask": can(ApplicationCommand::Ask),
                "decide": can(ApplicationCommand::Approve),
                "withdraw": self.state != ApplicationState::Draft
                    && can(ApplicationCommand::Withdraw),
                "correct": can(ApplicationCommand::CorrectDecision),
                "erase": self.state.is_settled(),
            },
            "invoices": invoices,
            "held": holds::of(app, &Holdable::Application(self.reference.clone())).await?,
        }))
    }
}

fn row(application: &Application, today: Date) -> Value {
    let since = application.submitted_at.unwrap_or(application.edited_at);
    let days = (today - london_date(since)).get_days().max(0);
    json!({
        "reference": application.reference,
        "name": applicant(application),
        "urn": application.answers.text("urn"),
        "category": application.category.words(),
        "state": office_words(application.state),
        "since": day(since),
        "days": days,
    })
}

/// Whether an application has to do with what was typed, in small letters.
pub(super) fn is_about(application: &Application, sought: &str) -> bool {
    let fields = [
        "school_name",
        "organisation",
        "urn",
        "contact_name",
        "contact_email",
        "head_name",
        "finance_name",
        "postcode",
    ];
    let texts = fields
        .iter()
        .map(|name| application.answers.text(name).to_lowercase());
    texts
        .chain([application.reference.to_string().to_lowercase()])
        .any(|text| text.contains(sought))
}

/// The name of a state in an address.
const fn name(state: ApplicationState) -> &'static str {
    match state {
        ApplicationState::Submitted => "submitted",
        ApplicationState::UnderReview => "under-review",
        ApplicationState::InformationRequested => "information-requested",
        _ => "",
    }
}
