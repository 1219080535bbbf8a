//! Requests to be let in to a member's page: who asks, whom we know, how it was
//! checked, and the answer. What is granted is one more contact; the others
//! are told.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::account::{
    ContactId, ContactRole, Contacts, LetIn, LetInAnswer, LetInState, NewContact,
};
use domain::calendar::{london_date, long_date};
use domain::form::FieldErrors;
use domain::letter::{AccountNews, ContactChange, Letter, News};
use domain::membership::Membership;
use domain::passage::Passage;
use domain::reference::{AccessReference, MembershipReference};
use domain::staff::StaffMember;
use domain::trail::Who;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::history::history;
use super::signed_in::By;
use super::view::{self, Trouble};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::named::Named;
use crate::screen::Screen;
use crate::store::{Outcome, StoreError, Transaction, Versioned};
use crate::typed::Typed;

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
    let screen = Screen {
        title: "Requests to be let in",
        description: "",
        path: "/staff/let-in/",
    };
    let context = json!({ "rows": rows, "answered": answered });
    let template = "staff/let-ins.html";
    view::page(&app, &member, screen, template, context, StatusCode::OK).await
}

const fn words(state: &LetInState) -> &'static str {
    match state {
        LetInState::Waiting => "Waits for an answer",
        LetInState::Granted { .. } => "Let in",
        LetInState::Refused { .. } => "Refused",
    }
}

/// `GET /staff/let-in/{reference}/`.
pub(super) async fn page(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let known = match &read.value.urn {
        Some(urn) => app.store.live_membership(urn).await?,
        None => None,
    };
    let form = Form {
        membership: known.map(|known| known.to_string()).unwrap_or_default(),
        role: ContactRole::Lead.name().to_owned(),
        ..Form::default()
    };
    show(&app, &member, &read, &form, Trouble::none()).await
}

/// `POST /staff/let-in/{reference}/answer/`.
pub(super) async fn answer(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let page = address(&read.value);
    if read.value.state != LetInState::Waiting {
        // It was answered before; the page says how.
        return Ok(Redirect::to(&page).into_response());
    }
    let mut errors = FieldErrors::default();
    let checked = Passage::parse(&typed.form.checked, "how you have checked it");
    let checked = errors.keep("checked", checked);
    let found = match typed.form.answer.as_str() {
        "grant" => grant(&app, &typed.form, &mut errors).await?.map(Some),
        "refuse" => Some(None),
        _ => {
            errors.note("answer", "Choose whether the person is let in");
            None
        }
    };
    let (Some(checked), Some(granted), true) = (checked, found, errors.is_empty()) else {
        let trouble = Trouble::of(errors, StatusCode::UNPROCESSABLE_ENTITY);
        return show(&app, &member, &read, &typed.form, trouble).await;
    };
    let now = app.clock.now();
    let transaction = Transaction::by(Who::Staff(member.id.clone()));
    let change = Change {
        read: &read,
        checked,
        now,
    };
    let written = match granted {
        Some(granted) => change.grant(transaction, &granted),
        None => change.refuse(transaction),
    };
    let transaction = match written? {
        Ok(transaction) => transaction,
        Err(sentence) => {
            errors.note("membership", sentence);
            let trouble = Trouble::of(errors, StatusCode::UNPROCESSABLE_ENTITY);
            return show(&app, &member, &read, &typed.form, trouble).await;
        }
    };
    if app.store.commit(transaction).await? != Outcome::Committed {
        let read = find(&app, &reference).await?;
        return show(&app, &member, &read, &typed.form, Trouble::changed()).await;
    }
    tracing::info!(let_in = %read.value.reference, "let-in-answered");
    Ok(Redirect::to(&page).into_response())
}

/// Where the person is let in.
struct Granted {
    membership: Versioned<Membership>,
    contacts: Versioned<Contacts>,
    role: ContactRole,
}

async fn grant(
    app: &App,
    form: &Form,
    errors: &mut FieldErrors,
) -> Result<Option<Granted>, StoreError> {
    let role = ContactRole::of_name(&form.role);
    if role.is_none() {
        errors.note("role", "Choose what the person may do");
    }
    let membership = match MembershipReference::parse(&form.membership) {
        Ok(reference) => app.store.membership(&reference).await?,
        Err(_) => None,
    };
    if membership.is_none() {
        let sentence = "Enter the reference of a membership, such as MEM-000-000-000";
        errors.note("membership", sentence);
    }
    let (Some(membership), Some(role)) = (membership, role) else {
        return Ok(None);
    };
    let contacts = app.store.contacts(&membership.value.reference).await?;
    Ok(Some(Granted {
        membership,
        contacts,
        role,
    }))
}

/// A request that is answered now.
struct Change<'r> {
    read: &'r Versioned<LetIn>,
    checked: Passage,
    now: Timestamp,
}

/// The transaction of an answer, or why it cannot be that one.
type Written = Result<Result<Transaction, String>, ApiError>;

impl Change<'_> {
    fn refuse(self, mut transaction: Transaction) -> Written {
        let asked = &self.read.value;
        let next = match asked.answered(LetInAnswer::Refuse, self.checked, self.now) {
            Ok(next) => next,
            Err(error) => return Ok(Err(error.to_string())),
        };
        transaction.answer_let_in(self.read, &next, "let-in-refused", self.now)?;
        let news = AccountNews::LetInRefused {
            reference: asked.reference.clone(),
        };
        let letter = Letter {
            to: asked.person.clone(),
            news: News::Account(news),
        };
        transaction.letter(letter, self.now)?;
        Ok(Ok(transaction))
    }

    fn grant(self, mut transaction: Transaction, granted: &Granted) -> Written {
        let asked = &self.read.value;
        let membership = &granted.membership.value;
        let answer = LetInAnswer::Grant {
            membership: membership.reference.clone(),
            role: granted.role,
        };
        let next = match asked.answered(answer, self.checked, self.now) {
            Ok(next) => next,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let new = NewContact {
            person: asked.person.clone(),
            job: Some(asked.job.clone()),
            role: granted.role,
        };
        let id = ContactId::parse(&entropy::key()).ok_or(ApiError::NotFound)?;
        let contacts = match granted.contacts.value.add(id, new, self.now) {
            Ok(contacts) => contacts,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let now = self.now;
        transaction.contacts(
            &granted.membership,
            &granted.contacts,
            &contacts,
            "contact-let-in",
            now,
        )?;
        transaction.answer_let_in(self.read, &next, "let-in-granted", now)?;
        let member = membership.member.name.to_string();
        let welcome = AccountNews::Welcome {
            member: member.clone(),
            role: granted.role,
        };
        let told = granted.contacts.value.people.iter().map(|contact| {
            let news = AccountNews::Changed {
                member: member.clone(),
                who: asked.person.name.to_string(),
                change: ContactChange::LetIn,
            };
            (contact.person.clone(), news)
        });
        for (to, news) in told.chain([(asked.person.clone(), welcome)]) {
            let news = News::Account(news);
            transaction.letter(Letter { to, news }, now)?;
        }
        Ok(Ok(transaction))
    }
}

async fn find(app: &App, reference: &str) -> Result<Versioned<LetIn>, ApiError> {
    let reference = AccessReference::parse(reference).map_err(|_| ApiError::NotFound)?;
    app.store
        .let_in(&reference)
        .await?
        .ok_or(ApiError::NotFound)
}

fn address(asked: &LetIn) -> String {
    format!("/staff/let-in/{}/", asked.reference)
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
    let people: Vec<Value> = contacts
        .people
        .iter()
        .map(|contact| {
            json!({
                "name": contact.person.name, "email": contact.person.email,
                "job": contact.job, "role": contact.role.words(),
            })
        })
        .collect();
    let member = &membership.value.member;
    Ok(Some(json!({
        "reference": reference, "name": member.name, "address": member.address, "people": people,
    })))
}

async fn show(
    app: &App,
    member: &StaffMember,
    read: &Versioned<LetIn>,
    form: &Form,
    trouble: Trouble,
) -> Result<Response, ApiError> {
    let asked = &read.value;
    let meant = match &asked.state {
        LetInState::Granted { membership, .. } => membership.to_string(),
        _ => form.membership.clone(),
    };
    let roles: Vec<Value> = ContactRole::ALL
        .iter()
        .map(|role| json!({ "value": role.name(), "label": role.words() }))
        .collect();
    let entries = app.store.let_in_trail(&asked.reference).await?;
    let context = json!({
        "asked": {
            "reference": asked.reference, "school": asked.school, "urn": asked.urn,
            "name": asked.person.name, "email": asked.person.email, "job": asked.job,
            "telephone": asked.telephone, "why": asked.why, "checked": asked.checked,
            "asked_on": long_date(london_date(asked.asked_at)), "state": words(&asked.state),
            "waits": asked.state == LetInState::Waiting,
        },
        "known": known(app, &meant).await?, "roles": roles,
        "history": history(app, entries).await?,
        "form": form, "command": entropy::key(), "version": read.version,
        "errors": trouble.errors, "changed": trouble.changed,
    });
    let path = address(asked);
    let screen = Screen {
        title: "A request to be let in",
        description: "",
        path: &path,
    };
    view::page(
        app,
        member,
        screen,
        "staff/let-in.html",
        context,
        trouble.status,
    )
    .await
}
