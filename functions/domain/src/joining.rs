//! How an online event is joined: an address that the organiser sets, and that
//! only those who have a place are told.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The joining link of an event, as it is kept apart from all else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Joining {
    /// How many there were: each is told of once.
    pub number: u32,
    /// The address; none before the first, and after it was taken away.
    pub address: Option<JoiningAddress>,
}

impl Joining {
    /// With another address, or none.
    #[must_use]
    pub fn replaced(&self, address: Option<JoiningAddress>) -> Joining {
        let is_new = address.is_some() && address != self.address;
        Joining {
            number: self.number + u32::from(is_new),
            address,
        }
    }
}

/// An address on the web at which people meet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct JoiningAddress(String);

/// Longer than any meeting's address.
const MOST: usize = 1_000;

impl JoiningAddress {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// [`NotAnAddress`] says what to enter: an `https` address with a host, and
    /// nothing that a letter or a calendar could not carry.
    pub fn parse(text: &str) -> Result<JoiningAddress, NotAnAddress> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotAnAddress::Missing);
        }
        if text.len() > MOST {
            return Err(NotAnAddress::TooLong);
        }
        let rest = text
            .strip_prefix("https://")
            .ok_or(NotAnAddress::NotHttps)?;
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
        let odd = ['<', '>', '"', '\\', '`'];
        if !plain || text.contains(odd) {
            return Err(NotAnAddress::Unreadable);
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let host = &rest[..end];
        let (name, port) = host.split_once(':').unwrap_or((host, "443"));
        let labels_fit = name.split('.').count() > 1
            && name.split('.').all(|label| {
                let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
                !label.is_empty() && label.bytes().all(fits)
            });
        // A name and a password before the host would be somebody's own.
        if !labels_fit || port.parse::<u16>().is_err() {
            return Err(NotAnAddress::Unreadable);
        }
        Ok(JoiningAddress(text.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// It is for those who have a place: no log shows it by accident.
impl fmt::Debug for JoiningAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JoiningAddress(…)")
    }
}

impl From<JoiningAddress> for String {
    fn from(address: JoiningAddress) -> String {
        address.0
    }
}

impl TryFrom<String> for JoiningAddress {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<JoiningAddress, NotAnAddress> {
        JoiningAddress::parse(&text)
    }
}

/// Why a text is no address to join at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAddress {
    /// There is none.
    #[error("Enter the joining link")]
    Missing,
    /// It is not encrypted, or no address on the web.
    #[error("Enter a joining link that begins with https://")]
    NotHttps,
    /// It cannot be followed.
    #[error(
        "Enter the joining link as your meeting program shows it, such as https://meet.example.org/abc"
    )]
    Unreadable,
    /// Nobody's address is so long.
    #[error("Enter a joining link of {MOST} characters or fewer")]
    TooLong,
}

#[cfg(test)]
mod tests {
    use super::{Joining, JoiningAddress, NotAnAddress};

    #[test]
    fn only_an_encrypted_address_with_a_host_is_one_to_join_at() {
        for fits in [
            "https://meet.example.org/abc?pwd=1#x",
            " https://teams.example.com:8443/l/meetup-join/19%3ameeting ",
        ] {
            assert!(JoiningAddress::parse(fits).is_ok(), "{fits}");
        }
        for (text, why) in [
            ("", NotAnAddress::Missing),
            ("http://meet.example.org/", NotAnAddress::NotHttps),
            ("javascript:alert(1)", NotAnAddress::NotHttps),
            ("https://", NotAnAddress::Unreadable),
            ("https://localhost/", NotAnAddress::Unreadable),
            ("https://a:b@meet.example.org/", NotAnAddress::Unreadable),
            ("https://meet.example.org/a b", NotAnAddress::Unreadable),
            ("https://meet.example.org/\"x", NotAnAddress::Unreadable),
        ] {
            assert_eq!(JoiningAddress::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn each_link_has_a_number_of_its_own_and_the_same_one_keeps_it() {
        let address = |text| JoiningAddress::parse(text).ok();
        let first = Joining::default().replaced(address("https://meet.example.org/1"));
        assert_eq!(first.number, 1);
        assert_eq!(first.replaced(first.address.clone()), first);
        let none = first.replaced(None);
        assert_eq!(none.number, 1, "nobody is told that there is none");
        assert_eq!(
            none.replaced(address("https://meet.example.org/1")).number,
            2
        );
        assert!(!format!("{first:?}").contains("meet.example"));
    }
}
