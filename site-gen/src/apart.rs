//! One page apart from its site: what can be said of a text alone, before
//! anybody knows what else there is.
//!
//! The fuzz targets come in here, by the same way as a build: whatever the
//! bytes are, the answer is HTML and a list of problems, each in the file.

use std::path::PathBuf;

use theme::Theme;

use crate::kind::{Kind, KindName};
use crate::markdown::{self, Surroundings};
use crate::problem::Problem;
use crate::text::SourceText;
use crate::{front_matter, text};

/// The HTML of a page’s text, and what is wrong with it by itself.
#[must_use]
pub fn page(kind: KindName, bytes: Vec<u8>, theme: Option<&Theme>) -> (String, Vec<Problem>) {
    let source = match SourceText::read(PathBuf::from("page.md"), bytes) {
        Ok(source) => source,
        Err(problem) => return (String::new(), vec![problem]),
    };
    let mut problems = Vec::new();
    let mut html = String::new();
    match front_matter::split(&source) {
        Ok(parts) => {
            // The fields themselves matter only with the rest of the site.
            let _: Option<Kind> = Kind::read(kind, &source, parts.yaml, &mut problems);
            let surroundings = Surroundings {
                theme,
                ..Surroundings::default()
            };
            let body = markdown::render(&source.text, parts.body, "page.md", surroundings);
            let told = |finding: &markdown::BodyFinding| {
                source
                    .problem_at(finding.offset, &finding.what, finding.hint.clone())
                    .of(finding.rule)
            };
            problems.extend(body.findings.iter().map(told));
            html = body.html;
        }
        Err(problem) => problems.push(problem),
    }
    problems.sort();
    problems.dedup();
    text::quote(&source.text, &mut problems);
    (html, problems)
}
