//! What the membership secretary enters about a membership: a notice that was
//! received, its retraction, a school that closed or has another URN, details,
//! the link member of staff, and contacts; and what is personal in its history
//! erased.

use axum::response::Response;
use domain::calendar::{london_date, long_date};
use domain::contact::Line;
use domain::membership::{Category, LeaveError, Membership, ReceivedNotice};
use serde_json::{Value, json};

use super::record::{At, Form, Unfit, wrong};
use crate::answer::ApiError;
use crate::leaving::{self, Papers};
use crate::secretary::{self, Agreed, Refused};
use crate::site::Published;
use crate::store::HistoryOf;

/// `POST /staff/members/{reference}/notice/`: first what it comes to, then the
/// notice itself.
pub(super) async fn notice(
    at: At<Membership>,
    typed: Form<Membership>,
) -> Result<Response, ApiError> {
    let site = at.app.site.published().await?;
    let today = london_date(at.app.clock.now());
    let form = &typed.form.form;
    let done = async {
        let notice = form.change.notice(today)?;
        if form.confirmed != "yes" {
            return Ok(Some(preview(&at, &site, notice).await?));
        }
        let reference = &at.read.value.reference;
        let (on, asked) = (notice.received_on, notice.asked_for);
        secretary::give_notice(&at.app, &site, &at.by(&typed), reference, on, asked).await?;
        Ok::<_, Unfit>(None)
    }
    .await;
    match done {
        Ok(Some(preview)) => at.preview(typed, preview).await,
        done => at.answer(typed, "received_on", done).await,
    }
}

/// What a notice would come to: the last day, and what will be owed.
async fn preview(
    at: &At<Membership>,
    site: &Published,
    notice: ReceivedNotice,
) -> Result<Value, Refused> {
    let membership = &at.read.value;
    let papers = Papers::of(&at.app.store, &membership.reference).await?;
    let asked = (notice.received_on, notice.asked_for);
    let reckoned = papers.reckon(membership, asked, &site.publication.fees)?;
    Ok(json!({
        "received_on": long_date(notice.received_on),
        "last_day": long_date(reckoned.withdrawal.ends_on),
        "free": reckoned.withdrawal.free,
        "leaving": leaving::figures(&reckoned.leaving),
        "has_fee": membership.category == Category::Full,
    }))
}

/// `POST /staff/members/{reference}/retract/`.
pub(super) async fn retract(
    at: At<Membership>,
    typed: Form<Membership>,
) -> Result<Response, ApiError> {
    let done = async {
        let agreed = Agreed {
            minute: typed.form.form.change.agreed()?,
            entered_by: at.name("minute")?,
        };
        let reference = &at.read.value.reference;
        Ok(secretary::retract_notice(&at.app, &at.by(&typed), reference, &agreed).await?)
    }
    .await;
    at.answer(typed, "minute", done).await
}

/// `POST /staff/members/{reference}/close/`.
pub(super) async fn close(
    at: At<Membership>,
    typed: Form<Membership>,
) -> Result<Response, ApiError> {
    let done = async {
        let today = london_date(at.app.clock.now());
        let closed = typed.form.form.change.closed(today)?;
        let reference = &at.read.value.reference;
        let done = secretary::close(&at.app, &at.by(&typed), reference, &closed).await;
        done.map_err(|refused| match refused {
            Refused::NoSuchMember | Refused::Leave(LeaveError::IntoItself) => {
                Unfit::Fields(wrong("merged_into", refused))
            }
            refused => refused.into(),
        })
    }
    .await;
    at.answer(typed, "closed_on", done).await
}

/// `POST /staff/members/{reference}/urn/`.
pub(super) async fn replace_urn(
    at: At<Membership>,
    typed: Form<Membership>,
) -> Result<Response, ApiError> {
    let site = at.app.site.published().await?;
    let done = async {
        let today = london_date(at.app.clock.now());
        let mut new = typed.form.form.change.new_urn(today)?;
        // What the register calls it, if nothing else was said.
        if new.name.is_none() {
            let school = site.publication.school(&new.urn);
            new.name = school.and_then(|school| Line::parse(&school.name, "").ok());
        }
        let entered_by = at.name("urn")?;
        let reference = &at.read.value.reference;
        let by = at.by(&typed);
        Ok(secretary::replace_urn(&at.app, &by, reference, &new, &entered_by).await?)
    }
    .await;
    at.answer(typed, "urn", done).await
}

/// `POST /staff/members/{reference}/link/`.
pub(super) async fn name_link(
    at: At<Membership>,
    typed: Form<Membership>,
) -> Result<Response, ApiError> {
    let done = async {
        let link = typed.form.form.link.parse()?;
        let reference = &at.read.value.reference;
        Ok(secretary::name_link(&at.app, &at.by(&typed), reference, link.as_ref()).await?)
    }
    .await;
    at.answer(typed, "link_name", done).await
}

/// `POST /staff/members/{reference}/details/`.
pub(super) async fn correct_details(
    at: At<Membership>,
    typed: Form<Membership>,
) -> Result<Response, ApiError> {
    let done = async {
        let membership = &at.read.value;
        let details = &typed.form.form.details;
        let member = details.parse(&membership.member, membership.category)?;
        let reference = &membership.reference;
        Ok(secretary::correct_details(&at.app, &at.by(&typed), reference, &member).await?)
    }
    .await;
    at.answer(typed, "member_name", done).await
}

/// `POST /staff/members/{reference}/log/`.
pub(super) async fn log(at: At<Membership>, typed: Form<Membership>) -> Result<Response, ApiError> {
    let done = async {
        let now = at.app.clock.now();
        let log = &typed.form.form.log;
        let entry = log.parse(at.name("note")?, london_date(now), now)?;
        let reference = &at.read.value.reference;
        Ok(secretary::log(&at.app, &at.by(&typed), reference, &entry).await?)
    }
    .await;
    at.answer(typed, "note", done).await
}

/// `POST /staff/members/{reference}/erase/`: the personal values in the history.
pub(super) async fn erase(
    at: At<Membership>,
    typed: Form<Membership>,
) -> Result<Response, ApiError> {
    let of = HistoryOf::Membership(&at.read.value.reference);
    let done = secretary::erase_history(&at.app, &at.by(&typed), of).await;
    at.answer(typed, "erase", done.map_err(Unfit::from)).await
}
