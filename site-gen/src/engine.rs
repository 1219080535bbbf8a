//! The engine: a site in memory that can be changed, for whoever looks at it
//! while it is written.
//!
//! An edit parses the files that changed, makes the index of all pages and the
//! job of every output anew (they are references and numbers), and renders the
//! jobs whose fingerprint is new. There is no graph to keep in order: what a
//! page depends on is what its job holds, and nothing else can be rendered. So
//! the result is that of a cold build, byte for byte, and a test holds the two
//! against each other over thousands of random edits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use theme::ThemeError;

use crate::content::Content;
use crate::links::Checked;
use crate::problem::Problem;
use crate::revision::Table;
use crate::shared::Shared;
use crate::waiting::Room;
use crate::{Built, Options};

mod paint;
mod refresh;
mod work;

/// The files of a site, by their paths in the output, such as
/// `prospectus/letter/index.html`.
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Update {
    /// What is wrong now; with a single one the site stays as it was.
    pub problems: Vec<Problem>,
    /// The files that are new or have other bytes, in order.
    pub changed: Vec<String>,
    /// The files that are no more, in order.
    pub removed: Vec<String>,
}

/// A site in memory that can be changed.
#[derive(Debug)]
pub struct Engine {
    options: Options,
    content: Content,
    /// What came of the job at each address, and its fingerprint.
    made: Table<String, Made>,
    /// What the links of each document came to, by its revision, while what
    /// they may lead to is of this shape.
    links: Table<u64, Checked>,
    shape: u64,
    /// The addresses at which something was made or went since `files` was
    /// right.
    stirred: BTreeSet<String>,
    files: Files,
    good: Option<(Built, Arc<Shared>)>,
    problems: Vec<Problem>,
}

/// What one job came to.
#[derive(Debug)]
struct Made {
    fingerprint: u64,
    outcome: Result<Arc<[u8]>, ThemeError>,
}

impl Engine {
    /// Reads everything. Problems do not stop it: what can be known is known.
    #[must_use]
    pub fn open(options: &Options) -> Engine {
        let mut engine = Engine {
            options: options.clone(),
            content: Content::read(options, Room::of_a_server()),
            made: Table::default(),
            links: Table::default(),
            shape: 0,
            stirred: BTreeSet::new(),
            files: Files::new(),
            good: None,
            problems: Vec::new(),
        };
        engine.work();
        engine
    }

    /// Looks again at these files (added, changed or removed; folders too) and
    /// works out anew only what they touch.
    pub fn change(&mut self, paths: &[PathBuf]) -> Update {
        if !refresh::refresh(&mut self.content, &self.options, paths) {
            return Update {
                problems: self.problems.clone(),
                ..Update::default()
            };
        }
        self.work()
    }

    /// As [`Engine::change`], at another time: what is published meanwhile, and
    /// what went, is worked out too.
    pub fn change_at(&mut self, paths: &[PathBuf], now: Timestamp) -> Update {
        self.options.now = now;
        refresh::refresh(&mut self.content, &self.options, paths);
        self.work()
    }

    /// When the last good site changes next without an edit.
    #[must_use]
    pub fn next_change(&self) -> Option<Timestamp> {
        self.built()?.next_change
    }

    /// What is wrong now, in order of place.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What is told of the last good site and does not stop a build.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        self.built().map_or(&[], |built| &built.warnings)
    }

    /// The last good site; empty if there was none yet.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The last good site but for its files, which are [`Engine::files`].
    #[must_use]
    pub fn built(&self) -> Option<&Built> {
        self.good.as_ref().map(|(built, _)| built)
    }
}
