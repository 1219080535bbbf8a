//! What the office and the table need besides: letters, staff, histories.

use super::{Entry, Kept, of_nobody};

const SIGNS_IN: &str = "To let in who may";

pub(super) const LETTER: Entry = Entry {
    personal: &["letter"],
    plain: &["id", "created_at", "delivery"],
    why: "To send it, and to see that it was sent",
    kept: Kept::By(|rules| &rules.letters),
};

pub(super) const ANSWERS: Entry = Entry {
    personal: &["answers"],
    plain: &["until"],
    why: "To show what was typed, to be checked",
    kept: Kept::Lapses("an hour"),
};

pub(super) const COMMAND: Entry = of_nobody(
    &["reply"],
    "To do once what arrives twice",
    Kept::Lapses("30 days"),
);

pub(super) const PROVIDER_EVENT: Entry = of_nobody(
    &["at"],
    "To do once what arrives twice",
    Kept::Lapses("41 days"),
);

pub(super) const STAFF: Entry = Entry {
    personal: &["name", "roles"],
    plain: &["id"],
    why: "To say who did something",
    kept: Kept::Stays("Histories name staff by it"),
};

pub(super) const STAFF_SESSION: Entry = Entry {
    personal: &["member"],
    plain: &["begun_at", "seen_at"],
    why: SIGNS_IN,
    kept: Kept::Lapses("a day after it has ended, ten hours after it began at the latest"),
};

pub(super) const STAFF_SIGN_IN: Entry = of_nobody(
    &["until", "state", "nonce", "verifier", "to"],
    SIGNS_IN,
    Kept::Lapses("ten minutes and a day"),
);

pub(super) const SUBJECT_REQUEST: Entry = Entry {
    personal: &["email", "name", "found"],
    plain: &["reference", "entered_by", "asked_at", "search", "erased_at"],
    why: "To answer it, and to show how it was answered",
    kept: Kept::By(|rules| &rules.subject_requests),
};

pub(super) const PUBLICATION: Entry = of_nobody(
    &["publication_version", "more_parts", "data"],
    "To say what the site promises",
    Kept::Stays("It is public"),
);

pub(super) const PUBLICATION_PART: Entry = of_nobody(
    &["data"],
    "To say what the site promises",
    Kept::Stays("It is public"),
);

pub(super) const AUDIT_ENTRY: Entry = of_nobody(
    &["what", "at", "by", "fields"],
    "To show who did what",
    Kept::InHistory(|rules| &rules.history),
);

pub(super) const AUDIT_VALUES: Entry = Entry {
    personal: &["values"],
    plain: &[],
    why: "To show what was changed, until it is erased",
    kept: Kept::InHistory(|rules| &rules.history),
};

pub(super) const HOLD: Entry = Entry {
    personal: &["reason"],
    plain: &["record", "by", "since"],
    why: "To keep what may be needed",
    kept: Kept::WithRecord,
};
