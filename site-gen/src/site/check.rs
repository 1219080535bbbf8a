//! What is wrong with the pages of a site together.

use std::path::Path;

use super::Site;
use crate::address;
use crate::kind::Kind;
use crate::page::Page;
use crate::problem::Problem;
use crate::revision::Table;
use crate::rule::Rule;
use crate::taxonomy;
use crate::text::Place;

impl Site<'_> {
    /// What is wrong with the pages together: two at one address, two services
    /// of one number, no home page.
    pub(crate) fn check(&self, content: &Path) -> Vec<Problem> {
        let mut problems = self.reminders();
        problems.extend(taxonomy::mixed(self));
        if self.document(address::HOME).is_none() {
            problems.push(Problem::whole(
                content.join(address::HOME),
                "there is no such file",
                "begin the home page there",
            ));
        }
        for list in self.documents.iter().filter(|document| document.is_list()) {
            let page = format!("{}.md", list.folder());
            if let Some(other) = self.document(&page) {
                // The later path is told, as an editor would meet it.
                let (one, other) = if list.path > other.path {
                    (*list, other)
                } else {
                    (other, *list)
                };
                let what = format!(
                    "two pages are at `{}`: this one and `{}`",
                    one.address, other.path
                );
                let hint = "rename one of the two files".to_owned();
                let problem = one.problem(Place::START, what, Some(hint));
                problems.push(problem.of(Rule::AddressTaken));
            }
        }
        let mut taken: Table<&str, Page<'_>> = Table::default();
        for page in self.pages() {
            let Kind::Service(service) = page.kind else {
                continue;
            };
            let id = service.id.value.as_str();
            if let Some(other) = taken.insert(id, page) {
                let what = format!("`id`: `{id}` is the number of `{}` as well", other.path);
                let hint = "each service has a number of its own".to_owned();
                let problem = page.problem(service.id.place, what, Some(hint));
                problems.push(problem.of(Rule::NumberTaken));
            }
        }
        problems
    }
}
