//! What only shows beside the theme and the settings: faults of templates,
//! headings that are nowhere after all, days that nobody has listed.

use theme::ThemeError;

use crate::Options;
use crate::kind::Kind;
use crate::links::Pending;
use crate::nearest::nearest;
use crate::page::Page;
use crate::problem::{Problem, many};
use crate::publication;
use crate::revision::Table;
use crate::rule::Rule;
use crate::shared::{Shared, template_problem};
use crate::source;

/// A fault of a template that pages meet, and the first of them, with how many
/// others there are. A fault is told once, however many meet it.
pub(crate) fn told(
    faults: Vec<(ThemeError, String)>,
    shared: &Shared,
    options: &Options,
) -> Vec<Problem> {
    let mut grouped: Vec<(ThemeError, Vec<String>)> = Vec::new();
    for (error, page) in faults {
        match grouped.iter_mut().find(|(known, _)| *known == error) {
            Some((_, met_by)) => met_by.push(page),
            None => grouped.push((error, vec![page])),
        }
    }
    let problem = |(error, met_by): (ThemeError, Vec<String>)| {
        let met = met_by.split_first().map(|(first, others)| {
            let others = if others.is_empty() {
                String::new()
            } else {
                format!(" and {}", many(others.len(), "other page"))
            };
            format!("met while making `{first}`{others}")
        });
        template_problem(&shared.templates, options, &error, met)
    };
    grouped.into_iter().map(problem).collect()
}

/// How a page that met a fault is told: by its file, or where it would be.
pub(crate) fn name(page: Option<Page<'_>>, address: &str, options: &Options) -> String {
    match page {
        Some(page) => {
            let content = source::told(&options.content);
            content.join(&page.path).display().to_string()
        }
        None => address.to_owned(),
    }
}

/// A page that asks for a template which is not there.
pub(crate) fn no_template(page: Page<'_>, shared: &Shared) -> Option<Problem> {
    let Kind::Page(fields) = page.kind else {
        return None;
    };
    let asked = fields.template.as_ref()?;
    shared.theme.as_ref()?;
    if shared.has_template(&asked.value) {
        return None;
    }
    let known = shared
        .templates
        .iter()
        .filter_map(|(name, _)| name.strip_suffix(".html"));
    let known: Vec<&str> = known
        .filter(|name| !name.contains('/') && !matches!(*name, "base" | "components"))
        .collect();
    let hint = match nearest(&asked.value, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("the theme has {}", known.join(", "))
        }
    };
    let what = format!("there is no template `{}`", asked.value);
    Some(
        page.problem(asked.place, what, Some(hint))
            .of(Rule::Template),
    )
}

/// An event whose deadlines are in working days of a year of which nobody has
/// said which they are.
pub(crate) fn no_bank_holidays(page: Page<'_>, shared: &Shared) -> Option<Problem> {
    let event = publication::event(page)?;
    let rules = shared.booking.as_ref()?;
    let policy = event.policy(rules);
    let year = event.starts.date().year();
    let counts = policy.counts_working_days()
        && policy.ever_charges(event.price.unwrap_or_default())
        && !rules.bank_holidays.covers(year);
    let Kind::Event(fields) = page.kind else {
        return None;
    };
    let starts = fields.first()?.place;
    counts.then(|| {
        let what = format!(
            "what giving up a place costs hangs on working days, and the bank holidays of {year} are not listed"
        );
        let hint = "add them to `bank_holidays` in `booking.yaml`; https://www.gov.uk/bank-holidays has them";
        page.problem(starts, what, Some(hint.to_owned()))
            .of(Rule::BankHolidays)
    })
}

/// Headings that are asked for, by the address of the page that must have them.
pub(crate) type Wanted = Table<String, Vec<Pending>>;

/// Those that are not even in the finished page.
pub(crate) fn absent(wanted: &[Pending], html: &[u8]) -> Vec<Problem> {
    let html = String::from_utf8_lossy(html);
    wanted
        .iter()
        .filter(|pending| !html.contains(&format!("id=\"{}\"", pending.anchor)))
        .map(|pending| pending.problem.clone())
        .collect()
}
