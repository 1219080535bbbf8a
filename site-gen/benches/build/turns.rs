//! Cold builds in turn: every round builds once with each generator, so that a
//! machine that becomes slower meanwhile does so for all of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::corpus::Corpus;
use crate::generator::{Generator, out};
use crate::measure::{Cost, cost};

/// A generator, and the folder that has the corpus as it reads it.
pub(crate) struct Turn<'t> {
    pub(crate) generator: &'t Generator,
    pub(crate) root: PathBuf,
}

/// The median of several builds of each, every one without anything of the last.
pub(crate) fn cold(
    turns: &[Turn<'_>],
    corpus: Corpus,
    rounds: usize,
    is_memory: bool,
) -> Vec<io::Result<Cost>> {
    let mut costs: Vec<io::Result<Vec<Cost>>> = turns.iter().map(|_| Ok(Vec::new())).collect();
    for round in 1..=rounds {
        for (turn, costs) in turns.iter().zip(&mut costs) {
            let Ok(known) = costs else { continue };
            let (pages, name) = (corpus.pages, turn.generator.name);
            eprintln!("{pages} pages, {name}: cold, {round} of {rounds}");
            match one(turn, corpus, is_memory) {
                Ok(cost) => known.push(cost),
                Err(error) => *costs = Err(error),
            }
        }
    }
    let median = |costs: io::Result<Vec<Cost>>| costs.map(|costs| Cost::median(&costs));
    costs.into_iter().map(median).collect()
}

fn one(turn: &Turn<'_>, corpus: Corpus, is_memory: bool) -> io::Result<Cost> {
    let Turn { generator, root } = turn;
    clear(root, is_memory)?;
    settle();
    let cost = cost(&generator.build(root))?;
    generator.verify(corpus, root)?;
    Ok(cost)
}

/// The median of several builds of what is built already.
pub(crate) fn unchanged(turn: &Turn<'_>, rounds: usize) -> io::Result<Cost> {
    let once = |_| {
        settle();
        cost(&turn.generator.build(&turn.root))
    };
    let costs: io::Result<Vec<Cost>> = (0..rounds).map(once).collect();
    Ok(Cost::median(&costs?))
}

/// Takes a site away, so that the next build is a cold one.
///
/// On a disk it is only renamed, and stays until all is measured: ext4 gives
/// nobody the inode of a file that was removed in the last minutes, and looks at
/// each of ten thousand such again for every file that comes.
fn clear(root: &Path, is_memory: bool) -> io::Result<()> {
    let site = out(root);
    if site.is_dir() && is_memory {
        fs::remove_dir_all(&site)?;
    } else if site.is_dir() {
        let is_taken = |number: &usize| before(root, *number).exists();
        let free = (0..).find(|number| !is_taken(number));
        fs::rename(&site, before(root, free.unwrap_or(0)))?;
    }
    // What is beside it: of ours, and of Blades.
    fs::remove_file(root.join("publication.json")).ok();
    fs::remove_file(root.join(".blades")).ok();
    fs::remove_dir_all(root.join(".blades")).ok();
    Ok(())
}

/// What a site of an earlier round is called.
fn before(root: &Path, number: usize) -> PathBuf {
    root.join(format!("before-{number}"))
}

/// Lets the disk finish what earlier runs wrote, so that no run pays for
/// another. Where there is no such command, nothing is lost but evenness.
fn settle() {
    Command::new("sync").status().ok();
}
