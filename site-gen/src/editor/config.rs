//! The configuration of Sveltia CMS as a whole: where it saves, how it writes
//! a file, and what can be edited.
//!
//! Nothing is written into a file that its editor did not say: what may be
//! left out and is empty is left out, and texts stand without quotation marks
//! where they can. So a change in the editor is a small change of the file.

use serde_json::{Value, json};

use super::Editor;
use super::collections::collections;
use crate::settings::SiteFile;

/// A repository on GitHub that holds the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Its owner and its name: `the-partnership/website`.
    pub name: String,
    /// The branch that is published.
    pub branch: String,
    /// The origin of the sign-in, if it is not the editor's own.
    pub sign_in: Option<String>,
}

/// The configuration, for a site whose pages are these.
pub(super) fn config(site: &SiteFile, pages: &[&str], editor: &Editor) -> Value {
    let folder = &editor.folder;
    let mut config = json!({
        "backend": backend(editor.repository.as_ref()),
        "load_config_file": false,
        "app_title": format!("{}: editor", site.name),
        "site_url": site.base_url.value,
        "media_folder": folder,
        "public_folder": "/",
        "media_libraries": { "default": { "config": {
            "max_file_size": 8_000_000,
            "slugify_filename": true,
        } }, "stock_assets": { "providers": [] } },
        "slug": { "encoding": "ascii", "clean_accents": true, "sanitize_replacement": "-" },
        "output": {
            "omit_empty_optional_fields": true,
            "yaml": { "quote": "none", "indent_sequences": true, "indent_size": 2 },
        },
        "collections": collections(site, pages, folder),
    });
    if editor.repository.is_some() {
        // Saved is not published: an entry is a pull request until somebody
        // with the right to says that it is ready.
        config["publish_mode"] = "editorial_workflow".into();
    }
    config
}

fn backend(repository: Option<&Repository>) -> Value {
    let Some(repository) = repository else {
        return json!({ "name": "test-repo" });
    };
    let mut backend = json!({
        "name": "github",
        "repo": repository.name,
        "branch": repository.branch,
        "auth_endpoint": "auth",
        "squash_merges": true,
        // Who may not write to the repository proposes from a copy of it.
        "open_authoring": true,
        "auth_scope": "public_repo",
        "commit_messages": {
            "create": "content: {{collection}}, new: {{slug}}",
            "update": "content: {{collection}}, {{slug}}",
            "delete": "content: {{collection}}, {{slug}} is taken away",
            "uploadMedia": "content: the file {{path}}",
            "deleteMedia": "content: the file {{path}} is taken away",
        },
    });
    if let Some(sign_in) = &repository.sign_in {
        backend["base_url"] = sign_in.as_str().into();
    }
    backend
}
