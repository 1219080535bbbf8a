//! All events, with their places, who came, income and satisfaction: one by one,
//! by term and by school year, as a page and as files.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use domain::calendar::{SchoolYear, Term};
use domain::event::Event;
use domain::overview::Figures;
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use super::figures;
use crate::answer::ApiError;
use crate::app::App;
use crate::csv_file::download;
use crate::site::Published;

/// An event in numbers.
struct Counted {
    event: Event,
    /// Whether it is published no more.
    is_withdrawn: bool,
    term: Term,
    figures: Figures,
    called_off: bool,
    /// How many places are kept for a time.
    held: u32,
}

/// Every event that is published, or was booked before it went, in numbers, by
/// when it starts.
async fn counted(app: &App, site: &Published) -> Result<Vec<Counted>, ApiError> {
    let now = app.clock.now();
    let terms = &site.publication.booking.terms;
    let mut all = Vec::new();
    let is_withdrawn = |event: &Event| site.publication.event(&event.slug).is_none();
    let withdrawn = app.store.withdrawn_events().await?.into_iter();
    let published = site.publication.events.iter().cloned();
    for event in published.chain(withdrawn.filter(is_withdrawn)) {
        let tally = app.store.tally(&event.slug).await?.value;
        let bookings = app.store.bookings_for(&event.slug).await?;
        let answers = app.store.feedback_on(&event.slug).await?;
        let mut figures = Figures::of(&event, &bookings, &answers, now);
        if tally.called_off {
            // Nobody can come to what does not take place.
            figures.places = Some(0);
        }
        all.push(Counted {
            term: terms.of(event.starts.date()),
            figures,
            called_off: tally.called_off,
            held: tally.seen(&event, now).held,
            is_withdrawn: is_withdrawn(&event),
            event,
        });
    }
    all.sort_by_key(|one| one.event.starts);
    Ok(all)
}

/// The sums by term, and by school year.
struct Sums {
    terms: BTreeMap<Term, Figures>,
    years: BTreeMap<SchoolYear, Figures>,
}

impl Sums {
    fn of(all: &[Counted]) -> Sums {
        let mut sums = Sums {
            terms: BTreeMap::new(),
            years: BTreeMap::new(),
        };
        for one in all {
            let term = sums.terms.entry(one.term).or_insert(Figures::NONE);
            *term = term.with(one.figures);
            let year = sums.years.entry(one.term.year).or_insert(Figures::NONE);
            *year = year.with(one.figures);
        }
        sums
    }
}

/// `GET /staff/events/`.
pub(in super::super) async fn page(
    State(app): State<App>,
    By(member): By,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let now = app.clock.now();
    let all = counted(&app, &site).await?;
    let sums = Sums::of(&all);
    let rows: Vec<Value> = all
        .iter()
        .map(|one| {
            let event = &one.event;
            json!({
                "href": format!("/staff/events/{}/", event.slug), "title": event.title,
                "starts": event.starts, "is_past": event.ends.instant() < now,
                "sample": event.sample, "called_off": one.called_off, "is_withdrawn": one.is_withdrawn, "term": one.term,
                "held": one.held, "figures": figures::shown(&one.figures),
            })
        })
        .collect();
    let terms: Vec<Value> = sums
        .terms
        .iter()
        .rev()
        .map(|(term, sum)| json!({ "name": term, "figures": figures::shown(sum) }))
        .collect();
    let years: Vec<Value> = sums
        .years
        .iter()
        .rev()
        .map(|(year, sum)| json!({ "name": year, "figures": figures::shown(sum) }))
        .collect();
    let about = ("Events", "/staff/events/", "staff/events.html");
    let context = json!({ "rows": rows, "terms": terms, "years": years });
    view::open(&app, &member, about, context).await
}

/// `GET /staff/events.csv`.
pub(in super::super) async fn events_file(State(app): State<App>) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let all = counted(&app, &site).await?;
    let own = ["event", "title", "starts", "ends", "term", "cancelled"];
    let columns: Vec<&str> = own.into_iter().chain(figures::COLUMNS).collect();
    let rows = all.iter().map(|one| {
        let event = &one.event;
        let mut row = vec![
            event.slug.to_string(),
            event.title.clone(),
            event.starts.to_string(),
            event.ends.to_string(),
            one.term.to_string(),
            if one.called_off { "yes" } else { "no" }.to_owned(),
        ];
        row.extend(figures::cells(&one.figures));
        row
    });
    download("events.csv", &columns, rows)
}

/// `GET /staff/terms.csv`: each term, then each school year, the latest first.
pub(in super::super) async fn terms_file(State(app): State<App>) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let all = counted(&app, &site).await?;
    let sums = Sums::of(&all);
    let columns: Vec<&str> = ["period", "events"]
        .into_iter()
        .chain(figures::COLUMNS)
        .collect();
    let terms = sums.terms.iter().rev();
    let terms = terms.map(|(term, sum)| (term.to_string(), sum));
    let years = sums.years.iter().rev();
    let years = years.map(|(year, sum)| (format!("School year {year}"), sum));
    let rows = terms.chain(years).map(|(name, sum)| {
        let mut row = vec![name, sum.events.to_string()];
        row.extend(figures::cells(sum));
        row
    });
    download("terms.csv", &columns, rows)
}
