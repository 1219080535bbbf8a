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
//! | booking | `BOOKING#{reference}` | `RECORD` | `BOOKINGS#{urn}` if it names one, its start |
//! | charge for a place of it that nobody used | `BOOKING#{reference}` | `CHARGE#{number}` | `CHARGES-OPEN` or `CHARGES-DONE`, since when |
//! | payment | `PAYMENT#{reference}` | `RECORD` | `PAYMENTS-BEGUN` or `PAYMENTS-IN-QUESTION`, since when, while it is one of them |
//! | letter in the outbox | `LETTER#{id}` | `RECORD` | `OUTBOX`, when |
//! | audit entry | that of its record | `AUDIT#{when}#{id}` | – |
//! | its personal values | that of its record | `AUDIT-VALUES#{when}#{id}` | – |
//! | answers that wait to be checked | `ANSWERS#{digest}` | `RECORD` | – |
//! | command that was carried out | `COMMAND#{key}` | `RECORD` | – |
//! | provider's event that was dealt with | `PROVIDER-EVENT#{id}` | `RECORD` | – |
//! | member of staff | `STAFF#{subject}` | `RECORD` | `STAFF`, name |
//! | session of staff | `STAFF-SESSION#{digest}` | `RECORD` | – |
//! | sign-in that has begun | `STAFF-SIGN-IN#{digest}` | `RECORD` | – |
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
    PaymentReference, RefundReference,
};
use domain::school::Urn;
use domain::staff::StaffId;
use jiff::Timestamp;
use jiff::civil::Date;

pub(super) use lists::*;

/// Where an item is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) pk: String,
    pub(super) sk: String,
}

fn key(pk: String, sk: impl Into<String>) -> Key {
    Key { pk, sk: sk.into() }
}

pub(super) fn application(reference: &ApplicationReference) -> Key {
    key(format!("APPLICATION#{reference}"), "RECORD")
}

pub(super) fn live_application(urn: &Urn) -> Key {
    key(format!("URN#{urn}"), "LIVE-APPLICATION")
}

pub(super) fn live_membership(urn: &Urn) -> Key {
    key(format!("URN#{urn}"), "MEMBERSHIP")
}

pub(super) fn membership(reference: &MembershipReference) -> Key {
    key(format!("MEMBERSHIP#{reference}"), "RECORD")
}

pub(super) fn register_entry(reference: &MembershipReference) -> Key {
    key(format!("MEMBERSHIP#{reference}"), "REGISTER")
}

pub(super) fn log_entry(reference: &MembershipReference, on: Date, at: Timestamp, id: &str) -> Key {
    key(
        format!("MEMBERSHIP#{reference}"),
        format!("{LOG}{on}#{}#{id}", sortable(at)),
    )
}

pub(super) fn contacts(reference: &MembershipReference) -> Key {
    key(format!("MEMBERSHIP#{reference}"), "CONTACTS")
}

pub(super) fn invoice_of(reference: &MembershipReference, number: InvoiceNumber) -> Key {
    let sort = format!("{MEMBERSHIPS_INVOICE}{number}");
    key(format!("MEMBERSHIP#{reference}"), sort)
}

pub(super) fn pupil_return(reference: &MembershipReference, year: i16) -> Key {
    let sort = format!("{PUPIL_RETURN}{year:04}");
    key(format!("MEMBERSHIP#{reference}"), sort)
}

/// All that is kept of a person, by the digest of the address.
pub(super) fn person(digest: &str) -> Key {
    key(format!("PERSON#{digest}"), "ASKED")
}

pub(super) fn membership_of(digest: &str, reference: &MembershipReference) -> Key {
    let sort = format!("{PERSONS_MEMBERSHIP}{reference}");
    key(format!("PERSON#{digest}"), sort)
}

pub(super) fn account_link(id: &str) -> Key {
    key(format!("ACCOUNT-LINK#{id}"), "RECORD")
}

pub(super) fn account_session(digest: &str) -> Key {
    key(format!("ACCOUNT-SESSION#{digest}"), "RECORD")
}

pub(super) fn let_in(reference: &AccessReference) -> Key {
    key(format!("LET-IN#{reference}"), "RECORD")
}

/// The list of the bookings that name a school.
pub(super) fn bookings_of(urn: &Urn) -> String {
    format!("BOOKINGS#{urn}")
}

pub(super) fn invoice(number: InvoiceNumber) -> Key {
    key(format!("INVOICE#{number}"), "RECORD")
}

pub(super) fn invoices_issued() -> Key {
    key("INVOICES".to_owned(), "ISSUED")
}

/// The invoice of a membership's fee for the period with that first day.
pub(super) fn fee_of(reference: &MembershipReference, period: Date) -> Key {
    key(format!("MEMBERSHIP#{reference}"), format!("FEE#{period}"))
}

pub(super) fn credit_note(number: CreditNoteNumber) -> Key {
    key(format!("CREDIT-NOTE#{number}"), "RECORD")
}

pub(super) fn credit_notes_issued() -> Key {
    key("CREDIT-NOTES".to_owned(), "ISSUED")
}

pub(super) fn refund(reference: &RefundReference) -> Key {
    key(format!("REFUND#{reference}"), "RECORD")
}

pub(super) fn bank_line(id: &BankLineId) -> Key {
    key(format!("BANK-LINE#{id}"), "RECORD")
}

pub(super) fn fee_run(period: Date) -> Key {
    key(format!("FEE-RUN#{period}"), "RECORD")
}

pub(super) fn fee_run_member(period: Date, reference: &MembershipReference) -> Key {
    key(
        format!("FEE-RUN#{period}"),
        format!("{FEE_RUN_MEMBER}{reference}"),
    )
}

pub(super) fn reconciliation() -> Key {
    key("RECONCILIATION".to_owned(), "LATEST")
}

pub(super) fn ledger_entry(cause: &Cause) -> Key {
    key(format!("LEDGER#{cause}"), "RECORD")
}

pub(super) fn enquiry(reference: &EnquiryReference) -> Key {
    key(format!("ENQUIRY#{reference}"), "RECORD")
}

pub(super) fn tally(event: &EventSlug) -> Key {
    key(format!("EVENT#{event}"), "TALLY")
}

/// The included places of a member in a year, at the events of a service.
pub(super) fn allowance(of: &AllowanceOf) -> Key {
    let AllowanceOf {
        membership,
        service,
        year,
    } = of;
    key(
        format!("MEMBERSHIP#{membership}"),
        format!("INCLUDED#{year}#{service}"),
    )
}

/// A booking in the list of its event's.
pub(super) fn booking_at(event: &EventSlug, reference: &BookingReference) -> Key {
    key(
        format!("EVENT#{event}"),
        format!("{EVENTS_BOOKING}{reference}"),
    )
}

/// Whoever is booked at an event with an address.
pub(super) fn named_at(event: &EventSlug, digest: &str) -> Key {
    key(format!("EVENT#{event}"), format!("DELEGATE#{digest}"))
}

pub(super) fn call_off(event: &EventSlug) -> Key {
    key(format!("EVENT#{event}"), "CALL-OFF")
}

/// An answer about an event, under a random name that tells nothing.
pub(super) fn feedback(event: &EventSlug, id: &str) -> Key {
    key(format!("EVENT#{event}"), format!("{EVENTS_FEEDBACK}{id}"))
}

pub(super) fn joining(event: &EventSlug) -> Key {
    key(format!("EVENT#{event}"), "JOINING")
}

pub(super) fn telling(event: &EventSlug, id: &str) -> Key {
    key(format!("EVENT#{event}"), format!("{EVENTS_TELLING}{id}"))
}

pub(super) fn withdrawn(event: &EventSlug) -> Key {
    key(format!("EVENT#{event}"), "WITHDRAWN")
}

pub(super) fn certificate(code: &CertificateCode) -> Key {
    key(format!("CERTIFICATE#{}", code.as_str()), "RECORD")
}

pub(super) fn booking(reference: &BookingReference) -> Key {
    key(format!("BOOKING#{reference}"), "RECORD")
}

/// The charge for a place that nobody used, beside its booking.
pub(super) fn charge(of: &RegistrationId) -> Key {
    let RegistrationId { booking, number } = of;
    key(format!("BOOKING#{booking}"), format!("CHARGE#{number:02}"))
}

pub(super) fn payment(reference: &PaymentReference) -> Key {
    key(format!("PAYMENT#{reference}"), "RECORD")
}

pub(super) fn letter(id: &str) -> Key {
    key(format!("LETTER#{id}"), "RECORD")
}

/// An entry in the audit trail of the record at `of`.
pub(super) fn audit(of: &Key, at: Timestamp, id: &str) -> Key {
    key(of.pk.clone(), format!("{AUDIT_ENTRY}{}#{id}", sortable(at)))
}

/// The personal values of that entry.
pub(super) fn audit_values(of: &Key, at: Timestamp, id: &str) -> Key {
    key(
        of.pk.clone(),
        format!("{AUDIT_VALUES}{}#{id}", sortable(at)),
    )
}

pub(super) fn answers(digest: &str) -> Key {
    key(format!("ANSWERS#{digest}"), "RECORD")
}

pub(super) fn command(command: &str) -> Key {
    key(format!("COMMAND#{command}"), "RECORD")
}

pub(super) fn provider_event(id: &str) -> Key {
    key(format!("PROVIDER-EVENT#{id}"), "RECORD")
}

pub(super) fn staff(id: &StaffId) -> Key {
    key(format!("STAFF#{id}"), "RECORD")
}

pub(super) fn staff_session(digest: &str) -> Key {
    key(format!("STAFF-SESSION#{digest}"), "RECORD")
}

pub(super) fn staff_sign_in(digest: &str) -> Key {
    key(format!("STAFF-SIGN-IN#{digest}"), "RECORD")
}

pub(super) fn publication() -> Key {
    key("PUBLICATION".to_owned(), "CURRENT")
}

pub(super) fn publication_part(version: &str, number: usize) -> Key {
    key(
        "PUBLICATION".to_owned(),
        format!("PART#{version}#{number:03}"),
    )
}

/// An instant as text that sorts as time does: always nine decimal places.
pub(super) fn sortable(at: Timestamp) -> String {
    format!("{at:.9}")
}
