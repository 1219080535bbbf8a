//! A record of the office's on a page of its own: how it is found, how it is
//! shown, and what becomes of a form that is sent from there.
//!
//! Every record is treated alike. A form that arrives twice counts once; one
//! that was filled in on the strength of an older version is not carried out,
//! and whoever sent it is told; nothing that was typed is lost.

use std::fmt::Display;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::contact::{EmailAddress, Line};
use domain::form::FieldErrors;
use domain::staff::{Role, StaffMember};
use domain::trail::{Entry, Who};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::history::history;
use super::letters;
use super::signed_in::By;
use super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::named::Named;
use crate::screen::Screen;
use crate::store::{StoreError, Versioned};
use crate::typed::Typed;
use crate::{secretary, treasurer};

/// What has a page of its own in the staff area.
pub(super) trait Record: Sized + Send + Sync + 'static {
    /// All that is typed into the forms of its page.
    type Form: Clone + Serialize + Send + Sync;

    /// The title of its page.
    const TITLE: &'static str;
    /// The template of its page.
    const TEMPLATE: &'static str;
    /// Who may change it.
    const KEEPS: &'static [Role];

    /// The record of that reference, if there is one.
    fn find(
        app: &App,
        reference: &str,
    ) -> impl Future<Output = Result<Option<Versioned<Self>>, StoreError>> + Send;

    /// Where its page is.
    fn address(&self) -> String;

    /// The addresses that letters about it go to.
    fn addresses(
        &self,
        _app: &App,
    ) -> impl Future<Output = Result<Vec<EmailAddress>, StoreError>> + Send {
        async { Ok(Vec::new()) }
    }

    /// Its audit trail.
    fn trail(&self, app: &App) -> impl Future<Output = Result<Vec<Entry>, StoreError>> + Send;

    /// The forms as they are opened.
    fn opened(&self, app: &App) -> impl Future<Output = Result<Self::Form, StoreError>> + Send;

    /// What was sent, which is one form, with the others of the page as they
    /// are opened.
    fn beside(sent: Self::Form, _opened: Self::Form) -> Self::Form {
        sent
    }

    /// What its template is given of it, as an object.
    fn context(
        &self,
        app: &App,
        form: &Self::Form,
    ) -> impl Future<Output = Result<Value, ApiError>> + Send;
}

/// A form of a record's page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Sent<F> {
    #[serde(flatten)]
    pub(super) form: F,
    /// The version of the record that was on the screen.
    version: String,
}

/// A form of a record's page, with its command.
pub(super) type Form<R> = Typed<Sent<<R as Record>::Form>>;

/// Somebody of the staff at the page of a record.
pub(super) struct At<R> {
    pub(super) app: App,
    pub(super) member: StaffMember,
    pub(super) read: Versioned<R>,
    /// As the path names it.
    reference: String,
}

impl<R: Record> FromRequestParts<App> for At<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<At<R>, ApiError> {
        let By(member) = By::from_request_parts(parts, app).await?;
        let Named(reference) = Named::from_request_parts(parts, app).await?;
        let read = R::find(app, &reference).await?;
        Ok(At {
            app: app.clone(),
            member,
            read: read.ok_or(ApiError::NotFound)?,
            reference,
        })
    }
}

/// Why a form was not carried out.
#[derive(Debug)]
pub(super) enum Unfit {
    /// Fields of it are wrong.
    Fields(FieldErrors),
    /// There is no such record.
    NoRecord,
    /// Somebody else has changed the record since it was on the screen.
    Changed,
    /// The records do not answer.
    Store(StoreError),
    /// The office's rules, or the records, are against it.
    Refused(String),
}

impl From<FieldErrors> for Unfit {
    fn from(errors: FieldErrors) -> Unfit {
        Unfit::Fields(errors)
    }
}

impl From<secretary::Refused> for Unfit {
    fn from(refused: secretary::Refused) -> Unfit {
        use secretary::Refused;
        match refused {
            Refused::NoRecord => Unfit::NoRecord,
            Refused::Changed(_) => Unfit::Changed,
            Refused::Store(error) => Unfit::Store(error),
            other => Unfit::Refused(other.to_string()),
        }
    }
}

impl From<treasurer::Refused> for Unfit {
    fn from(refused: treasurer::Refused) -> Unfit {
        use treasurer::Refused;
        match refused {
            Refused::NoRecord => Unfit::NoRecord,
            Refused::Changed(_) => Unfit::Changed,
            Refused::Store(error) => Unfit::Store(error),
            other => Unfit::Refused(other.to_string()),
        }
    }
}

impl From<StoreError> for Unfit {
    fn from(error: StoreError) -> Unfit {
        Unfit::Store(error)
    }
}

/// One thing that is wrong, at a field.
pub(super) fn wrong(field: &'static str, sentence: impl Display) -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.note(field, sentence);
    errors
}

/// The page of a record, as it was opened.
pub(super) async fn page<R: Record>(at: At<R>) -> Result<Response, ApiError> {
    let shown = Shown {
        form: at.read.value.opened(&at.app).await?,
        key: entropy::key(),
        trouble: Trouble::none(),
        preview: None,
    };
    at.show(shown).await
}

impl<R: Record> At<R> {
    /// What a form asks for. A text that is no version matches none.
    pub(super) fn by(&self, typed: &Form<R>) -> Instruction {
        Instruction {
            by: Who::Staff(self.member.id.clone()),
            seen: Some(typed.form.version.parse().unwrap_or(0)),
            command: Some(typed.command.clone()),
        }
    }

    /// The name of whoever enters something, for the record; `field` is told
    /// if it cannot be one.
    pub(super) fn name(&self, field: &'static str) -> Result<Line, FieldErrors> {
        Line::parse(&self.member.name, "your name").map_err(|error| wrong(field, error))
    }

    /// What becomes of a form: the page as it is now, or with what was typed
    /// and why nothing was done, at `field` if it is none of the fields’ fault.
    pub(super) async fn answer<T>(
        mut self,
        typed: Form<R>,
        field: &'static str,
        done: Result<T, Unfit>,
    ) -> Result<Response, ApiError> {
        let trouble = match done {
            Ok(_) => return Ok(Redirect::to(&self.read.value.address()).into_response()),
            Err(Unfit::Fields(errors)) => Trouble::of(errors),
            Err(Unfit::NoRecord) => return Err(ApiError::NotFound),
            Err(Unfit::Store(error)) => return Err(error.into()),
            Err(Unfit::Changed) => {
                let read = R::find(&self.app, &self.reference).await?;
                self.read = read.ok_or(ApiError::NotFound)?;
                Trouble::changed()
            }
            Err(Unfit::Refused(refused)) => Trouble::of(wrong(field, refused)),
        };
        self.again(typed, trouble, None).await
    }

    /// The page with what was typed, and what it would come to: nothing is done
    /// yet.
    pub(super) async fn preview(
        self,
        typed: Form<R>,
        preview: Value,
    ) -> Result<Response, ApiError> {
        self.again(typed, Trouble::none(), Some(preview)).await
    }

    async fn again(
        self,
        typed: Form<R>,
        trouble: Trouble,
        preview: Option<Value>,
    ) -> Result<Response, ApiError> {
        let opened = self.read.value.opened(&self.app).await?;
        let shown = Shown {
            form: R::beside(typed.form.form, opened),
            key: typed.key,
            trouble,
            preview,
        };
        self.show(shown).await
    }

    /// The page.
    async fn show(&self, shown: Shown<R::Form>) -> Result<Response, ApiError> {
        let At {
            app, member, read, ..
        } = self;
        let mut context = read.value.context(app, &shown.form).await?;
        let entries = read.value.trail(app).await?;
        let addresses = read.value.addresses(app).await?;
        let more = json!({
            "may_act": member.has_any(R::KEEPS),
            "history": history(app, entries).await?,
            "no_post": letters::without_post(app, &addresses).await?,
            "form": shown.form, "command": shown.key, "version": read.version,
            "preview": shown.preview,
            "errors": shown.trouble.errors, "changed": shown.trouble.changed,
        });
        if let (Value::Object(context), Value::Object(more)) = (&mut context, more) {
            context.extend(more);
        }
        let path = read.value.address();
        let screen = Screen {
            title: R::TITLE,
            description: "",
            path: &path,
        };
        let status = shown.trouble.status;
        view::page(app, member, screen, R::TEMPLATE, context, status).await
    }
}

/// What a page says besides the record.
struct Shown<F> {
    form: F,
    /// The hidden key of the form’s command.
    key: String,
    trouble: Trouble,
    /// What something would come to that is asked for and not yet done.
    preview: Option<Value>,
}

struct Trouble {
    /// What is wrong with what was typed.
    errors: FieldErrors,
    /// Somebody else has changed the record since it was on the screen.
    changed: bool,
    status: StatusCode,
}

impl Trouble {
    fn none() -> Trouble {
        Trouble {
            errors: FieldErrors::default(),
            changed: false,
            status: StatusCode::OK,
        }
    }

    fn of(errors: FieldErrors) -> Trouble {
        Trouble {
            errors,
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Trouble::none()
        }
    }

    fn changed() -> Trouble {
        Trouble {
            changed: true,
            status: StatusCode::CONFLICT,
            ..Trouble::none()
        }
    }
}
