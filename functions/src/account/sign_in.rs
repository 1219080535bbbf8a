//! Asking for a link to sign in with, and signing out.
//!
//! The answer is the same whatever the address: whether somebody is a contact
//! of a member is nobody's to find out. As much is read and written for an
//! address that is not known.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::account::{AccountLink, Asked, Opens};
use domain::contact::{EmailAddress, Person};
use domain::form::FieldErrors;
use domain::letter::{AccountNews, Letter, LetterLink, News};
use domain::reference::MembershipReference;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::answer::ApiError;
use crate::app::App;
use crate::cookies::{self, Kept};
use crate::entropy;
use crate::member_session::{SESSION, session};
use crate::screen::Screen;
use crate::security::is_our_own;
use crate::store::{Outcome, Transaction, Tries};
use crate::typed::Typed;

/// The form as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SignInForm {
    email: String,
    /// The page to go on to.
    to: String,
}

/// The address of the sign-in that goes on to a page.
pub(super) fn way_to(to: &str) -> String {
    format!("/account/sign-in/?{}", crate::address::query(&[("to", to)]))
}

/// The page that is gone on to.
fn inside(to: &str) -> String {
    crate::address::inside(to, "/account/")
}

/// `GET /account/sign-in/?to=/account/…`.
pub(super) async fn page(
    State(app): State<App>,
    Query(asked): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let to = inside(asked.get("to").map_or("", String::as_str));
    if session(&app, &headers).await?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    let form = SignInForm {
        to,
        ..SignInForm::default()
    };
    let signed_out = asked.contains_key("signed-out");
    show(
        &app,
        &form,
        &FieldErrors::default(),
        signed_out,
        StatusCode::OK,
    )
    .await
}

/// `POST /account/sign-in/`: a link is mailed, if the address is known.
pub(super) async fn ask(
    State(app): State<App>,
    typed: Typed<SignInForm>,
) -> Result<Response, ApiError> {
    let mut errors = FieldErrors::default();
    let email = EmailAddress::parse(&typed.form.email, "your email address");
    let Some(email) = errors.keep("email", email) else {
        let form = SignInForm {
            to: inside(&typed.form.to),
            ..typed.form
        };
        return show(
            &app,
            &form,
            &errors,
            false,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    send(&app, &email, &inside(&typed.form.to)).await?;
    Ok(Redirect::to("/account/sign-in/sent/").into_response())
}

async fn send(app: &App, email: &EmailAddress, to: &str) -> Result<(), ApiError> {
    let mut tries = Tries::begin();
    loop {
        let now = app.clock.system_now();
        let read = app.store.asked(email).await?;
        let person = known(app, email).await?;
        let Some(asked) = read.value.once_more(now) else {
            tracing::info!("a link to sign in was asked for too often");
            return Ok(());
        };
        let mut transaction = Transaction::new();
        transaction.asked(email, read.version, &asked, now)?;
        let id = entropy::key();
        let opens = Opens::SignIn {
            email: email.clone(),
            to: to.to_owned(),
        };
        let (grant, _) = app.links.give(opens.purpose(), &id, now);
        let link = LetterLink::of(&grant);
        transaction.new_account_link(&AccountLink {
            id: id.clone(),
            opens,
            grant,
            used_at: None,
        })?;
        if let Some(person) = person {
            let letter = Letter {
                to: person,
                news: News::Account(AccountNews::SignIn { id, link }),
            };
            transaction.letter(letter, app.clock.now())?;
        }
        if app.store.commit(transaction).await? == Outcome::Committed {
            return Ok(());
        }
        tries.again().await?;
    }
}

/// The contact with an address, of whichever member.
async fn known(app: &App, email: &EmailAddress) -> Result<Option<Person>, ApiError> {
    let mut memberships = app.store.memberships_of(email).await?;
    if memberships.is_empty() {
        // None: the records are asked as often as for an address that is known.
        memberships.push(MembershipReference::from_entropy(entropy::bytes()));
    }
    for reference in memberships {
        let contacts = app.store.contacts(&reference).await?.value;
        if let Some(contact) = contacts.with_address(email) {
            return Ok(Some(contact.person.clone()));
        }
    }
    Ok(None)
}

/// `GET /account/sign-in/sent/`: what to do now, whatever the address was.
pub(super) async fn sent(State(app): State<App>) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let screen = Screen {
        title: "Look into your letter box",
        description: "",
        path: "/account/sign-in/",
    };
    let context = json!({ "most": Asked::MOST });
    let page = screen.render(&site, "forms/account/link-sent.html", context)?;
    Ok(page.into_response())
}

/// `POST /account/sign-out/`.
pub(super) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if !is_our_own(&app, &headers) {
        return Err(ApiError::ElsewhereForm);
    }
    if let Some(secret) = cookies::read(&app, &headers, SESSION) {
        app.store.end_account_session(&secret).await?;
    }
    let gone = cookies::set(&app, SESSION, "", Kept::Gone);
    let to = Redirect::to("/account/sign-in/?signed-out=1");
    Ok(([(header::SET_COOKIE, gone)], to).into_response())
}

async fn show(
    app: &App,
    form: &SignInForm,
    errors: &FieldErrors,
    signed_out: bool,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let screen = Screen {
        title: "Sign in to your school’s page",
        description: "What is owed, who is booked, who your contacts are, and the annual pupil return.",
        path: "/account/sign-in/",
    };
    let context = json!({ "form": form, "errors": errors, "signed_out": signed_out });
    let page = screen.render(&site, "forms/account/sign-in.html", context)?;
    Ok((status, page).into_response())
}
