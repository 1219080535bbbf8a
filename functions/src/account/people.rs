//! One way to change who the contacts of a member are: read, decided, written
//! with its letters only if they are still those that were read; else decided
//! again.

use domain::account::{AccountLink, Contact, ContactRole, Contacts, ContactsError, Opens};
use domain::contact::{EmailAddress, Person};
use domain::letter::{AccountNews, ContactChange as Change, Letter, LetterLink, News};
use domain::trail::Who;
use jiff::Timestamp;

use super::door::Entered;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::store::{Guard, Outcome, StoreError, Transaction, Tries};
use crate::typed::Typed;

/// A change that was decided on.
pub(super) struct Decided {
    /// The people as they are to be.
    pub(super) next: Contacts,
    /// What happened, for the audit trail.
    pub(super) what: &'static str,
    /// The other items: letters, links.
    pub(super) transaction: Transaction,
    /// The address that a letter goes to which nobody has confirmed.
    pub(super) writes_to: Option<EmailAddress>,
}

/// Why a change was not made.
pub(super) enum Refusal {
    /// The people cannot be those.
    Contacts(ContactsError),
    /// Enough letters went to that address lately.
    TooOften,
}

impl From<ContactsError> for Refusal {
    fn from(error: ContactsError) -> Refusal {
        Refusal::Contacts(error)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Contacts(error) => error.fmt(formatter),
            Refusal::TooOften => formatter.write_str(
                "We have written to this address as often as we do within an hour: try again later",
            ),
        }
    }
}

/// Changes the contacts; a form that arrives twice changes them once.
pub(super) async fn change<F>(
    app: &App,
    at: &Entered,
    typed: &Typed<F>,
    decide: impl Fn(&Entered, Timestamp) -> Result<Result<Decided, Refusal>, StoreError>,
) -> Result<Result<(), Refusal>, ApiError> {
    let mut tries = Tries::begin();
    loop {
        if app.store.command(&typed.command).await?.is_some() {
            return Ok(Ok(()));
        }
        let at = at.again(app).await?;
        at.must(ContactRole::may_change)?;
        let now = app.clock.now();
        let decided = match decide(&at, now)? {
            Ok(decided) => decided,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut transaction = decided.transaction.made_by(Who::Contact(at.me.id.clone()));
        if let Some(email) = &decided.writes_to
            && !may_write_to(app, &mut transaction, email).await?
        {
            return Ok(Err(Refusal::TooOften));
        }
        let base = at.base();
        transaction.contacts(
            &at.membership,
            &at.contacts,
            &decided.next,
            decided.what,
            now,
        )?;
        transaction.remember(&typed.command, &base, now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(membership = %at.reference(), "{}", decided.what);
            return Ok(Ok(()));
        }
        tries.again().await?;
    }
}

/// Adds the letter that tells somebody who may sign in now.
pub(super) fn welcome(
    transaction: &mut Transaction,
    at: &Entered,
    contact: &Contact,
    now: Timestamp,
) -> Result<(), StoreError> {
    let news = AccountNews::Welcome {
        member: at.membership().member.name.to_string(),
        role: contact.role,
    };
    let letter = Letter {
        to: contact.person.clone(),
        news: News::Account(news),
    };
    transaction.letter(letter, now)
}

/// Adds the letters that tell these people of a change.
pub(super) fn tell<'p>(
    transaction: &mut Transaction,
    at: &Entered,
    (who, change): (&Person, Change),
    people: impl Iterator<Item = &'p Person>,
    now: Timestamp,
) -> Result<(), StoreError> {
    for person in people {
        let news = AccountNews::Changed {
            member: at.membership().member.name.to_string(),
            who: who.name.to_string(),
            change,
        };
        let letter = Letter {
            to: person.clone(),
            news: News::Account(news),
        };
        transaction.letter(letter, now)?;
    }
    Ok(())
}

/// The leads besides whoever makes the change.
pub(super) fn other_leads(at: &Entered) -> impl Iterator<Item = &Person> {
    let others = at.contacts.value.leads();
    others
        .filter(|contact| contact.id != at.me.id)
        .map(|contact| &contact.person)
}

/// Notes that a letter goes to an address; whether there were too many.
async fn may_write_to(
    app: &App,
    transaction: &mut Transaction,
    email: &EmailAddress,
) -> Result<bool, ApiError> {
    let now = app.clock.system_now();
    let read = app.store.asked(email).await?;
    let Some(asked) = read.value.once_more(now) else {
        return Ok(false);
    };
    transaction.asked(email, read.version, &asked, now)?;
    Ok(true)
}

/// Adds the link that confirms a new address, and its letter.
pub(super) fn ask_to_confirm(
    app: &App,
    transaction: &mut Transaction,
    at: &Entered,
    contact: &Contact,
    email: &EmailAddress,
) -> Result<(), StoreError> {
    let id = entropy::key();
    let opens = Opens::Address {
        membership: at.reference().clone(),
        contact: contact.id.clone(),
        email: email.clone(),
    };
    let (grant, _) = app.links.give(opens.purpose(), &id, app.clock.system_now());
    let news = AccountNews::Address {
        id: id.clone(),
        member: at.membership().member.name.to_string(),
        link: LetterLink::of(&grant),
    };
    transaction.new_account_link(&AccountLink {
        id,
        opens,
        grant,
        used_at: None,
    })?;
    let to = Person {
        name: contact.person.name.clone(),
        email: email.clone(),
    };
    let letter = Letter {
        to,
        news: News::Account(news),
    };
    transaction.letter(letter, app.clock.now())
}
