//! Members: all of them, found by name, URN, person or reference.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::calendar::{london_date, long_date};
use domain::contact::Person;
use domain::membership::{Category, Membership, Standing};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::signed_in::By;
use super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::store::StoreError;

/// `GET /staff/members/?which=…&q=…`.
pub(super) async fn list(
    State(app): State<App>,
    By(member): By,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let said = |name: &str| asked.get(name).map(|text| text.trim()).unwrap_or_default();
    let today = london_date(app.clock.now());
    let mut all = app.store.memberships().await?;
    all.retain(|read| is_wanted(&read.value, said("which"), today));
    all.sort_by_cached_key(|read| read.value.member.name.as_str().to_lowercase());
    let all = all.into_iter().map(|read| read.value).collect();
    let found = match said("q").to_lowercase().as_str() {
        "" => all,
        sought => about(&app, all, sought)
            .await?
            .into_iter()
            .map(|found| found.membership)
            .collect(),
    };
    let rows: Vec<Value> = found
        .iter()
        .map(|membership| row(membership, today))
        .collect();
    let which = [
        ("", "Members now"),
        ("full", "Full members now"),
        ("associate", "Associates now"),
        ("leaving", "Those who have given notice"),
        ("former", "Members no more"),
    ];
    let context = json!({ "rows": rows, "options": which, "which": said("which"), "q": said("q") });
    let about = ("Members", "/staff/members/", "staff/members.html");
    view::open(&app, &member, about, context).await
}

fn is_wanted(membership: &Membership, which: &str, today: Date) -> bool {
    let now = membership.is_on(today);
    match which {
        "full" => now && membership.category == Category::Full,
        "associate" => now && membership.category == Category::Associate,
        "leaving" => now && membership.standing == Standing::NoticeGiven,
        "former" => !now && membership.joined_on <= today,
        _ => now,
    }
}

/// A membership that has to do with what was sought.
pub(super) struct Found {
    pub(super) membership: Membership,
    /// Who of those that may sign in to its page was found, where nothing else
    /// of it was.
    pub(super) person: Option<Person>,
}

/// Those of some memberships that have to do with what was typed, in small
/// letters: themselves, or one of those who may sign in to their pages.
pub(super) async fn about(
    app: &App,
    all: Vec<Membership>,
    sought: &str,
) -> Result<Vec<Found>, StoreError> {
    let references: Vec<_> = all.iter().map(|one| one.reference.clone()).collect();
    let people = app.store.contacts_of(&references).await?;
    let found = all
        .into_iter()
        .zip(people)
        .filter_map(|(membership, contacts)| {
            let mut people = contacts.people.into_iter().map(|contact| contact.person);
            let person = match is_about(&membership, sought) {
                true => None,
                false => Some(people.find(|person| is_person(person, sought))?),
            };
            Some(Found { membership, person })
        });
    Ok(found.collect())
}

fn is_person(person: &Person, sought: &str) -> bool {
    [person.name.as_str(), person.email.as_str()]
        .iter()
        .any(|text| text.to_lowercase().contains(sought))
}

/// Whether a membership has to do with what was typed, in small letters.
fn is_about(membership: &Membership, sought: &str) -> bool {
    let member = &membership.member;
    let people = [
        Some(&member.contact),
        member.finance.as_ref(),
        membership.link.as_ref(),
    ];
    let mut people = people.into_iter().flatten();
    let own = [
        membership.reference.to_string(),
        member.name.to_string(),
        member
            .urn
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        member
            .address
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
    ];
    own.iter().any(|text| text.to_lowercase().contains(sought))
        || people.any(|person| is_person(person, sought))
}

fn row(membership: &Membership, today: Date) -> Value {
    json!({
        "reference": membership.reference,
        "name": membership.member.name,
        "urn": membership.member.urn,
        "category": membership.category.words(),
        "state": super::member_words::standing(membership, today),
        "joined_on": long_date(membership.joined_on),
        "ends_on": membership.ends_on.map(long_date),
        "link": membership.link.as_ref().map(|link| &link.name),
    })
}
