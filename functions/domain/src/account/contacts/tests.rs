//! Who may be a contact of a member, and that somebody always leads.

use jiff::Timestamp;

use super::{ContactForm, ContactId, ContactRole, Contacts, ContactsError, NewContact};
use crate::contact::{EmailAddress, Line, Person};
use crate::membership::Member;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn person(name: &str) -> Person {
    Person {
        name: Line::parse(name, "").unwrap(),
        email: EmailAddress::parse(&format!("{name}@sample.example"), "").unwrap(),
    }
}

fn id(digit: char) -> ContactId {
    ContactId::parse(&digit.to_string().repeat(32)).unwrap()
}

fn member() -> Member {
    Member {
        name: Line::parse("Sample Primary School", "").unwrap(),
        urn: None,
        address: None,
        contact: person("Lee"),
        finance: Some(person("Finn")),
        billing_address: None,
        purchase_order: None,
        pupils: None,
    }
}

fn contacts() -> Contacts {
    Contacts::of(&member(), [id('a'), id('b')], NOW)
}

fn new(name: &str, role: ContactRole) -> NewContact {
    NewContact {
        person: person(name),
        job: None,
        role,
    }
}

#[test]
fn a_member_begins_with_its_lead_and_with_who_receives_invoices() {
    let roles: Vec<_> = contacts().people.iter().map(|one| one.role).collect();
    assert_eq!(roles, [ContactRole::Lead, ContactRole::Finance]);
    let same = Member {
        finance: Some(Person {
            name: person("Finn").name,
            email: EmailAddress::parse("LEE@Sample.example", "").unwrap(),
        }),
        ..member()
    };
    let contacts = Contacts::of(&same, [id('a'), id('b')], NOW);
    assert_eq!(contacts.people.len(), 1, "an address is one person");
}

#[test]
fn the_last_lead_is_neither_removed_nor_made_something_else() {
    let contacts = contacts();
    assert_eq!(contacts.remove(&id('a')), Err(ContactsError::LastLead));
    let reader = new("Lee", ContactRole::Reader);
    let refused = contacts.change(&id('a'), &reader);
    assert_eq!(refused, Err(ContactsError::LastLead));
    let two = contacts.add(id('c'), new("Kim", ContactRole::Lead), NOW);
    let left = two.unwrap().remove(&id('a')).unwrap();
    assert_eq!(left.leads().count(), 1);
    assert_eq!(left.remove(&id('a')), Err(ContactsError::Gone));
}

#[test]
fn an_address_is_that_of_one_contact_whatever_its_case() {
    let contacts = contacts();
    let twice = new("FINN", ContactRole::Reader);
    let refused = contacts.add(id('c'), twice, NOW);
    assert_eq!(refused, Err(ContactsError::AlreadyThere));
    let address = person("Finn").email;
    let refused = contacts.confirm(&id('a'), &address);
    assert_eq!(refused, Err(ContactsError::AlreadyThere));
}

#[test]
fn a_member_has_no_more_contacts_than_anybody_needs() {
    let mut contacts = contacts();
    for digit in 0..Contacts::MOST - 2 {
        let id = ContactId::parse(&format!("{digit:032}")).unwrap();
        let name = format!("n{digit}");
        contacts = contacts
            .add(id, new(&name, ContactRole::Reader), NOW)
            .unwrap();
    }
    let refused = contacts.add(id('c'), new("Kim", ContactRole::Reader), NOW);
    assert_eq!(refused, Err(ContactsError::TooMany));
}

#[test]
fn a_change_leaves_the_address_until_it_is_confirmed() {
    let contacts = contacts();
    let moved = new("Leonie", ContactRole::Lead);
    let changed = contacts.change(&id('a'), &moved).unwrap();
    let lead = changed.named(&id('a')).unwrap();
    assert_eq!(lead.person.name.as_str(), "Leonie");
    assert_eq!(lead.person.email, person("Lee").email);
    let confirmed = changed.confirm(&id('a'), &moved.person.email).unwrap();
    assert_eq!(confirmed.named(&id('a')).unwrap().person, moved.person);
}

#[test]
fn letters_go_to_whoever_leads_now_and_invoices_to_finance_or_the_lead() {
    let contacts = contacts();
    assert_eq!(contacts.reached(&member()), member());
    let two = contacts
        .add(id('c'), new("Kim", ContactRole::Lead), NOW)
        .unwrap();
    let left = two.remove(&id('a')).unwrap().remove(&id('b')).unwrap();
    let reached = left.reached(&member());
    assert_eq!(reached.contact, person("Kim"));
    assert_eq!(reached.finance, None);
}

#[test]
fn whom_the_office_names_can_sign_in_beside_those_who_could() {
    let contacts = contacts();
    assert_eq!(
        contacts.naming(&member(), [id('c'), id('d')], NOW),
        contacts
    );
    let corrected = Member {
        contact: person("Kim"),
        ..member()
    };
    let named = contacts.naming(&corrected, [id('c'), id('d')], NOW);
    assert_eq!(named.people.len(), 3);
    assert_eq!(named.named(&id('c')).unwrap().person, person("Kim"));
    assert_eq!(named.leads().count(), 2);
}

#[test]
fn a_form_of_nothing_is_told_field_by_field() {
    let errors = ContactForm::default().parse().unwrap_err();
    let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
    assert_eq!(fields, ["name", "email", "role"]);
    let kept = ContactForm::of(&contacts().people[0]).parse().unwrap();
    assert_eq!(kept.person, person("Lee"));
}
