//! Who applies, is a member, asks, and signs in.

use super::{Entry, Kept, of_nobody};
use crate::store::Kind;

const FINDS: &str = "To find one from the other, without an address in a key";
const SIGNS_IN: &str = "To let in who may";

pub(super) const APPLICATION: Entry = Entry {
    personal: &["answers", "agreement", "questions", "decisions", "source"],
    plain: &[
        "reference",
        "category",
        "state",
        "edits",
        "saved",
        "grants",
        "membership",
        "history",
        "started_at",
        "edited_at",
        "submitted_at",
        "reminded_at",
    ],
    why: "To decide it, and to write to those named in it; an approved one is kept with its membership",
    kept: Kept::By(|rules| &rules.settled_applications),
};

pub(super) const LIVE_APPLICATION: Entry = of_nobody(
    &["reference"],
    "One live application a school",
    Kept::With(Kind::Application),
);

pub(super) const LIVE_MEMBERSHIP: Entry = of_nobody(
    &["reference"],
    "One membership a school",
    Kept::With(Kind::Membership),
);

pub(super) const MEMBERSHIP: Entry = Entry {
    personal: &["member", "link"],
    plain: &[
        "reference",
        "category",
        "application",
        "joined_on",
        "standing",
        "notice",
        "ends_on",
        "before",
        "after",
        "brought_forward",
        "entered_at",
    ],
    why: "To keep the membership",
    kept: Kept::By(|rules| &rules.memberships),
};

pub(super) const REGISTER_ENTRY: Entry = Entry {
    personal: &["name", "address"],
    plain: &["membership", "class", "entered_on", "ceased_on"],
    why: "The register of members (Companies Act 2006, section 113)",
    kept: Kept::By(|rules| &rules.memberships),
};

pub(super) const LOG_ENTRY: Entry = Entry {
    personal: &["with", "note", "by"],
    plain: &["on", "channel", "entered_at"],
    why: "To know what was spoken of with a member",
    kept: Kept::With(Kind::Membership),
};

pub(super) const CONTACTS: Entry = Entry {
    personal: &["people"],
    plain: &[],
    why: "To write to a member, and to let in who may",
    kept: Kept::With(Kind::Membership),
};

pub(super) const INVOICE_OF_MEMBERSHIP: Entry = of_nobody(
    &["reference"],
    "To charge a fee once",
    Kept::With(Kind::Membership),
);

pub(super) const PUPIL_RETURN: Entry = Entry {
    personal: &["reason", "by"],
    plain: &["year", "pupils", "register", "at"],
    why: "To reckon the fee",
    kept: Kept::With(Kind::Membership),
};

pub(super) const ALLOWANCE: Entry = of_nobody(
    &["taken"],
    "To count included places",
    Kept::With(Kind::Membership),
);

pub(super) const MEMBERSHIP_OF_PERSON: Entry = Entry {
    personal: &["reference"],
    plain: &[],
    why: FINDS,
    kept: Kept::With(Kind::Contacts),
};

pub(super) const ASKED: Entry = Entry {
    personal: &["at"],
    plain: &[],
    why: "To write to nobody too often",
    kept: Kept::Lapses("an hour and a day after the last link"),
};

pub(super) const NO_POST: Entry = Entry {
    personal: &["at", "why"],
    plain: &[],
    why: "To send nothing more to an address that letters come back from",
    kept: Kept::Stays("until staff have a letter sent there again"),
};

pub(super) const ACCOUNT_LINK: Entry = Entry {
    personal: &["opens"],
    plain: &["id", "grant", "used_at"],
    why: SIGNS_IN,
    kept: Kept::Lapses("a day after it has ended"),
};

pub(super) const ACCOUNT_SESSION: Entry = Entry {
    personal: &["member"],
    plain: &["begun_at", "seen_at"],
    why: SIGNS_IN,
    kept: Kept::Lapses("a day after it has ended, ten hours after it began at the latest"),
};

pub(super) const LET_IN: Entry = Entry {
    personal: &["person", "job", "telephone", "why", "checked", "school"],
    plain: &["reference", "urn", "state", "asked_at"],
    why: "To make sure who is let in",
    kept: Kept::By(|rules| &rules.requests_to_be_let_in),
};

pub(super) const ENQUIRY: Entry = Entry {
    personal: &["asked", "replies"],
    plain: &["reference", "about", "state", "received_at"],
    why: "To answer it",
    kept: Kept::By(|rules| &rules.enquiries),
};
