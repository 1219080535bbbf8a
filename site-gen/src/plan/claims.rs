//! Who is at which address: what the site makes, the pages, what is copied and
//! the aliases may not be in one another’s place.

use std::path::Path;

use super::{Plan, Task};
use crate::address;
use crate::links::FILE;
use crate::names::folded;
use crate::problem::Problem;
use crate::revision::Table;
use crate::rule::Rule;
use crate::text::Place;

impl Plan<'_> {
    /// Tells of a page where what the site makes must be: the page of a term, a
    /// calendar. A file there is told of by [`Plan::files`].
    pub(super) fn claim(&self, address: &str, problems: &mut Vec<Problem>) {
        if let Some(page) = self.site.at(address) {
            let what = format!("the site makes a page of its own at `{address}`");
            let hint = "give the file another name".to_owned();
            let problem = page.problem(Place::START, what, Some(hint));
            problems.push(problem.of(Rule::AddressTaken));
        }
    }

    /// Tells of every copied file that is where something else is.
    pub(super) fn files(&self, files: &[(String, &Path)], problems: &mut Vec<Problem>) {
        let mut known: Table<&str, &Path> = Table::default();
        for (address, path) in files {
            let same = known.insert(address, path);
            let same = same.map(|other| (address.clone(), format!("`{}`", other.display())));
            if let Some((address, other)) = same.or_else(|| self.in_place_of(address)) {
                let what = format!("two things are at `{address}`: {other}, and this file");
                let problem = Problem::whole(*path, what, "rename one of them");
                problems.push(problem.of(Rule::AddressTaken));
            }
        }
    }

    /// What a file at this address is in the place of: a page whose file it would
    /// be, or one whose folder it would be. Many disks do not tell capitals apart.
    fn in_place_of(&self, file: &str) -> Option<(String, String)> {
        // What is made has small letters alone, but for aliases.
        let file = folded(file);
        let folder = format!("{file}/");
        let all = [&*file, address::of_file(&file), &folder];
        all.into_iter().find_map(|address| {
            let page = self.site.kept_at(address);
            let page = page.map(|page| format!("`{}`", page.path));
            let made = self.others.get(address).filter(|what| **what != FILE);
            let made = made.map(|what| format!("{what}, which the site makes"));
            Some((address.to_owned(), page.or(made)?))
        })
    }

    /// A redirect for each alias, unless something else is there.
    pub(super) fn redirects(&mut self, problems: &mut Vec<Problem>) {
        let mut taken: Table<String, &str> = Table::default();
        let mut led = Vec::new();
        for index in &self.site.shown {
            let page = self.site.get(*index);
            for (number, alias) in page.common().aliases.iter().enumerate() {
                let address = address::of_alias(&alias.value);
                let whole = address.as_deref().map(folded);
                let shown = whole.as_deref().map(address::of_file);
                let other = match (address.as_deref(), shown) {
                    (None, _) | (_, None) => Some("it is not an address of this site".to_owned()),
                    (Some(address), _) if address::is_answered(address) => {
                        Some(format!("the forms answer at `{address}`"))
                    }
                    (Some(address), Some(shown)) => match self.site.kept_at(shown) {
                        Some(other) => Some(format!("`{}` is there", other.path)),
                        None => match taken.get(shown) {
                            Some(other) => Some(format!("`{other}` had it too")),
                            None => self
                                .others
                                .get(shown)
                                .or_else(|| self.others.get(address))
                                .map(|what| format!("{what} is there")),
                        },
                    },
                };
                match (shown, other) {
                    (Some(shown), None) => {
                        taken.insert(shown.to_owned(), &page.document().path);
                        led.extend(address);
                        self.tasks.push(Task::Redirect(*index, number));
                    }
                    (_, why) => {
                        let what = format!(
                            "the alias `{}` cannot lead here: {}",
                            alias.value,
                            why.unwrap_or_default()
                        );
                        let hint =
                            "write an address that the page had before, such as `/old/letter/`"
                                .to_owned();
                        let problem = page.problem(alias.place, what, Some(hint));
                        problems.push(problem.of(Rule::AddressTaken));
                    }
                }
            }
        }
        let led = led.into_iter().map(|address| (address, "a redirect"));
        self.others.extend(led);
    }

    /// Every alias with the address that it leads to, in order.
    pub(crate) fn redirected(&self) -> Vec<(String, String)> {
        let redirect = |task: &Task| match task {
            Task::Redirect(index, _) => Some((
                self.address(*task).into_owned(),
                self.site.get(*index).address.clone(),
            )),
            _ => None,
        };
        let mut found: Vec<_> = self.tasks.iter().filter_map(redirect).collect();
        found.sort_unstable();
        found
    }
}
