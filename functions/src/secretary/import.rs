//! The members of today are brought in from the list that was kept before, one
//! transaction a member. Whoever brings the list in again, or is cut off in
//! between, finds those who are there left as they are.

use domain::membership::{Category, ImportedMember};
use domain::reference::MembershipReference;
use sha2::{Digest as _, Sha256};

use super::Refused;
use crate::app::App;
use crate::instruction::Instruction;
use crate::store::{Guard, Outcome, StoreError, Tries};

/// What became of a member of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// It was entered.
    Entered,
    /// It is a member already, and was left as it is.
    There,
}

/// The reference that a member of a list is given: always the same one.
fn reference(member: &ImportedMember) -> MembershipReference {
    let digest = Sha256::digest(format!("member of the list: {}", member.identity()));
    let mut entropy = [0; 5];
    entropy.copy_from_slice(&digest[..5]);
    MembershipReference::from_entropy(entropy)
}

/// Whether a member of the list is one already.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn is_there(app: &App, member: &ImportedMember) -> Result<bool, StoreError> {
    if let (Category::Full, Some(urn)) = (member.category, &member.member.urn)
        && app.store.live_membership(urn).await?.is_some()
    {
        return Ok(true);
    }
    let known = app.store.membership(&reference(member)).await?;
    Ok(known.is_some())
}

/// Enters a member of the list, unless it is one already.
///
/// # Errors
///
/// [`Refused::AlreadyLive`] if the school has applied, and is to be decided on.
pub async fn import(
    app: &App,
    by: &Instruction,
    member: &ImportedMember,
) -> Result<Imported, Refused> {
    let mut tries = Tries::begin();
    loop {
        if is_there(app, member).await? {
            return Ok(Imported::There);
        }
        let now = app.clock.now();
        let membership = member.clone().membership(reference(member), now);
        let mut transaction = by.transaction();
        if let (Category::Full, Some(urn)) = (membership.category, &membership.member.urn) {
            transaction.expect_no_application(urn)?;
        }
        transaction.new_membership(&membership)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            tracing::info!(membership = %membership.reference, "member-imported");
            return Ok(Imported::Entered);
        }
        if outcome.is_refused_by(Guard::LiveApplication) {
            return Err(Refused::AlreadyLive);
        }
        tries.again().await?;
    }
}
