//! The publication: what the site promises to the functions.
//!
//! The generator writes it beside the pages, from the same parsed values; the
//! functions read it and nothing else of the content. So a fee, an event or
//! a wording is written once, and a page cannot say what a form does not do.
//! It is data, published on its own: an edit goes live without new code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::application::Commitments;
use crate::booking::BookingRules;
use crate::establishment::Establishment;
use crate::event::{Event, EventSlug};
use crate::fees::FeeSchedule;
use crate::membership::Entitlements;
use crate::retention::Retention;
use crate::school::Urn;

/// All that the functions know of the content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// The site's name, address, menu and footer, as every page shows them.
    pub site: Site,
    /// The logical name of each asset (`style.css`) and its address.
    pub assets: BTreeMap<String, String>,
    /// What a member pays.
    pub fees: FeeSchedule,
    /// What an applicant agrees to.
    pub commitments: Commitments,
    /// How long places are kept.
    pub booking: BookingRules,
    /// How long each kind of record is kept.
    #[serde(default)]
    pub retention: Retention,
    /// What members can expect.
    #[serde(default)]
    pub entitlements: Entitlements,
    /// The events, in the order of their starts.
    pub events: Vec<Event>,
    /// The services, in the order of their ids.
    pub services: Vec<Service>,
    /// The schools of the register, in the order of their URNs.
    #[serde(default)]
    pub schools: Vec<Establishment>,
}

impl Publication {
    /// The event of that slug.
    #[must_use]
    pub fn event(&self, slug: &EventSlug) -> Option<&Event> {
        self.events.iter().find(|event| event.slug == *slug)
    }

    /// What people may book, and on which rules.
    #[must_use]
    pub fn bookable(&self) -> (&[Event], &BookingRules) {
        (&self.events, &self.booking)
    }

    /// The school of that URN.
    #[must_use]
    pub fn school(&self, urn: &Urn) -> Option<&Establishment> {
        self.schools.iter().find(|school| school.urn == *urn)
    }

    /// The service of that slug.
    #[must_use]
    pub fn service(&self, slug: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.slug == slug)
    }
}

/// What stands at the head and the foot of every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// The short name: `THE Partnership`.
    pub name: String,
    /// The name in full.
    pub full_name: String,
    /// The line under the name.
    pub strapline: String,
    /// The origin of the public site, without a slash at the end.
    pub base_url: String,
    /// The language of the pages, as in `lang`.
    pub language: String,
    /// The date of the prospectus, as `2016-05`.
    pub as_at: String,
    /// The main menu.
    pub menu: Vec<Link>,
    /// The links at the foot.
    pub footer: Vec<Link>,
    /// Sentences at the foot, such as those that say what is a placeholder.
    pub notes: Vec<String>,
}

/// A labelled address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it leads, from the root of the site.
    pub href: String,
}

/// A service of the catalogue, as far as a form needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The catalogue's number: `S01` to `S56`.
    pub id: String,
    /// The last part of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Whether a school can ask for it at all.
    pub orderable: bool,
}
