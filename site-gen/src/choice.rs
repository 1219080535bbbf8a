//! The choices that narrow a catalogue of services down: a pillar, an audience,
//! a way of charging, a school phase.
//!
//! Each is a page of its own, so that choosing is following a link. There are
//! no pages of two choices at once: a pillar holds a dozen services, which are
//! read faster than chosen among, and they would be hundreds of pages.

use crate::kind::service::{Audience, Charging, Phase, Pillar, ServiceFields};

/// One choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// A pillar of the model, or none of them.
    Pillar(Option<Pillar>),
    /// Who may have it.
    Audience(Audience),
    /// How it is charged.
    Charging(Charging),
    /// Which schools it is for: those that a service names, and a service that
    /// names none is for all.
    Phase(Phase),
}

/// All of them, in the order in which a page offers them.
pub(crate) const CHOICES: [Choice; 24] = [
    Choice::Pillar(Some(Pillar::PeerReview)),
    Choice::Pillar(Some(Pillar::Development)),
    Choice::Pillar(Some(Pillar::Innovation)),
    Choice::Pillar(Some(Pillar::Support)),
    Choice::Pillar(None),
    Choice::Audience(Audience::AllSchools),
    Choice::Audience(Audience::Members),
    Choice::Audience(Audience::FullMembers),
    Choice::Audience(Audience::LocalSchools),
    Choice::Audience(Audience::Council),
    Choice::Audience(Audience::Nobody),
    Choice::Charging(Charging::Commissioned),
    Choice::Charging(Charging::Entitlement),
    Choice::Charging(Charging::Tbc),
    Choice::Charging(Charging::Purchase),
    Choice::Charging(Charging::Open),
    Choice::Charging(Charging::Signpost),
    Choice::Charging(Charging::Possible),
    Choice::Phase(Phase::Nursery),
    Choice::Phase(Phase::Primary),
    Choice::Phase(Phase::Secondary),
    Choice::Phase(Phase::Post16),
    Choice::Phase(Phase::Special),
    Choice::Phase(Phase::AlternativeProvision),
];

impl Choice {
    /// Whether a service is among those chosen.
    pub(crate) fn takes(self, service: &ServiceFields) -> bool {
        match self {
            Choice::Pillar(pillar) => service.pillar == pillar,
            Choice::Audience(audience) => service.audience.contains(&audience),
            Choice::Charging(charging) => service.charging.contains(&charging),
            Choice::Phase(phase) => service.phases.is_empty() || service.phases.contains(&phase),
        }
    }

    /// The field that it looks at, which is a part of its address.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Choice::Pillar(_) => "pillar",
            Choice::Audience(_) => "audience",
            Choice::Charging(_) => "charging",
            Choice::Phase(_) => "phase",
        }
    }

    /// The field as people are asked for it.
    pub(crate) fn question(self) -> &'static str {
        match self {
            Choice::Pillar(_) => "Pillar",
            Choice::Audience(_) => "Who can have it",
            Choice::Charging(_) => "How it is charged",
            Choice::Phase(_) => "School phase",
        }
    }

    /// Its word in the front matter, which is a part of its address, and what
    /// that says to people: as the components of the theme say it.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Choice::Pillar(Some(Pillar::PeerReview)) => ("peer-review", "Peer review"),
            Choice::Pillar(Some(Pillar::Development)) => ("development", "Development"),
            Choice::Pillar(Some(Pillar::Innovation)) => ("innovation", "Innovation"),
            Choice::Pillar(Some(Pillar::Support)) => ("support", "Support"),
            Choice::Pillar(None) => ("across", "Across the pillars"),
            Choice::Audience(Audience::AllSchools) => ("all-schools", "All Tower Hamlets schools"),
            Choice::Audience(Audience::Members) => ("members", "All members, full and associate"),
            Choice::Audience(Audience::FullMembers) => ("full-members", "Full members"),
            Choice::Audience(Audience::LocalSchools) => ("local-schools", "Local schools"),
            Choice::Audience(Audience::Council) => ("council", "The council"),
            Choice::Audience(Audience::Nobody) => ("nobody", "Nobody yet"),
            Choice::Charging(Charging::Commissioned) => {
                ("commissioned", "Commissioned by the council")
            }
            Choice::Charging(Charging::Entitlement) => ("entitlement", "Part of membership"),
            Choice::Charging(Charging::Tbc) => ("tbc", "To be confirmed"),
            Choice::Charging(Charging::Purchase) => ("purchase", "Priced separately"),
            Choice::Charging(Charging::Open) => ("open", "Open to member schools"),
            Choice::Charging(Charging::Signpost) => ("signpost", "Offered by others"),
            Choice::Charging(Charging::Possible) => ("possible", "A possibility"),
            Choice::Phase(Phase::Nursery) => ("nursery", "Nursery"),
            Choice::Phase(Phase::Primary) => ("primary", "Primary"),
            Choice::Phase(Phase::Secondary) => ("secondary", "Secondary"),
            Choice::Phase(Phase::Post16) => ("post-16", "Post-16"),
            Choice::Phase(Phase::Special) => ("special", "Special schools"),
            Choice::Phase(Phase::AlternativeProvision) => {
                ("alternative-provision", "Alternative provision")
            }
        }
    }

    /// Where its page is, below the list of all services.
    pub(crate) fn address(self, list: &str) -> String {
        format!("{list}by/{}/{}/", self.field(), self.words().0)
    }
}
