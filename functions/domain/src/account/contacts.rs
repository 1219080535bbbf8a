//! The people of a member: who may see and do what on its page. There is
//! always somebody who leads.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contact::{EmailAddress, Line, Person};
use crate::form::FieldErrors;
use crate::membership::Member;

/// Names a contact in addresses and in the audit trail; says nothing of the
/// person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContactId(String);

impl ContactId {
    /// Reads a name: 32 hexadecimal digits, the caller's randomness.
    #[must_use]
    pub fn parse(text: &str) -> Option<ContactId> {
        let fits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then(|| ContactId(text.to_ascii_lowercase()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a contact may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactRole {
    /// Everything: contacts, pupils and notice too.
    Lead,
    /// See everything, and open invoices.
    Finance,
    /// See everything but invoices.
    Reader,
}

impl ContactRole {
    /// All of them.
    pub const ALL: [ContactRole; 3] =
        [ContactRole::Lead, ContactRole::Finance, ContactRole::Reader];

    /// Its name in a form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ContactRole::Lead => "lead",
            ContactRole::Finance => "finance",
            ContactRole::Reader => "reader",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            ContactRole::Lead => "Lead: may do everything here",
            ContactRole::Finance => "Finance: sees everything, opens and pays invoices",
            ContactRole::Reader => "Read only: sees everything but invoices",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<ContactRole> {
        ContactRole::ALL
            .into_iter()
            .find(|role| role.name() == name)
    }

    /// Whether contacts, pupils and notice are for it.
    #[must_use]
    pub const fn may_change(self) -> bool {
        matches!(self, ContactRole::Lead)
    }

    /// Whether invoices are for it.
    #[must_use]
    pub const fn may_open_invoices(self) -> bool {
        matches!(self, ContactRole::Lead | ContactRole::Finance)
    }
}

/// A person of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Its name here.
    pub id: ContactId,
    /// Who.
    pub person: Person,
    /// The person's post.
    pub job: Option<Line>,
    /// What the person may do.
    pub role: ContactRole,
    /// Since when.
    pub since: Timestamp,
}

/// A person who is to be a contact, or is to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContact {
    /// Who.
    pub person: Person,
    /// The person's post.
    pub job: Option<Line>,
    /// What the person may do.
    pub role: ContactRole,
}

/// The people of a member.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contacts {
    /// They, in the order in which they came.
    pub people: Vec<Contact>,
}

/// Why the people of a member cannot be those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContactsError {
    /// The address is that of another contact.
    #[error("This address is already that of a contact of this school")]
    AlreadyThere,
    /// Nobody would be left who may change anything.
    #[error("Somebody has to be the lead: make another contact the lead first")]
    LastLead,
    /// There are enough.
    #[error("A member has {} contacts at most: remove one first", Contacts::MOST)]
    TooMany,
    /// The contact is not there any more.
    #[error("This contact has been removed meanwhile")]
    Gone,
}

impl Contacts {
    /// More people than run one school's membership.
    pub const MOST: usize = 20;

    /// Those whom a member names when it joins: who is written to leads, and
    /// who receives invoices has those.
    #[must_use]
    pub fn of(member: &Member, ids: [ContactId; 2], since: Timestamp) -> Contacts {
        let [lead, finance] = ids;
        let mut people = vec![Contact {
            id: lead,
            person: member.contact.clone(),
            job: None,
            role: ContactRole::Lead,
            since,
        }];
        let other = member
            .finance
            .as_ref()
            .filter(|person| !person.email.is_same(&member.contact.email));
        people.extend(other.map(|person| Contact {
            id: finance,
            person: person.clone(),
            job: None,
            role: ContactRole::Finance,
            since,
        }));
        Contacts { people }
    }

    /// The contact of that name.
    #[must_use]
    pub fn named(&self, id: &ContactId) -> Option<&Contact> {
        self.people.iter().find(|contact| contact.id == *id)
    }

    /// The contact with that address.
    #[must_use]
    pub fn with_address(&self, email: &EmailAddress) -> Option<&Contact> {
        let is_it = |contact: &&Contact| contact.person.email.is_same(email);
        self.people.iter().find(is_it)
    }

    /// Whoever leads, the longest there first.
    pub fn leads(&self) -> impl Iterator<Item = &Contact> {
        let leads = |contact: &&Contact| contact.role == ContactRole::Lead;
        self.people.iter().filter(leads)
    }

    /// Who receives invoices, unless that is the lead.
    #[must_use]
    pub fn finance(&self) -> Option<&Contact> {
        let is_it = |contact: &&Contact| contact.role == ContactRole::Finance;
        self.people.iter().find(is_it)
    }

    /// With one person more.
    ///
    /// # Errors
    ///
    /// [`ContactsError`] says why not.
    pub fn add(
        &self,
        id: ContactId,
        new: NewContact,
        now: Timestamp,
    ) -> Result<Contacts, ContactsError> {
        if self.with_address(&new.person.email).is_some() {
            return Err(ContactsError::AlreadyThere);
        }
        if self.people.len() >= Contacts::MOST {
            return Err(ContactsError::TooMany);
        }
        let mut next = self.clone();
        next.people.push(Contact {
            id,
            person: new.person,
            job: new.job,
            role: new.role,
            since: now,
        });
        Ok(next)
    }

    /// With one person changed, but for the address: that is confirmed first.
    ///
    /// # Errors
    ///
    /// [`ContactsError`] says why not.
    pub fn change(&self, id: &ContactId, new: &NewContact) -> Result<Contacts, ContactsError> {
        if let Some(other) = self.with_address(&new.person.email)
            && other.id != *id
        {
            return Err(ContactsError::AlreadyThere);
        }
        self.edited(id, |contact| {
            contact.person.name = new.person.name.clone();
            contact.job.clone_from(&new.job);
            contact.role = new.role;
        })
    }

    /// With the address of one person changed, now that it is confirmed.
    ///
    /// # Errors
    ///
    /// [`ContactsError`] says why not.
    pub fn confirm(&self, id: &ContactId, email: &EmailAddress) -> Result<Contacts, ContactsError> {
        if let Some(other) = self.with_address(email)
            && other.id != *id
        {
            return Err(ContactsError::AlreadyThere);
        }
        self.edited(id, |contact| contact.person.email = email.clone())
    }

    /// Without one person.
    ///
    /// # Errors
    ///
    /// [`ContactsError`] says why not.
    pub fn remove(&self, id: &ContactId) -> Result<Contacts, ContactsError> {
        let mut next = self.clone();
        next.people.retain(|contact| contact.id != *id);
        if next.people.len() == self.people.len() {
            return Err(ContactsError::Gone);
        }
        next.led()
    }

    fn edited(
        &self,
        id: &ContactId,
        edit: impl FnOnce(&mut Contact),
    ) -> Result<Contacts, ContactsError> {
        let mut next = self.clone();
        let contact = next.people.iter_mut().find(|contact| contact.id == *id);
        edit(contact.ok_or(ContactsError::Gone)?);
        next.led()
    }

    fn led(self) -> Result<Contacts, ContactsError> {
        if self.leads().next().is_none() {
            return Err(ContactsError::LastLead);
        }
        Ok(self)
    }

    /// With whom the office has named for the member: whoever is written to
    /// leads, and who receives invoices has those. Those who are here already
    /// are told by their addresses.
    #[must_use]
    pub fn naming(&self, member: &Member, ids: [ContactId; 2], now: Timestamp) -> Contacts {
        let mut next = self.clone();
        for named in Contacts::of(member, ids, now).people {
            let known = next
                .people
                .iter_mut()
                .find(|known| known.person.email.is_same(&named.person.email));
            match known {
                Some(known) => {
                    known.person = named.person;
                    if named.role == ContactRole::Lead {
                        known.role = ContactRole::Lead;
                    }
                }
                None => next.people.push(named),
            }
        }
        next
    }

    /// The member, written to where its people say now.
    #[must_use]
    pub fn reached(&self, member: &Member) -> Member {
        let known = self.with_address(&member.contact.email);
        let lead = known
            .filter(|contact| contact.role == ContactRole::Lead)
            .or_else(|| self.leads().next());
        let mut member = member.clone();
        if let Some(lead) = lead {
            member.contact = lead.person.clone();
        }
        member.finance = self.finance().map(|contact| contact.person.clone());
        member
    }
}

/// The form of a contact as it was typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    /// The name.
    pub name: String,
    /// The post.
    pub job: String,
    /// The email address.
    pub email: String,
    /// The name of the role.
    pub role: String,
}

impl ContactForm {
    /// The form of somebody who is a contact.
    #[must_use]
    pub fn of(contact: &Contact) -> ContactForm {
        ContactForm {
            name: contact.person.name.to_string(),
            job: contact
                .job
                .as_ref()
                .map(Line::to_string)
                .unwrap_or_default(),
            email: contact.person.email.as_str().to_owned(),
            role: contact.role.name().to_owned(),
        }
    }

    /// The person.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(&self) -> Result<NewContact, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", Line::parse(&self.name, "the person’s name"));
        let job = errors.keep("job", Line::parse_optional(&self.job, "the person’s post"));
        let email = errors.keep(
            "email",
            EmailAddress::parse(&self.email, "the person’s email address"),
        );
        let role = ContactRole::of_name(&self.role);
        if role.is_none() {
            errors.note("role", "Choose what the person may do");
        }
        match (name, job, email, role) {
            (Some(name), Some(job), Some(email), Some(role)) => Ok(NewContact {
                person: Person { name, email },
                job,
                role,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests;
