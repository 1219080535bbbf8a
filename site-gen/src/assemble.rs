//! A cold build: from what was read to every file, each given away as soon as
//! it is made.

use std::cell::RefCell;

use rayon::prelude::*;
use theme::ThemeError;

use crate::content::{Content, SHARE};
use crate::faults::{self, Wanted};
use crate::links::{self, Checked, There};
use crate::pictures::files;
use crate::plan::{Plan, Task};
use crate::problem::Problem;
use crate::site::Site;
use crate::{Built, Options, address, publication, render, source};

/// Takes the files of the site, on any thread and in any order.
pub(crate) type Put<'p> = &'p (dyn Fn(&str, &[u8]) -> Result<(), Problem> + Sync);

/// What came of one task.
enum Outcome {
    Made(Vec<Problem>),
    /// It was made, and is not taken.
    Refused(Problem),
    Faulty(ThemeError, String),
}

/// Makes the site.
pub(crate) fn assemble(
    content: &Content,
    options: &Options,
    put: Put<'_>,
) -> Result<Built, Vec<Problem>> {
    let mut problems = content.problems();
    let shared = &content.shared;
    let Some(settings) = &shared.settings else {
        return Err(told(problems));
    };
    let documents = content.in_order();
    let site = Site::new(&documents, settings, options.edition());
    let files = content.addresses();
    let check = || site.check(&source::told(&options.content));
    let plan = || Plan::new(&site, settings, shared, &files, options.now, &mut problems);
    let (together, plan) = rayon::join(check, plan);
    problems.extend(together);

    let there = There::new(&site, &plan.others, content.surroundings());
    let mut checked: Vec<Checked> = documents
        .par_iter()
        .with_max_len(SHARE)
        .map(|document| links::of_document(document, &there))
        .collect();
    checked.push(links::of_settings(settings, &shared.settings_path, &there));
    let wanted = wanted(checked, &mut problems);

    // What will not be shown need not be kept.
    let put: Put<'_> = if !options.stops(&problems) {
        put
    } else {
        &|_, _| Ok(())
    };
    let one = |task: &Task| one(*task, &plan, &wanted, content, options, put);
    let made: Vec<Outcome> = if shared.theme.is_some() {
        // Most make no trouble, and are not kept.
        let made = plan.tasks.par_iter().with_max_len(SHARE).map(one);
        made.filter(|outcome| !matches!(outcome, Outcome::Made(problems) if problems.is_empty()))
            .collect()
    } else {
        Vec::new()
    };
    let (mut met, mut refused) = (Vec::new(), None);
    for outcome in made {
        match outcome {
            Outcome::Made(found) => problems.extend(found),
            Outcome::Refused(problem) => refused = refused.or(Some(problem)),
            Outcome::Faulty(error, page) => met.push((error, page)),
        }
    }
    problems.extend(faults::told(met, shared, options));
    if !options.stops(&problems) {
        problems.extend(refused.or_else(|| copy(content, &site, put)));
    }
    if !options.stops(&problems) {
        let give = |address: &str, bytes: Vec<u8>| put(&address::file(address), &bytes);
        let pictures = content.pictures(&site);
        problems.extend(files::make(&pictures, &options.pictures(), &give));
    }
    let Some(theme) = shared.theme.clone().filter(|_| !options.stops(&problems)) else {
        return Err(told(problems));
    };
    Ok(Built {
        files: std::collections::BTreeMap::new(),
        pages: plan.pages_count(),
        assets: shared.assets.files.len(),
        publication: publication::publication(&site, shared),
        redirects: plan.redirected(),
        next_change: site.next_change(),
        addresses: site.addresses(),
        published: shared.published_addresses(),
        warnings: told(problems),
        theme,
        templates: shared.templates.clone(),
    })
}

thread_local! {
    /// Where each thread renders: one page takes the room of the last.
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes the file of one task, and gives it away.
fn one(
    task: Task,
    plan: &Plan<'_>,
    wanted: &Wanted,
    content: &Content,
    options: &Options,
    put: Put<'_>,
) -> Outcome {
    if let Some(problem) = plan.no_template(task) {
        return Outcome::Made(vec![problem]);
    }
    let address = plan.address(task);
    ROOM.with_borrow_mut(|room| {
        room.clear();
        if let Err(error) = render::job(&plan.job(task), &content.shared, room) {
            let page = faults::name(plan.page_of(task), &address, options);
            return Outcome::Faulty(error, page);
        }
        let asked = wanted.get(&*address);
        let problems = asked.map_or(Vec::new(), |asked| faults::absent(asked, room));
        match put(&address::file(&address), room) {
            Err(problem) if problems.is_empty() => Outcome::Refused(problem),
            _ => Outcome::Made(problems),
        }
    })
}

/// The problems of links among all others, and the headings that must show.
pub(crate) fn wanted(
    checked: impl IntoIterator<Item = Checked>,
    problems: &mut Vec<Problem>,
) -> Wanted {
    let mut wanted = Wanted::default();
    for of_one in checked {
        problems.extend(of_one.problems);
        for pending in of_one.pending {
            wanted
                .entry(pending.address.clone())
                .or_default()
                .push(pending);
        }
    }
    wanted
}

/// Gives away what is copied as it is.
fn copy(content: &Content, site: &Site<'_>, put: Put<'_>) -> Option<Problem> {
    for copied in content.copied(site) {
        let copy = source::bytes(&copied.path).and_then(|bytes| put(&copied.file(), &bytes));
        if let Err(problem) = copy {
            return Some(problem);
        }
    }
    let mut assets = content.shared.assets.files.iter();
    assets.find_map(|(address, bytes)| put(&address::file(address), bytes).err())
}

/// Problems as people are told them: in order of place, each once, with its
/// line.
pub(crate) fn told(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort();
    problems.dedup();
    source::quote(&mut problems);
    problems
}
