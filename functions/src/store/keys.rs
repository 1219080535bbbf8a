//! The keys of the one table, all of them, in this one place.
//!
//! | item | `pk` | `sk` | `list`, `list_sort` |
//! | --- | --- | --- | --- |
//! | application | `APPLICATION#{reference}` | `RECORD` | `DRAFTS`, `APPLICATIONS` or `DECIDED`, since when |
//! | the live application of a school | `URN#{urn}` | `LIVE-APPLICATION` | – |
//! | the membership of a school | `URN#{urn}` | `MEMBERSHIP` | – |
//! | membership | `MEMBERSHIP#{reference}` | `RECORD` | `MEMBERSHIPS`, its last day |
//! | entry in the register of members | `MEMBERSHIP#{reference}` | `REGISTER` | `REGISTER`, the day of entry |
//! | entry in the log of contacts with a member | `MEMBERSHIP#{reference}` | `LOG#{day}#{when}#{id}` | – |
//! | people of a membership | `MEMBERSHIP#{reference}` | `CONTACTS` | – |
//! | an invoice of a membership | `MEMBERSHIP#{reference}` | `INVOICE#{number}` | – |
//! | pupil return | `MEMBERSHIP#{reference}` | `RETURN#{year}` | – |
//! | a membership of a person | `PERSON#{digest of the address}` | `MEMBERSHIP#{reference}` | – |
//! | that letters to a person come back | `PERSON#{digest of the address}` | `NO-POST` | – |
//! | links that a person asked for | `PERSON#{digest of the address}` | `ASKED` | – |
//! | link to sign in, or to confirm an address | `ACCOUNT-LINK#{id}` | `RECORD` | – |
//! | session of a person | `ACCOUNT-SESSION#{digest}` | `RECORD` | – |
//! | request to be let in | `LET-IN#{reference}` | `RECORD` | `LET-IN` or `LET-IN-ANSWERED`, since when |
//! | the invoice of a membership's fee for a period | `MEMBERSHIP#{reference}` | `FEE#{first day}` | – |
//! | invoice | `INVOICE#{number}` | `RECORD` | `INVOICES-OPEN`, when it is due, or `INVOICES-SETTLED`, its number |
//! | how many invoices were issued | `INVOICES` | `ISSUED` | – |
//! | credit note | `CREDIT-NOTE#{number}` | `RECORD` | `CREDIT-NOTES`, its number |
//! | how many credit notes were issued | `CREDIT-NOTES` | `ISSUED` | – |
//! | refund | `REFUND#{reference}` | `RECORD` | `REFUNDS-UNDER-WAY` or `REFUNDS-OVER`, since when |
//! | line of the bank's statement | `BANK-LINE#{id}` | `RECORD` | `BANK-WAITING` or `BANK-DONE`, its day |
//! | fee run | `FEE-RUN#{first day}` | `RECORD` | `FEE-RUNS`, its first day |
//! | what a member owes in it | `FEE-RUN#{first day}` | `MEMBER#{reference}` | – |
//! | the latest comparison with the card provider | `RECONCILIATION` | `LATEST` | – |
//! | entry of the ledger | `LEDGER#{cause}` | `RECORD` | `LEDGER`, its day |
//! | enquiry | `ENQUIRY#{reference}` | `RECORD` | `ENQUIRIES` or `CLOSED-ENQUIRIES`, since when |
//! | tally of places | `EVENT#{slug}` | `TALLY` | – |
//! | a booking of an event | `EVENT#{slug}` | `BOOKING#{reference}` | – |
//! | a delegate of an event | `EVENT#{slug}` | `DELEGATE#{digest of the address}` | – |
//! | included places of a membership | `MEMBERSHIP#{reference}` | `INCLUDED#{school year}#{service}` | – |
//! | certificate of attendance | `CERTIFICATE#{code}` | `RECORD` | – |
//! | feedback on an event | `EVENT#{slug}` | `FEEDBACK#{random}` | `FEEDBACK`, the event's start |
//! | calling off of an event | `EVENT#{slug}` | `CALL-OFF` | `CALL-OFFS`, when it was decided, until it is done |
//! | how an event is joined | `EVENT#{slug}` | `JOINING` | – |
//! | letters to all who booked an event | `EVENT#{slug}` | `TELLING#{id}` | `TELLINGS`, when it was decided, until they are written |
//! | an event that is published no more | `EVENT#{slug}` | `WITHDRAWN` | `WITHDRAWN`, its start |
//! | that nobody is named in its bookings any more | `EVENT#{slug}` | `FORGOTTEN` | – |
//! | booking | `BOOKING#{reference}` | `RECORD` | `BOOKINGS#{urn}` if it names one, its start |
//! | charge for a place of it that nobody used | `BOOKING#{reference}` | `CHARGE#{number}` | `CHARGES-OPEN` or `CHARGES-DONE`, since when |
//! | payment | `PAYMENT#{reference}` | `RECORD` | `PAYMENTS-BEGUN` or `PAYMENTS-IN-QUESTION`, since when, while it is one of them |
//! | letter | `LETTER#{id}` | `RECORD` | `OUTBOX`, from when on it can be sent; `LETTERS-SENT` or `LETTERS-STOPPED`, since when |
//! | audit entry | that of its record | `AUDIT#{when}#{id}` | – |
//! | its personal values | that of its record | `AUDIT-VALUES#{when}#{id}` | – |
//! | what holds a record from being erased | that of its record | `HOLD` | `HOLDS`, since when |
//! | answers that wait to be checked | `ANSWERS#{digest}` | `RECORD` | – |
//! | command that was carried out | `COMMAND#{key}` | `RECORD` | – |
//! | provider's event that was dealt with | `PROVIDER-EVENT#{id}` | `RECORD` | – |
//! | member of staff | `STAFF#{subject}` | `RECORD` | `STAFF`, name |
//! | session of staff | `STAFF-SESSION#{digest}` | `RECORD` | – |
//! | sign-in that has begun | `STAFF-SIGN-IN#{digest}` | `RECORD` | – |
//! | what somebody asks about data | `SUBJECT-REQUEST#{reference}` | `RECORD` | `SUBJECT-REQUESTS`, since when |
//! | publication | `PUBLICATION` | `CURRENT`, `PART#{version}#{number}` | – |
//!
//! `list` and `list_sort` are the keys of the index `by-list`.

mod lists;

use domain::bank::BankLineId;
use domain::booking::{AllowanceOf, CertificateCode, RegistrationId};
use domain::event::EventSlug;
use domain::invoice::{CreditNoteNumber, InvoiceNumber};
use domain::ledger::Cause;
use domain::reference::{
    AccessReference, ApplicationReference, BookingReference, EnquiryReference, MembershipReference,
    PaymentReference, RefundReference, SubjectReference,
};
use domain::school::Urn;
use domain::staff::StaffId;
use jiff::Timestamp;
use jiff::civil::Date;

use super::kinds::Kind;

pub(super) use lists::*;

/// Where an item is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) pk: String,
    pub(super) sk: String,
}

pub(super) fn application(reference: &ApplicationReference) -> Key {
    Kind::Application.key(reference, "")
}

pub(super) fn live_application(urn: &Urn) -> Key {
    Kind::LiveApplication.key(urn, "")
}

pub(super) fn live_membership(urn: &Urn) -> Key {
    Kind::LiveMembership.key(urn, "")
}

pub(super) fn membership(reference: &MembershipReference) -> Key {
    Kind::Membership.key(reference, "")
}

pub(super) fn register_entry(reference: &MembershipReference) -> Key {
    Kind::RegisterEntry.key(reference, "")
}

pub(super) fn log_entry(reference: &MembershipReference, on: Date, at: Timestamp, id: &str) -> Key {
    Kind::LogEntry.key(reference, format_args!("{on}#{}#{id}", sortable(at)))
}

pub(super) fn contacts(reference: &MembershipReference) -> Key {
    Kind::Contacts.key(reference, "")
}

pub(super) fn invoice_of(reference: &MembershipReference, number: InvoiceNumber) -> Key {
    Kind::InvoiceOfMembership.key(reference, number)
}

pub(super) fn pupil_return(reference: &MembershipReference, year: i16) -> Key {
    Kind::PupilReturn.key(reference, format_args!("{year:04}"))
}

/// All that is kept of a person, by the digest of the address.
pub(super) fn person(digest: &str) -> Key {
    Kind::Asked.key(digest, "")
}

/// That letters to a person come back, by the digest of the address.
pub(super) fn no_post(digest: &str) -> Key {
    Kind::NoPost.key(digest, "")
}

pub(super) fn membership_of(digest: &str, reference: &MembershipReference) -> Key {
    Kind::MembershipOfPerson.key(digest, reference)
}

pub(super) fn account_link(id: &str) -> Key {
    Kind::AccountLink.key(id, "")
}

pub(super) fn account_session(digest: &str) -> Key {
    Kind::AccountSession.key(digest, "")
}

pub(super) fn let_in(reference: &AccessReference) -> Key {
    Kind::LetIn.key(reference, "")
}

/// The list of the bookings that name a school.
pub(super) fn bookings_of(urn: &Urn) -> String {
    format!("BOOKINGS#{urn}")
}

pub(super) fn invoice(number: InvoiceNumber) -> Key {
    Kind::Invoice.key(number, "")
}

pub(super) fn invoices_issued() -> Key {
    Kind::InvoicesIssued.key("", "")
}

/// The invoice of a membership's fee for the period with that first day.
pub(super) fn fee_of(reference: &MembershipReference, period: Date) -> Key {
    Kind::FeeOfMembership.key(reference, period)
}

pub(super) fn credit_note(number: CreditNoteNumber) -> Key {
    Kind::CreditNote.key(number, "")
}

pub(super) fn credit_notes_issued() -> Key {
    Kind::CreditNotesIssued.key("", "")
}

pub(super) fn refund(reference: &RefundReference) -> Key {
    Kind::Refund.key(reference, "")
}

pub(super) fn bank_line(id: &BankLineId) -> Key {
    Kind::BankLine.key(id, "")
}

pub(super) fn fee_run(period: Date) -> Key {
    Kind::FeeRun.key(period, "")
}

pub(super) fn fee_run_member(period: Date, reference: &MembershipReference) -> Key {
    Kind::FeeRunRow.key(period, reference)
}

pub(super) fn reconciliation() -> Key {
    Kind::Reconciliation.key("", "")
}

pub(super) fn ledger_entry(cause: &Cause) -> Key {
    Kind::LedgerEntry.key(cause, "")
}

pub(super) fn enquiry(reference: &EnquiryReference) -> Key {
    Kind::Enquiry.key(reference, "")
}

pub(super) fn tally(event: &EventSlug) -> Key {
    Kind::Tally.key(event, "")
}

/// The included places of a member in a year, at the events of a service.
pub(super) fn allowance(of: &AllowanceOf) -> Key {
    let AllowanceOf {
        membership,
        service,
        year,
    } = of;
    Kind::Allowance.key(membership, format_args!("{year}#{service}"))
}

/// A booking in the list of its event's.
pub(super) fn booking_at(event: &EventSlug, reference: &BookingReference) -> Key {
    Kind::BookingOfEvent.key(event, reference)
}

/// Whoever is booked at an event with an address.
pub(super) fn named_at(event: &EventSlug, digest: &str) -> Key {
    Kind::DelegateOfEvent.key(event, digest)
}

pub(super) fn call_off(event: &EventSlug) -> Key {
    Kind::CallOff.key(event, "")
}

/// An answer about an event, under a random name that tells nothing.
pub(super) fn feedback(event: &EventSlug, id: &str) -> Key {
    Kind::Feedback.key(event, id)
}

pub(super) fn joining(event: &EventSlug) -> Key {
    Kind::Joining.key(event, "")
}

pub(super) fn telling(event: &EventSlug, id: &str) -> Key {
    Kind::Telling.key(event, id)
}

pub(super) fn withdrawn(event: &EventSlug) -> Key {
    Kind::Withdrawn.key(event, "")
}

/// That nobody is named any more in the bookings of an event.
pub(super) fn forgotten(event: &EventSlug) -> Key {
    Kind::Forgotten.key(event, "")
}

/// What keeps the record at `of` from being erased.
pub(super) fn hold(of: &Key) -> Key {
    Kind::Hold.key(&of.pk, "")
}

pub(super) fn certificate(code: &CertificateCode) -> Key {
    Kind::Certificate.key(code.as_str(), "")
}

pub(super) fn booking(reference: &BookingReference) -> Key {
    Kind::Booking.key(reference, "")
}

/// The charge for a place that nobody used, beside its booking.
pub(super) fn charge(of: &RegistrationId) -> Key {
    let RegistrationId { booking, number } = of;
    Kind::Charge.key(booking, format_args!("{number:02}"))
}

pub(super) fn payment(reference: &PaymentReference) -> Key {
    Kind::Payment.key(reference, "")
}

pub(super) fn letter(id: &str) -> Key {
    Kind::Letter.key(id, "")
}

/// An entry in the audit trail of the record at `of`.
pub(super) fn audit(of: &Key, at: Timestamp, id: &str) -> Key {
    Kind::AuditEntry.key(&of.pk, format_args!("{}#{id}", sortable(at)))
}

/// The personal values of that entry.
pub(super) fn audit_values(of: &Key, at: Timestamp, id: &str) -> Key {
    Kind::AuditValues.key(&of.pk, format_args!("{}#{id}", sortable(at)))
}

pub(super) fn answers(digest: &str) -> Key {
    Kind::Answers.key(digest, "")
}

pub(super) fn command(command: &str) -> Key {
    Kind::Command.key(command, "")
}

pub(super) fn provider_event(id: &str) -> Key {
    Kind::ProviderEvent.key(id, "")
}

pub(super) fn staff(id: &StaffId) -> Key {
    Kind::Staff.key(id, "")
}

pub(super) fn staff_session(digest: &str) -> Key {
    Kind::StaffSession.key(digest, "")
}

pub(super) fn staff_sign_in(digest: &str) -> Key {
    Kind::StaffSignIn.key(digest, "")
}

pub(super) fn subject_request(reference: &SubjectReference) -> Key {
    Kind::SubjectRequest.key(reference, "")
}

pub(super) fn publication() -> Key {
    Kind::Publication.key("", "")
}

pub(super) fn publication_part(version: &str, number: usize) -> Key {
    Kind::PublicationPart.key("", format_args!("{version}#{number:03}"))
}

/// An instant as text that sorts as time does: always nine decimal places.
pub(super) fn sortable(at: Timestamp) -> String {
    format!("{at:.9}")
}
