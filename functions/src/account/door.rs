//! Who is signed in, and to which member's page: looked up for every request.
//!
//! Whose session has ended while a form was filled in is shown what to do, with
//! all that was typed kept in the page.

use std::collections::HashMap;

use axum::Form;
use axum::extract::{FromRequest as _, FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::{Contact, ContactRole, Contacts};
use domain::contact::EmailAddress;
use domain::membership::{Membership, Standing};
use domain::reference::MembershipReference;
use serde_json::{Value, json};

use crate::answer::ApiError;
use crate::app::App;
use crate::member_session::session;
use crate::screen::Screen;
use crate::security::is_our_own;
use crate::store::Versioned;

/// The address of whoever is signed in; there for what is behind the guard.
#[derive(Debug, Clone)]
pub(super) struct SignedIn(pub(super) EmailAddress);

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<SignedIn, ApiError> {
        let signed_in = parts.extensions.get::<SignedIn>().cloned();
        signed_in.ok_or(ApiError::SignedOut)
    }
}

/// Lets those through who are signed in, from our own pages.
pub(super) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && !is_our_own(&app, request.headers()) {
        return ApiError::ElsewhereForm.into_response();
    }
    match session(&app, request.headers()).await {
        Ok(Some(session)) => {
            request.extensions_mut().insert(SignedIn(session.member));
            next.run(request).await
        }
        Ok(None) if reads => {
            let asked = request.uri().path_and_query();
            let to = asked.map_or("/account/", |to| to.as_str());
            Redirect::to(&super::sign_in::way_to(to)).into_response()
        }
        Ok(None) => kept(&app, request).await.into_response(),
        Err(error) => ApiError::from(error).into_response(),
    }
}

/// What was typed, kept in the page, with the way to sign in beside it.
async fn kept(app: &App, request: Request) -> Result<Response, ApiError> {
    let path = request.uri().path().to_owned();
    let form = Form::<Vec<(String, String)>>::from_request(request, &()).await;
    let Form(fields) = form.map_err(|rejection| match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLong,
        _ => ApiError::SignedOut,
    })?;
    let fields: Vec<Value> = fields
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let site = app.site.published().await?;
    let screen = Screen {
        title: "You were signed out",
        description: "",
        path: &path,
    };
    let context = json!({ "fields": fields });
    let page = screen.render(&site, "forms/account/signed-out.html", context)?;
    Ok((StatusCode::UNAUTHORIZED, page).into_response())
}

/// A member's page that somebody is signed in to.
#[derive(Debug)]
pub(super) struct Entered {
    pub(super) membership: Versioned<Membership>,
    pub(super) contacts: Versioned<Contacts>,
    pub(super) me: Contact,
}

impl FromRequestParts<App> for Entered {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Entered, ApiError> {
        let SignedIn(email) = SignedIn::from_request_parts(parts, app).await?;
        let named = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let Path(named) = named.map_err(|_| ApiError::NotFound)?;
        let reference = named.get("reference").map(String::as_str);
        let reference = MembershipReference::parse(reference.unwrap_or_default());
        let reference = reference.map_err(|_| ApiError::NotFound)?;
        enter(app, &reference, &email).await
    }
}

/// The page of a member, if the person is one of its contacts. A member that is
/// not there is answered like one of somebody else's.
pub(super) async fn enter(
    app: &App,
    reference: &MembershipReference,
    email: &EmailAddress,
) -> Result<Entered, ApiError> {
    let contacts = app.store.contacts(reference).await?;
    let me = contacts.value.with_address(email).cloned();
    let me = me.ok_or(ApiError::NotFound)?;
    let membership = app.store.membership(reference).await?;
    Ok(Entered {
        membership: membership.ok_or(ApiError::NotFound)?,
        contacts,
        me,
    })
}

impl Entered {
    /// The same, as it is now.
    pub(super) async fn again(&self, app: &App) -> Result<Entered, ApiError> {
        enter(app, self.reference(), &self.me.person.email).await
    }

    pub(super) fn membership(&self) -> &Membership {
        &self.membership.value
    }

    pub(super) fn reference(&self) -> &MembershipReference {
        &self.membership.value.reference
    }

    /// The address of the page.
    pub(super) fn base(&self) -> String {
        format!("/account/{}/", self.reference())
    }

    /// Whether the membership goes on for now.
    pub(super) fn goes_on(&self) -> bool {
        let standing = self.membership().standing;
        matches!(standing, Standing::Active | Standing::NoticeGiven)
    }

    /// Refuses whoever may not.
    pub(super) fn must(&self, may: impl Fn(ContactRole) -> bool) -> Result<(), ApiError> {
        if may(self.me.role) {
            Ok(())
        } else {
            Err(ApiError::NotYours)
        }
    }
}

/// A screen of somebody who is signed in to a member's page.
pub(super) fn screen_of(
    site: &crate::site::Published,
    at: &Entered,
    (title, template): (&str, &str),
    context: Value,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let base = at.base();
    let mut whole = json!({
        "account": {
            "base": base, "member": at.membership().member.name,
            "me": at.me.person.name, "may_change": at.me.role.may_change(),
            "may_open_invoices": at.me.role.may_open_invoices(),
        },
    });
    if let (Value::Object(whole), Value::Object(context)) = (&mut whole, context) {
        whole.extend(context);
    }
    let screen = Screen {
        title,
        description: "",
        path: &base,
    };
    let page = screen.render(site, &format!("forms/account/{template}.html"), whole)?;
    Ok((status, page).into_response())
}
