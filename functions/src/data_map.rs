//! The data map: of every kind of item in the table which fields are about
//! people, why they are kept, and for how long.
//!
//! A kind without an entry does not compile; a field without one fails a test
//! that writes records and looks at their fields, and so does an entry for a
//! field that no record has. `infra/README.md` shows the map, made from these
//! entries, the lengths of `content/data/retention.yaml` and the policies of
//! `infra/template.yaml`.

mod events;
mod membership;
mod money;
mod table;

use domain::retention::{Retention, Rule};

use crate::store::Kind;

/// What is said of one kind of item.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Its fields that are about people, or may be.
    pub personal: &'static [&'static str],
    /// Its other fields.
    pub plain: &'static [&'static str],
    /// Why it is kept.
    pub why: &'static str,
    /// For how long.
    pub kept: Kept,
}

/// For how long something is kept.
#[derive(Debug, Clone, Copy)]
pub enum Kept {
    /// As a rule of the content says.
    By(fn(&Retention) -> &Rule),
    /// As what it stands beside or belongs to.
    With(Kind),
    /// As the record which it holds.
    WithRecord,
    /// As the record in whose history it is; in one of a membership, as a rule says.
    InHistory(fn(&Retention) -> &Rule),
    /// The table lets it go by itself, after so long.
    Lapses(&'static str),
    /// It is not erased, for this reason.
    Stays(&'static str),
}

/// What is said of a kind.
#[must_use]
pub fn entry(kind: Kind) -> Entry {
    match kind {
        Kind::Application => membership::APPLICATION,
        Kind::LiveApplication => membership::LIVE_APPLICATION,
        Kind::LiveMembership => membership::LIVE_MEMBERSHIP,
        Kind::Membership => membership::MEMBERSHIP,
        Kind::RegisterEntry => membership::REGISTER_ENTRY,
        Kind::LogEntry => membership::LOG_ENTRY,
        Kind::Contacts => membership::CONTACTS,
        Kind::InvoiceOfMembership | Kind::FeeOfMembership => membership::INVOICE_OF_MEMBERSHIP,
        Kind::PupilReturn => membership::PUPIL_RETURN,
        Kind::Allowance => membership::ALLOWANCE,
        Kind::MembershipOfPerson => membership::MEMBERSHIP_OF_PERSON,
        Kind::Asked => membership::ASKED,
        Kind::NoPost => membership::NO_POST,
        Kind::AccountLink => membership::ACCOUNT_LINK,
        Kind::AccountSession => membership::ACCOUNT_SESSION,
        Kind::LetIn => membership::LET_IN,
        Kind::Invoice => money::INVOICE,
        Kind::InvoicesIssued | Kind::CreditNotesIssued => money::INVOICES_ISSUED,
        Kind::CreditNote => money::CREDIT_NOTE,
        Kind::Refund => money::REFUND,
        Kind::BankLine => money::BANK_LINE,
        Kind::FeeRun => money::FEE_RUN,
        Kind::FeeRunRow => money::FEE_RUN_ROW,
        Kind::Reconciliation => money::RECONCILIATION,
        Kind::LedgerEntry => money::LEDGER_ENTRY,
        Kind::Enquiry => membership::ENQUIRY,
        Kind::Tally => events::TALLY,
        Kind::BookingOfEvent => events::BOOKING_OF_EVENT,
        Kind::DelegateOfEvent => events::DELEGATE_OF_EVENT,
        Kind::CallOff => events::CALL_OFF,
        Kind::Feedback => events::FEEDBACK,
        Kind::Joining => events::JOINING,
        Kind::Telling => events::TELLING,
        Kind::Withdrawn => events::WITHDRAWN,
        Kind::Forgotten => events::FORGOTTEN,
        Kind::Certificate => events::CERTIFICATE,
        Kind::Booking => events::BOOKING,
        Kind::Charge => money::CHARGE,
        Kind::Payment => money::PAYMENT,
        Kind::Letter => table::LETTER,
        Kind::Answers => table::ANSWERS,
        Kind::Command => table::COMMAND,
        Kind::ProviderEvent => table::PROVIDER_EVENT,
        Kind::Staff => table::STAFF,
        Kind::StaffSession => table::STAFF_SESSION,
        Kind::StaffSignIn => table::STAFF_SIGN_IN,
        Kind::SubjectRequest => table::SUBJECT_REQUEST,
        Kind::Publication => table::PUBLICATION,
        Kind::PublicationPart => table::PUBLICATION_PART,
        Kind::AuditEntry => table::AUDIT_ENTRY,
        Kind::AuditValues => table::AUDIT_VALUES,
        Kind::Hold => table::HOLD,
    }
}

/// What has nothing about people in it.
const fn of_nobody(plain: &'static [&'static str], why: &'static str, kept: Kept) -> Entry {
    Entry {
        personal: &[],
        plain,
        why,
        kept,
    }
}
