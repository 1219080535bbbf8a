//! An enquiry on its way: answered, by letter or told otherwise, and closed.

use domain::enquiry::{Enquiry, Reply};
use domain::letter::{Letter, News};
use domain::passage::Passage;
use domain::reference::EnquiryReference;
use jiff::Timestamp;

use super::Refused;
use crate::app::App;
use crate::instruction::Instruction;
use crate::store::{Guard, Outcome, Transaction, Tries};

/// Answers an enquiry: by a letter, or it is written down what was said
/// otherwise.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn answer(
    app: &App,
    by: &Instruction,
    reference: &EnquiryReference,
    text: &Passage,
    by_letter: bool,
) -> Result<(), Refused> {
    let what = "enquiry-answered";
    change(app, by, reference, what, |enquiry, transaction, now| {
        let reply = Reply {
            text: text.clone(),
            by_letter,
            at: now,
        };
        let answered = enquiry.answered(reply)?;
        if by_letter {
            let letter = Letter {
                to: enquiry.asked.person.clone(),
                news: News::EnquiryAnswered {
                    reference: enquiry.reference.clone(),
                    service: enquiry.about.as_ref().map(|about| about.title.clone()),
                    answer: text.clone(),
                },
            };
            transaction.letter(letter, now)?;
        }
        Ok(answered)
    })
    .await
}

/// Closes an enquiry, with which nothing more is to be done.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn close_enquiry(
    app: &App,
    by: &Instruction,
    reference: &EnquiryReference,
) -> Result<(), Refused> {
    let what = "enquiry-closed";
    change(app, by, reference, what, |enquiry, _, now| {
        Ok(enquiry.closed(now)?)
    })
    .await
}

async fn change(
    app: &App,
    by: &Instruction,
    reference: &EnquiryReference,
    what: &'static str,
    decide: impl Fn(&Enquiry, &mut Transaction, Timestamp) -> Result<Enquiry, Refused>,
) -> Result<(), Refused> {
    if by.is_done(app).await? {
        return Ok(());
    }
    let mut tries = Tries::begin();
    loop {
        let read = app.store.enquiry(reference).await?;
        let read = read.ok_or(Refused::NoRecord)?;
        by.expect(read.version)?;
        let now = app.clock.now();
        let mut transaction = by.transaction();
        let next = decide(&read.value, &mut transaction, now)?;
        transaction.change_enquiry(&read, &next, what, now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(enquiry = %next.reference, "{what}");
            return Ok(());
        }
        tries.again().await?;
    }
}
