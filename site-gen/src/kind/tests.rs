//! The words beside each kind are held against its type.

use serde::Deserialize;

use super::event::EventFields;
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
    assert_eq!(names, T::REQUIRED, "{}", T::SUBJECT);
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
fn an_event_needs_a_time_a_venue_and_a_service() {
    names_its_required_fields::<EventFields>(&[
        "title: A",
        "description: B",
        "starts: 2028-03-14 16:00",
        "ends: 2028-03-14 17:00",
        "venue: C",
        "service: d",
    ]);
}

#[test]
fn a_site_needs_its_name_its_address_and_its_language() {
    names_its_required_fields::<SiteFile>(&[
        "name: A",
        "base_url: https://example.org",
        "language: en-GB",
    ]);
}
