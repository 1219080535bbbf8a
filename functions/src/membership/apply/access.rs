//! Who opens an application, and for what: by the secret in the address.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::access::Purpose;
use domain::application::{Application, Page, Task};
use domain::reference::ApplicationReference;
use serde_json::json;

use crate::answer::ApiError;
use crate::app::App;
use crate::links::LinkSecret;
use crate::screen::Screen;
use crate::site::Published;
use crate::store::Versioned;

/// The variable parts of an address below `/apply/`.
pub(super) struct Address {
    reference: ApplicationReference,
    secret: LinkSecret,
    /// The page, where the address names one.
    pub(super) page: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Address, ApiError> {
        let read = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let Path(mut named) = read.map_err(|_| ApiError::NotFound)?;
        let reference = named.remove("reference").unwrap_or_default();
        let reference = ApplicationReference::parse(&reference).map_err(|_| ApiError::NotFound)?;
        Ok(Address {
            reference,
            secret: LinkSecret::typed(&named.remove("secret").unwrap_or_default()),
            page: named.remove("page").unwrap_or_default(),
        })
    }
}

impl Address {
    /// Where the application is, for whoever has this link.
    pub(super) fn base(&self) -> String {
        format!("/apply/{}/{}/", self.reference, self.secret.expose())
    }

    /// Opens the application, if the secret is that of a link to it.
    pub(super) async fn open(&self, app: &App) -> Result<Option<Opened>, ApiError> {
        let Some(read) = app.store.application(&self.reference).await? else {
            return Ok(None);
        };
        let purpose = self
            .secret
            .find(&read.value.grants)
            .map(|grant| grant.purpose);
        Ok(purpose.map(|purpose| Opened { read, purpose }))
    }
}

/// An application that somebody has opened.
pub(super) struct Opened {
    /// The application as it was read.
    pub(super) read: Versioned<Application>,
    /// What the link is for.
    pub(super) purpose: Purpose,
}

impl Opened {
    /// The application.
    pub(super) fn application(&self) -> &Application {
        &self.read.value
    }

    /// Whether the link opens a task of the application.
    pub(super) fn may_do(&self, task: Task) -> bool {
        match self.purpose {
            Purpose::Draft => true,
            Purpose::Task(own) => own == task,
            Purpose::Confirm
            | Purpose::Status
            | Purpose::Invoice
            | Purpose::SignIn
            | Purpose::Address
            | Purpose::Booking
            | Purpose::BookingAddress
            | Purpose::BookingApproval
            | Purpose::Feedback => false,
        }
    }

    /// The page of that name, if the link opens it.
    pub(super) fn page(&self, slug: &str) -> Option<&'static Page> {
        Page::named(self.application().category, slug).filter(|page| self.may_do(page.task))
    }
}

/// What is answered to a link that opens nothing: it may be miscopied, or for
/// something else, or it has expired and what it opened is gone.
pub(super) fn no_such_link(site: &Published) -> Result<Response, ApiError> {
    let screen = Screen {
        title: "This link opens nothing",
        description: "",
        path: "/apply/",
    };
    let rules = &site.publication.retention;
    let context = json!({ "idle_days": rules.idle_days() });
    let page = screen.render(site, "forms/apply/no-such-link.html", context)?;
    Ok((StatusCode::NOT_FOUND, page).into_response())
}
