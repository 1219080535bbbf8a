//! Who one can be at the stand-in: one person a role, one with all of them,
//! and one with none. They are nobody.

/// Somebody with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// Keeps the membership.
    Secretary,
    /// Keeps the money.
    Treasurer,
    /// Runs events.
    Organiser,
    /// Sees everything.
    Director,
    /// Does it all.
    Everything,
    /// Has an account and no role.
    Nobody,
}

impl Person {
    /// All of them, in the order of the page.
    pub const ALL: [Person; 6] = [
        Person::Secretary,
        Person::Treasurer,
        Person::Organiser,
        Person::Director,
        Person::Everything,
        Person::Nobody,
    ];

    /// The person's name in forms, and at the end of the subject.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Person::Secretary => "secretary",
            Person::Treasurer => "treasurer",
            Person::Organiser => "organiser",
            Person::Director => "director",
            Person::Everything => "everything",
            Person::Nobody => "nobody",
        }
    }

    /// What the person is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Person::Secretary => "Sample Secretary",
            Person::Treasurer => "Sample Treasurer",
            Person::Organiser => "Sample Organiser",
            Person::Director => "Sample Director",
            Person::Everything => "Sample of every role",
            Person::Nobody => "Sample without a role",
        }
    }

    /// The roles, as the claim lists them.
    #[must_use]
    pub const fn roles(self) -> &'static [&'static str] {
        match self {
            Person::Secretary => &["secretary"],
            Person::Treasurer => &["treasurer"],
            Person::Organiser => &["organiser"],
            Person::Director => &["director"],
            Person::Everything => &["secretary", "treasurer", "organiser", "director"],
            Person::Nobody => &[],
        }
    }

    /// The person of that slug.
    #[must_use]
    pub fn of_slug(slug: &str) -> Option<Person> {
        Person::ALL.into_iter().find(|person| person.slug() == slug)
    }
}
