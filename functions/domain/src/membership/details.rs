//! What is known of a member, corrected: its name and address in the register,
//! whom letters and invoices go to; and the member of staff it turns to.

use serde::{Deserialize, Serialize};

use super::{Category, Member};
use crate::contact::{ContactError, EmailAddress, Line, Person};
use crate::form::FieldErrors;
use crate::passage::Passage;

/// The form of a member's details as it was typed; a field that is absent is
/// empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    /// The name in the register.
    pub member_name: String,
    /// The address in the register.
    pub address: String,
    /// Whom THE Partnership writes to.
    pub contact_name: String,
    /// The address of that person.
    pub contact_email: String,
    /// Who receives invoices.
    pub finance_name: String,
    /// The address of that person.
    pub finance_email: String,
    /// Where invoices are addressed.
    pub billing_address: String,
    /// What a purchase order calls it.
    pub purchase_order: String,
}

impl DetailsForm {
    /// What is known of a member, to be corrected.
    #[must_use]
    pub fn of(member: &Member) -> DetailsForm {
        let passage = |text: &Option<Passage>| text.as_ref().map(Passage::to_string);
        let finance = member.finance.as_ref();
        DetailsForm {
            member_name: member.name.to_string(),
            address: passage(&member.address).unwrap_or_default(),
            contact_name: member.contact.name.to_string(),
            contact_email: member.contact.email.as_str().to_owned(),
            finance_name: finance.map(|one| one.name.to_string()).unwrap_or_default(),
            finance_email: finance
                .map(|one| one.email.as_str().to_owned())
                .unwrap_or_default(),
            billing_address: passage(&member.billing_address).unwrap_or_default(),
            purchase_order: member
                .purchase_order
                .as_ref()
                .map(Line::to_string)
                .unwrap_or_default(),
        }
    }

    /// The member with these details.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    ///
    /// # Source
    ///
    /// Companies Act 2006, section 113: the register has the name and the
    /// address of every member of the company; an associate is none.
    pub fn parse(&self, member: &Member, category: Category) -> Result<Member, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("member_name", Line::parse(&self.member_name, "the name"));
        let address = errors.keep(
            "address",
            match category {
                Category::Full => Passage::parse(&self.address, "the address").map(Some),
                Category::Associate => Passage::parse_optional(&self.address, "the address"),
            },
        );
        let contact_name = errors.keep(
            "contact_name",
            Line::parse(&self.contact_name, "the main contact’s name"),
        );
        let contact_email = errors.keep(
            "contact_email",
            EmailAddress::parse(&self.contact_email, "the main contact’s email address"),
        );
        let finance = person(
            &mut errors,
            (
                "finance_name",
                &self.finance_name,
                "the finance contact’s name",
            ),
            (
                "finance_email",
                &self.finance_email,
                "the finance contact’s email address",
            ),
        );
        let billing_address = errors.keep(
            "billing_address",
            Passage::parse_optional(&self.billing_address, "the billing address"),
        );
        let purchase_order = errors.keep(
            "purchase_order",
            Line::parse_optional(&self.purchase_order, "the purchase order number"),
        );
        match (
            name,
            address,
            contact_name.zip(contact_email),
            billing_address,
            purchase_order,
        ) {
            (
                Some(name),
                Some(address),
                Some((contact, email)),
                Some(billing_address),
                Some(purchase_order),
            ) if errors.is_empty() => Ok(Member {
                name,
                address,
                contact: Person {
                    name: contact,
                    email,
                },
                finance,
                billing_address,
                purchase_order,
                ..member.clone()
            }),
            _ => Err(errors),
        }
    }
}

/// The form that names the member of staff whom a member turns to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    /// The name.
    pub link_name: String,
    /// The email address.
    pub link_email: String,
}

impl LinkForm {
    /// Who it is; none if the form is empty.
    ///
    /// # Errors
    ///
    /// What is wrong, or missing beside the other.
    pub fn parse(&self) -> Result<Option<Person>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let link = person(
            &mut errors,
            (
                "link_name",
                &self.link_name,
                "the name of the member of staff",
            ),
            (
                "link_email",
                &self.link_email,
                "the email address of the member of staff",
            ),
        );
        match errors.is_empty() {
            true => Ok(link),
            false => Err(errors),
        }
    }
}

/// A person who need not be named: both the name and the address, or neither.
fn person(
    errors: &mut FieldErrors,
    (name_field, name, name_said): (&'static str, &str, &'static str),
    (email_field, email, email_said): (&'static str, &str, &'static str),
) -> Option<Person> {
    let name = errors.keep(name_field, Line::parse_optional(name, name_said))?;
    let email = errors.keep(email_field, EmailAddress::parse_optional(email, email_said))?;
    match (name, email) {
        (Some(name), Some(email)) => Some(Person { name, email }),
        (Some(_), None) => {
            errors.note(email_field, ContactError::Missing(email_said));
            None
        }
        (None, Some(_)) => {
            errors.note(name_field, ContactError::Missing(name_said));
            None
        }
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{DetailsForm, LinkForm};
    use crate::membership::Category;
    use crate::membership::tests::membership;

    #[test]
    fn details_that_are_not_changed_are_the_same_and_a_register_needs_an_address() {
        let full = membership(Category::Full);
        let mut form = DetailsForm::of(&full.member);
        let errors = form.parse(&full.member, Category::Full).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["address"]);
        assert_eq!(
            form.parse(&full.member, Category::Associate).as_ref(),
            Ok(&full.member)
        );
        form.address = "1 Sample Street".into();
        form.finance_name = "Robin".into();
        let errors = form.parse(&full.member, Category::Full).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["finance_email"], "a name without an address");
    }

    #[test]
    fn a_link_member_of_staff_is_named_whole_or_not_at_all() {
        assert_eq!(LinkForm::default().parse(), Ok(None));
        let half = LinkForm {
            link_email: "lee@staff.example".into(),
            ..LinkForm::default()
        };
        assert!(half.parse().is_err());
        let whole = LinkForm {
            link_name: "Lee".into(),
            ..half
        };
        assert_eq!(whole.parse().unwrap().unwrap().name.as_str(), "Lee");
    }
}
