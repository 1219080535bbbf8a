//! Where a file is begun: in the folder that the site’s own sections have for
//! its kind, under a name made of its title.

use super::ground::Ground;
use super::{New, NewKind};
use crate::address;
use crate::kind::KindName;
use crate::names;
use crate::problem::Problem;

/// How long a name may be, in bytes: a booking is kept under that of its event,
/// which may have so many.
const LONGEST: usize = 100;

/// How much of a title is taken for a name: a dozen words, so that an address
/// can still be read, and there is room for what a copy is told apart by.
const TAKEN: usize = 80;

/// Where the file is to be, inside the content.
pub(super) fn place(ground: &Ground<'_>, new: &New) -> Result<String, Problem> {
    let name = name(ground, new)?;
    let folder = folder(ground, new)?;
    let before = match &*folder {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let inside = match new.kind {
        NewKind::Section => format!("{before}{name}/_index.md"),
        _ => format!("{before}{name}.md"),
    };
    let path = ground.content.join(&inside);
    let address = address::of(&inside);
    if !address::is_plain(&inside) {
        let what = format!("`{inside}` cannot be an address");
        let hint = "use lower-case letters, digits and hyphens in `--in` and `--name`";
        return Err(Problem::whole(ground.content, what, hint));
    }
    if let Some(what) = names::index(&inside) {
        let hint =
            "choose another title, or `--name`; the page of a folder begins with `new section`";
        return Err(Problem::whole(path, what, hint));
    }
    if address::is_answered(&address) {
        let what = format!("the forms answer at `{address}`, so no page can be there");
        let hint = "choose another title, or `--name`";
        return Err(Problem::whole(path, what, hint));
    }
    match new.kind.of_content() {
        Some(kind) if new.folder.is_some() => fits(ground, &folder, kind).map(|()| inside),
        _ => Ok(inside),
    }
}

/// The name of the file, without `.md`.
fn name(ground: &Ground<'_>, new: &New) -> Result<String, Problem> {
    let name = match &new.name {
        Some(name) => name.strip_suffix(".md").unwrap_or(name).to_owned(),
        None => {
            let slug = address::slug(&new.title);
            let plain: String = slug.chars().filter(char::is_ascii).collect();
            cut(plain.trim_matches('-')).to_owned()
        }
    };
    if name.is_empty() {
        let what = format!("`{}` has none of the letters that name a file", new.title);
        let hint = "name it with the letters a to z, such as `--name mother-tongues`";
        return Err(Problem::whole(ground.content, what, hint));
    }
    if name.len() > LONGEST {
        let what = format!(
            "the name of the file has {} letters, and may have {LONGEST}",
            name.len()
        );
        let hint = "write a shorter one after `--name`";
        return Err(Problem::whole(ground.content, what, hint));
    }
    Ok(name)
}

/// As many whole words as a name takes; a part of the first if that alone is
/// longer.
fn cut(name: &str) -> &str {
    let Some((head, rest)) = name.split_at_checked(TAKEN) else {
        return name;
    };
    if rest.is_empty() || rest.starts_with('-') {
        return head;
    }
    head.rsplit_once('-').map_or(head, |(words, _)| words)
}

/// The folder that is asked for, or the one that holds the kind.
fn folder(ground: &Ground<'_>, new: &New) -> Result<String, Problem> {
    let kind = new.kind.of_content();
    match (&new.folder, kind.filter(|kind| *kind != KindName::Page)) {
        (Some(folder), _) => Ok(folder.trim_matches('/').to_owned()),
        // Any folder can have pages.
        (None, None) => Ok(String::new()),
        (None, Some(kind)) => match *ground.sections_of(kind) {
            [one] => Ok(one.to_owned()),
            [] => Err(no_section(ground, kind, all_of(kind))),
            [first, ..] => {
                let folders = ground.sections_of(kind);
                let folders: Vec<_> = folders.iter().map(|name| format!("`{name}`")).collect();
                let what = format!(
                    "{} are in several folders: {}",
                    all_of(kind),
                    folders.join(", ")
                );
                let hint = format!("say which with `--in`, such as `--in {first}`");
                Err(Problem::whole(ground.settings_path(), what, hint))
            }
        },
    }
}

/// A file in a folder is of the kind that the folder holds.
fn fits(ground: &Ground<'_>, folder: &str, kind: KindName) -> Result<(), Problem> {
    let holds = ground.holds(folder);
    let sections = ground.sections_of(kind);
    let section = ground.section(folder).map(|(section, _)| section);
    let one = kind.definition().subject;
    let path = match folder {
        "" => ground.content.to_owned(),
        folder => ground.content.join(folder),
    };
    if holds == kind {
        // Its address, and what is kept of it, are made of its name alone.
        return match section.filter(|section| kind == KindName::Event && *section != folder) {
            Some(section) => {
                let what = format!("{one} must be in `{section}` itself, not in a folder of it");
                let hint = format!("write `--in {section}`");
                Err(Problem::whole(path, what, hint))
            }
            None => Ok(()),
        };
    }
    let elsewhere = match sections.first() {
        Some(section) => format!("for {one} write `--in {section}`"),
        None if kind == KindName::Page => "choose another folder for a page".to_owned(),
        None if holds == KindName::Page => return Err(no_section(ground, kind, folder)),
        None => format!("no folder holds {} yet", all_of(kind)),
    };
    let named = match folder {
        "" => "the top of the content".to_owned(),
        folder => format!("`{folder}`"),
    };
    let what = format!("{named} holds {}, and not {}", all_of(holds), all_of(kind));
    let hint = match holds {
        KindName::Page => elsewhere,
        _ => {
            let there = holds.definition().subject;
            format!(
                "for {there} there write `new {}`; {elsewhere}",
                holds.as_str()
            )
        }
    };
    Err(Problem::whole(path, what, hint))
}

/// No folder holds the kind; `folder` could.
fn no_section(ground: &Ground<'_>, kind: KindName, folder: &str) -> Problem {
    let (all, name) = (all_of(kind), kind.as_str());
    let example = format!("`sections: {{ {folder}: {name} }}`");
    let path = ground.settings_path();
    if ground.settings.is_some() {
        let what = format!("no folder of this site holds {all}");
        let hint = format!("say which does in this file, such as {example}");
        return Problem::whole(path, what, hint);
    }
    let what = format!("there is no such file, which would say what folder holds {all}");
    let hint = format!(
        "begin it with `name`, `base_url` and `language`, and {example}; or say with `--content` where the content is"
    );
    Problem::whole(path, what, hint)
}

/// Many of a kind.
fn all_of(kind: KindName) -> &'static str {
    match kind {
        KindName::Page => "pages",
        KindName::Service => "services",
        KindName::Person => "people",
        KindName::Event => "events",
        KindName::News => "news",
        KindName::Document => "documents",
    }
}
