//! The words beside each kind are held against its type.

use serde::Deserialize;

use super::KindName;
use super::definition::Shape;
use super::document::DocumentFields;
use super::event::EventFields;
use super::news::NewsFields;
use super::page::PageFields;
use super::person::PersonFields;
use super::service::ServiceFields;
use crate::settings::SiteFile;
use crate::yaml::{Described, parse, read};

/// `complete` has every required field and no other: it is read; and without
/// any one of them it is not.
fn names_its_required_fields<T>(complete: &[&str])
where
    T: for<'t> Deserialize<'t> + Described,
{
    let name = |line: &&str| line.split(':').next().unwrap_or("").to_owned();
    let names: Vec<String> = complete.iter().map(name).collect();
    assert_eq!(names, T::required(), "{}", T::SUBJECT);
    let of = |lines: &[&str]| {
        let yaml = lines.join("\n");
        let root = parse(&yaml, 1).unwrap();
        let (value, findings) = read::<T>(&root);
        (value.is_some(), findings)
    };
    assert_eq!(of(complete), (true, Vec::new()), "{}", T::SUBJECT);
    for left_out in complete {
        let rest: Vec<&str> = complete
            .iter()
            .copied()
            .filter(|line| line != left_out)
            .collect();
        let (read, findings) = of(&rest);
        assert!(!read && findings.len() == 1, "{left_out}: {findings:?}");
    }
}

#[test]
fn a_page_needs_a_title_and_a_description() {
    names_its_required_fields::<PageFields>(&["title: A", "description: B"]);
}

#[test]
fn a_service_needs_its_number_its_charging_its_audience_and_its_sources() {
    names_its_required_fields::<ServiceFields>(&[
        "title: A",
        "description: B",
        "id: S01",
        "charging: [tbc]",
        "audience: [members]",
        "sources: []",
    ]);
}

#[test]
fn a_person_needs_a_post_and_a_standing() {
    names_its_required_fields::<PersonFields>(&[
        "title: A",
        "description: B",
        "post: Director",
        "standing: director",
        "status: interim-2016",
    ]);
}

#[test]
fn an_event_needs_a_service_a_time_and_a_place() {
    assert_eq!(EventFields::required(), ["title", "description", "service"]);
    let told = |lines: &[&str]| {
        let yaml = format!(
            "title: A\ndescription: B\nservice: c\n{}\n",
            lines.join("\n")
        );
        let root = parse(&yaml, 1).unwrap();
        let (value, findings) = read::<EventFields>(&root);
        assert!(value.is_some(), "{findings:?}");
        let told = findings.into_iter().map(|finding| finding.what);
        told.collect::<Vec<_>>()
    };
    let (starts, ends) = ("starts: 2028-03-14 16:00", "ends: 2028-03-14 17:00");
    let sessions = "sessions: [{ starts: 2028-03-14 16:00, ends: 2028-03-14 17:00 }]";
    assert_eq!(told(&[starts, ends, "venue: D"]), [""; 0]);
    assert_eq!(told(&[sessions, "online: true"]), [""; 0]);
    assert_eq!(
        told(&[ends, "online: false"]),
        [
            "an event needs the field `starts`",
            "an event needs the field `venue`"
        ]
    );
    // One that is there and cannot be read is not said to be missing.
    assert_eq!(
        told(&["starts: soon", ends, "venue: [D]"]).len(),
        2,
        "{:?}",
        told(&["starts: soon", ends, "venue: [D]"])
    );
}

#[test]
fn a_piece_of_news_needs_its_day() {
    names_its_required_fields::<NewsFields>(&["title: A", "description: B", "date: 2028-03-14"]);
}

#[test]
fn a_document_needs_to_say_what_it_is() {
    names_its_required_fields::<DocumentFields>(&["title: A", "description: B", "form: paper"]);
}

#[test]
fn every_field_of_every_kind_is_described_in_the_order_of_its_type() {
    for kind in KindName::ALL {
        let definition = kind.definition();
        let names: Vec<&str> = definition.fields.iter().map(|field| &*field.name).collect();
        assert_eq!(names[..2], ["title", "description"], "{kind:?}");
        assert_eq!(
            names[names.len() - 8..],
            [
                "tags",
                "taxonomies",
                "aliases",
                "weight",
                "publish_from",
                "publish_until",
                "review_by",
                "draft"
            ],
            "{kind:?}"
        );
        for field in &definition.fields {
            let named = format!("{kind:?}: {}", field.name);
            assert!(field.means.ends_with('.'), "{named}");
            assert!(!field.example.is_null(), "{named}");
        }
    }
}

#[test]
fn a_table_knows_what_may_be_written_in_a_field() {
    let shape = |kind: KindName, field: &str| {
        let field = kind.definition().field(field).unwrap();
        field.shape.clone()
    };
    assert_eq!(shape(KindName::Event, "starts"), Shape::Time);
    assert_eq!(shape(KindName::Event, "price"), Shape::Money);
    assert_eq!(
        shape(KindName::Event, "capacity"),
        Shape::Number { least: Some(1) }
    );
    let Shape::Group(policy) = shape(KindName::Event, "cancellation") else {
        panic!("a policy has fields of its own");
    };
    let parts: Vec<(&str, bool)> = policy
        .iter()
        .map(|part| (&*part.name, part.required))
        .collect();
    assert_eq!(
        parts,
        [
            ("steps", true),
            ("late", true),
            ("no_show", true),
            ("source", false)
        ]
    );
    assert_eq!(policy[1].shape, Shape::Charge);
    assert_eq!(shape(KindName::News, "publish_until"), Shape::DayOrTime);
    assert_eq!(shape(KindName::Page, "updated"), Shape::Day);
    assert_eq!(shape(KindName::Page, "draft"), Shape::Switch);
    let tags = Shape::List(Box::new(Shape::Line));
    assert_eq!(
        shape(KindName::Page, "taxonomies"),
        Shape::Named(Box::new(tags))
    );
    let Shape::Choice(pillars) = shape(KindName::Service, "pillar") else {
        panic!("a pillar is one of some words");
    };
    let pillars: Vec<&str> = pillars.iter().map(|pillar| &*pillar.value).collect();
    assert_eq!(
        pillars,
        ["peer-review", "development", "innovation", "support"]
    );
    let Shape::List(sources) = shape(KindName::Service, "sources") else {
        panic!("sources are a list");
    };
    let Shape::Group(parts) = *sources else {
        panic!("a source has fields of its own");
    };
    let parts: Vec<(&str, &Shape)> = parts
        .iter()
        .map(|part| (&*part.name, &part.shape))
        .collect();
    assert_eq!(parts, [("section", &Shape::Line), ("page", &Shape::Page)]);
}

#[test]
fn a_site_needs_its_name_its_address_and_its_language() {
    names_its_required_fields::<SiteFile>(&[
        "name: A",
        "base_url: https://example.org",
        "language: en-GB",
    ]);
}
