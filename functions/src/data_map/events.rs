//! Places at events, and who has them.

use super::{Entry, Kept, of_nobody};
use crate::store::Kind;

const FINDS: &str = "To find one from the other, without an address in a key";
const RUNS: &str = "To run the event";
const NAMES_NOBODY: &str = "It names nobody";

pub(super) const TALLY: Entry = Entry {
    personal: &["by_party"],
    plain: &[
        "confirmed",
        "holds",
        "waiting",
        "called_off",
        "certificates_due",
    ],
    why: RUNS,
    kept: Kept::Stays("It has digests of addresses, and no address"),
};

pub(super) const BOOKING_OF_EVENT: Entry =
    of_nobody(&["reference"], FINDS, Kept::Stays(NAMES_NOBODY));

pub(super) const DELEGATE_OF_EVENT: Entry = Entry {
    personal: &["registration"],
    plain: &[],
    why: "To book nobody twice",
    kept: Kept::With(Kind::Booking),
};

pub(super) const CALL_OFF: Entry = of_nobody(
    &[
        "event", "reason", "begun_at", "bookings", "done", "ended_at",
    ],
    RUNS,
    Kept::Stays(NAMES_NOBODY),
);

pub(super) const FEEDBACK: Entry = Entry {
    personal: &["words", "from"],
    plain: &["event", "event_title", "starts", "score", "recommends"],
    why: "To know what an event was like",
    kept: Kept::By(|rules| &rules.feedback),
};

pub(super) const JOINING: Entry =
    of_nobody(&["number", "address"], RUNS, Kept::Stays(NAMES_NOBODY));

pub(super) const TELLING: Entry = Entry {
    personal: &["what"],
    plain: &[
        "id",
        "event",
        "begun_at",
        "looked_at",
        "bookings",
        "done",
        "letters",
        "after",
        "ended_at",
    ],
    why: RUNS,
    kept: Kept::Stays("It names staff by a subject alone"),
};

pub(super) const WITHDRAWN: Entry = Entry {
    personal: &["contact"],
    plain: &[
        "slug",
        "title",
        "href",
        "starts",
        "ends",
        "sessions",
        "venue",
        "online",
        "capacity",
        "booking_opens",
        "booking_closes",
        "price",
        "member_price",
        "included_places",
        "service",
        "audience",
        "limit_per_school",
        "needs_approval",
        "cancellation",
        "asks",
        "sample",
    ],
    why: "To say what a booking was for",
    kept: Kept::Stays("It was public"),
};

pub(super) const FORGOTTEN: Entry = of_nobody(
    &["at"],
    "To look at an event once",
    Kept::Stays(NAMES_NOBODY),
);

pub(super) const CERTIFICATE: Entry = Entry {
    personal: &["registration"],
    plain: &[],
    why: "To check a certificate",
    kept: Kept::With(Kind::Booking),
};

pub(super) const BOOKING: Entry = Entry {
    personal: &[
        "booker",
        "school",
        "approvers",
        "purchase_order",
        "invoice_address",
        "needs",
        "registrations",
        "address_key",
    ],
    plain: &[
        "reference",
        "event",
        "about",
        "since",
        "terms",
        "pays_by",
        "membership",
        "allowance",
        "grants",
        "booked_at",
    ],
    why: "To keep places, and to write to whoever has one",
    kept: Kept::By(|rules| &rules.bookings),
};
