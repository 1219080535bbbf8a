//! An answer to whoever asks to be let in to a member's page: what is granted
//! is one more contact, and the others are told.

use domain::account::{ContactId, ContactRole, LetIn, LetInAnswer, NewContact};
use domain::letter::{AccountNews, ContactChange, Letter, News};
use domain::passage::Passage;
use domain::reference::{AccessReference, MembershipReference};
use jiff::Timestamp;

use super::Refused;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::store::{Guard, Outcome, StoreError, Transaction, Tries, Versioned};

/// Where a person is let in, and as what.
#[derive(Debug, Clone)]
pub struct Access {
    /// The membership, which is there.
    pub membership: MembershipReference,
    /// What the person may do.
    pub role: ContactRole,
}

/// Lets a person in, who was `checked` so.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn let_in(
    app: &App,
    by: &Instruction,
    reference: &AccessReference,
    access: &Access,
    checked: &Passage,
) -> Result<(), Refused> {
    let granted = LetInAnswer::Grant {
        membership: access.membership.clone(),
        role: access.role,
    };
    change(app, by, reference, granted, checked, Some(access)).await
}

/// Does not let a person in, who could not be made sure of.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn refuse_to_let_in(
    app: &App,
    by: &Instruction,
    reference: &AccessReference,
    checked: &Passage,
) -> Result<(), Refused> {
    change(app, by, reference, LetInAnswer::Refuse, checked, None).await
}

async fn change(
    app: &App,
    by: &Instruction,
    reference: &AccessReference,
    answer: LetInAnswer,
    checked: &Passage,
    access: Option<&Access>,
) -> Result<(), Refused> {
    if by.is_done(app).await? {
        return Ok(());
    }
    let what = match access {
        Some(_) => "let-in-granted",
        None => "let-in-refused",
    };
    let mut tries = Tries::begin();
    loop {
        let read = app.store.let_in(reference).await?;
        let read = read.ok_or(Refused::NoRecord)?;
        by.expect(read.version)?;
        let now = app.clock.now();
        let next = read.value.answered(answer.clone(), checked.clone(), now)?;
        let mut transaction = by.transaction();
        match access {
            Some(access) => add(app, &mut transaction, &read.value, access, now).await?,
            None => {
                let news = AccountNews::LetInRefused {
                    reference: reference.clone(),
                };
                let letter = Letter {
                    to: read.value.person.clone(),
                    news: News::Account(news),
                };
                transaction.letter(letter, now)?;
            }
        }
        transaction.answer_let_in(&read, &next, what, now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(let_in = %reference, "{what}");
            return Ok(());
        }
        tries.again().await?;
    }
}

/// One more contact of a member, and a letter to each.
async fn add(
    app: &App,
    transaction: &mut Transaction,
    asked: &LetIn,
    access: &Access,
    now: Timestamp,
) -> Result<(), Refused> {
    let membership = app.store.membership(&access.membership).await?;
    let membership = membership.ok_or(Refused::NoRecord)?;
    let known: Versioned<_> = app.store.contacts(&access.membership).await?;
    let new = NewContact {
        person: asked.person.clone(),
        job: Some(asked.job.clone()),
        role: access.role,
    };
    let id = ContactId::parse(&entropy::key()).ok_or(StoreError::Unreadable("a new key"))?;
    let contacts = known.value.add(id, new, now)?;
    transaction.contacts(&membership, &known, &contacts, "contact-let-in", now)?;
    let member = membership.value.member.name.to_string();
    let welcome = AccountNews::Welcome {
        member: member.clone(),
        role: access.role,
    };
    let told = known.value.people.iter().map(|contact| {
        let news = AccountNews::Changed {
            member: member.clone(),
            who: asked.person.name.to_string(),
            change: ContactChange::LetIn,
        };
        (contact.person.clone(), news)
    });
    for (to, news) in told.chain([(asked.person.clone(), welcome)]) {
        let news = News::Account(news);
        transaction.letter(Letter { to, news }, now)?;
    }
    Ok(())
}
