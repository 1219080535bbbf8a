//! The corpus: a school partnership's website of any size, made of a seed.
//!
//! A page is known by its number. Its [`Outline`] (where it is, its title, date
//! and tags) and its text are made from the seed and the number alone, so that
//! a page can link to any other before that one is written, and none of them
//! has to be kept in memory. The same seed gives the same bytes.

use std::fmt::Write;

use crate::prose::{self, Dice};

/// A folder of the site: its path, its title, and its share of the pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Section {
    pub(crate) path: &'static str,
    pub(crate) title: &'static str,
    share: usize,
}

/// Two sections with many posts, others that nest, and folders that hold
/// nothing but folders. The shares add up to 100.
pub(crate) const SECTIONS: &[Section] = &[
    section("news", "News", 30),
    section("guidance", "Guidance", 4),
    section("guidance/curriculum", "Curriculum", 6),
    section("guidance/inclusion", "Inclusion", 6),
    section("guidance/leadership", "Leadership", 6),
    section("guidance/leadership/governors", "For governors", 4),
    section("guidance/leadership/new-heads", "For new heads", 4),
    section("case-studies", "Case studies", 0),
    section("case-studies/primary", "Primary schools", 10),
    section("case-studies/nursery", "Nurseries and early years", 5),
    section("case-studies/secondary", "Secondary schools", 5),
    section("blog", "From the schools", 20),
];

const fn section(path: &'static str, title: &'static str, share: usize) -> Section {
    Section { path, title, share }
}

/// What another page, a list or a tag shows of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outline {
    pub(crate) folder: &'static str,
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) description: String,
    /// As `2017-04-01`.
    pub(crate) date: String,
    pub(crate) tags: Vec<String>,
}

/// A link from one page to another, which each generator writes its own way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link<'l> {
    pub(crate) from: &'l Outline,
    pub(crate) to: &'l Outline,
    /// A heading that every page has.
    pub(crate) anchor: Option<&'static str>,
}

/// As many pages as one likes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Corpus {
    pub(crate) seed: u64,
    pub(crate) pages: usize,
}

impl Corpus {
    /// What is known of a page without its text.
    pub(crate) fn outline(&self, index: usize) -> Outline {
        let mut dice = Dice::new(self.seed, stream(index, 0));
        let title = prose::title(&mut dice);
        let name = format!("{}-{index}", slug(&title));
        let (year, month, day) = (
            2014 + dice.below(12),
            1 + dice.below(12),
            1 + dice.below(28),
        );
        let tags = 2 + dice.below(3);
        Outline {
            folder: self.folder(index),
            slug: name,
            title,
            description: prose::sentence(&mut dice).replace("**", ""),
            date: format!("{year}-{month:02}-{day:02}"),
            tags: dice
                .some(prose::TOPIC, tags)
                .into_iter()
                .map(slug)
                .collect(),
        }
    }

    /// The folder of a page: by its number alone, so that each gets its share.
    fn folder(&self, index: usize) -> &'static str {
        // 37 and 100 have no common factor: 100 pages in a row meet each
        // share exactly.
        let mut place = index * 37 % 100;
        for section in SECTIONS {
            if place < section.share {
                return section.path;
            }
            place -= section.share;
        }
        unreachable!("the shares add up to 100")
    }

    /// The text of a page, about 770 words. `link` writes an address.
    pub(crate) fn body(&self, index: usize, link: impl Fn(Link<'_>) -> String) -> String {
        let mut dice = Dice::new(self.seed, stream(index, 1));
        let own = self.outline(index);
        let other = |dice: &mut Dice| {
            let to = self.outline(dice.below(self.pages));
            let anchor = (dice.below(2) == 0).then_some("in-summary");
            let address = link(Link {
                from: &own,
                to: &to,
                anchor,
            });
            format!("[{}]({address})", to.title.to_lowercase())
        };
        let mut text = prose::paragraph(&mut dice, 2);
        text.push_str("\n\n");
        for (number, heading) in dice.some(prose::HEADING, 5).into_iter().enumerate() {
            line(&mut text, format_args!("## {heading}\n"));
            line(
                &mut text,
                format_args!("{}\n", prose::paragraph(&mut dice, 2)),
            );
            let linked = other(&mut dice);
            let sentence = prose::sentence(&mut dice);
            line(
                &mut text,
                format_args!("{sentence} Another school tells of {linked}.\n"),
            );
            match number {
                0 => list(&mut text, &mut dice),
                1 => table(&mut text, &mut dice),
                2 => quote(&mut text, &mut dice),
                3 => steps(&mut text, &mut dice),
                _ => code(&mut text, &mut dice, index),
            }
        }
        line(&mut text, format_args!("## In summary\n"));
        let (first, second) = (other(&mut dice), other(&mut dice));
        let closing = prose::paragraph(&mut dice, 2);
        line(
            &mut text,
            format_args!("{closing} See also {first} and {second}."),
        );
        text
    }
}

/// Words as part of an address.
fn slug(words: &str) -> String {
    words.to_lowercase().replace(' ', "-")
}

/// Each page has dice of its own for its outline and for its text.
fn stream(index: usize, purpose: u64) -> u64 {
    u64::try_from(index).expect("a page's number fits") * 2 + purpose
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("a String takes what it is given");
}

fn list(text: &mut String, dice: &mut Dice) {
    for _ in 0..4 {
        line(text, format_args!("- {}", prose::item(dice)));
    }
    text.push('\n');
}

fn steps(text: &mut String, dice: &mut Dice) {
    line(text, format_args!("### {}\n", dice.of(prose::SUBHEADING)));
    for number in 1..=4 {
        line(text, format_args!("{number}. {}", prose::item(dice)));
    }
    text.push('\n');
}

fn quote(text: &mut String, dice: &mut Dice) {
    line(text, format_args!("> {}\n", prose::sentence(dice)));
}

fn table(text: &mut String, dice: &mut Dice) {
    line(
        text,
        format_args!("| Year group | Pupils | At the start | At the end |"),
    );
    line(text, format_args!("| --- | ---: | ---: | --- |"));
    for year in 1..=4 {
        let (pupils, start) = (20 + dice.below(40), 40 + dice.below(30));
        let end = start + dice.below(30);
        line(
            text,
            format_args!(
                "| Year {year} | {pupils} | {start}% | {end}%, *{}* |",
                dice.of(prose::TOPIC)
            ),
        );
    }
    text.push('\n');
}

fn code(text: &mut String, dice: &mut Dice, index: usize) {
    line(
        text,
        format_args!("The plan is kept as a file that `review.sh` reads:\n\n```yaml"),
    );
    line(text, format_args!("visit: {index}"));
    for day in ["monday", "wednesday", "friday"] {
        line(
            text,
            format_args!(
                "{day}: {} # {} minutes",
                dice.of(prose::TOPIC),
                20 + dice.below(40)
            ),
        );
    }
    line(text, format_args!("```\n"));
}
