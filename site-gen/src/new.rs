//! `new KIND "Title"`: a content file with its front matter, ready to be
//! filled in.

use std::path::{Path, PathBuf};

use crate::address::slug;
use crate::kind::KindName;
use crate::output;
use crate::problem::Problem;

/// Begins a file of a kind; gives its path.
///
/// # Errors
///
/// A [`Problem`] if the title has no letters, or the file is there already.
pub fn begin(content: &Path, kind: KindName, title: &str) -> Result<PathBuf, Problem> {
    let name: String = slug(title).chars().filter(char::is_ascii).collect();
    let name = name.trim_matches('-');
    if name.is_empty() {
        return Err(Problem::whole(
            content,
            "the title has no letters to name a file by",
            "give it a title",
        ));
    }
    let path = match kind {
        KindName::Page => content.join(format!("{name}.md")),
        KindName::Service => content.join(format!("services/{name}.md")),
        KindName::Person => content.join(format!("board/{name}.md")),
        KindName::Event => content.join(format!("events/{name}.md")),
    };
    output::begin(&path, &text(kind, title))?;
    Ok(path)
}

/// The front matter of a new file: what must be there, and what may.
fn text(kind: KindName, title: &str) -> String {
    let title = title.replace('\\', "\\\\").replace('"', "\\\"");
    let own = match kind {
        KindName::Page => "",
        KindName::Service => {
            "id: S00\ncharging: [tbc]\naudience: [full-members]\nsources:\n  - { section: C, page: prospectus/_index.md }\n"
        }
        KindName::Person => "post: Director\nstanding: director\nstatus: interim-2016\n",
        KindName::Event => {
            "starts: 2028-03-14 16:00\nends: 2028-03-14 17:30\nvenue: To be arranged\nservice: workshops-for-leaders\n# capacity: 24\n# price: £45.00\n"
        }
    };
    format!(
        "---\ntitle: \"{title}\"\ndescription: One sentence that says what this is.\n{own}draft: true\n---\n\nWrite here. Headings begin with `##`.\n"
    )
}
