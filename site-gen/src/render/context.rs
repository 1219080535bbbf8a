//! `page` as templates are given it, whatever it is of.

use domain::publication::Site as Head;
use serde::Serialize;
use theme::{Map, Value};

use super::record::Record;
use super::{item, json_ld};
use crate::fields::Fields;
use crate::job::{PageJob, Pager, Subject, TermLink};
use crate::kind::Kind;
use crate::markdown::Heading;
use crate::page::Card;

/// How many words a person reads in a minute: rather few, since what is read
/// here is not a novel.
const WORDS_A_MINUTE: u32 = 200;

/// What is different from subject to subject.
struct Shown<'s> {
    title: String,
    description: String,
    kind: &'static str,
    card: Option<crate::page::Page<'s>>,
}

impl<'s> Shown<'s> {
    fn new(job: &PageJob<'s>, head: &Head) -> Shown<'s> {
        let count = job.items.as_ref().map_or(0, Vec::len);
        match job.subject {
            Subject::Page(page) => Shown {
                title: page.0.common().title.to_owned(),
                description: page.0.common().description.to_owned(),
                kind: page.0.kind_name(),
                card: Some(page.0),
            },
            Subject::Taxonomy { name } => Shown {
                title: capitalised(name),
                description: format!("What the pages of {} are about.", head.name),
                kind: "taxonomy",
                card: None,
            },
            Subject::Choice {
                list,
                question,
                label,
                total,
            } => Shown {
                title: format!("{}: {label}", list.0.common().title),
                description: format!(
                    "{question}: {label}. {count} of {total} in the catalogue of {}.",
                    head.name
                ),
                kind: "choice",
                card: None,
            },
            Subject::Term { taxonomy, name } => Shown {
                title: name.to_owned(),
                description: format!("Pages of {} under “{name}” ({taxonomy}).", head.name),
                kind: "term",
                card: None,
            },
        }
    }
}

/// `Tags` of `tags`.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// All that a template can know of a page.
pub(super) fn page(job: &PageJob<'_>, head: &Head, fields: &Fields) -> Value {
    let shown = Shown::new(job, head);
    let crumbs = if fields.way() {
        breadcrumbs(job, &shown)
    } else {
        Vec::new()
    };
    let mut page = Record::with_capacity(24);
    let mut put = |name: &'static str, value: Value| page.put(name, value);
    if fields.json_ld {
        let json = json_ld::of(job, &shown.title, &shown.description, &crumbs, head);
        put("json_ld", Value::safe_string(&json));
    }
    put("title", Value::from(shown.title.as_str()));
    put("description", Value::from(shown.description.as_str()));
    put("path", Value::from(&*job.address));
    if fields.kind {
        put("kind", Value::from(shown.kind));
    }
    if fields.breadcrumbs {
        let crumbs = crumbs.into_iter().map(|(label, href)| link(label, &href));
        put("breadcrumbs", crumbs.collect::<Vec<_>>().into());
    }
    if fields.feed {
        put("feed", Value::from(job.feed.as_deref()));
    }
    if fields.previous {
        put("previous", Value::from(job.previous.map(neighbour)));
    }
    if fields.next {
        put("next", Value::from(job.next.map(neighbour)));
    }
    if fields.related {
        put("related", item::all(&job.related, fields));
    }
    if fields.terms {
        put("terms", terms(&job.terms, fields));
    }
    let Some(of) = shown.card else {
        for name in ["source", "as_at", "date", "updated"] {
            put(name, Value::none());
        }
        for name in ["content", "summary", "section"] {
            put(name, Value::from(""));
        }
        for name in ["words", "reading_time"] {
            put(name, Value::from(0_u32));
        }
        put("headings", Value::from(Vec::<Value>::new()));
        return page.value();
    };
    let common = of.common();
    let (own_as_at, updated) = match of.kind {
        Kind::Page(page) => (page.as_at.as_deref(), page.updated.as_ref()),
        Kind::News(news) => (None, news.updated.as_ref()),
        _ => (None, None),
    };
    let as_at = own_as_at.or(common.source.map(|_| head.as_at.as_str()));
    let content = if job.pager.as_ref().is_some_and(|pager| pager.number > 1) {
        // What is said of the list is said on its first page.
        Value::safe_string("")
    } else {
        of.body.html.value()
    };
    put("content", content);
    if fields.summary {
        put("summary", of.body.summary.clone());
    }
    if fields.source {
        put("source", Value::from(common.source));
    }
    if fields.as_at {
        put("as_at", Value::from(as_at));
    }
    if fields.date {
        let date = common.date.map(|date| date.to_string());
        put("date", Value::from(date));
    }
    if fields.updated {
        let updated = updated.map(|date| date.value.to_string());
        put("updated", Value::from(updated));
    }
    if fields.section {
        put("section", Value::from(of.section()));
    }
    if fields.words {
        put("words", Value::from(of.body.words));
    }
    if fields.reading_time {
        let minutes = of.body.words.div_ceil(WORDS_A_MINUTE).max(1);
        put("reading_time", Value::from(minutes));
    }
    if fields.headings {
        let headings = of.body.headings.iter().map(heading);
        put("headings", headings.collect::<Vec<_>>().into());
    }
    page.value()
}

fn heading(heading: Heading<'_>) -> Value {
    Value::from_serializable(&heading)
}

/// From the home page to the page itself.
fn breadcrumbs<'j>(job: &'j PageJob<'_>, shown: &'j Shown<'_>) -> Vec<(&'j str, String)> {
    let outside = shown
        .card
        .is_some_and(|page| page.is_home() || page.path == crate::address::NOT_FOUND);
    if outside {
        return Vec::new();
    }
    let mut crumbs = vec![("Home", "/".to_owned())];
    for Card(above) in &job.above {
        crumbs.push((above.common().title, above.address.clone()));
    }
    // A term is under its taxonomy, which may be no file of the content.
    if let Subject::Term { taxonomy, .. } = job.subject
        && job.above.is_empty()
    {
        crumbs.push((taxonomy, format!("/{taxonomy}/")));
    }
    crumbs.push((&shown.title, job.address.clone().into_owned()));
    crumbs
}

fn link(label: &str, href: &str) -> Value {
    #[derive(Serialize)]
    struct Link<'l> {
        label: &'l str,
        href: &'l str,
    }
    Value::from_serializable(&Link { label, href })
}

fn neighbour(Card(page): Card<'_>) -> Value {
    item::link(page)
}

/// Terms with their addresses, and how many pages each has where that is told.
pub(super) fn terms(terms: &[TermLink<'_>], fields: &Fields) -> Value {
    #[derive(Serialize)]
    struct Term<'t> {
        #[serde(skip_serializing_if = "Option::is_none")]
        taxonomy: Option<&'t str>,
        name: &'t str,
        href: &'t str,
        #[serde(skip_serializing_if = "Option::is_none")]
        count: Option<usize>,
    }
    let term = |term: &TermLink<'_>| {
        Value::from_serializable(&Term {
            taxonomy: fields.taxonomy.then_some(term.taxonomy),
            name: term.name,
            href: term.href,
            count: term.count,
        })
    };
    terms.iter().map(term).collect::<Vec<_>>().into()
}

/// Which page of a list it is.
pub(super) fn pager(pager: &Pager<'_>) -> Value {
    let at = |number: usize| {
        (1..=pager.count)
            .contains(&number)
            .then(|| pager.address(number))
    };
    let near = pager.near().into_iter().map(|(number, href)| {
        let mut map = Map::with_capacity(3);
        map.insert("number".into(), Value::from(number));
        map.insert("href".into(), Value::from(href));
        map.insert("current".into(), Value::from(number == pager.number));
        Value::from(map)
    });
    let mut map = Map::with_capacity(6);
    map.insert("number".into(), Value::from(pager.number));
    map.insert("count".into(), Value::from(pager.count));
    map.insert("total".into(), Value::from(pager.total));
    map.insert("previous".into(), Value::from(at(pager.number - 1)));
    map.insert("next".into(), Value::from(at(pager.number + 1)));
    map.insert("pages".into(), near.collect::<Vec<_>>().into());
    map.into()
}
