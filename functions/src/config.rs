//! What a function is told by its environment: read here, once, and nowhere
//! else (beyond the keys to AWS, which the SDK reads for itself).

use std::env;
use std::fmt;

use domain::contact::EmailAddress;

mod aws;
mod editor;
mod post;

pub use aws::AwsConfig;
pub use editor::EditorConfig;
pub use post::PostConfig;

/// The settings of a function.
#[derive(Debug, Clone)]
pub struct Config {
    /// The table.
    pub table: String,
    /// The public origin of the site and of every form, without a slash at
    /// the end: `https://www.the-partnership.org.uk`.
    pub base_url: String,
    /// Where the office of THE Partnership has its letters.
    pub office: EmailAddress,
    /// What the secrets of links are derived from; 32 random bytes or more.
    pub link_key: Secret,
    /// Where money is sent by bank transfer, once there is an account.
    pub bank: Option<BankAccount>,
    /// The card provider, where the function may speak to it.
    pub stripe: Option<StripeConfig>,
    /// The staff's sign-in provider, where staff sign in.
    pub staff: Option<StaffConfig>,
    /// The origins that a browser may be sent to from a form, besides our own.
    pub form_targets: Vec<String>,
    /// What our distribution says with each request; several while the key is
    /// changed, and none where there is no distribution.
    pub edge_keys: Vec<Secret>,
}

/// An account that money is sent to: a deployment's, never content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount {
    /// Whose it is.
    pub name: String,
    /// `12-34-56`.
    pub sort_code: String,
    /// Eight digits.
    pub number: String,
}

/// How the card provider is reached and believed.
#[derive(Debug, Clone)]
pub struct StripeConfig {
    /// The key that opens the account.
    pub secret_key: Secret,
    /// Where the API is, with a slash at the end; Stripe's own if not set.
    pub api_base: Option<String>,
    /// What webhooks are signed with: more than one while they are changed.
    pub webhook_secrets: Vec<Secret>,
}

impl StripeConfig {
    /// Whether real money moves.
    #[must_use]
    pub fn is_live(&self) -> bool {
        ["sk_live_", "rk_live_"]
            .iter()
            .any(|prefix| self.secret_key.expose().starts_with(prefix))
    }
}

/// How staff sign in: with any OpenID Connect provider.
#[derive(Debug, Clone)]
pub struct StaffConfig {
    /// The provider: the address that its discovery document is under.
    pub issuer: String,
    /// What we are called there.
    pub client_id: String,
    /// What proves that it is us; none for a public client.
    pub client_secret: Option<Secret>,
    /// The name of the claim that lists a person's roles.
    pub roles_claim: String,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
}

impl StaffConfig {
    /// The origin of the provider: forms lead there.
    #[must_use]
    pub fn origin(&self) -> &str {
        let host = self.issuer.find("://").map_or(0, |at| at + 3);
        let end = self.issuer[host..].find('/').map(|end| host + end);
        &self.issuer[..end.unwrap_or(self.issuer.len())]
    }
}

/// A text that must not be shown.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text from being shown by accident.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The text, for the one who needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// A setting that is missing, or is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// It is not set.
    #[error(
        "the environment variable `{0}` is not set: infra/template.yaml sets it for a function, the README says how for a command"
    )]
    Missing(&'static str),
    /// It is not an email address.
    #[error("the environment variable `{0}` must be an email address")]
    NotAnAddress(&'static str),
}

impl Config {
    /// The settings in the environment.
    ///
    /// `TABLE_NAME`, `BASE_URL`, `OFFICE_EMAIL` and `LINK_KEY` must be set. `STRIPE_SECRET_KEY` with
    /// `STRIPE_WEBHOOK_SECRETS` (separated by commas) is for the function that
    /// takes payments; `STRIPE_API_BASE` is for tests. `FORM_TARGETS` lists
    /// further origins (separated by blanks) that forms may lead to; `EDGE_KEYS` (by commas) are
    /// what our distribution says with each request, if there is one.
    ///
    /// # Errors
    ///
    /// [`SettingError`] names the first that is at fault.
    pub fn from_environment() -> Result<Config, SettingError> {
        let stripe = Config::stripe_from_environment()?;
        let staff = Config::staff_from_environment()?;
        let office = required("OFFICE_EMAIL")?;
        Ok(Config {
            bank: Config::bank_from_environment(),
            link_key: Secret::new(required("LINK_KEY")?),
            office: EmailAddress::parse(&office, "the office’s address")
                .map_err(|_| SettingError::NotAnAddress("OFFICE_EMAIL"))?,
            table: required("TABLE_NAME")?,
            base_url: required("BASE_URL")?.trim_end_matches('/').to_owned(),
            stripe,
            form_targets: optional("FORM_TARGETS")
                .unwrap_or_else(|| "https://checkout.stripe.com".to_owned())
                .split_whitespace()
                .map(str::to_owned)
                .chain(staff.as_ref().map(|staff| staff.origin().to_owned()))
                .collect(),
            staff,
            edge_keys: edge_keys(),
        })
    }

    /// The bank account, if all of it is set: `BANK_ACCOUNT_NAME`,
    /// `BANK_SORT_CODE` and `BANK_ACCOUNT_NUMBER`.
    fn bank_from_environment() -> Option<BankAccount> {
        Some(BankAccount {
            name: optional("BANK_ACCOUNT_NAME")?,
            sort_code: optional("BANK_SORT_CODE")?,
            number: optional("BANK_ACCOUNT_NUMBER")?,
        })
    }

    /// The card provider's settings, if there is a key.
    ///
    /// # Errors
    ///
    /// [`SettingError::Missing`] if there is a key but no secret for webhooks.
    pub fn stripe_from_environment() -> Result<Option<StripeConfig>, SettingError> {
        let Some(key) = optional("STRIPE_SECRET_KEY") else {
            return Ok(None);
        };
        Ok(Some(StripeConfig {
            secret_key: Secret::new(key),
            api_base: optional("STRIPE_API_BASE"),
            webhook_secrets: secrets(&required("STRIPE_WEBHOOK_SECRETS")?),
        }))
    }

    /// How staff sign in, if there is a provider: `OIDC_ISSUER`, with
    /// `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET`, the claim `OIDC_ROLES_CLAIM`
    /// (`roles` if not set) and `OIDC_SCOPES` (`profile` if not set).
    ///
    /// # Errors
    ///
    /// [`SettingError::Missing`] if there is a provider but no client id.
    pub fn staff_from_environment() -> Result<Option<StaffConfig>, SettingError> {
        let Some(issuer) = optional("OIDC_ISSUER") else {
            return Ok(None);
        };
        Ok(Some(StaffConfig {
            issuer,
            client_id: required("OIDC_CLIENT_ID")?,
            client_secret: optional("OIDC_CLIENT_SECRET").map(Secret::new),
            roles_claim: optional("OIDC_ROLES_CLAIM").unwrap_or_else(|| "roles".to_owned()),
            scopes: optional("OIDC_SCOPES")
                .unwrap_or_else(|| "profile".to_owned())
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        }))
    }

    /// The name of the table alone, for a command that needs nothing more.
    ///
    /// # Errors
    ///
    /// [`SettingError::Missing`] if it is not set.
    pub fn table_from_environment() -> Result<String, SettingError> {
        required("TABLE_NAME")
    }
}

/// Another DynamoDB-compatible server than the usual one, if one is named in
/// the variable that the AWS SDK reads too.
#[must_use]
pub fn database_endpoint() -> Option<String> {
    optional("AWS_ENDPOINT_URL_DYNAMODB")
}

/// What is logged, if it is not the usual: `RUST_LOG`, such as `warn,functions=info`. A
/// release has nothing below `info`.
#[must_use]
pub fn log_levels() -> Option<String> {
    optional("RUST_LOG")
}

/// What our distribution says, if there is one.
fn edge_keys() -> Vec<Secret> {
    secrets(&optional("EDGE_KEYS").unwrap_or_default())
}

/// Secrets, separated by commas.
fn secrets(text: &str) -> Vec<Secret> {
    let texts = text.split(',').map(str::trim);
    texts
        .filter(|secret| !secret.is_empty())
        .map(Secret::new)
        .collect()
}

fn optional(name: &'static str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn required(name: &'static str) -> Result<String, SettingError> {
    optional(name).ok_or(SettingError::Missing(name))
}
