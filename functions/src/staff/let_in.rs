//! Requests to be let in to a member's page: who asks, whom we know, how it was
//! checked, and the answer.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::account::{ContactRole, LetIn, LetInState};
use domain::calendar::{london_date, long_date};
use domain::contact::EmailAddress;
use domain::form::FieldErrors;
use domain::passage::Passage;
use domain::reference::{AccessReference, MembershipReference};
use domain::staff::Role;
use domain::trail::Entry;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::record::{self, At, Record, Unfit};
use super::signed_in::By;
use super::{member_words, view};
use crate::answer::ApiError;
use crate::app::App;
use crate::secretary::{self, Access};
use crate::store::{StoreError, Versioned};

/// The answer as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    /// `grant` or `refuse`.
    answer: String,
    /// The membership that the person is let in to.
    membership: String,
    /// The name of the role.
    role: String,
    /// How it was checked.
    checked: String,
}

/// `GET /staff/let-in/?state=…`.
pub(super) async fn list(
    State(app): State<App>,
    By(member): By,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let answered = asked.get("state").is_some_and(|state| state == "answered");
    let found = app.store.let_ins(answered).await?;
    let rows: Vec<Value> = found
        .iter()
        .map(|asked| {
            json!({
                "reference": asked.reference, "school": asked.school, "urn": asked.urn,
                "name": asked.person.name, "state": words(&asked.state),
                "asked_on": long_date(london_date(asked.asked_at)),
            })
        })
        .collect();
    let context = json!({ "rows": rows, "answered": answered });
    let about = (
        "Requests to be let in",
        "/staff/let-in/",
        "staff/let-ins.html",
    );
    view::open(&app, &member, about, context).await
}

const fn words(state: &LetInState) -> &'static str {
    match state {
        LetInState::Waiting => "Waits for an answer",
        LetInState::Granted { .. } => "Let in",
        LetInState::Refused { .. } => "Refused",
    }
}

impl Record for LetIn {
    type Form = Form;

    const TITLE: &'static str = "A request to be let in";
    const TEMPLATE: &'static str = "staff/let-in.html";
    const KEEPS: &'static [Role] = super::KEEPS_MEMBERSHIP;

    async fn find(app: &App, reference: &str) -> Result<Option<Versioned<Self>>, StoreError> {
        match AccessReference::parse(reference) {
            Ok(reference) => app.store.let_in(&reference).await,
            Err(_) => Ok(None),
        }
    }

    fn address(&self) -> String {
        format!("/staff/let-in/{}/", self.reference)
    }

    async fn addresses(&self, _: &App) -> Result<Vec<EmailAddress>, StoreError> {
        Ok(vec![self.person.email.clone()])
    }

    async fn trail(&self, app: &App) -> Result<Vec<Entry>, StoreError> {
        app.store.let_in_trail(&self.reference).await
    }

    async fn opened(&self, app: &App) -> Result<Form, StoreError> {
        let known = match &self.urn {
            Some(urn) => app.store.live_membership(urn).await?,
            None => None,
        };
        Ok(Form {
            membership: known.map(|known| known.to_string()).unwrap_or_default(),
            role: ContactRole::Lead.name().to_owned(),
            ..Form::default()
        })
    }

    async fn context(&self, app: &App, form: &Form) -> Result<Value, ApiError> {
        let meant = match &self.state {
            LetInState::Granted { membership, .. } => membership.to_string(),
            _ => form.membership.clone(),
        };
        let roles: Vec<Value> = ContactRole::ALL
            .iter()
            .map(|role| json!({ "value": role.name(), "label": role.words() }))
            .collect();
        Ok(json!({
            "asked": {
                "reference": self.reference, "school": self.school, "urn": self.urn,
                "name": self.person.name, "email": self.person.email, "job": self.job,
                "telephone": self.telephone, "why": self.why, "checked": self.checked,
                "asked_on": long_date(london_date(self.asked_at)), "state": words(&self.state),
                "waits": self.state == LetInState::Waiting,
            },
            "known": known(app, &meant).await?, "roles": roles,
        }))
    }
}

/// The membership that the request, or the form, means; and whom we know there.
async fn known(app: &App, typed: &str) -> Result<Option<Value>, ApiError> {
    let Ok(reference) = MembershipReference::parse(typed) else {
        return Ok(None);
    };
    let Some(membership) = app.store.membership(&reference).await? else {
        return Ok(None);
    };
    let contacts = app.store.contacts(&reference).await?.value;
    let member = &membership.value.member;
    Ok(Some(json!({
        "reference": reference, "name": member.name, "address": member.address,
        "people": member_words::people(&contacts),
    })))
}

/// `POST /staff/let-in/{reference}/answer/`.
pub(super) async fn answer(
    at: At<LetIn>,
    typed: record::Form<LetIn>,
) -> Result<Response, ApiError> {
    let done = async {
        let (access, checked) = typed.form.form.parse(&at.app).await?;
        let (by, reference) = (at.by(&typed), &at.read.value.reference);
        match access {
            Some(access) => secretary::let_in(&at.app, &by, reference, &access, &checked).await?,
            None => secretary::refuse_to_let_in(&at.app, &by, reference, &checked).await?,
        }
        Ok(())
    }
    .await;
    at.answer(typed, "membership", done).await
}

impl Form {
    /// Where the person is let in, if anywhere, and how it was checked.
    async fn parse(&self, app: &App) -> Result<(Option<Access>, Passage), Unfit> {
        let mut errors = FieldErrors::default();
        let checked = Passage::parse(&self.checked, "how you have checked it");
        let checked = errors.keep("checked", checked);
        let access = match self.answer.as_str() {
            "grant" => self.access(app, &mut errors).await?,
            "refuse" => None,
            _ => {
                errors.note("answer", "Choose whether the person is let in");
                None
            }
        };
        match checked {
            Some(checked) if errors.is_empty() => Ok((access, checked)),
            _ => Err(errors.into()),
        }
    }

    async fn access(
        &self,
        app: &App,
        errors: &mut FieldErrors,
    ) -> Result<Option<Access>, StoreError> {
        let role = ContactRole::of_name(&self.role);
        if role.is_none() {
            errors.note("role", "Choose what the person may do");
        }
        let membership = match MembershipReference::parse(&self.membership) {
            Ok(reference) => app.store.membership(&reference).await?,
            Err(_) => None,
        };
        if membership.is_none() {
            let sentence = "Enter the reference of a membership, such as MEM-000-000-000";
            errors.note("membership", sentence);
        }
        let access = membership.zip(role).map(|(read, role)| Access {
            membership: read.value.reference,
            role,
        });
        Ok(access)
    }
}
