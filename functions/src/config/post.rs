//! How letters leave the house.

use domain::contact::EmailAddress;

use super::{Secret, SettingError, optional, required};

/// The settings of whoever sends letters.
#[derive(Debug, Clone)]
pub struct PostConfig {
    /// The address that letters come from.
    pub from: EmailAddress,
    /// The address that answers go to: the office's.
    pub answers_to: EmailAddress,
    /// An SMTP server, in the place of SES.
    pub smtp_url: Option<Secret>,
    /// What SES calls the rules by which it tells of bounces.
    pub configuration_set: Option<String>,
}

impl PostConfig {
    /// The settings in the environment: `LETTERS_FROM` and `OFFICE_EMAIL`, with
    /// `SMTP_URL` or, for SES, `SES_CONFIGURATION_SET`.
    ///
    /// # Errors
    ///
    /// [`SettingError`] names the first that is at fault.
    pub fn from_environment() -> Result<PostConfig, SettingError> {
        Ok(PostConfig {
            from: address("LETTERS_FROM")?,
            answers_to: address("OFFICE_EMAIL")?,
            smtp_url: optional("SMTP_URL").map(Secret::new),
            configuration_set: optional("SES_CONFIGURATION_SET"),
        })
    }

    /// An SMTP server, if the environment names one: for one machine, where
    /// letters stay in their box otherwise. They come from `from`, if
    /// `LETTERS_FROM` says nothing else.
    ///
    /// # Errors
    ///
    /// [`SettingError::NotAnAddress`] if `LETTERS_FROM` is none.
    pub fn smtp_from_environment(from: &EmailAddress) -> Result<Option<PostConfig>, SettingError> {
        let Some(url) = optional("SMTP_URL") else {
            return Ok(None);
        };
        Ok(Some(PostConfig {
            from: match optional("LETTERS_FROM") {
                Some(_) => address("LETTERS_FROM")?,
                None => from.clone(),
            },
            answers_to: from.clone(),
            smtp_url: Some(Secret::new(url)),
            configuration_set: None,
        }))
    }
}

fn address(name: &'static str) -> Result<EmailAddress, SettingError> {
    EmailAddress::parse(&required(name)?, "the address")
        .map_err(|_| SettingError::NotAnAddress(name))
}
