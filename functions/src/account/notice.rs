//! Giving notice: the last day and all that will be owed are shown before it is
//! confirmed, and what is confirmed is what was shown.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::account::{ContactRole, ReckonError, Reckoning};
use domain::calendar::{london_date, long_date};
use domain::day;
use domain::form::FieldErrors;
use domain::letter::{AccountNews, Letter, News};
use domain::membership::{Category, LeaveError, NoticeError, Standing, Withdrawal};
use domain::trail::Who;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::door::{Entered, screen_of};
use crate::answer::ApiError;
use crate::app::App;
use crate::leaving::{Papers, figures};
use crate::site::Published;
use crate::store::{Outcome, StoreError, Transaction, Tries};
use crate::typed::Typed;

/// What is asked of the page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The last day that the school asks for, as it was typed.
    last_day: String,
}

/// What was shown, as the form brings it back: the last day, and the digest of
/// all else. No sum comes from a browser.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct NoticeForm {
    ends_on: String,
    shown: String,
}

/// What was shown of a notice, reckoned.
fn shown(reckoned: &Reckoning) -> NoticeForm {
    let shown = json!([reckoned.withdrawal, reckoned.leaving]).to_string();
    let digest = Sha256::digest(shown.as_bytes());
    NoticeForm {
        ends_on: reckoned.withdrawal.ends_on.to_string(),
        shown: digest
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    }
}

async fn reckon(
    app: &App,
    site: &Published,
    at: &Entered,
    notice: (Date, Option<Date>),
) -> Result<Result<Reckoning, LeaveError>, ApiError> {
    let papers = Papers::of(&app.store, at.reference()).await?;
    match papers.reckon(at.membership(), notice, &site.publication.fees) {
        Ok(reckoned) => Ok(Ok(reckoned)),
        Err(ReckonError::Leave(error)) => Ok(Err(error)),
        Err(ReckonError::Quote(error)) => Err(ApiError::Internal(error.into())),
    }
}

/// `GET …/notice/?last_day=…`: what leaving comes to. Nothing is changed.
pub(super) async fn page(
    State(app): State<App>,
    at: Entered,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    at.must(ContactRole::may_change)?;
    if at.membership().standing != Standing::Active {
        return Ok(given_page(&at));
    }
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let mut errors = FieldErrors::default();
    let wanted = match asked.last_day.trim() {
        "" => None,
        typed => {
            let read = day::parse(typed);
            let sentence = "Enter the last day with day, month and year, like 31 December 2016";
            errors.keep("last_day", read.ok_or(sentence))
        }
    };
    show(&app, &at, &asked, wanted, errors, false).await
}

async fn show(
    app: &App,
    at: &Entered,
    asked: &Asked,
    wanted: Option<Date>,
    mut errors: FieldErrors,
    changed: bool,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let today = london_date(app.clock.now());
    let mut reckoned = reckon(app, &site, at, (today, wanted)).await?;
    if let Err(LeaveError::Notice(
        error @ (NoticeError::OutsideWindow { .. } | NoticeError::NothingToChoose { .. }),
    )) = reckoned
    {
        errors.note("last_day", error);
        reckoned = reckon(app, &site, at, (today, None)).await?;
    }
    let reckoned = match reckoned {
        Ok(reckoned) => reckoned,
        Err(error) => return Err(ApiError::BadRequest(format!("{error}."))),
    };
    let rule = &site.publication.fees.notice;
    let status = match (changed, errors.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, true) => StatusCode::OK,
    };
    let context = json!({
        "form": asked, "errors": errors, "changed": changed, "shown": shown(&reckoned),
        "notice": notice_words(&reckoned.withdrawal), "leaving": figures(&reckoned.leaving),
        "months": rule.months, "window": long_date(rule.free_until), "source": rule.source,
        "has_fee": at.membership().category == Category::Full,
    });
    screen_of(
        &site,
        at,
        ("Leave THE Partnership?", "notice"),
        context,
        status,
    )
}

/// `POST …/notice/`: notice is given, if it still comes to what was shown.
pub(super) async fn give(
    State(app): State<App>,
    at: Entered,
    typed: Typed<NoticeForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let mut at = at;
    let mut tries = Tries::begin();
    loop {
        at.must(ContactRole::may_change)?;
        if at.membership().standing != Standing::Active {
            // It was given before: by the same button, perhaps.
            return Ok(given_page(&at));
        }
        let now = app.clock.now();
        let today = london_date(now);
        let window = today <= site.publication.fees.notice.free_until;
        let wanted = typed.form.ends_on.parse().ok().filter(|_| window);
        let reckoned = reckon(&app, &site, &at, (today, wanted)).await?;
        let reckoned = match reckoned {
            Ok(reckoned) if shown(&reckoned) == typed.form => reckoned,
            _ => {
                let none = FieldErrors::default();
                return show(&app, &at, &Asked::default(), None, none, true).await;
            }
        };
        if give_notice(&app, &at, &reckoned, now).await? {
            tracing::info!(membership = %at.reference(), "notice-given");
            return Ok(given_page(&at));
        }
        tries.again().await?;
        at = at.again(&app).await?;
    }
}

/// Writes it down with its letters; whether the membership was still the one
/// that was read.
async fn give_notice(
    app: &App,
    at: &Entered,
    reckoned: &Reckoning,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut transaction = Transaction::by(Who::Contact(at.me.id.clone()));
    let next = &reckoned.next;
    let gone = next.standing == Standing::Ended && next.category == Category::Full;
    if let (true, Some(urn)) = (gone, &next.member.urn) {
        transaction.release_member_urn(urn, &next.reference)?;
    }
    let member = next.member.name.to_string();
    let mut people = vec![&next.member.contact];
    if !at.me.person.email.is_same(&next.member.contact.email) {
        people.push(&at.me.person);
    }
    for person in people {
        let letter = Letter {
            to: person.clone(),
            news: News::NoticeReceived {
                reference: next.reference.clone(),
                member: member.clone(),
                received_on: reckoned.withdrawal.received_on,
                ends_on: reckoned.withdrawal.ends_on,
                free: reckoned.withdrawal.free,
                owed_pence: Some(reckoned.leaving.total),
            },
        };
        transaction.letter(letter, now)?;
    }
    let news = AccountNews::NoticeForOffice {
        reference: next.reference.clone(),
        member,
        ends_on: reckoned.withdrawal.ends_on,
    };
    let letter = Letter {
        to: app.office()?,
        news: News::Account(news),
    };
    transaction.letter(letter, now)?;
    transaction.change_membership(&at.membership, next, "notice-given", now)?;
    Ok(app.store.commit(transaction).await? == Outcome::Committed)
}

fn given_page(at: &Entered) -> Response {
    Redirect::to(&format!("{}notice/given/", at.base())).into_response()
}

/// `GET …/notice/given/`: how it stands, whenever it is opened.
pub(super) async fn given(State(app): State<App>, at: Entered) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let membership = at.membership();
    let notice = membership.notice.as_ref();
    let owed = match notice {
        Some(withdrawal) => {
            let papers = Papers::of(&app.store, at.reference()).await?;
            let owed = papers.owed(membership, withdrawal, &site.publication.fees);
            Some(owed.map_err(|error| ApiError::Internal(error.into()))?)
        }
        None => None,
    };
    let context = json!({
        "notice": notice.map(notice_words), "leaving": owed.as_ref().map(figures),
        "reference": at.reference(), "standing": membership.standing.words(),
        "ended": membership.standing == Standing::Ended,
        "ends_on": membership.ends_on.map(long_date),
        "has_fee": membership.category == Category::Full,
    });
    let title = match notice {
        Some(_) => "We have your notice",
        None => "No notice has been given",
    };
    screen_of(&site, &at, (title, "notice-given"), context, StatusCode::OK)
}

fn notice_words(withdrawal: &Withdrawal) -> Value {
    json!({
        "received_on": long_date(withdrawal.received_on),
        "ends_on": long_date(withdrawal.ends_on), "free": withdrawal.free,
    })
}
