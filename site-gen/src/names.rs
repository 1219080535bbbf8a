//! The names of files: each is an address, so it must be one, and no other may
//! be taken for it.

use std::borrow::Cow;
use std::path::Path;

use crate::address;
use crate::data;
use crate::problem::Problem;
use crate::revision::Table;
use crate::text::Place;

/// What is wrong with the path of a page inside the content.
pub(crate) fn of_page(inside: &str, path: &Path) -> Option<Problem> {
    if let Some(what) = index(inside) {
        let (folder, _) = address::divide(inside);
        let hint = match folder {
            "" => "rename it to `_index.md`, the page of the folder".to_owned(),
            folder => format!(
                "rename it to `{folder}/_index.md`, the page of the folder, or move it to `{folder}.md`"
            ),
        };
        return Some(Problem::at(path, Place::START, what, Some(hint)));
    }
    if address::is_plain(inside) {
        return None;
    }
    let what = "the file’s name is its address: use lower-case letters, digits and hyphens";
    Some(Problem::at(path, Place::START, what, Some(better(inside))))
}

/// Other generators take `index.md` for the page of its folder; here it would be
/// a page below it.
pub(crate) fn index(inside: &str) -> Option<String> {
    let (folder, name) = address::divide(inside);
    let own = address::of(inside);
    let meant = address::of(&format!("{folder}/_index.md"));
    (name == "index.md").then(|| format!("the page would be at `{own}`, and not at `{meant}`"))
}

/// What is wrong with the path of a picture, a document or another file that is
/// copied as it is.
pub(crate) fn of_file(inside: &str, path: &Path) -> Option<Problem> {
    if let Some((what, hint)) = misnamed(inside) {
        return Some(Problem::whole(path, what, hint));
    }
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    let what = "the file’s name is its address: use letters, digits and hyphens";
    (!inside.bytes().all(plain)).then(|| Problem::whole(path, what, better(inside)))
}

/// What is copied by its name, and was meant to be read: what is wrong, and what
/// to do.
fn misnamed(inside: &str) -> Option<(String, String)> {
    let (whole, ending) = inside.rsplit_once('.')?;
    let is_data = inside.starts_with("data/");
    let is_settings = !inside.contains('/');
    let known = ending.to_ascii_lowercase();
    let (of, right) = match known.as_str() {
        "md" | "markdown" | "mdown" | "mkd" => {
            let what = format!("the name of a page ends in `.md`, and this one in `.{ending}`");
            return Some((what, better(&format!("{whole}.md"))));
        }
        "toml" | "xml" | "tsv" | "xls" | "xlsx" | "ods" | "jsonl" | "json5" if is_data => {
            let what = format!("`.{ending}` is not a format of data");
            let hint = format!("write it as {}, such as `{whole}.yaml`", formats());
            return Some((what, hint));
        }
        "yml" | "yaml" if is_data => (format!("data ends in {}", formats()), "yaml"),
        known if is_data && data::FORMATS.contains(&known) => {
            (format!("data ends in {}", formats()), known)
        }
        "yml" | "yaml" if is_settings => ("settings ends in `.yaml`".to_owned(), "yaml"),
        _ => return None,
    };
    let what = format!("the name of {of}, and this one in `.{ending}`");
    Some((what, format!("rename it to `{whole}.{right}`")))
}

/// `` `.yaml`, `.json` or `.csv` ``.
fn formats() -> String {
    let [most @ .., last] = data::FORMATS.map(|ending| format!("`.{ending}`"));
    format!("{} or {last}", most.join(", "))
}

/// Files whose paths differ by capital letters alone. Many disks take the two
/// for one, and so do people.
pub(crate) fn twins<'p>(
    files: impl IntoIterator<Item = (&'p str, &'p Path)> + Clone,
) -> Vec<Problem> {
    // One of the two has capitals, and most sites have no such name.
    let is_plain = |(inside, _): (&'p str, _)| matches!(folded(inside), Cow::Borrowed(_));
    if files.clone().into_iter().all(is_plain) {
        return Vec::new();
    }
    let mut known: Table<Cow<'p, str>, &str> = Table::default();
    let twin = |(inside, path): (&'p str, &'p Path)| {
        let other = known.insert(folded(inside), inside)?;
        let what = format!("the name differs from `{other}` by capital letters alone");
        let hint = "rename one of the two: many disks take them for one";
        Some(Problem::whole(path, what, hint))
    };
    files.into_iter().filter_map(twin).collect()
}

/// A path as a disk sees it that does not tell capitals apart.
pub(crate) fn folded(path: &str) -> Cow<'_, str> {
    let is_folded = |byte: u8| byte.is_ascii() & !byte.is_ascii_uppercase();
    if path.bytes().all(is_folded) {
        Cow::Borrowed(path)
    } else {
        Cow::Owned(path.to_lowercase())
    }
}

/// How to rename a file, if enough of its name can stay.
fn better(inside: &str) -> String {
    let (folder, name) = address::divide(inside);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let plain = |part: &str| -> Option<String> {
        if part == "_index" {
            return Some(part.to_owned());
        }
        let slug = address::slug(part);
        let lost = !slug.is_ascii();
        let is_index = slug == "index" && ending.eq_ignore_ascii_case("md");
        let slug = if is_index { "_index".to_owned() } else { slug };
        (!slug.is_empty() && !lost).then_some(slug)
    };
    let folders: Option<String> = folder
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| plain(part).map(|part| format!("{part}/")))
        .collect();
    match folders.zip(plain(stem)) {
        Some((folders, stem)) => {
            format!("rename it to `{folders}{stem}.{}`", ending.to_lowercase())
        }
        None => {
            let ending = ending.to_lowercase();
            format!(
                "rename it with the letters a to z, such as `mother-tongues.{ending}`; its title can have any letters"
            )
        }
    }
}
