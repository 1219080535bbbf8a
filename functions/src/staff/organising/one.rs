//! One event: everybody who has or waits for a place, a file of them, and
//! bookings for those who phone or walk in.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::booking::{BookingForm, DelegateForm, RegistrationId, RegistrationState};
use domain::event::{Event, Question};
use domain::feedback::Heard;
use domain::form::FieldErrors;
use domain::overview::Figures;
use domain::retention::Holdable;
use domain::staff::StaffMember;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use super::{RUNS, figures, find, is_meant, row, told};
use crate::answer::ApiError;
use crate::app::App;
use crate::csv_file::download;
use crate::entropy;
use crate::instruction::Instruction;
use crate::named::Named;
use crate::organiser::{self, Deed, NotDone};
use crate::screen::Screen;
use crate::typed::Typed;

/// What is looked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in super::super) struct Asked {
    pub(super) q: String,
    /// What was just done, as the form that did it says.
    done: String,
}

impl Asked {
    /// What was just done, in a sentence.
    fn words(&self) -> Option<&'static str> {
        Some(match self.done.as_str() {
            "book" => "The booking is made: it is in the list below",
            "give-up" => "The place is given up, by the event’s conditions",
            "give-up-free" => "The place is given up, without a charge",
            _ => return None,
        })
    }
}

/// `GET /staff/events/{event}/`.
pub(in super::super) async fn page(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let form = json!({});
    show(&app, &member, &slug, &asked, form, FieldErrors::default()).await
}

/// The page again, with what was typed and what is wrong with it.
pub(super) async fn refused(
    app: &App,
    member: &StaffMember,
    slug: &str,
    form: &impl Serialize,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let asked = Asked::default();
    show(app, member, slug, &asked, json!(form), errors).await
}

async fn show(
    app: &App,
    member: &StaffMember,
    slug: &str,
    asked: &Asked,
    form: Value,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = &find(app, &site, slug).await?;
    let now = app.clock.now();
    let tally = app.store.tally(&event.slug).await?.value;
    let bookings = app.store.bookings_for(&event.slug).await?;
    let job = app.store.call_off(&event.slug).await?;
    let answers = app.store.feedback_on(&event.slug).await?;
    let own = Figures::of(event, &bookings, &answers, now);
    let (_, shown) = Heard::of(&answers);
    let told = told::about(app, event).await?;
    let is_withdrawn = site.publication.event(&event.slug).is_none();
    let mut rows: Vec<(usize, Value)> = Vec::new();
    let holds = app.store.holds().await?;
    for booking in &bookings {
        let held = Holdable::Booking(booking.reference.clone());
        let held = holds.iter().find(|hold| hold.record == held);
        for registration in &booking.registrations {
            if !is_meant(booking, registration, &asked.q) {
                continue;
            }
            let position = tally.position(&booking.id(registration));
            let mut shown = row(booking, registration, now);
            if let Value::Object(fields) = &mut shown {
                fields.insert("position".into(), json!(position));
                fields.insert("held".into(), json!(held.map(|hold| &hold.reason)));
            }
            let order = match registration.state.at(now) {
                state if state.fills_place() => 0,
                RegistrationState::Waiting => 1_000 + position.unwrap_or_default(),
                state if state.is_live() => 1,
                _ => 1_000_000,
            };
            rows.push((order, shown));
        }
    }
    rows.sort_by_key(|(order, _)| *order);
    let rows: Vec<Value> = rows.into_iter().map(|(_, row)| row).collect();
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let context = json!({
        "event": about(event),
        "places": tally.seen(event, now), "rows": rows, "q": asked.q, "done": asked.words(),
        "income_pence": own.income, "heard": figures::heard(&own.heard, &shown),
        "may_act": member.has_any(RUNS),
        "form": form, "errors": errors, "command": entropy::key(),
        "is_withdrawn": is_withdrawn, "told": told,
        "call_off": job.map(|job| json!({
            "reason": job.value.reason, "done": job.value.done, "bookings": job.value.bookings,
            "is_over": job.value.ended_at.is_some(),
        })),
    });
    let path = format!("/staff/events/{}/", event.slug);
    let screen = Screen {
        title: &event.title,
        description: "",
        path: &path,
    };
    view::page(app, member, screen, "staff/event.html", context, status).await
}

fn about(event: &Event) -> Value {
    json!({
        "slug": event.slug, "title": event.title, "href": event.href, "starts": event.starts,
        "ends": event.ends, "venue": event.venue, "capacity": event.capacity, "online": event.online,
        "price_pence": event.charge(), "asks_dietary": event.asks.contains(&Question::Dietary),
        "asks_access": event.asks.contains(&Question::Access),
    })
}

/// The columns of the file.
const COLUMNS: [&str; 12] = [
    "delegate",
    "email",
    "role",
    "school",
    "booked by",
    "booker's email",
    "purchase order",
    "state",
    "cannot eat",
    "needs",
    "price in pence",
    "reference",
];

/// `GET /staff/events/{event}/list.csv`.
pub(in super::super) async fn file(
    State(app): State<App>,
    Named(slug): Named,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = &find(&app, &site, &slug).await?;
    let now = app.clock.now();
    let bookings = app.store.bookings_for(&event.slug).await?;
    let rows = bookings.iter().flat_map(|booking| {
        booking.registrations.iter().map(move |registration| {
            let delegate = registration.delegate.as_ref();
            let text = |value: Option<&dyn ToString>| value.map(ToString::to_string);
            vec![
                text(delegate.map(|one| &one.person.name as &dyn ToString)),
                delegate.map(|one| one.person.email.as_str().to_owned()),
                text(
                    delegate
                        .and_then(|one| one.role.as_ref())
                        .map(|role| role as _),
                ),
                Some(booking.school.name.to_string()),
                Some(booking.booker.name.to_string()),
                Some(booking.booker.email.as_str().to_owned()),
                text(booking.purchase_order.as_ref().map(|order| order as _)),
                Some(registration.state.at(now).words().to_owned()),
                text(booking.needs.dietary.as_ref().map(|words| words as _)),
                text(booking.needs.access.as_ref().map(|words| words as _)),
                registration.price.map(|price| price.get().to_string()),
                Some(booking.id(registration).to_string()),
            ]
            .into_iter()
            .map(Option::unwrap_or_default)
            .collect()
        })
    });
    download(&format!("{}.csv", event.slug), &COLUMNS, rows)
}

/// `POST /staff/events/{event}/book/`: for somebody who phones or walks in.
pub(in super::super) async fn book(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    typed: Typed<BookingForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = &find(&app, &site, &slug).await?;
    let refused = async |errors| refused(&app, &member, &slug, &typed.form, errors).await;
    let asked = match typed.form.parse_for_another() {
        Ok(asked) => asked,
        Err(errors) => return refused(errors).await,
    };
    let by = Instruction::of_staff(&member, &typed.command);
    match organiser::book(&app, &site, &by, event, &asked).await {
        Ok(_) => Ok(Redirect::to(&format!("/staff/events/{slug}/?done=book")).into_response()),
        Err(NotDone::Api(error)) => Err(error),
        Err(not) => {
            let mut errors = FieldErrors::default();
            let field = match &not {
                NotDone::NoInvoiceAddress => "invoice_address",
                _ => "name",
            };
            errors.note(field, not);
            refused(errors).await
        }
    }
}

/// What is done, and to whom.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in super::super) struct Act {
    /// The registration.
    pub(super) id: String,
    /// `attended`, `absent`, `give-up`, `give-up-free` or `name`.
    pub(super) deed: String,
    /// Who comes, where somebody is named.
    #[serde(flatten)]
    pub(super) delegate: DelegateForm,
    /// What giving a place up was shown to come to.
    pub(super) shown: String,
    /// What was looked for, to be shown again.
    pub(super) q: String,
}

impl Act {
    /// What is meant; what is wrong with the delegate's fields.
    pub(super) fn parse(&self) -> Option<Result<(RegistrationId, Deed), FieldErrors>> {
        let id = serde_json::from_value(json!(self.id)).ok()?;
        if self.deed == "name" {
            let named = self.delegate.parse();
            return Some(named.map(|delegate| (id, Deed::Name(delegate))));
        }
        let deed = match self.deed.as_str() {
            "attended" => Deed::Attended,
            "absent" => Deed::Absent,
            "give-up" | "give-up-free" => Deed::GiveUp {
                waived: self.deed == "give-up-free",
                shown: self.shown.clone(),
            },
            _ => return None,
        };
        Some(Ok((id, deed)))
    }
}

/// `POST /staff/events/{event}/act/`.
pub(in super::super) async fn act(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    typed: Typed<Act>,
) -> Result<Response, ApiError> {
    match done(&app, &member, &slug, &typed).await? {
        None => {
            let done = format!("/staff/events/{slug}/?done={}", typed.form.deed);
            Ok(Redirect::to(&done).into_response())
        }
        Some(sentence) => {
            let mut errors = FieldErrors::default();
            errors.note("list", sentence);
            refused(&app, &member, &slug, &json!({}), errors).await
        }
    }
}

/// Does it, to a registration at this event; gives the sentence that says why
/// not.
pub(super) async fn done(
    app: &App,
    member: &StaffMember,
    slug: &str,
    typed: &Typed<Act>,
) -> Result<Option<String>, ApiError> {
    let site = app.site.published().await?;
    let (id, deed) = match typed.form.parse().ok_or(ApiError::NotFound)? {
        Ok(meant) => meant,
        Err(errors) => {
            let first = errors.iter().next();
            return Ok(first.map(|error| error.message.clone()));
        }
    };
    let booking = app.store.booking(&id.booking).await?;
    if booking.is_none_or(|booking| booking.event.as_str() != slug) {
        return Ok(Some(NotDone::NoRecord.to_string()));
    }
    let by = Instruction::of_staff(member, &typed.command);
    match organiser::act(app, &site, &by, &id, &deed).await {
        Ok(()) => Ok(None),
        Err(NotDone::Api(error)) => Err(error),
        Err(not) => Ok(Some(not.to_string())),
    }
}
