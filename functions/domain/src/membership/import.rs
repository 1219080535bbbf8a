//! A row of the list that THE Partnership kept before: a member of today, with
//! its balance.
//!
//! A row is read whole: everything that is wrong with it is said at once, by
//! its column. The same row is always the same member, so that a list may be
//! brought in again.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{BroughtForward, Category, Member, Membership, Standing};
use crate::contact::{EmailAddress, Line, Person};
use crate::day::{parse, past_day};
use crate::money::Pence;
use crate::passage::Passage;
use crate::reference::MembershipReference;
use crate::school::{PupilsOnRoll, Urn};

/// The columns, by their names: those that have to be there, then the others.
pub const COLUMNS: [&str; 14] = [
    "category",
    "name",
    "joined on",
    "contact name",
    "contact email",
    "urn",
    "address",
    "pupils",
    "finance name",
    "finance email",
    "link name",
    "link email",
    "balance",
    "balance on",
];

/// How many of [`COLUMNS`] have to be there.
pub const NEEDED: usize = 5;

/// Something wrong in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The column.
    pub column: &'static str,
    /// A plain sentence that says what to do.
    pub what: String,
}

/// A member of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedMember {
    /// Full or associate.
    pub category: Category,
    /// Who.
    pub member: Member,
    /// Since when.
    pub joined_on: Date,
    /// The member of staff whom the member turns to.
    pub link: Option<Person>,
    /// What is owed or in credit.
    pub brought_forward: Option<BroughtForward>,
}

impl ImportedMember {
    /// Reads a row; `cell` gives what is in the column of that name, empty if
    /// there is none.
    ///
    /// # Errors
    ///
    /// Every cell that is wrong, in the order of [`COLUMNS`].
    pub fn read<'r>(
        cell: impl Fn(&str) -> &'r str,
        today: Date,
    ) -> Result<ImportedMember, Vec<RowFault>> {
        let mut row = Row {
            cell,
            faults: Vec::new(),
        };
        let category = match row.text("category").to_lowercase().as_str() {
            "full" => Some(Category::Full),
            "associate" => Some(Category::Associate),
            _ => row.fault("category", "Write `full` or `associate`"),
        };
        let name = row.read("name", |text| Line::parse(text, "the member’s name"));
        let joined_on = row.read("joined on", |text| {
            past_day(text, "the day of joining", today)
        });
        let contact_name = row.read("contact name", |text| {
            Line::parse(text, "the contact’s name")
        });
        let contact_email = row.read("contact email", |text| {
            EmailAddress::parse(text, "the contact’s email address")
        });
        let urn = match row.text("urn") {
            "" if category == Some(Category::Full) => {
                row.fault::<()>("urn", "Enter the URN of a full member");
                None
            }
            "" => None,
            _ => row.read("urn", Urn::parse),
        };
        let address = row.read("address", |text| {
            Passage::parse_optional(&text.replace(" | ", "\n"), "the address")
        });
        if category == Some(Category::Full) && address == Some(None) {
            row.fault::<()>(
                "address",
                "Enter the address: the register of members has it",
            );
        }
        let pupils = match row.text("pupils") {
            "" => None,
            _ => row.read("pupils", PupilsOnRoll::parse),
        };
        let finance = row.person("finance name", "finance email", "the finance contact");
        let link = row.person("link name", "link email", "the link member of staff");
        let brought_forward = row.balance(today);
        match (category, name, joined_on, contact_name.zip(contact_email)) {
            (Some(category), Some(name), Some(joined_on), Some((contact, email)))
                if row.faults.is_empty() =>
            {
                Ok(ImportedMember {
                    category,
                    member: Member {
                        name,
                        urn,
                        address: address.flatten(),
                        contact: Person {
                            name: contact,
                            email,
                        },
                        finance,
                        billing_address: None,
                        purchase_order: None,
                        pupils,
                    },
                    joined_on,
                    link,
                    brought_forward,
                })
            }
            _ => Err(row.faults),
        }
    }

    /// What tells this member from every other: the URN, or for who has none
    /// the address that letters go to.
    #[must_use]
    pub fn identity(&self) -> String {
        match (self.category, &self.member.urn) {
            (Category::Full, Some(urn)) => format!("urn {urn}"),
            _ => {
                let email = self.member.contact.email.as_str().to_lowercase();
                format!("associate {} {email}", self.member.name)
            }
        }
    }

    /// The membership, as it is entered.
    #[must_use]
    pub fn membership(self, reference: MembershipReference, now: Timestamp) -> Membership {
        Membership {
            reference,
            category: self.category,
            member: self.member,
            application: None,
            joined_on: self.joined_on,
            standing: Standing::Active,
            notice: None,
            ends_on: None,
            before: None,
            after: None,
            link: self.link,
            brought_forward: self.brought_forward,
            entered_at: now,
        }
    }
}

/// A row while it is read.
struct Row<C> {
    cell: C,
    faults: Vec<RowFault>,
}

impl<'r, C: Fn(&str) -> &'r str> Row<C> {
    fn text(&self, column: &str) -> &'r str {
        (self.cell)(column).trim()
    }

    fn fault<T>(&mut self, column: &'static str, what: impl ToString) -> Option<T> {
        self.faults.push(RowFault {
            column,
            what: what.to_string(),
        });
        None
    }

    fn read<T, E: ToString>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&'r str) -> Result<T, E>,
    ) -> Option<T> {
        match read(self.text(column)) {
            Ok(value) => Some(value),
            Err(error) => self.fault(column, error),
        }
    }

    /// A person who need not be named: both the name and the address, or
    /// neither.
    fn person(&mut self, name: &'static str, email: &'static str, said: &str) -> Option<Person> {
        match (self.text(name), self.text(email)) {
            ("", "") => None,
            ("", _) => self.fault(name, format!("Enter the name of {said}")),
            (_, "") => self.fault(email, format!("Enter the email address of {said}")),
            _ => {
                let known = self.read(name, |text| Line::parse(text, "the name"));
                let reached =
                    self.read(email, |text| EmailAddress::parse(text, "the email address"));
                known
                    .zip(reached)
                    .map(|(name, email)| Person { name, email })
            }
        }
    }

    /// What is owed, or with a minus what is in credit, and the day it is of.
    fn balance(&mut self, today: Date) -> Option<BroughtForward> {
        let text = self.text("balance");
        let (in_credit, sum) = match text.strip_prefix('-') {
            Some(sum) => (true, sum),
            None => (false, text),
        };
        if text.is_empty() {
            return None;
        }
        let sum = if sum.contains('.') {
            sum.to_owned()
        } else {
            format!("{sum}.00")
        };
        let Ok(pence) = Pence::parse(&sum) else {
            return self.fault(
                "balance",
                "Write a sum such as `875.00`, with a minus before it if the member is in credit",
            );
        };
        match parse(self.text("balance on")) {
            Some(day) if day <= today => Some(BroughtForward {
                as_at: day,
                pence,
                in_credit,
            }),
            _ => self.fault(
                "balance on",
                "Enter the day that the balance is of, today or in the past",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::{Category, ImportedMember, RowFault};

    fn read(cells: &[(&str, &'static str)]) -> Result<ImportedMember, Vec<RowFault>> {
        let cells: BTreeMap<&str, &str> = cells.iter().copied().collect();
        ImportedMember::read(
            |column| cells.get(column).copied().unwrap_or_default(),
            date(2017, 4, 3),
        )
    }

    const SCHOOL: [(&str, &str); 7] = [
        ("category", "Full"),
        ("name", "Sample Primary School"),
        ("joined on", "20/9/2016"),
        ("contact name", "Sam"),
        ("contact email", "sam@sample.example"),
        ("urn", "900001"),
        ("address", "1 Sample Street | London"),
    ];

    #[test]
    fn a_row_is_a_member_with_its_balance() {
        let mut cells = SCHOOL.to_vec();
        cells.extend([("balance", "-1,875.50"), ("balance on", "2017-03-31")]);
        let row = read(&cells).unwrap();
        assert_eq!(row.category, Category::Full);
        assert_eq!(row.identity(), "urn 900001");
        let forward = row.brought_forward.unwrap();
        assert_eq!((forward.pence.get(), forward.in_credit), (187_550, true));
        let address = row.member.address.unwrap();
        assert_eq!(address.as_str(), "1 Sample Street\nLondon");
    }

    #[test]
    fn everything_that_is_wrong_with_a_row_is_said_at_once() {
        let cells = [
            ("category", "honorary"),
            ("joined on", "1 May 2018"),
            ("contact email", "sam"),
            ("urn", "1"),
            ("pupils", "many"),
            ("finance name", "Robin"),
            ("balance", "lots"),
        ];
        let faults = read(&cells).unwrap_err();
        let columns: Vec<_> = faults.iter().map(|fault| fault.column).collect();
        assert_eq!(
            columns,
            [
                "category",
                "name",
                "joined on",
                "contact name",
                "contact email",
                "urn",
                "pupils",
                "finance email",
                "balance",
            ]
        );
    }

    #[test]
    fn a_full_member_needs_what_the_register_has_and_an_associate_does_not() {
        let mut cells = SCHOOL[..5].to_vec();
        let faults = read(&cells).unwrap_err();
        let columns: Vec<_> = faults.iter().map(|fault| fault.column).collect();
        assert_eq!(columns, ["urn", "address"]);
        cells[0].1 = "associate";
        let identity = read(&cells).unwrap().identity();
        assert_eq!(
            identity,
            "associate Sample Primary School sam@sample.example"
        );
    }
}
