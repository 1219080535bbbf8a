//! Every kind of item in the table, by how its keys begin.
//!
//! A key is made by its kind alone ([`Kind::key`]), so that no item can be
//! written that is not one of these; what each holds, why and for how long is
//! said in [`crate::data_map`], of all of them.

use std::fmt::Display;

use super::keys::{self, Key};

macro_rules! kinds {
    ($(#[doc = $words:literal] $name:ident = $partition:expr, $sort:expr;)*) => {
        /// A kind of item.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = $words] $name,)*
        }

        impl Kind {
            /// All of them.
            pub const ALL: &'static [Kind] = &[$(Kind::$name),*];

            /// What one is, as people read it.
            #[must_use]
            pub fn words(self) -> &'static str {
                let words = match self {
                    $(Kind::$name => $words,)*
                };
                words.trim().trim_end_matches('.')
            }

            /// How its partition key begins, and its sort key: whole where it
            /// does not end in `#`; that of its record where it is empty.
            #[must_use]
            pub const fn pattern(self) -> (&'static str, &'static str) {
                match self {
                    $(Kind::$name => ($partition, $sort),)*
                }
            }
        }
    };
}

kinds! {
    /// An application for membership.
    Application = "APPLICATION#", "RECORD";
    /// The live application of a school.
    LiveApplication = "URN#", "LIVE-APPLICATION";
    /// The membership of a school.
    LiveMembership = "URN#", "MEMBERSHIP";
    /// A membership.
    Membership = "MEMBERSHIP#", "RECORD";
    /// An entry in the register of members.
    RegisterEntry = "MEMBERSHIP#", "REGISTER";
    /// An entry in the log of contacts with a member.
    LogEntry = "MEMBERSHIP#", keys::LOG;
    /// The people of a membership.
    Contacts = "MEMBERSHIP#", "CONTACTS";
    /// An invoice of a membership.
    InvoiceOfMembership = "MEMBERSHIP#", keys::MEMBERSHIPS_INVOICE;
    /// The invoice of a membership's fee for a period.
    FeeOfMembership = "MEMBERSHIP#", "FEE#";
    /// A pupil return.
    PupilReturn = "MEMBERSHIP#", keys::PUPIL_RETURN;
    /// The included places of a membership.
    Allowance = "MEMBERSHIP#", "INCLUDED#";
    /// A membership of a person.
    MembershipOfPerson = "PERSON#", keys::PERSONS_MEMBERSHIP;
    /// Links that a person asked for.
    Asked = "PERSON#", "ASKED";
    /// That letters to a person come back.
    NoPost = "PERSON#", "NO-POST";
    /// A link to sign in, or to confirm an address.
    AccountLink = "ACCOUNT-LINK#", "RECORD";
    /// A session of a person.
    AccountSession = "ACCOUNT-SESSION#", "RECORD";
    /// A request to be let in.
    LetIn = "LET-IN#", "RECORD";
    /// An invoice.
    Invoice = "INVOICE#", "RECORD";
    /// How many invoices were issued.
    InvoicesIssued = "INVOICES", "ISSUED";
    /// A credit note.
    CreditNote = "CREDIT-NOTE#", "RECORD";
    /// How many credit notes were issued.
    CreditNotesIssued = "CREDIT-NOTES", "ISSUED";
    /// A refund.
    Refund = "REFUND#", "RECORD";
    /// A line of the bank's statement.
    BankLine = "BANK-LINE#", "RECORD";
    /// A fee run.
    FeeRun = "FEE-RUN#", "RECORD";
    /// What a member owes in a fee run.
    FeeRunRow = "FEE-RUN#", keys::FEE_RUN_MEMBER;
    /// The latest comparison with the card provider.
    Reconciliation = "RECONCILIATION", "LATEST";
    /// An entry of the ledger.
    LedgerEntry = "LEDGER#", "RECORD";
    /// An enquiry.
    Enquiry = "ENQUIRY#", "RECORD";
    /// The tally of an event's places.
    Tally = "EVENT#", "TALLY";
    /// A booking of an event.
    BookingOfEvent = "EVENT#", keys::EVENTS_BOOKING;
    /// A delegate of an event.
    DelegateOfEvent = "EVENT#", "DELEGATE#";
    /// That an event is called off.
    CallOff = "EVENT#", "CALL-OFF";
    /// Feedback on an event.
    Feedback = "EVENT#", keys::EVENTS_FEEDBACK;
    /// How an event is joined.
    Joining = "EVENT#", "JOINING";
    /// Letters to all who booked an event.
    Telling = "EVENT#", keys::EVENTS_TELLING;
    /// An event that is published no more.
    Withdrawn = "EVENT#", "WITHDRAWN";
    /// That nobody is named in an event's bookings any more.
    Forgotten = "EVENT#", "FORGOTTEN";
    /// A certificate of attendance.
    Certificate = "CERTIFICATE#", "RECORD";
    /// A booking.
    Booking = "BOOKING#", "RECORD";
    /// A charge for a place that nobody used.
    Charge = "BOOKING#", keys::BOOKINGS_CHARGE;
    /// A payment.
    Payment = "PAYMENT#", "RECORD";
    /// A letter.
    Letter = "LETTER#", "RECORD";
    /// Answers that wait to be checked.
    Answers = "ANSWERS#", "RECORD";
    /// A command that was carried out.
    Command = "COMMAND#", "RECORD";
    /// An event of the card provider's that was dealt with.
    ProviderEvent = "PROVIDER-EVENT#", "RECORD";
    /// A member of staff.
    Staff = "STAFF#", "RECORD";
    /// A session of staff.
    StaffSession = "STAFF-SESSION#", "RECORD";
    /// A sign-in of staff that has begun.
    StaffSignIn = "STAFF-SIGN-IN#", "RECORD";
    /// What somebody asks about the data that is held of them.
    SubjectRequest = "SUBJECT-REQUEST#", "RECORD";
    /// Which publication is current.
    Publication = "PUBLICATION", "CURRENT";
    /// A part of a publication.
    PublicationPart = "PUBLICATION", "PART#";
    /// An entry in the history of a record.
    AuditEntry = "", keys::AUDIT_ENTRY;
    /// The personal values of such an entry.
    AuditValues = "", keys::AUDIT_VALUES;
    /// What holds a record from being erased.
    Hold = "", "HOLD";
}

impl Kind {
    /// The key of one, by what stands after the beginnings of its keys.
    pub(super) fn key(self, partition: impl Display, sort: impl Display) -> Key {
        let (partition_begins, sort_begins) = self.pattern();
        Key {
            pk: format!("{partition_begins}{partition}"),
            sk: format!("{sort_begins}{sort}"),
        }
    }

    /// What an item with these keys is; none if nothing writes such a key.
    #[must_use]
    pub fn of(partition: &str, sort: &str) -> Option<Kind> {
        let fits = |begins: &str, whole: &str| match begins {
            "" => true,
            open if open.ends_with('#') => whole.starts_with(open),
            closed => whole == closed,
        };
        let mut kinds = Kind::ALL.iter().copied();
        kinds.find(|kind| {
            let (partition_begins, sort_begins) = kind.pattern();
            fits(partition_begins, partition) && fits(sort_begins, sort)
        })
    }
}
