//! Staff: who works for THE Partnership, in which roles, and how long a
//! sign-in lasts. Who they are is the sign-in provider's to say; what a role
//! may do is said beside each action.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// What somebody does for THE Partnership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Keeps the membership: applications, register, notices, enquiries.
    Secretary,
    /// Keeps the money: invoices, payments, reminders.
    Treasurer,
    /// Runs events.
    Organiser,
    /// The Executive Director, who sees everything.
    Director,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 4] = [
        Role::Secretary,
        Role::Treasurer,
        Role::Organiser,
        Role::Director,
    ];

    /// Its name in the claim of a sign-in provider.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Role::Secretary => "secretary",
            Role::Treasurer => "treasurer",
            Role::Organiser => "organiser",
            Role::Director => "director",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Role::Secretary => "membership secretary",
            Role::Treasurer => "treasurer",
            Role::Organiser => "event organiser",
            Role::Director => "Executive Director",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Role> {
        Role::ALL
            .into_iter()
            .find(|role| role.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// A member of staff, as the provider names one: never changes, says nothing
/// to a person, and is what the audit trail keeps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StaffId(String);

impl StaffId {
    /// Reads a subject: 1 to 255 visible ASCII characters (OpenID Connect
    /// Core 1.0, section 2).
    #[must_use]
    pub fn parse(subject: &str) -> Option<StaffId> {
        let fits =
            (1..=255).contains(&subject.len()) && subject.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| StaffId(subject.to_owned()))
    }

    /// The subject.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StaffId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<StaffId> for String {
    fn from(id: StaffId) -> String {
        id.0
    }
}

/// A text that is no subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a subject is 1 to 255 visible ASCII characters")]
pub struct NotASubject;

impl TryFrom<String> for StaffId {
    type Error = NotASubject;

    fn try_from(text: String) -> Result<StaffId, NotASubject> {
        StaffId::parse(&text).ok_or(NotASubject)
    }
}

/// A member of staff, as last seen at sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffMember {
    /// Which.
    pub id: StaffId,
    /// The name, as the provider has it.
    pub name: String,
    /// In which roles.
    pub roles: BTreeSet<Role>,
}

impl StaffMember {
    /// Whether one of the person's roles is among these.
    #[must_use]
    pub fn has_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.roles.contains(role))
    }
}

/// A sign-in of a member of staff.
pub type Session = crate::session::Session<StaffMember>;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::{SignedDuration, Timestamp};

    use super::{Role, Session, StaffId, StaffMember};

    fn member() -> StaffMember {
        StaffMember {
            id: StaffId::parse("s-1").unwrap(),
            name: "Sam Sample".to_owned(),
            roles: BTreeSet::from([Role::Secretary]),
        }
    }

    #[test]
    fn a_session_ends_when_it_is_idle_and_after_a_working_day_in_any_case() {
        let start = Timestamp::UNIX_EPOCH;
        let mut session = Session::begin(member(), start);
        assert!(session.is_open(start + SignedDuration::from_mins(59)));
        assert!(!session.is_open(start + SignedDuration::from_mins(60)));
        for minutes in (50..600).step_by(50) {
            let now = start + SignedDuration::from_mins(minutes);
            assert!(session.is_open(now), "after {minutes} minutes");
            session = session.used(now).unwrap();
        }
        assert!(!session.is_open(start + SignedDuration::from_hours(10)));
    }

    #[test]
    fn a_use_that_follows_at_once_is_not_written_down() {
        let session = Session::begin(member(), Timestamp::UNIX_EPOCH);
        let soon = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(119);
        assert_eq!(session.used(soon), None);
    }

    #[test]
    fn a_role_is_known_by_its_name_and_by_no_other() {
        assert_eq!(Role::of_name(" Secretary "), Some(Role::Secretary));
        assert_eq!(Role::of_name("admin"), None);
        assert!(member().has_any(&[Role::Director, Role::Secretary]));
        assert!(!member().has_any(&[]));
    }

    #[test]
    fn a_subject_is_visible_ascii_and_not_endless() {
        assert!(StaffId::parse("auth0|5f7c").is_some());
        for bad in ["", "a b", "é", &"x".repeat(256)] {
            assert_eq!(StaffId::parse(bad), None, "{bad}");
        }
    }
}
