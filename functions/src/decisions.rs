//! What the Board decided is recorded, with all that follows, in one
//! transaction: the decision, the membership, the entry in the register, the
//! invoice that the schedule makes due with its number, and the letters.
//!
//! Whoever records it twice, or is cut off in between, finds it done: nothing
//! is in part. The membership secretary's screens call this; nothing here
//! knows of them.

use domain::access::Purpose;
use domain::application::{Application, Decision};
use domain::calendar::london_date;
use domain::invoice::{Dates, Fee, InvoiceNumber, first_fee};
use domain::letter::{Letter, LetterLink, News};
use domain::membership::{Category, Membership, Standing};
use domain::reference::{ApplicationReference, MembershipReference};
use jiff::Timestamp;

use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::invoicing::issue;
use crate::secretary::Refused;
use crate::site::Published;
use crate::store::{Guard, Outcome, Transaction, Tries};

/// What was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recorded {
    /// The membership that began, if one did now.
    pub membership: Option<MembershipReference>,
    /// The invoice that was issued, if one was now.
    pub invoice: Option<InvoiceNumber>,
    /// Whether this decision was recorded before, so that nothing was done.
    pub before: bool,
}

/// Records a decision, or a correction of one.
///
/// # Errors
///
/// [`Refused`] says why it was not recorded; then nothing was.
pub async fn record(
    app: &App,
    site: &Published,
    by: &Instruction,
    reference: &ApplicationReference,
    decision: &Decision,
) -> Result<Recorded, Refused> {
    let mut tries = Tries::begin();
    loop {
        let now = app.clock.now();
        let read = app.store.application(reference).await?;
        let read = read.ok_or(Refused::NoRecord)?;
        if read
            .value
            .decisions
            .last()
            .is_some_and(|last| last.is_same(decision))
        {
            return Ok(Recorded {
                before: true,
                ..Recorded::default()
            });
        }
        by.expect(read.version)?;
        let first = read.value.decisions.is_empty();
        let mut application = read.value.clone();
        application.decide(decision.clone(), london_date(now), now)?;
        let mut transaction = by.transaction();
        let mut recorded = Recorded::default();
        if first {
            let follow = Follow {
                app,
                site,
                decision,
                now,
            };
            recorded = follow.write(&mut transaction, &mut application).await?;
        }
        let what = match (first, decision.approved) {
            (true, true) => "application-approved",
            (true, false) => "application-declined",
            (false, _) => "decision-corrected",
        };
        transaction.change_application(&read, &application, what, now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            tracing::info!(application = %application.reference, "{what}");
            return Ok(recorded);
        }
        // Unless what was read has changed too: somebody else was faster with the
        // same decision, and the next look finds it.
        if outcome.is_refused_by(Guard::Member) && !outcome.is_refused_by(Guard::Unchanged) {
            return Err(Refused::AlreadyMember);
        }
        tries.again().await?;
    }
}

/// What follows from a decision that is recorded for the first time.
struct Follow<'a> {
    app: &'a App,
    site: &'a Published,
    decision: &'a Decision,
    now: Timestamp,
}

impl Follow<'_> {
    async fn write(
        &self,
        transaction: &mut Transaction,
        application: &mut Application,
    ) -> Result<Recorded, Refused> {
        let member = application.answers.member(application.category);
        let member = member.ok_or(Refused::Incomplete)?;
        if let (Category::Full, Some(urn)) = (application.category, &member.urn) {
            transaction.release_urn(urn, &application.reference)?;
        }
        let contact = member.contact.clone();
        let applicant = member.name.to_string();
        let mut recorded = Recorded::default();
        if self.decision.approved {
            let membership = Membership {
                reference: MembershipReference::from_entropy(entropy::bytes()),
                category: application.category,
                member,
                application: Some(application.reference.clone()),
                joined_on: self.decision.on,
                standing: Standing::Active,
                notice: None,
                ends_on: None,
                before: None,
                after: None,
                link: None,
                brought_forward: None,
                entered_at: self.now,
            };
            transaction.new_membership(&membership)?;
            application.membership = Some(membership.reference.clone());
            recorded.invoice = self.invoice(transaction, &membership).await?;
            recorded.membership = Some(membership.reference);
        }
        let subject = application.reference.to_string();
        let (grant, _) = self.app.links.give(Purpose::Status, &subject, self.now);
        let letter = Letter {
            to: contact,
            news: News::ApplicationDecided {
                reference: application.reference.clone(),
                applicant,
                category: application.category,
                approved: self.decision.approved,
                on: self.decision.on,
                reason: self.decision.reason.clone(),
                link: LetterLink::of(&grant),
            },
        };
        application.grants.push(grant);
        transaction.letter(letter, self.now)?;
        Ok(recorded)
    }

    /// The invoice that the schedule makes due, if it makes one due.
    async fn invoice(
        &self,
        transaction: &mut Transaction,
        membership: &Membership,
    ) -> Result<Option<InvoiceNumber>, Refused> {
        let fees = &self.site.publication.fees;
        let fee = first_fee(membership, fees).map_err(|_| Refused::Incomplete)?;
        let Fee::Due(draft) = fee else {
            return Ok(None);
        };
        let dates = Dates::by_terms(fees, london_date(self.now));
        let invoice = issue(self.app, transaction, *draft, dates, self.now).await?;
        Ok(Some(invoice.number))
    }
}
