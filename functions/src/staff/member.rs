//! The page of one membership: all that is known of it, what can be done with
//! it, and its history.

use axum::extract::State;
use axum::response::Response;
use domain::calendar::london_date;
use domain::membership::{ChangeForm, Channel, DetailsForm, LinkForm, LogForm, Membership};
use domain::reference::MembershipReference;
use domain::staff::StaffMember;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::application_words::{applicant, day, office_words};
use super::history::history;
use super::signed_in::By;
use super::view::{self, Trouble};
use super::{invoices, member_words};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::named::Named;
use crate::screen::Screen;
use crate::store::Versioned;

/// What is typed into the forms of a membership's page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    #[serde(flatten)]
    pub(super) change: ChangeForm,
    #[serde(flatten)]
    pub(super) details: DetailsForm,
    #[serde(flatten)]
    pub(super) link: LinkForm,
    #[serde(flatten)]
    pub(super) log: LogForm,
    /// `yes` once what a notice comes to has been seen.
    pub(super) confirmed: String,
    /// The version of the record that was on the screen.
    pub(super) version: String,
}

impl Form {
    /// The forms as they are opened.
    pub(super) fn of(membership: &Membership) -> Form {
        let link = membership.link.as_ref();
        Form {
            details: DetailsForm::of(&membership.member),
            link: LinkForm {
                link_name: link.map(|link| link.name.to_string()).unwrap_or_default(),
                link_email: link
                    .map(|link| link.email.as_str().to_owned())
                    .unwrap_or_default(),
            },
            ..Form::default()
        }
    }
}

/// What the page says besides the record.
pub(super) struct Shown {
    pub(super) form: Form,
    pub(super) key: String,
    pub(super) trouble: Trouble,
    /// What a notice would come to.
    pub(super) preview: Option<Value>,
}

/// `GET /staff/members/{reference}/`.
pub(super) async fn page(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let shown = Shown {
        form: Form::of(&read.value),
        key: entropy::key(),
        trouble: Trouble::none(),
        preview: None,
    };
    show(&app, &member, &read, shown).await
}

pub(super) async fn find(app: &App, reference: &str) -> Result<Versioned<Membership>, ApiError> {
    let reference = MembershipReference::parse(reference).map_err(|_| ApiError::NotFound)?;
    app.store
        .membership(&reference)
        .await?
        .ok_or(ApiError::NotFound)
}

pub(super) fn address(reference: &MembershipReference) -> String {
    format!("/staff/members/{reference}/")
}

pub(super) async fn show(
    app: &App,
    member: &StaffMember,
    read: &Versioned<Membership>,
    shown: Shown,
) -> Result<Response, ApiError> {
    let membership = &read.value;
    let today = london_date(app.clock.now());
    let reference = &membership.reference;
    let channels: Vec<_> = Channel::ALL
        .iter()
        .map(|channel| (channel.name(), channel.words()))
        .collect();
    let entries = app.store.membership_trail(reference).await?;
    let context = json!({
        "membership": member_words::whole(membership, today),
        "can": member_words::can(membership, today),
        "may_act": member.has_any(super::KEEPS_MEMBERSHIP),
        "invoices": invoices::of(app, reference).await?,
        "applications": applications(app, membership).await?,
        "people": people(app, reference).await?,
        "returns": returns(app, reference).await?,
        "log": member_words::log(&app.store.member_log(reference).await?),
        "channels": channels,
        "history": history(app, entries).await?,
        "preview": shown.preview,
        "form": shown.form, "command": shown.key, "version": read.version,
        "errors": shown.trouble.errors, "changed": shown.trouble.changed,
    });
    let path = address(reference);
    let screen = Screen {
        title: "A member",
        description: "",
        path: &path,
    };
    view::page(
        app,
        member,
        screen,
        "staff/member.html",
        context,
        shown.trouble.status,
    )
    .await
}

/// The people of a member, who can sign in to its own page.
async fn people(app: &App, reference: &MembershipReference) -> Result<Vec<Value>, ApiError> {
    let contacts = app.store.contacts(reference).await?.value;
    let people = contacts.people.iter().map(|contact| {
        json!({
            "name": contact.person.name, "email": contact.person.email,
            "job": contact.job, "role": contact.role.words(),
        })
    });
    Ok(people.collect())
}

/// The pupils that a member has declared, the latest year first.
async fn returns(app: &App, reference: &MembershipReference) -> Result<Vec<Value>, ApiError> {
    let returns = app.store.pupil_returns(reference).await?;
    let shown = returns.iter().rev().map(|one| {
        json!({
            "year": format!("{}–{}", one.year, one.year + 1), "pupils": one.pupils,
            "register": one.register, "reason": one.reason, "on": day(one.at),
        })
    });
    Ok(shown.collect())
}

/// The applications that led to a membership, or were made under its URN.
async fn applications(app: &App, membership: &Membership) -> Result<Vec<Value>, ApiError> {
    let mut all = app.store.open_applications().await?;
    all.extend(app.store.settled_applications().await?);
    let urn = membership.member.urn.as_ref().map(ToString::to_string);
    let own = all.iter().map(|read| &read.value).filter(|application| {
        membership.application.as_ref() == Some(&application.reference)
            || urn
                .as_deref()
                .is_some_and(|urn| application.answers.text("urn") == urn)
    });
    Ok(own
        .map(|application| {
            json!({
                "reference": application.reference, "name": applicant(application),
                "state": office_words(application.state),
                "submitted_on": application.submitted_at.map(day),
            })
        })
        .collect())
}
