//! What a payer, a bank, and somebody in Stripe's dashboard may do, for tests.
//!
//! The webhook has been told when each returns, unless webhooks are held back
//! or its receiver takes longer than two seconds.

use super::StandIn;
use super::session::Method;
use super::state::{State, Wanted};

impl StandIn {
    /// Pays a session by card, as its page's button does.
    ///
    /// # Errors
    ///
    /// The session is not there or not open.
    pub async fn pay(&self, session: &str) -> anyhow::Result<()> {
        let id = session.to_owned();
        let paid = self
            .desk
            .act(move |state, now| state.pay(&id, Method::Card, now));
        paid.await?;
        Ok(())
    }

    /// Pays a session by Direct Debit: the money comes, or does not, once
    /// [`StandIn::clear_debit`] or [`StandIn::fail_debit`] says so.
    ///
    /// # Errors
    ///
    /// The session is not there, not open, or not for Direct Debits.
    pub async fn pay_by_debit(&self, session: &str) -> anyhow::Result<()> {
        let id = session.to_owned();
        let paid = self
            .desk
            .act(move |state, now| state.pay(&id, Method::BacsDebit, now));
        paid.await?;
        Ok(())
    }

    /// Ends an open session, as if its time had run out.
    ///
    /// # Errors
    ///
    /// The session is not there or not open.
    pub async fn expire(&self, session: &str) -> anyhow::Result<()> {
        self.desk.expire(session).await?;
        Ok(())
    }

    /// The payer's bank pays a Direct Debit.
    ///
    /// # Errors
    ///
    /// No Direct Debit of this session waits for the bank.
    pub async fn clear_debit(&self, session: &str) -> anyhow::Result<()> {
        let id = session.to_owned();
        self.desk
            .act(move |state, now| state.clear_debit(&id, now))
            .await?;
        Ok(())
    }

    /// The payer's bank does not pay a Direct Debit.
    ///
    /// # Errors
    ///
    /// No Direct Debit of this session waits for the bank.
    pub async fn fail_debit(&self, session: &str) -> anyhow::Result<()> {
        let id = session.to_owned();
        self.desk
            .act(move |state, now| state.fail_debit(&id, now))
            .await?;
        Ok(())
    }

    /// Gives back `pence` of what a session took, or all that is left, as
    /// somebody in Stripe's dashboard does. Gives the refund's name.
    ///
    /// # Errors
    ///
    /// The session was not paid, or less is left.
    pub async fn refund(&self, session: &str, pence: Option<i64>) -> anyhow::Result<String> {
        let id = session.to_owned();
        let wanted = Wanted {
            amount: pence,
            ..Wanted::default()
        };
        let made = self
            .desk
            .act(move |state, now| state.refund(&id, wanted, now));
        Ok(made.await?.id)
    }

    /// The money of a refund that is on its way arrives.
    ///
    /// # Errors
    ///
    /// The refund is not there or not on its way.
    pub async fn finish_refund(&self, refund: &str) -> anyhow::Result<()> {
        let id = refund.to_owned();
        self.desk
            .act(move |state, now| state.finish_refund(&id, now))
            .await?;
        Ok(())
    }

    /// The payer's bank sends a refund back.
    ///
    /// # Errors
    ///
    /// The refund is not there, or came back already.
    pub async fn fail_refund(&self, refund: &str) -> anyhow::Result<()> {
        let id = refund.to_owned();
        self.desk
            .act(move |state, now| state.fail_refund(&id, now))
            .await?;
        Ok(())
    }

    /// The payer disputes what a session took. Gives the dispute's name.
    ///
    /// # Errors
    ///
    /// The session was not paid, or nothing is left of it.
    pub async fn dispute(&self, session: &str) -> anyhow::Result<String> {
        let id = session.to_owned();
        Ok(self
            .desk
            .act(move |state, now| state.dispute(&id, now))
            .await?
            .id)
    }

    /// The payer's bank decides a dispute.
    ///
    /// # Errors
    ///
    /// The dispute is not there or was decided.
    pub async fn decide_dispute(&self, dispute: &str, won: bool) -> anyhow::Result<()> {
        let id = dispute.to_owned();
        let decided = self
            .desk
            .act(move |state, now| state.decide_dispute(&id, won, now));
        decided.await?;
        Ok(())
    }

    /// Pays out all that is in the balance. Gives the payout's name.
    ///
    /// # Errors
    ///
    /// Nothing is in it.
    pub async fn pay_out(&self) -> anyhow::Result<String> {
        Ok(self.desk.act(State::pay_out).await?.id)
    }
}
