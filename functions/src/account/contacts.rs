//! Contacts: added, changed and removed by a lead. A new address counts once it
//! is confirmed by the link that is mailed to it.

use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::account::{Contact, ContactForm, ContactId, ContactRole};
use domain::form::FieldErrors;
use domain::letter::ContactChange;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;

use super::door::{Entered, screen_of};
use super::people::{Decided, Refusal, ask_to_confirm, change as write};
use super::people::{other_leads, tell, welcome};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::store::Transaction;
use crate::typed::Typed;

/// A button without fields.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Pressed {}

/// The contact that an address names.
pub(super) struct NamedContact(Option<ContactId>);

impl<S: Send + Sync> FromRequestParts<S> for NamedContact {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<NamedContact, ApiError> {
        let read = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let Path(named) = read.map_err(|_| ApiError::NotFound)?;
        let id = named.get("contact");
        Ok(NamedContact(id.and_then(|id| ContactId::parse(id))))
    }
}

impl NamedContact {
    fn find<'c>(&self, at: &'c Entered) -> Result<&'c Contact, ApiError> {
        at.must(ContactRole::may_change)?;
        let contact = self.0.as_ref().and_then(|id| at.contacts.value.named(id));
        contact.ok_or(ApiError::NotFound)
    }
}

/// `GET …/contacts/add/`.
pub(super) async fn blank(State(app): State<App>, at: Entered) -> Result<Response, ApiError> {
    at.must(ContactRole::may_change)?;
    let form = ContactForm::default();
    show(
        &app,
        &at,
        None,
        &form,
        &entropy::key(),
        &FieldErrors::default(),
    )
    .await
}

/// `POST …/contacts/add/`.
pub(super) async fn add(
    State(app): State<App>,
    at: Entered,
    typed: Typed<ContactForm>,
) -> Result<Response, ApiError> {
    at.must(ContactRole::may_change)?;
    let new = match typed.form.parse() {
        Ok(new) => new,
        Err(errors) => return show(&app, &at, None, &typed.form, &typed.key, &errors).await,
    };
    let id = ContactId::parse(&entropy::key()).ok_or(ApiError::NotFound)?;
    let written = write(&app, &at, &typed, |at: &Entered, now| {
        let next = match at.contacts.value.add(id.clone(), new.clone(), now) {
            Ok(next) => next,
            Err(error) => return Ok(Err(error.into())),
        };
        let mut transaction = Transaction::new();
        if let Some(contact) = next.named(&id) {
            welcome(&mut transaction, at, contact, now)?;
        }
        let about = (&new.person, ContactChange::Added);
        tell(&mut transaction, at, about, other_leads(at), now)?;
        Ok(Ok(Decided {
            next,
            what: "contact-added",
            transaction,
            writes_to: Some(new.person.email.clone()),
        }))
    })
    .await?;
    done(&app, &at, None, &typed, written, "added").await
}

/// `GET …/contacts/{contact}/`.
pub(super) async fn page(
    State(app): State<App>,
    at: Entered,
    named: NamedContact,
) -> Result<Response, ApiError> {
    let contact = named.find(&at)?;
    let form = ContactForm::of(contact);
    let errors = FieldErrors::default();
    show(&app, &at, Some(contact), &form, &entropy::key(), &errors).await
}

/// `POST …/contacts/{contact}/`.
pub(super) async fn change(
    State(app): State<App>,
    at: Entered,
    named: NamedContact,
    typed: Typed<ContactForm>,
) -> Result<Response, ApiError> {
    let contact = named.find(&at)?;
    let new = match typed.form.parse() {
        Ok(new) => new,
        Err(errors) => {
            return show(&app, &at, Some(contact), &typed.form, &typed.key, &errors).await;
        }
    };
    let moves = !new.person.email.is_same(&contact.person.email);
    let written = write(&app, &at, &typed, |at: &Entered, _| {
        let next = match at.contacts.value.change(&contact.id, &new) {
            Ok(next) => next,
            Err(error) => return Ok(Err(error.into())),
        };
        let mut transaction = Transaction::new();
        if let (true, Some(contact)) = (moves, next.named(&contact.id)) {
            ask_to_confirm(&app, &mut transaction, at, contact, &new.person.email)?;
        }
        Ok(Ok(Decided {
            next,
            what: "contact-changed-by-lead",
            transaction,
            writes_to: moves.then(|| new.person.email.clone()),
        }))
    })
    .await?;
    let what = if moves { "moved" } else { "changed" };
    done(&app, &at, Some(contact), &typed, written, what).await
}

/// `GET …/contacts/{contact}/remove/`: what it means, and the button.
pub(super) async fn before_removing(
    State(app): State<App>,
    at: Entered,
    named: NamedContact,
) -> Result<Response, ApiError> {
    let contact = named.find(&at)?;
    ask_before_removing(&app, &at, contact, &entropy::key(), None).await
}

async fn ask_before_removing(
    app: &App,
    at: &Entered,
    contact: &Contact,
    key: &str,
    problem: Option<&Refusal>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let last = at.contacts.value.remove(&contact.id).err();
    let problem = problem.map(ToString::to_string);
    let status = match problem {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let context = json!({
        "contact": contact.person, "is_me": contact.id == at.me.id, "command": key,
        "problem": problem.or_else(|| last.map(|error| error.to_string())),
        "possible": last.is_none(),
    });
    let title = "Remove this contact?";
    screen_of(&site, at, (title, "remove"), context, status)
}

/// `POST …/contacts/{contact}/remove/`.
pub(super) async fn remove(
    State(app): State<App>,
    at: Entered,
    named: NamedContact,
    typed: Typed<Pressed>,
) -> Result<Response, ApiError> {
    let Ok(contact) = named.find(&at) else {
        at.must(ContactRole::may_change)?;
        // Removed before: by the same button, perhaps.
        return Ok(back(&at, "removed"));
    };
    let written = write(&app, &at, &typed, |at: &Entered, now| {
        let next = match at.contacts.value.remove(&contact.id) {
            Ok(next) => next,
            Err(error) => return Ok(Err(error.into())),
        };
        let mut transaction = Transaction::new();
        let others = other_leads(at).filter(|person| **person != contact.person);
        let people = others.chain([&contact.person]);
        let about = (&contact.person, ContactChange::Removed);
        tell(&mut transaction, at, about, people, now)?;
        Ok(Ok(Decided {
            next,
            what: "contact-removed",
            transaction,
            writes_to: None,
        }))
    })
    .await?;
    match written {
        Ok(()) if contact.id == at.me.id => Ok(Redirect::to("/account/").into_response()),
        Ok(()) => Ok(back(&at, "removed")),
        Err(refusal) => {
            ask_before_removing(&app, &at, contact, &entropy::key(), Some(&refusal)).await
        }
    }
}

fn back(at: &Entered, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}#contacts", at.base())).into_response()
}

async fn done(
    app: &App,
    at: &Entered,
    contact: Option<&Contact>,
    typed: &Typed<ContactForm>,
    written: Result<(), Refusal>,
    what: &str,
) -> Result<Response, ApiError> {
    let Err(refusal) = written else {
        return Ok(back(at, what));
    };
    let mut errors = FieldErrors::default();
    let field = match refusal {
        Refusal::Contacts(domain::account::ContactsError::LastLead) => "role",
        _ => "email",
    };
    errors.note(field, refusal);
    show(app, at, contact, &typed.form, &entropy::key(), &errors).await
}

async fn show(
    app: &App,
    at: &Entered,
    contact: Option<&Contact>,
    form: &ContactForm,
    key: &str,
    errors: &FieldErrors,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let roles: Vec<Value> = ContactRole::ALL
        .iter()
        .map(|role| json!({ "value": role.name(), "label": role.words() }))
        .collect();
    let context = json!({
        "form": form, "errors": errors, "command": key, "roles": roles,
        "contact": contact.map(|contact| contact.id.as_str()),
    });
    let title = match contact {
        Some(_) => "Change a contact",
        None => "Add a contact",
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    screen_of(&site, at, (title, "contact"), context, status)
}
