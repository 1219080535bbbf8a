//! Notices that have come to their end: the membership is over.

use domain::letter::{Letter, News};
use domain::membership::{Category, Standing};
use domain::trail::Who;
use jiff::civil::Date;

use super::Done;
use crate::app::App;
use crate::store::{Outcome, StoreError, Transaction};

/// Ends what ended before a day.
pub(super) async fn run(app: &App, today: Date, done: &mut Done) -> Result<(), StoreError> {
    let now = app.clock.now();
    for read in app.store.memberships_that_ended(today).await? {
        let Some(ended) = read.value.reach_end(today) else {
            continue;
        };
        let mut transaction = Transaction::by(Who::Clock);
        if let (Category::Full, Standing::Ended, Some(urn)) =
            (ended.category, ended.standing, &ended.member.urn)
        {
            transaction.release_member_urn(urn, &ended.reference)?;
        }
        let letter = Letter {
            to: ended.member.contact.clone(),
            news: News::MembershipEnded {
                reference: ended.reference.clone(),
                member: ended.member.name.to_string(),
                ends_on: ended.ends_on.unwrap_or(today),
            },
        };
        transaction.letter(letter, now)?;
        transaction.change_membership(&read, &ended, "membership-ended", now)?;
        match app.store.commit(transaction).await? {
            Outcome::Committed => done.ended += 1,
            Outcome::Refused(_) => done.left += 1,
        }
    }
    Ok(())
}
