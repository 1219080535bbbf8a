//! A job into bytes: its values into its template.
//!
//! Nothing is shared and nothing is changed, so jobs can be rendered in any
//! order, or at once. Only what a job holds is seen here: that is what makes
//! its fingerprint the fingerprint of its bytes.

use domain::publication::Site as Head;
use theme::{Context, ThemeError, Value};

use crate::fields::Fields;
use crate::job::{Job, PageJob, Subject};
use crate::shared::Shared;
use crate::{calendar, feed, school_index, search};

mod choices;
mod context;
mod examples;
mod item;
mod json_ld;
mod letters;
mod months;
mod own;
mod record;
mod whole;

/// Renders a job onto the end of `out`.
pub(crate) fn job(job: &Job<'_>, shared: &Shared, out: &mut Vec<u8>) -> Result<(), ThemeError> {
    match job {
        Job::Page(page) => return self::page(page, shared, out),
        Job::Redirect { to } => out.extend(feed::redirect(to, shared).as_bytes()),
        Job::Feed(job) => out.extend(feed::atom(job, shared).as_bytes()),
        Job::Calendar(job) => out.extend(calendar::file(job, shared).as_bytes()),
        Job::Sitemap(pages) => feed::sitemap(pages, shared, out),
        Job::Search(entries) => out.extend(search::index(entries)),
        Job::Schools(schools) => out.extend(school_index::json(schools)),
        Job::Robots => out.extend(feed::robots(shared).as_bytes()),
    }
    Ok(())
}

fn page(job: &PageJob<'_>, shared: &Shared, out: &mut Vec<u8>) -> Result<(), ThemeError> {
    let (Some(theme), Some(head)) = (&shared.theme, &shared.head) else {
        return Ok(());
    };
    let from = out.len();
    let filled_in = theme.render_to(
        &job.template,
        &context(job, shared, head, &shared.fields),
        out,
    );
    if filled_in.is_ok() {
        return filled_in;
    }
    // Whoever asked for what is not there is told all that there could be.
    out.truncate(from);
    theme.render_to(
        &job.template,
        &context(job, shared, head, &Fields::ALL),
        out,
    )
}

/// All that a template is given: of a page’s fields, those asked for.
fn context(job: &PageJob<'_>, shared: &Shared, head: &Head, fields: &Fields) -> Context {
    let mut context = Context::new();
    context.insert_value("site", shared.head_value.clone());
    context.insert_value("data", shared.data.value().clone());
    context.insert_value("page", context::page(job, head, fields));
    let lists = [
        ("items", &job.items),
        ("sections", &job.sections),
        ("events", &job.events),
        ("past", &job.past),
    ];
    for (name, list) in lists {
        if let Some(list) = list {
            context.insert_value(name, item::all(list, fields));
        }
    }
    if let Some(terms) = &job.all_terms {
        context.insert_value("terms", context::terms(terms, fields));
    }
    if job.items.is_some() {
        let pager = job.pager.as_ref().map(context::pager);
        context.insert_value("pager", Value::from(pager));
    }
    if let (true, Some(events)) = (job.months, &job.events) {
        context.insert_value("months", months::of(events, fields));
    }
    if job.past.is_some() {
        context.insert_value("calendar", Value::from(job.calendar.as_deref()));
    }
    if let Some(all) = &job.everything {
        context.insert_value("letters", letters::of(all, fields));
    }
    if let Subject::Choice { total, .. } = job.subject {
        context.insert_value("total", Value::from(total));
    }
    if job.items.is_some() {
        context.insert_value("filters", choices::of(&job.choices));
    }
    whole::insert(&mut context, job);
    if let Some(count) = job.services_count {
        context.insert_value("services_count", Value::from(count));
    }
    own::insert(&mut context, job, shared, fields);
    context
}
