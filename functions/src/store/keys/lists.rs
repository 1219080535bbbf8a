//! The names of the lists in the index, and how sort keys begin of which there are
//! many beside one record.

/// The name of the index.
pub(in crate::store) const BY_LIST: &str = "by-list";
/// The list of letters to be sent.
pub(in crate::store) const OUTBOX: &str = "OUTBOX";
/// The list of letters that have gone.
pub(in crate::store) const LETTERS_SENT: &str = "LETTERS-SENT";
/// The list of letters that do not go, or have come back.
pub(in crate::store) const LETTERS_STOPPED: &str = "LETTERS-STOPPED";
/// The list of applications that are not sent, or not confirmed.
pub(in crate::store) const DRAFTS: &str = "DRAFTS";
/// The list of applications that wait for a decision.
pub(in crate::store) const APPLICATIONS: &str = "APPLICATIONS";
/// The list of applications that wait for nothing more.
pub(in crate::store) const DECIDED: &str = "DECIDED";
/// The list of memberships, by their last days.
pub(in crate::store) const MEMBERSHIPS: &str = "MEMBERSHIPS";
/// The register of members.
pub(in crate::store) const REGISTER: &str = "REGISTER";
/// The list of invoices that somebody owes something on, or paid too much on.
pub(in crate::store) const INVOICES_OPEN: &str = "INVOICES-OPEN";
/// The list of the others.
pub(in crate::store) const INVOICES_SETTLED: &str = "INVOICES-SETTLED";
/// The list of credit notes.
pub(in crate::store) const CREDIT_NOTES: &str = "CREDIT-NOTES";
/// The list of payments that may be being paid.
pub(in crate::store) const PAYMENTS_BEGUN: &str = "PAYMENTS-BEGUN";
/// The list of payments that somebody has to look at.
pub(in crate::store) const PAYMENTS_IN_QUESTION: &str = "PAYMENTS-IN-QUESTION";
/// The list of refunds that are not over.
pub(in crate::store) const REFUNDS_UNDER_WAY: &str = "REFUNDS-UNDER-WAY";
/// The list of those that are.
pub(in crate::store) const REFUNDS_OVER: &str = "REFUNDS-OVER";
/// The list of lines of the bank's statement that nothing was done with.
pub(in crate::store) const BANK_WAITING: &str = "BANK-WAITING";
/// The list of the others.
pub(in crate::store) const BANK_DONE: &str = "BANK-DONE";
/// The list of fee runs.
pub(in crate::store) const FEE_RUNS: &str = "FEE-RUNS";
/// How the sort key of a fee run's member begins.
pub(in crate::store) const FEE_RUN_MEMBER: &str = "MEMBER#";
/// The ledger, in the order of its days.
pub(in crate::store) const LEDGER: &str = "LEDGER";
/// The list of enquiries that are not closed.
pub(in crate::store) const ENQUIRIES: &str = "ENQUIRIES";
/// The list of enquiries that are closed.
pub(in crate::store) const CLOSED_ENQUIRIES: &str = "CLOSED-ENQUIRIES";
/// How that of an entry in a log of contacts begins.
pub(in crate::store) const LOG: &str = "LOG#";
/// How every sort key in an audit trail begins.
pub(in crate::store) const AUDIT: &str = "AUDIT";
/// How that of an entry begins.
pub(in crate::store) const AUDIT_ENTRY: &str = "AUDIT#";
/// How that of an entry's personal values begins.
pub(in crate::store) const AUDIT_VALUES: &str = "AUDIT-VALUES#";
/// The list of requests to be let in that wait.
pub(in crate::store) const LET_IN: &str = "LET-IN";
/// The list of those that are answered.
pub(in crate::store) const LET_IN_ANSWERED: &str = "LET-IN-ANSWERED";
/// How the sort key of a person's membership begins.
pub(in crate::store) const PERSONS_MEMBERSHIP: &str = "MEMBERSHIP#";
/// How that of a membership's invoice begins.
pub(in crate::store) const MEMBERSHIPS_INVOICE: &str = "INVOICE#";
/// How that of a pupil return begins.
pub(in crate::store) const PUPIL_RETURN: &str = "RETURN#";
/// How the sort key of a booking's charge begins.
pub(in crate::store) const BOOKINGS_CHARGE: &str = "CHARGE#";
/// The list of charges that the treasurer has to look at.
pub(in crate::store) const CHARGES_OPEN: &str = "CHARGES-OPEN";
/// The list of the others.
pub(in crate::store) const CHARGES_DONE: &str = "CHARGES-DONE";
/// The list of events that are being called off.
pub(in crate::store) const CALL_OFFS: &str = "CALL-OFFS";
/// How the sort key of an event's feedback begins.
pub(in crate::store) const EVENTS_FEEDBACK: &str = "FEEDBACK#";
/// The list of all feedback, by when its events started.
pub(in crate::store) const FEEDBACK: &str = "FEEDBACK";
/// How the sort key of an event's booking begins.
pub(in crate::store) const EVENTS_BOOKING: &str = "BOOKING#";
/// How the sort key of letters to those who booked begins.
pub(in crate::store) const EVENTS_TELLING: &str = "TELLING#";
/// The list of letters that are being written to those who booked an event.
pub(in crate::store) const TELLINGS: &str = "TELLINGS";
/// The list of events that are published no more.
pub(in crate::store) const WITHDRAWN: &str = "WITHDRAWN";
/// The list of what holds records from being erased.
pub(in crate::store) const HOLDS: &str = "HOLDS";
/// The list of what people ask about their data.
pub(in crate::store) const SUBJECT_REQUESTS: &str = "SUBJECT-REQUESTS";
/// The list of staff who have signed in.
pub(in crate::store) const STAFF: &str = "STAFF";
