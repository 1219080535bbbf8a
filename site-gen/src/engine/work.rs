//! From what was read to the files, rendering what is new.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use domain::publication::Publication;
use jiff::Timestamp;
use rayon::prelude::*;

use super::paint::paint;
use super::{Engine, Made, Update};
use crate::assemble::{told, wanted};
use crate::content::Content;
use crate::faults::{self, Wanted};
use crate::links::{self, Checked, There};
use crate::page::Document;
use crate::plan::{Plan, Task};
use crate::problem::Problem;
use crate::revision::Table;
use crate::shared::Shared;
use crate::site::Site;
use crate::{Built, address, job, publication, render, source};

thread_local! {
    /// Where each thread renders.
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What is done at one task.
enum Step {
    /// Nothing: it is as it was.
    Same,
    /// It is as it was, and was faulty.
    Faulty,
    /// It was rendered.
    New(Made),
    /// It cannot be rendered.
    Not(Problem),
}

/// What is known of a site beside its files.
struct Outline {
    publication: Option<Publication>,
    pages: usize,
    redirects: Vec<(String, String)>,
    next_change: Option<Timestamp>,
    addresses: Vec<String>,
    warnings: Vec<Problem>,
}

impl Engine {
    /// Brings everything up to date with the content.
    pub(super) fn work(&mut self) -> Update {
        let Engine {
            options,
            content,
            made,
            links,
            shape,
            stirred,
            ..
        } = self;
        content.settle(options);
        let mut problems = content.problems();
        let shared = Arc::clone(&content.shared);
        let Some(settings) = &shared.settings else {
            return self.fail(problems);
        };
        let documents = content.in_order();
        let site = Site::new(&documents, settings, options.edition());
        problems.extend(site.check(&source::told(&options.content)));
        let addresses = content.addresses();
        let plan = Plan::new(
            &site,
            settings,
            &shared,
            &addresses,
            options.now,
            &mut problems,
        );

        let new_shape = links::shape(&site, &plan.others);
        if std::mem::replace(shape, new_shape) != new_shape {
            links.clear();
        }
        let there = There::new(&site, &plan.others, content.surroundings());
        let mut checked = check(&documents, &there, links);
        checked.push(links::of_settings(settings, &shared.settings_path, &there));
        let wanted = wanted(checked, &mut problems);
        if shared.theme.is_none() {
            return self.fail(problems);
        }

        let step = |task: &Task| step(*task, &plan, made, content);
        let steps: Vec<(Task, Step)> = plan
            .tasks
            .par_iter()
            .with_min_len(64)
            .map(|task| (*task, step(task)))
            .filter(|(_, step)| !matches!(step, Step::Same))
            .collect();
        let mut count = plan.tasks.len();
        for (task, step) in steps {
            match step {
                Step::Same | Step::Faulty => {}
                Step::New(new) => {
                    let address = plan.address(task).into_owned();
                    stirred.insert(address.clone());
                    made.insert(address, new);
                }
                Step::Not(problem) => {
                    count -= 1;
                    let address = plan.address(task).into_owned();
                    made.remove(&address);
                    stirred.insert(address);
                    problems.push(problem);
                }
            }
        }
        let mut met = Vec::new();
        if made.values().any(|made| made.outcome.is_err()) {
            for task in &plan.tasks {
                let address = plan.address(*task);
                if let Some(Err(error)) = made.get(&*address).map(|made| &made.outcome) {
                    let page = faults::name(plan.page_of(*task), &address, options);
                    met.push((error.clone(), page));
                }
            }
        }
        problems.extend(faults::told(met, &shared, options));
        problems.extend(absent(&wanted, &plan, made));
        let pictures = content.pictures(&site);
        if !options.stops(&problems) {
            problems.extend(copy(content, &site, made, stirred));
            problems.extend(paint(&pictures, &options.pictures(), made, stirred));
            count += content.copied(&site).count() + shared.assets.files.len();
            count += pictures.iter().map(|(_, files)| files.len()).sum::<usize>();
        }
        if options.stops(&problems) {
            return self.fail(problems);
        }
        if count != made.len() {
            let mut meant: HashSet<String> = plan
                .tasks
                .iter()
                .map(|task| plan.address(*task).into_owned())
                .collect();
            meant.extend(content.copied(&site).map(|copied| copied.address.clone()));
            meant.extend(shared.assets.files.keys().cloned());
            let of_pictures = pictures.iter().flat_map(|(_, files)| files);
            meant.extend(of_pictures.map(|file| file.address.clone()));
            made.retain(|address, _| {
                let stays = meant.contains(address);
                if !stays {
                    stirred.insert(address.clone());
                }
                stays
            });
        }
        let outline = Outline {
            publication: publication::publication(&site, &shared),
            pages: plan.pages_count(),
            redirects: plan.redirected(),
            next_change: site.next_change(),
            addresses: site.addresses(),
            warnings: told(problems),
        };
        self.succeed(outline, &shared)
    }

    /// The last good site stays.
    fn fail(&mut self, problems: Vec<Problem>) -> Update {
        self.problems = told(problems);
        Update {
            problems: self.problems.clone(),
            ..Update::default()
        }
    }

    /// What was stirred is shown.
    fn succeed(&mut self, outline: Outline, shared: &Arc<Shared>) -> Update {
        let Outline {
            publication,
            pages,
            redirects,
            next_change,
            addresses,
            warnings,
        } = outline;
        match (&mut self.good, &shared.theme) {
            (Some((built, of)), _) if Arc::ptr_eq(of, shared) => {
                (built.publication, built.pages) = (publication, pages);
                (built.redirects, built.next_change) = (redirects, next_change);
                (built.addresses, built.warnings) = (addresses, warnings);
            }
            (good, Some(theme)) => {
                let built = Built {
                    files: BTreeMap::new(),
                    pages,
                    assets: shared.assets.files.len(),
                    publication,
                    redirects,
                    next_change,
                    addresses,
                    published: shared.published_addresses(),
                    warnings,
                    theme: theme.clone(),
                    templates: shared.templates.clone(),
                };
                *good = Some((built, Arc::clone(shared)));
            }
            (_, None) => {}
        }
        self.problems.clear();
        let mut update = Update::default();
        for address in std::mem::take(&mut self.stirred) {
            let path = address::file(&address);
            match self.made.get(&address).map(|made| &made.outcome) {
                Some(Ok(bytes)) => {
                    if self.files.get(&path).map(|old| &**old) != Some(&**bytes) {
                        self.files.insert(path.clone(), Arc::clone(bytes));
                        update.changed.push(path);
                    }
                }
                _ => {
                    if self.files.remove(&path).is_some() {
                        update.removed.push(path);
                    }
                }
            }
        }
        update.changed.sort_unstable();
        update.removed.sort_unstable();
        update
    }
}

/// What the links of all documents come to; of those that are as they were, it
/// is known.
fn check(
    documents: &[&Document],
    there: &There<'_>,
    known: &mut Table<u64, Checked>,
) -> Vec<Checked> {
    let new: Vec<(u64, Checked)> = documents
        .par_iter()
        .with_min_len(64)
        .filter(|document| !known.contains_key(&document.revision()))
        .map(|document| {
            let checked = links::of_document(document, there);
            (document.revision(), checked)
        })
        .collect();
    known.extend(new);
    if known.len() > 2 * documents.len() {
        let there: HashSet<u64> = documents
            .iter()
            .map(|document| document.revision())
            .collect();
        known.retain(|revision, _| there.contains(revision));
    }
    let all = documents
        .iter()
        .filter_map(|document| known.get(&document.revision()));
    all.filter(|checked| !checked.is_empty()).cloned().collect()
}

/// Looks whether a task’s job is new, and renders it if so.
fn step(task: Task, plan: &Plan<'_>, made: &Table<String, Made>, content: &Content) -> Step {
    if let Some(problem) = plan.no_template(task) {
        return Step::Not(problem);
    }
    let job = plan.job(task);
    let fingerprint = job::fingerprint(&job, &content.shared);
    let address = plan.address(task);
    if let Some(old) = made
        .get(&*address)
        .filter(|old| old.fingerprint == fingerprint)
    {
        return match old.outcome {
            Ok(_) => Step::Same,
            Err(_) => Step::Faulty,
        };
    }
    ROOM.with_borrow_mut(|room| {
        room.clear();
        let outcome = render::job(&job, &content.shared, room);
        Step::New(Made {
            fingerprint,
            outcome: outcome.map(|()| Arc::from(room.as_slice())),
        })
    })
}

/// The headings that are not even in the finished pages.
fn absent(wanted: &Wanted, plan: &Plan<'_>, made: &Table<String, Made>) -> Vec<Problem> {
    let mut problems = Vec::new();
    if wanted.is_empty() {
        return problems;
    }
    // What was made before and is planned no more stays until the site is good.
    let planned: HashSet<_> = plan.tasks.iter().map(|task| plan.address(*task)).collect();
    let there = wanted
        .iter()
        .filter(|(address, _)| planned.contains(address.as_str()));
    for (address, asked) in there {
        // A page that could not be rendered has been told already.
        if let Some(Ok(html)) = made.get(address).map(|made| &made.outcome) {
            problems.extend(faults::absent(asked, html));
        }
    }
    problems
}

/// Reads what is copied as it is and has changed.
fn copy(
    content: &Content,
    site: &Site<'_>,
    made: &mut Table<String, Made>,
    stirred: &mut BTreeSet<String>,
) -> Option<Problem> {
    let mut put =
        |address: &str, fingerprint: u64, bytes: &dyn Fn() -> Result<Arc<[u8]>, Problem>| {
            let known = made.get(address);
            if known.is_some_and(|made| made.fingerprint == fingerprint) {
                return None;
            }
            match bytes() {
                Ok(bytes) => {
                    let outcome = Ok(bytes);
                    stirred.insert(address.to_owned());
                    made.insert(
                        address.to_owned(),
                        Made {
                            fingerprint,
                            outcome,
                        },
                    );
                    None
                }
                Err(problem) => Some(problem),
            }
        };
    for copied in content.copied(site) {
        let read = || source::bytes(&copied.path).map(Arc::from);
        let problem = put(&copied.address, copied.revision, &read);
        if problem.is_some() {
            return problem;
        }
    }
    for (address, bytes) in &content.shared.assets.files {
        // The print of its bytes is in its address.
        put(address, 0, &|| Ok(Arc::clone(bytes)));
    }
    None
}
