//! What each thing that happens moves between which accounts: the one place
//! that says so.

use jiff::Timestamp;

use super::{Account, Cause, Income, JournalEntry, Posting};
use crate::bank::BankLineId;
use crate::calendar::london_date;
use crate::invoice::{CreditNote, Invoice, InvoiceNumber};
use crate::membership::Membership;
use crate::money::Pence;
use crate::payment::Payment;
use crate::reference::{MembershipReference, RefundReference};

/// A sum from an account (`credit`) to an account (`debit`).
const fn posting(debit: Account, credit: Account, pence: Pence) -> Posting {
    Posting {
        debit,
        credit,
        pence,
    }
}

impl JournalEntry {
    fn new(
        cause: Cause,
        at: Timestamp,
        membership: Option<MembershipReference>,
        words: String,
        postings: impl IntoIterator<Item = Posting>,
    ) -> JournalEntry {
        let moved = |posting: &Posting| !posting.pence.is_zero();
        JournalEntry {
            cause,
            on: london_date(at),
            at,
            membership,
            words,
            postings: postings.into_iter().filter(moved).collect(),
        }
    }

    /// An invoice is issued: it is owed, and the income is ours, the VAT the
    /// Revenue's.
    #[must_use]
    pub fn invoice(invoice: &Invoice, at: Timestamp) -> JournalEntry {
        let says = &invoice.says;
        JournalEntry::new(
            Cause::Invoice {
                invoice: invoice.number,
            },
            at,
            says.membership.clone(),
            format!("Invoice {}", invoice.number),
            [
                posting(
                    Account::Receivable,
                    Account::Income(says.income()),
                    says.net(),
                ),
                posting(Account::Receivable, Account::Vat, says.vat.tax),
            ],
        )
    }

    /// An invoice is made void: as if it had not been issued.
    #[must_use]
    pub fn void(invoice: &Invoice, at: Timestamp) -> JournalEntry {
        let says = &invoice.says;
        JournalEntry::new(
            Cause::Void {
                invoice: invoice.number,
            },
            at,
            says.membership.clone(),
            format!("Invoice {} void", invoice.number),
            [
                posting(
                    Account::Income(says.income()),
                    Account::Receivable,
                    says.net(),
                ),
                posting(Account::Vat, Account::Receivable, says.vat.tax),
            ],
        )
    }

    /// A credit note is issued: less is owed.
    #[must_use]
    pub fn credit(note: &CreditNote, at: Timestamp) -> JournalEntry {
        JournalEntry::new(
            Cause::Credit { note: note.number },
            at,
            note.membership.clone(),
            format!("Credit note {} to invoice {}", note.number, note.invoice),
            [
                posting(
                    Account::Income(note.income),
                    Account::Receivable,
                    note.total.less(note.tax),
                ),
                posting(Account::Vat, Account::Receivable, note.tax),
            ],
        )
    }

    /// A page of the provider's was paid on; what for is `toward`.
    #[must_use]
    pub fn card(
        payment: &Payment,
        session: &str,
        toward: Account,
        membership: Option<MembershipReference>,
        at: Timestamp,
    ) -> JournalEntry {
        JournalEntry::new(
            Cause::Card {
                payment: payment.reference.clone(),
                session: session.to_owned(),
            },
            at,
            membership,
            format!("{}, by card ({})", payment.description, payment.reference),
            [posting(Account::CardProvider, toward, payment.amount)],
        )
    }

    /// A line of the bank's statement is put to an invoice, or taken from it.
    #[must_use]
    pub fn bank(
        invoice: &Invoice,
        line: &BankLineId,
        pence: Pence,
        (time, undone): (u32, bool),
        at: Timestamp,
    ) -> JournalEntry {
        let number = invoice.number;
        let (words, way) = if undone {
            (
                format!("Invoice {number}, bank transfer taken back"),
                posting(Account::Receivable, Account::Bank, pence),
            )
        } else {
            (
                format!("Invoice {number}, by bank transfer"),
                posting(Account::Bank, Account::Receivable, pence),
            )
        };
        let cause = Cause::Bank {
            line: line.clone(),
            invoice: number,
            time,
            undone,
        };
        JournalEntry::new(cause, at, invoice.says.membership.clone(), words, [way])
    }

    /// What was overpaid on one invoice is put to another: it is owed less
    /// there, and no account changes where both are a member's.
    #[must_use]
    pub fn given_on(
        from: &Invoice,
        to: InvoiceNumber,
        pence: Pence,
        at: Timestamp,
    ) -> JournalEntry {
        JournalEntry::new(
            Cause::GivenOn {
                from: from.number,
                to,
                time: from.account.len(),
            },
            at,
            from.says.membership.clone(),
            format!("Overpaid on {}, put to {to}", from.number),
            [posting(Account::Receivable, Account::Receivable, pence)],
        )
    }

    /// Money goes back, out of `from`, for what was put to these accounts.
    #[must_use]
    pub fn refund(
        refund: &RefundReference,
        toward: &[(Account, Pence)],
        from: Account,
        membership: Option<MembershipReference>,
        at: Timestamp,
    ) -> JournalEntry {
        JournalEntry::new(
            Cause::Refund {
                refund: refund.clone(),
            },
            at,
            membership,
            format!("Refund {refund}"),
            toward
                .iter()
                .map(|(toward, pence)| posting(*toward, from, *pence)),
        )
    }

    /// A refund could not be made: the money is with us, and is due back.
    #[must_use]
    pub fn refund_failed(
        refund: &RefundReference,
        toward: &[(Account, Pence)],
        from: Account,
        membership: Option<MembershipReference>,
        at: Timestamp,
    ) -> JournalEntry {
        JournalEntry::new(
            Cause::RefundFailed {
                refund: refund.clone(),
            },
            at,
            membership,
            format!("Refund {refund} could not be made"),
            toward
                .iter()
                .map(|(toward, pence)| posting(from, *toward, *pence)),
        )
    }

    /// A dispute was lost: the bank took the money, and the provider a fee.
    #[must_use]
    pub fn dispute_lost(
        dispute: &str,
        toward: &[(Account, Pence)],
        membership: Option<MembershipReference>,
        at: Timestamp,
    ) -> JournalEntry {
        JournalEntry::new(
            Cause::Dispute {
                dispute: dispute.to_owned(),
            },
            at,
            membership,
            "A disputed payment was lost".to_owned(),
            toward
                .iter()
                .map(|(toward, pence)| posting(*toward, Account::CardProvider, *pence)),
        )
    }

    /// The provider kept a fee (more than nought), or gave one back.
    #[must_use]
    pub fn provider_fee(line: &str, pence: i64, at: Timestamp) -> JournalEntry {
        let sum = Pence::new(pence.unsigned_abs());
        let way = if pence < 0 {
            posting(Account::CardProvider, Account::ProviderFees, sum)
        } else {
            posting(Account::ProviderFees, Account::CardProvider, sum)
        };
        let cause = Cause::Provider {
            line: line.to_owned(),
        };
        JournalEntry::new(cause, at, None, "Card provider’s fee".to_owned(), [way])
    }

    /// The provider paid out to our bank (more than nought), or a payout came
    /// back.
    #[must_use]
    pub fn payout(line: &str, pence: i64, at: Timestamp) -> JournalEntry {
        let sum = Pence::new(pence.unsigned_abs());
        let way = if pence < 0 {
            posting(Account::CardProvider, Account::Bank, sum)
        } else {
            posting(Account::Bank, Account::CardProvider, sum)
        };
        let cause = Cause::Provider {
            line: line.to_owned(),
        };
        JournalEntry::new(
            cause,
            at,
            None,
            "Payout of the card provider".to_owned(),
            [way],
        )
    }

    /// What a member owed, or had in credit, when it was brought in; none if
    /// nothing.
    #[must_use]
    pub fn brought_forward(membership: &Membership, at: Timestamp) -> Option<JournalEntry> {
        let forward = membership.brought_forward?;
        let way = if forward.in_credit {
            posting(Account::BroughtForward, Account::Receivable, forward.pence)
        } else {
            posting(Account::Receivable, Account::BroughtForward, forward.pence)
        };
        let cause = Cause::BroughtForward {
            membership: membership.reference.clone(),
        };
        let mut entry = JournalEntry::new(
            cause,
            at,
            Some(membership.reference.clone()),
            "Brought forward".to_owned(),
            [way],
        );
        entry.on = forward.as_at;
        Some(entry)
    }

    /// Something came in kind and was used: no cash moves.
    #[must_use]
    pub fn in_kind(key: &str, pence: Pence, words: &str, at: Timestamp) -> JournalEntry {
        JournalEntry::new(
            Cause::InKind {
                key: key.to_owned(),
            },
            at,
            None,
            words.to_owned(),
            [posting(
                Account::UsedInKind,
                Account::Income(Income::InKind),
                pence,
            )],
        )
    }
}
