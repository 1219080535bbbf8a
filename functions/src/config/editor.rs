//! What the sign-in for editors is told: which app of GitHub's it speaks for,
//! and which pages it may hand an editor's key to.

use super::{Secret, SettingError, edge_keys, optional, required};

/// How an editor signs in with GitHub.
#[derive(Debug, Clone)]
pub struct EditorConfig {
    /// The origin that this function answers at, without a slash at the end;
    /// GitHub leads back to `/callback` there.
    pub origin: String,
    /// The origins of the editor: nobody else is handed anything.
    pub editors: Vec<String>,
    /// GitHub, without a slash at the end: `https://github.com`.
    pub provider: String,
    /// The name that GitHub has for our app.
    pub client_id: String,
    /// The app's proof that it is ours.
    pub client_secret: Secret,
    /// What an editor is asked to allow, in GitHub's words: `public_repo`.
    pub scope: String,
    /// What our distribution says with each request, as for the other functions.
    pub edge_keys: Vec<Secret>,
}

impl EditorConfig {
    /// The settings in the environment.
    ///
    /// `EDITOR_URL`, `GITHUB_CLIENT_ID` and `GITHUB_CLIENT_SECRET` must be
    /// set. `EDITOR_ORIGINS` (separated by blanks) is for an editor that is
    /// elsewhere than at `EDITOR_URL`, `GITHUB_SCOPE` for a repository that is
    /// not public (`repo`), `GITHUB_BASE_URL` for another GitHub or a trial.
    ///
    /// # Errors
    ///
    /// [`SettingError`] names the first that is not set.
    pub fn from_environment() -> Result<EditorConfig, SettingError> {
        let origin = required("EDITOR_URL")?.trim_end_matches('/').to_owned();
        let editors = optional("EDITOR_ORIGINS").unwrap_or_else(|| origin.clone());
        Ok(EditorConfig {
            editors: editors
                .split_whitespace()
                .map(|editor| editor.trim_end_matches('/').to_owned())
                .collect(),
            origin,
            provider: optional("GITHUB_BASE_URL")
                .unwrap_or_else(|| "https://github.com".to_owned())
                .trim_end_matches('/')
                .to_owned(),
            client_id: required("GITHUB_CLIENT_ID")?,
            client_secret: Secret::new(required("GITHUB_CLIENT_SECRET")?),
            scope: optional("GITHUB_SCOPE").unwrap_or_else(|| "public_repo".to_owned()),
            edge_keys: edge_keys(),
        })
    }
}
