//! Which names are meant. What editors, systems and version control leave beside
//! somebody’s files is nobody’s page: it is neither read nor copied, and that it
//! comes and goes is no change of the site.

use std::ffi::OsStr;

/// The endings of copies that programs keep: of what was there before, of what
/// is being written, and of what could not be merged.
const ENDINGS: [&str; 6] = ["bak", "orig", "rej", "swp", "swo", "tmp"];

/// What Windows keeps in every folder, and what vim makes for a moment to see
/// whether it may write there.
const NAMES: [&str; 3] = ["Thumbs.db", "desktop.ini", "4913"];

/// Whether a file or a folder of this name is meant to be part of the site.
pub(crate) fn is_meant(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let is_one_of = |all: &[&str], part: &[u8]| {
        let mut all = all.iter();
        all.any(|one| part.eq_ignore_ascii_case(one.as_bytes()))
    };
    let ending = name
        .iter()
        .rposition(|byte| *byte == b'.')
        .map_or(&[][..], |dot| &name[dot + 1..]);
    let is_of_emacs = name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#");
    // An open document of an office program is `~$plan.docx`.
    let is_marked = name.starts_with(b".") || name.starts_with(b"~$") || name.ends_with(b"~");
    !(is_marked || is_of_emacs || is_one_of(&ENDINGS, ending) || is_one_of(&NAMES, name))
}
