//! How satisfied those are who came to events: the satisfaction figure of outcome
//! 8, by term and by school year, over all events, those too that are published
//! no more.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use domain::calendar::{LondonTime, SchoolYear, Term};
use domain::event::EventSlug;
use domain::feedback::{Feedback, Heard};
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use super::figures::{heard, heard_cells};
use crate::answer::ApiError;
use crate::app::App;
use crate::csv_file::download;

/// What was answered about one event.
struct About {
    event: EventSlug,
    title: String,
    starts: LondonTime,
    term: Term,
    heard: Heard,
}

/// What was answered, by event, term and school year.
struct Answered {
    events: Vec<About>,
    terms: BTreeMap<Term, Heard>,
    years: BTreeMap<SchoolYear, Heard>,
}

async fn answered(app: &App) -> Result<Answered, ApiError> {
    let site = app.site.published().await?;
    let calendar = &site.publication.booking.terms;
    let mut by_event: BTreeMap<EventSlug, Vec<Feedback>> = BTreeMap::new();
    for answer in app.store.feedback().await? {
        by_event
            .entry(answer.event.clone())
            .or_default()
            .push(answer);
    }
    let mut all = Answered {
        events: Vec::new(),
        terms: BTreeMap::new(),
        years: BTreeMap::new(),
    };
    for (event, answers) in by_event {
        let Some(first) = answers.first() else {
            continue;
        };
        // Where it was moved after some had booked, its page says when it was.
        let published = site.publication.event(&event);
        let starts = published.map_or(first.starts, |event| event.starts);
        let (heard, _) = Heard::of(&answers);
        let term = calendar.of(starts.date());
        let sum = all.terms.entry(term).or_insert(Heard::NOTHING);
        *sum = sum.with(heard);
        let sum = all.years.entry(term.year).or_insert(Heard::NOTHING);
        *sum = sum.with(heard);
        all.events.push(About {
            event,
            title: first.event_title.clone(),
            starts,
            term,
            heard,
        });
    }
    all.events.sort_by_key(|one| Reverse(one.starts));
    Ok(all)
}

/// `GET /staff/satisfaction/`.
pub(in super::super) async fn page(
    State(app): State<App>,
    By(member): By,
) -> Result<Response, ApiError> {
    let all = answered(&app).await?;
    let site = app.site.published().await?;
    let events: Vec<Value> = all
        .events
        .iter()
        .map(|one| {
            let is_published = site.publication.event(&one.event).is_some();
            json!({
                "href": is_published.then(|| format!("/staff/events/{}/", one.event)),
                "name": one.title, "starts": one.starts, "heard": heard(&one.heard, &[]),
            })
        })
        .collect();
    let terms = all.terms.iter().rev();
    let terms = terms.map(|(term, sum)| json!({ "name": term, "heard": heard(sum, &[]) }));
    let years = all.years.iter().rev();
    let years = years.map(|(year, sum)| json!({ "name": year, "heard": heard(sum, &[]) }));
    let context = json!({
        "events": events, "terms": terms.collect::<Vec<_>>(),
        "years": years.collect::<Vec<_>>(), "fewest": Heard::FEWEST,
    });
    let about = (
        "Satisfaction",
        "/staff/satisfaction/",
        "staff/satisfaction.html",
    );
    view::open(&app, &member, about, context).await
}

/// `GET /staff/satisfaction.csv`: each school year, each term, each event.
pub(in super::super) async fn file(State(app): State<App>) -> Result<Response, ApiError> {
    let all = answered(&app).await?;
    let columns = [
        "kind",
        "name",
        "term",
        "answers",
        "mean satisfaction",
        "would recommend in per cent",
        "kept back",
    ];
    let row = |kind: &str, name: String, term: String, heard: &Heard| {
        let mut row = vec![kind.to_owned(), name, term];
        row.extend(heard_cells(heard));
        row
    };
    let years = all.years.iter().rev();
    let years = years.map(|(year, sum)| row("school year", year.to_string(), String::new(), sum));
    let terms = all.terms.iter().rev();
    let terms = terms.map(|(term, sum)| row("term", term.to_string(), term.to_string(), sum));
    let events = all.events.iter();
    let events =
        events.map(|one| row("event", one.title.clone(), one.term.to_string(), &one.heard));
    download(
        "satisfaction.csv",
        &columns,
        years.chain(terms).chain(events),
    )
}
