//! The booking form as it is typed: who books, for which school, and who comes.

use serde::{Deserialize, Serialize};

use super::{Attending, Booking, Delegate, Needs, PaysBy};
use crate::contact::{ContactError, EmailAddress, Line, Person};
use crate::form::FieldErrors;
use crate::passage::Passage;
use crate::school::{Urn, UrnError};

/// The form as it was typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BookingForm {
    /// The name of whoever books.
    pub name: String,
    /// Their email address.
    pub email: String,
    /// Whether they come themselves: `no`, or anything else.
    pub coming: String,
    /// Who else comes: a line each, the name and then the address.
    pub others: String,
    /// How many more come, who are to be named later.
    pub unnamed: String,
    /// The member that it is for, by whoever acts for it; may be empty.
    pub member: String,
    /// The school or organisation.
    pub school_name: String,
    /// The school's URN; may be empty.
    pub urn: String,
    /// The number of the school's order; may be empty.
    pub purchase_order: String,
    /// How it is paid: `invoice`, or anything else for by card.
    pub pays_by: String,
    /// Where the invoice is addressed; may be empty.
    pub invoice_address: String,
    /// What somebody cannot eat; may be empty.
    pub dietary: String,
    /// What somebody needs to take part; may be empty.
    pub access: String,
    /// The budget holder's name, where one must approve.
    pub approver_name: String,
    /// The budget holder's address.
    pub approver_email: String,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedPlaces {
    /// Who books.
    pub booker: Person,
    /// For whom.
    pub school: Attending,
    /// Who comes, in order; none for somebody to be named later.
    pub delegates: Vec<Option<Delegate>>,
    /// What the school's papers call it.
    pub purchase_order: Option<Line>,
    /// How it is paid.
    pub pays_by: PaysBy,
    /// Where the invoice is addressed.
    pub invoice_address: Option<Passage>,
    /// What they need.
    pub needs: Needs,
    /// The budget holder, if one was named.
    pub approver: Option<Person>,
}

/// What its first fields are called to whoever fills it in.
struct Labels {
    name: &'static str,
    email: &'static str,
    school: &'static str,
}

impl BookingForm {
    /// What is asked for.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(&self) -> Result<AskedPlaces, FieldErrors> {
        self.parse_as(&Labels {
            name: "your name",
            email: "your email address",
            school: "your school or organisation",
        })
    }

    /// What is asked for by somebody else than fills it in.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse_for_another(&self) -> Result<AskedPlaces, FieldErrors> {
        self.parse_as(&Labels {
            name: "the person’s name",
            email: "the person’s email address",
            school: "the person’s school or organisation",
        })
    }

    fn parse_as(&self, labels: &Labels) -> Result<AskedPlaces, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", Line::parse(&self.name, labels.name));
        let email = errors.keep("email", EmailAddress::parse(&self.email, labels.email));
        let booker = name.zip(email).map(|(name, email)| Person { name, email });
        let delegates = self.delegates(booker.as_ref(), &mut errors);
        let school_name = errors.keep("school_name", Line::parse(&self.school_name, labels.school));
        let urn = match Urn::parse(&self.urn) {
            Err(UrnError::Missing) => Some(None),
            given => errors.keep("urn", given).map(Some),
        };
        let order = Line::parse_optional(&self.purchase_order, "the purchase order number");
        let purchase_order = errors.keep("purchase_order", order);
        let pays_by = match self.pays_by.as_str() {
            "invoice" => PaysBy::Invoice,
            _ => PaysBy::Card,
        };
        let address = Passage::parse_optional(&self.invoice_address, "the invoice address");
        let invoice_address = errors.keep("invoice_address", address).flatten();
        let dietary = Passage::parse_optional(&self.dietary, "what somebody cannot eat");
        let dietary = errors.keep("dietary", dietary).flatten();
        let access = Passage::parse_optional(&self.access, "what somebody needs to take part");
        let access = errors.keep("access", access).flatten();
        let needs = Needs { dietary, access };
        let approver = self.approver(&mut errors);
        match (booker, school_name, urn, purchase_order) {
            (Some(booker), Some(school_name), Some(urn), Some(purchase_order))
                if errors.is_empty() =>
            {
                Ok(AskedPlaces {
                    booker,
                    school: Attending {
                        name: school_name,
                        urn,
                    },
                    delegates,
                    purchase_order,
                    pays_by,
                    invoice_address,
                    needs,
                    approver,
                })
            }
            _ => Err(errors),
        }
    }

    fn delegates(
        &self,
        booker: Option<&Person>,
        errors: &mut FieldErrors,
    ) -> Vec<Option<Delegate>> {
        let mut delegates = Vec::new();
        if self.coming != "no" {
            delegates.push(booker.cloned().map(Delegate::from));
        }
        for (index, line) in self.others.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            match delegate(line) {
                Ok(delegate) => delegates.push(Some(delegate)),
                Err(error) => {
                    let sentence = format!("Line {} of who else is coming: {error}", index + 1);
                    errors.note("others", sentence);
                }
            }
        }
        let unnamed = match self.unnamed.trim() {
            "" => 0,
            typed => match typed.parse::<u8>() {
                Ok(number) if usize::from(number) <= Booking::MOST_DELEGATES => number,
                _ => {
                    let sentence = format!(
                        "Enter how many will be named later as a number from 0 to {}",
                        Booking::MOST_DELEGATES
                    );
                    errors.note("unnamed", sentence);
                    0
                }
            },
        };
        delegates.extend((0..unnamed).map(|_| None));
        if let Some(twice) = twice(&delegates) {
            let sentence = format!("{twice} is there twice: each delegate has one place");
            errors.note("others", sentence);
        }
        if delegates.is_empty() {
            errors.note(
                "others",
                "Enter who is coming, or how many will be named later",
            );
        }
        if delegates.len() > Booking::MOST_DELEGATES {
            let sentence = format!(
                "One booking has at most {} delegates: make another for the rest",
                Booking::MOST_DELEGATES
            );
            errors.note("others", sentence);
        }
        delegates
    }

    fn approver(&self, errors: &mut FieldErrors) -> Option<Person> {
        if self.approver_name.trim().is_empty() && self.approver_email.trim().is_empty() {
            return None;
        }
        let name = Line::parse(&self.approver_name, "the budget holder’s name");
        let name = errors.keep("approver_name", name);
        let email = EmailAddress::parse(&self.approver_email, "the budget holder’s email address");
        let email = errors.keep("approver_email", email);
        Some(Person {
            name: name?,
            email: email?,
        })
    }
}

/// The first address that two delegates have.
fn twice(delegates: &[Option<Delegate>]) -> Option<&str> {
    let named: Vec<&EmailAddress> = delegates
        .iter()
        .flatten()
        .map(|delegate| &delegate.person.email)
        .collect();
    let known = |(index, email): (usize, &&EmailAddress)| {
        named[..index].iter().any(|other| other.is_same(email))
    };
    let mut enumerated = named.iter().enumerate();
    enumerated
        .find(|one| known(*one))
        .map(|(_, email)| email.as_str())
}

/// A delegate on a line: the name, then the address, however they are parted.
fn delegate(line: &str) -> Result<Delegate, ContactError> {
    let parts = line.split(|character: char| {
        character.is_whitespace() || matches!(character, ',' | ';' | '<' | '>')
    });
    let (addresses, names): (Vec<&str>, Vec<&str>) = parts
        .filter(|part| !part.is_empty())
        .partition(|part| part.contains('@'));
    let name = Line::parse(&names.join(" "), "the delegate’s name")?;
    let address = addresses.first().copied().unwrap_or_default();
    let email = EmailAddress::parse(address, "the delegate’s email address")?;
    Ok(Delegate::from(Person { name, email }))
}

impl From<Person> for Delegate {
    fn from(person: Person) -> Delegate {
        Delegate { person, role: None }
    }
}

/// A delegate's name as it was typed, to be put in the place of another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DelegateForm {
    /// The name.
    pub delegate_name: String,
    /// The email address.
    pub delegate_email: String,
    /// What the delegate does at the school; may be empty.
    pub delegate_role: String,
}

impl DelegateForm {
    /// The form as it is filled in with whoever is named.
    #[must_use]
    pub fn of(delegate: &Delegate) -> DelegateForm {
        let Delegate { person, role } = delegate;
        DelegateForm {
            delegate_name: person.name.to_string(),
            delegate_email: person.email.as_str().to_owned(),
            delegate_role: role.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// Who comes.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(&self) -> Result<Delegate, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = Line::parse(&self.delegate_name, "the delegate’s name");
        let name = errors.keep("delegate_name", name);
        let email = EmailAddress::parse(&self.delegate_email, "the delegate’s email address");
        let email = errors.keep("delegate_email", email);
        let role = Line::parse_optional(&self.delegate_role, "the delegate’s role");
        let role = errors.keep("delegate_role", role);
        match (name, email, role) {
            (Some(name), Some(email), Some(role)) => Ok(Delegate {
                person: Person { name, email },
                role,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BookingForm;

    fn form() -> BookingForm {
        BookingForm {
            name: "Sam Sample".into(),
            email: "sam@sample.example".into(),
            school_name: "Sample School".into(),
            ..BookingForm::default()
        }
    }

    #[test]
    fn whoever_books_comes_and_others_with_them_named_or_not() {
        let others = "Ada Núñez, ada@sample.example\n\nGrace O’Brien <grace@sample.example>";
        let asked = BookingForm {
            others: others.into(),
            unnamed: "2".into(),
            ..form()
        };
        let asked = asked.parse().unwrap();
        let names = asked.delegates.iter().map(|delegate| {
            let delegate = delegate.as_ref();
            delegate.map_or("–", |delegate| delegate.person.name.as_str())
        });
        let names: Vec<_> = names.collect();
        assert_eq!(
            names,
            ["Sam Sample", "Ada Núñez", "Grace O’Brien", "–", "–"]
        );
        let others = BookingForm {
            coming: "no".into(),
            unnamed: "1".into(),
            ..form()
        };
        assert_eq!(others.parse().unwrap().delegates, [None]);
    }

    #[test]
    fn what_is_wrong_with_who_comes_is_said_with_its_line() {
        let wrong = |change: fn(&mut BookingForm)| {
            let mut form = form();
            change(&mut form);
            let errors = form.parse().unwrap_err();
            let said: Vec<String> = errors.iter().map(|error| error.message.clone()).collect();
            said.join("; ")
        };
        let said = wrong(|form| form.others = "Ada ada@sample.example\nGrace".into());
        assert!(
            said.starts_with("Line 2 of who else is coming: Enter"),
            "{said}"
        );
        let said = wrong(|form| form.others = "Sam SAM@sample.example".into());
        assert!(said.contains("is there twice"), "{said}");
        let said = wrong(|form| form.coming = "no".into());
        assert!(said.starts_with("Enter who is coming"), "{said}");
        let said = wrong(|form| form.unnamed = "20".into());
        assert!(said.starts_with("One booking has at most 20"), "{said}");
        let said = wrong(|form| form.unnamed = "a few".into());
        assert!(said.ends_with("a number from 0 to 20"), "{said}");
    }
}
