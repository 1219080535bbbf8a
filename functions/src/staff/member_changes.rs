//! What the membership secretary enters about a membership: a notice that was
//! received, its retraction, a school that closed or has another URN, details,
//! the link member of staff, and contacts.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::calendar::{london_date, long_date};
use domain::contact::Line;
use domain::form::FieldErrors;
use domain::membership::{Membership, ReceivedNotice};
use domain::staff::StaffMember;
use serde_json::{Value, json};

use super::applications::wrong;
use super::instruct::instruct;
use super::member::{Form, Shown, address, find, show};
use super::signed_in::By;
use super::view::Trouble;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::named::Named;
use crate::secretary::{self, Agreed, Refused};
use crate::site::Published;
use crate::store::Versioned;
use crate::typed::Typed;

/// `POST /staff/members/{reference}/notice/`: first what it comes to, then the
/// notice itself.
pub(super) async fn notice(
    State(app): State<App>,
    desk: At,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let At { member, read } = &desk;
    let form = Form {
        change: typed.form.change.clone(),
        ..Form::of(&read.value)
    };
    let today = london_date(app.clock.now());
    let notice = match form.change.notice(today) {
        Ok(notice) => notice,
        Err(errors) => return desk.wrong(&app, form, &typed.key, errors).await,
    };
    if typed.form.confirmed == "yes" {
        let by = instruct(member, &typed, &typed.form.version);
        let reference = &read.value.reference;
        let (on, asked) = (notice.received_on, notice.asked_for);
        let done = secretary::give_notice(&app, &site, &by, reference, on, asked).await;
        return desk.answer(&app, form, "received_on", done).await;
    }
    match preview(&site, &read.value, notice, today) {
        Ok(preview) => {
            let shown = Shown {
                form,
                key: typed.key,
                trouble: Trouble::none(),
                preview: Some(preview),
            };
            show(&app, member, read, shown).await
        }
        Err(refused) => {
            let errors = wrong("received_on", refused);
            desk.wrong(&app, form, &typed.key, errors).await
        }
    }
}

/// What a notice would come to: the last day, and what falls due until then.
fn preview(
    site: &Published,
    membership: &Membership,
    notice: ReceivedNotice,
    today: jiff::civil::Date,
) -> Result<Value, Refused> {
    let fees = &site.publication.fees;
    let leaving = membership.give_notice(&fees.notice, notice.received_on, notice.asked_for)?;
    let due = match (leaving.ends_on, leaving.member.pupils, leaving.notice) {
        (Some(last), Some(pupils), Some(withdrawal)) if !withdrawal.free => {
            fees.falls_due(pupils, today, last).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let due: Vec<Value> = due
        .iter()
        .map(|due| json!({ "on": long_date(due.on), "pence": due.pence }))
        .collect();
    Ok(json!({
        "received_on": long_date(notice.received_on),
        "last_day": leaving.ends_on.map(long_date),
        "free": leaving.notice.is_some_and(|notice| notice.free),
        "due": due,
    }))
}

/// `POST /staff/members/{reference}/retract/`.
pub(super) async fn retract(
    State(app): State<App>,
    desk: At,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let form = Form {
        change: typed.form.change.clone(),
        ..Form::of(&desk.read.value)
    };
    let agreed = form.change.agreed().and_then(|minute| {
        let entered_by = desk.name("minute")?;
        Ok(Agreed { minute, entered_by })
    });
    match agreed {
        Ok(agreed) => {
            let by = instruct(&desk.member, &typed, &typed.form.version);
            let reference = &desk.read.value.reference;
            let done = secretary::retract_notice(&app, &by, reference, &agreed).await;
            desk.answer(&app, form, "minute", done).await
        }
        Err(errors) => desk.wrong(&app, form, &typed.key, errors).await,
    }
}

/// `POST /staff/members/{reference}/close/`.
pub(super) async fn close(
    State(app): State<App>,
    desk: At,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let form = Form {
        change: typed.form.change.clone(),
        ..Form::of(&desk.read.value)
    };
    match form.change.closed(london_date(app.clock.now())) {
        Ok(last_day) => {
            let by = instruct(&desk.member, &typed, &typed.form.version);
            let reference = &desk.read.value.reference;
            let done = secretary::close(&app, &by, reference, last_day).await;
            desk.answer(&app, form, "closed_on", done).await
        }
        Err(errors) => desk.wrong(&app, form, &typed.key, errors).await,
    }
}

/// `POST /staff/members/{reference}/urn/`.
pub(super) async fn replace_urn(
    State(app): State<App>,
    desk: At,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let form = Form {
        change: typed.form.change.clone(),
        ..Form::of(&desk.read.value)
    };
    let today = london_date(app.clock.now());
    let new = form.change.new_urn(today).and_then(|mut new| {
        // What the register calls it, if nothing else was said.
        if new.name.is_none() {
            let school = site.publication.school(&new.urn);
            new.name = school.and_then(|school| Line::parse(&school.name, "").ok());
        }
        Ok((new, desk.name("urn")?))
    });
    match new {
        Ok((new, entered_by)) => {
            let by = instruct(&desk.member, &typed, &typed.form.version);
            let reference = &desk.read.value.reference;
            let done = secretary::replace_urn(&app, &by, reference, &new, &entered_by).await;
            desk.answer(&app, form, "urn", done).await
        }
        Err(errors) => desk.wrong(&app, form, &typed.key, errors).await,
    }
}

/// `POST /staff/members/{reference}/link/`.
pub(super) async fn name_link(
    State(app): State<App>,
    desk: At,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let form = Form {
        link: typed.form.link.clone(),
        ..Form::of(&desk.read.value)
    };
    match form.link.parse() {
        Ok(link) => {
            let by = instruct(&desk.member, &typed, &typed.form.version);
            let reference = &desk.read.value.reference;
            let done = secretary::name_link(&app, &by, reference, link.as_ref()).await;
            desk.answer(&app, form, "link_name", done).await
        }
        Err(errors) => desk.wrong(&app, form, &typed.key, errors).await,
    }
}

/// `POST /staff/members/{reference}/details/`.
pub(super) async fn correct_details(
    State(app): State<App>,
    desk: At,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let membership = &desk.read.value;
    let form = Form {
        details: typed.form.details.clone(),
        ..Form::of(membership)
    };
    match form.details.parse(&membership.member, membership.category) {
        Ok(member) => {
            let by = instruct(&desk.member, &typed, &typed.form.version);
            let reference = &membership.reference;
            let done = secretary::correct_details(&app, &by, reference, &member).await;
            desk.answer(&app, form, "member_name", done).await
        }
        Err(errors) => desk.wrong(&app, form, &typed.key, errors).await,
    }
}

/// `POST /staff/members/{reference}/log/`.
pub(super) async fn log(
    State(app): State<App>,
    desk: At,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let form = Form {
        log: typed.form.log.clone(),
        ..Form::of(&desk.read.value)
    };
    let now = app.clock.now();
    let entry = desk
        .name("note")
        .and_then(|name| form.log.parse(name, london_date(now), now));
    match entry {
        Ok(entry) => {
            let by = instruct(&desk.member, &typed, &typed.form.version);
            let done = secretary::log(&app, &by, &desk.read.value.reference, &entry).await;
            desk.answer(&app, form, "note", done).await
        }
        Err(errors) => desk.wrong(&app, form, &typed.key, errors).await,
    }
}

/// Somebody of the staff at the page of a membership.
pub(super) struct At {
    member: StaffMember,
    read: Versioned<Membership>,
}

impl axum::extract::FromRequestParts<App> for At {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        app: &App,
    ) -> Result<At, ApiError> {
        let By(member) = By::from_request_parts(parts, app).await?;
        let Named(reference) = Named::from_request_parts(parts, app).await?;
        let read = find(app, &reference).await?;
        Ok(At { member, read })
    }
}

impl At {
    /// The name of whoever enters something, for the record.
    fn name(&self, field: &'static str) -> Result<Line, FieldErrors> {
        Line::parse(&self.member.name, "your name").map_err(|error| wrong(field, error))
    }

    /// The page as it is now, or with why nothing was done.
    async fn answer(
        &self,
        app: &App,
        form: Form,
        field: &'static str,
        done: Result<Membership, Refused>,
    ) -> Result<Response, ApiError> {
        match done {
            Ok(membership) => Ok(Redirect::to(&address(&membership.reference)).into_response()),
            Err(Refused::Changed) => {
                let read = find(app, &self.read.value.reference.to_string()).await?;
                let shown = Shown {
                    form,
                    key: entropy::key(),
                    trouble: Trouble::changed(),
                    preview: None,
                };
                show(app, &self.member, &read, shown).await
            }
            Err(Refused::NoRecord) => Err(ApiError::NotFound),
            Err(Refused::Store(error)) => Err(error.into()),
            Err(error) => {
                self.wrong(app, form, &entropy::key(), wrong(field, error))
                    .await
            }
        }
    }

    /// The page with what was typed and what is wrong with it.
    async fn wrong(
        &self,
        app: &App,
        form: Form,
        key: &str,
        errors: FieldErrors,
    ) -> Result<Response, ApiError> {
        let shown = Shown {
            form,
            key: key.to_owned(),
            trouble: Trouble::of(errors, StatusCode::UNPROCESSABLE_ENTITY),
            preview: None,
        };
        show(app, &self.member, &self.read, shown).await
    }
}
