//! Links that give access: derived, given out, and known again.
//!
//! A secret is an HMAC of what the link is for, of the record that it opens,
//! and of a random number that the record keeps. The records hold its digest
//! and that number, never the secret: a letter in the outbox has no token in
//! it, and a copy of the table opens nothing without the key.

use std::fmt;

use domain::access::{Grant, Purpose};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::config::Secret;
use crate::entropy;

/// Of the 32 bytes of an HMAC; 160 bits, as hexadecimal digits.
const SECRET_BYTES: usize = 20;

/// What derives links, and knows them again.
#[derive(Debug, Clone)]
pub struct Links {
    base_url: String,
    key: Secret,
}

/// The secret part of a link. It is shown to nobody but whom it is for.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkSecret(String);

impl fmt::Debug for LinkSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LinkSecret(…)")
    }
}

impl LinkSecret {
    /// The secret of an address that somebody opened.
    #[must_use]
    pub fn typed(text: &str) -> LinkSecret {
        LinkSecret(text.trim().to_ascii_lowercase())
    }

    /// The text, for the address that it stands in.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    fn digest(&self) -> String {
        hexadecimal(&Sha256::digest(self.0.as_bytes()))
    }

    /// The link that this is the secret of, if it is one of these: each is
    /// compared in the same time, whatever it is.
    #[must_use]
    pub fn find<'g>(&self, grants: &'g [Grant]) -> Option<&'g Grant> {
        let digest = self.digest();
        grants
            .iter()
            .rfind(|grant| same(grant.digest.as_bytes(), digest.as_bytes()))
    }
}

impl Links {
    /// Links to the site at `base_url`, derived by `key`.
    #[must_use]
    pub fn new(base_url: &str, key: Secret) -> Links {
        Links {
            base_url: base_url.to_owned(),
            key,
        }
    }

    /// The origin of the site.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// A new link to the record of that name: what is to be kept of it, and
    /// its secret.
    #[must_use]
    pub fn give(&self, purpose: Purpose, subject: &str, now: Timestamp) -> (Grant, LinkSecret) {
        let nonce = entropy::key();
        let secret = self.derive(purpose, subject, &nonce);
        let grant = Grant {
            purpose,
            nonce,
            digest: secret.digest(),
            given_at: now,
        };
        (grant, secret)
    }

    /// The secret of a link, as it stands in a letter.
    #[must_use]
    pub fn derive(&self, purpose: Purpose, subject: &str, nonce: &str) -> LinkSecret {
        let kind = match purpose {
            Purpose::Task(_) => "task",
            _ => "whole",
        };
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.expose().as_bytes())
            .expect("HMAC takes a key of any length");
        for part in [kind, purpose.name(), subject, nonce] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        LinkSecret(hexadecimal(&mac.finalize().into_bytes()[..SECRET_BYTES]))
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether two texts are the same, in a time that does not tell where they
/// differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    let differ = one
        .iter()
        .zip(other)
        .fold(0, |differ, (one, other)| differ | (one ^ other));
    one.len() == other.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use domain::access::Purpose;
    use domain::application::Task;
    use jiff::Timestamp;

    use super::{LinkSecret, Links};
    use crate::config::Secret;

    fn links() -> Links {
        Links::new("https://example.org", Secret::new("a key of the tests"))
    }

    #[test]
    fn a_link_is_known_again_by_what_is_kept_which_is_not_its_secret() {
        let (grant, secret) = links().give(Purpose::Draft, "APP-1", Timestamp::UNIX_EPOCH);
        assert_eq!(secret.expose().len(), 40, "160 bits");
        let kept = serde_json::to_string(&grant).unwrap();
        assert!(!kept.contains(secret.expose()), "{kept}");
        let typed = LinkSecret::typed(&format!(" {} ", secret.expose().to_uppercase()));
        assert_eq!(typed.find(std::slice::from_ref(&grant)), Some(&grant));
        assert_eq!(LinkSecret::typed("").find(&[grant]), None);
    }

    #[test]
    fn a_letter_derives_the_same_secret_and_nothing_else_does() {
        let links = links();
        let (grant, secret) = links.give(Purpose::Confirm, "APP-1", Timestamp::UNIX_EPOCH);
        let derive = |purpose, subject| links.derive(purpose, subject, &grant.nonce);
        assert_eq!(derive(Purpose::Confirm, "APP-1"), secret);
        assert_ne!(derive(Purpose::Status, "APP-1"), secret);
        assert_ne!(derive(Purpose::Confirm, "APP-2"), secret);
        assert_ne!(derive(Purpose::Task(Task::Pupils), "APP-1"), secret);
        let another = Links::new("https://example.org", Secret::new("another key"));
        assert_ne!(
            another.derive(Purpose::Confirm, "APP-1", &grant.nonce),
            secret
        );
    }
}
