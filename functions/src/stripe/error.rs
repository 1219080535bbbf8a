//! Why Stripe did not do what it was asked, and asking again with one key.

use std::fmt;
use std::time::Duration;

use stripe::{ApiErrorsType, IdempotencyKey, RequestStrategy, StripeError};

use super::SENDS;

/// Why Stripe did not do it.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// Stripe understood, and refused.
    #[error("Stripe refused: {0}")]
    Refused(Refusal),
    /// Stripe did not answer, or not in words that we know.
    #[error("Stripe did not answer: {0}")]
    Unreachable(String),
    /// The answer lacks what it must have.
    #[error("Stripe's answer has no {0}")]
    Incomplete(&'static str),
}

/// What Stripe said when it refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status of the answer, 400 to 499.
    pub status: u16,
    /// Stripe's word for the reason, such as `charge_already_refunded`.
    pub code: Option<String>,
    /// Stripe's sentence.
    pub message: String,
    /// Whether the key came before with other words: what it asked for then
    /// may be there.
    pub is_of_another_call: bool,
}

impl Refusal {
    /// Whether it is about our key, and says nothing of what was asked.
    #[must_use]
    pub fn is_of_our_key(&self) -> bool {
        matches!(self.status, 401 | 403)
    }

    /// Whether this is the reason that Stripe has this word for.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({}", self.message, self.status)?;
        if let Some(code) = &self.code {
            write!(formatter, ", {code}")?;
        }
        formatter.write_str(")")
    }
}

impl From<StripeError> for ProviderError {
    fn from(error: StripeError) -> ProviderError {
        match error {
            // A conflict (409) or too many requests (429) passes; the rest of
            // the 400s is a request that will never be taken.
            StripeError::Stripe(error, status)
                if (400..500).contains(&status) && ![409, 429].contains(&status) =>
            {
                ProviderError::Refused(Refusal {
                    status,
                    code: error.code.map(|code| code.to_string()),
                    message: error.message.unwrap_or_default(),
                    is_of_another_call: matches!(error.type_, ApiErrorsType::IdempotencyError),
                })
            }
            // Its own words for this run over many lines.
            StripeError::Stripe(error, status) => ProviderError::Unreachable(format!(
                "{} ({status})",
                error.message.unwrap_or_default()
            )),
            other => ProviderError::Unreachable(other.to_string()),
        }
    }
}

/// Sends what changes something under `key`, and again while no answer comes:
/// with the same key and the same words it is done once.
pub(super) async fn once<T, F>(
    key: &str,
    send: impl Fn(RequestStrategy) -> F,
) -> Result<T, ProviderError>
where
    F: Future<Output = Result<T, StripeError>>,
{
    let key = IdempotencyKey::new(key).map_err(|_| ProviderError::Incomplete("idempotency key"))?;
    let mut sent = 1;
    loop {
        // With this strategy the library sends once only.
        match send(RequestStrategy::Idempotent(key.clone())).await {
            Ok(done) => return Ok(done),
            Err(error) => match ProviderError::from(error) {
                ProviderError::Unreachable(_) if sent < SENDS => sent += 1,
                error => return Err(error),
            },
        }
        tokio::time::sleep(Duration::from_millis(100 << sent)).await;
    }
}
