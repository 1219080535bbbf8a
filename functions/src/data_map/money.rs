//! What is owed and paid.

use super::{Entry, Kept, of_nobody};
use crate::store::Kind;

const COUNTS: &str = "To count without a gap";
const BOOKS: &str = "The company’s books";
const NAMES_NOBODY: &str = "It names nobody";

pub(super) const INVOICE: Entry = Entry {
    personal: &["says"],
    plain: &[
        "number",
        "issued_on",
        "due_on",
        "account",
        "closed",
        "reminded",
        "payment",
        "grants",
    ],
    why: BOOKS,
    kept: Kept::By(|rules| &rules.money),
};

pub(super) const INVOICES_ISSUED: Entry = of_nobody(&["last"], COUNTS, Kept::Stays(NAMES_NOBODY));

pub(super) const CREDIT_NOTE: Entry = Entry {
    personal: &["to", "sent_to", "reason"],
    plain: &[
        "number",
        "invoice",
        "membership",
        "total",
        "tax",
        "percent",
        "income",
        "refund",
        "replaced_by",
        "issued_on",
    ],
    why: BOOKS,
    kept: Kept::By(|rules| &rules.money),
};

pub(super) const REFUND: Entry = Entry {
    personal: &["reason"],
    plain: &[
        "reference",
        "way",
        "invoice",
        "membership",
        "pence",
        "credit_note",
        "asked_at",
        "state",
    ],
    why: BOOKS,
    kept: Kept::By(|rules| &rules.money),
};

pub(super) const BANK_LINE: Entry = Entry {
    personal: &["line"],
    plain: &["id", "entered_at", "state", "times"],
    why: BOOKS,
    kept: Kept::By(|rules| &rules.money),
};

pub(super) const FEE_RUN: Entry = of_nobody(
    &[
        "period",
        "to",
        "name",
        "schedule",
        "state",
        "members",
        "total",
        "frozen_at",
    ],
    BOOKS,
    Kept::By(|rules| &rules.money),
);

pub(super) const FEE_RUN_ROW: Entry = Entry {
    personal: &["name", "owed"],
    plain: &["membership", "state", "frozen_at"],
    why: BOOKS,
    kept: Kept::With(Kind::FeeRun),
};

pub(super) const RECONCILIATION: Entry = of_nobody(
    &["at", "lines", "provider", "books", "differences", "strange"],
    BOOKS,
    Kept::Stays("It is only ever the latest"),
);

pub(super) const LEDGER_ENTRY: Entry = Entry {
    personal: &["words"],
    plain: &["cause", "on", "at", "membership", "postings"],
    why: BOOKS,
    kept: Kept::Stays("An account is the sum of all of its entries"),
};

pub(super) const CHARGE: Entry = Entry {
    personal: &["delegate", "school", "state"],
    plain: &[
        "registration",
        "event",
        "about",
        "cause",
        "working",
        "proposed_at",
    ],
    why: "To charge by the event’s conditions",
    kept: Kept::With(Kind::Booking),
};

pub(super) const PAYMENT: Entry = of_nobody(
    &[
        "reference",
        "purpose",
        "amount",
        "description",
        "state",
        "attempt",
        "paid_again",
        "returned",
        "disputes",
        "created_at",
    ],
    BOOKS,
    Kept::Stays("It names nobody: it says what was paid for, and where the card provider has it"),
);
