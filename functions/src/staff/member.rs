//! The page of one membership: all that is known of it, what can be done with
//! it, and its history.

use domain::calendar::london_date;
use domain::contact::EmailAddress;
use domain::membership::{ChangeForm, Channel, DetailsForm, LinkForm, LogForm, Membership};
use domain::reference::MembershipReference;
use domain::retention::Holdable;
use domain::staff::Role;
use domain::trail::Entry;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::application_words::{applicant, day, office_words};
use super::protection::holds;
use super::record::Record;
use super::{invoices, member_words};
use crate::answer::ApiError;
use crate::app::App;
use crate::store::{StoreError, Versioned};

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
}

impl Record for Membership {
    type Form = Form;

    const TITLE: &'static str = "A member";
    const TEMPLATE: &'static str = "staff/member.html";
    const KEEPS: &'static [Role] = super::KEEPS_MEMBERSHIP;

    async fn find(app: &App, reference: &str) -> Result<Option<Versioned<Self>>, StoreError> {
        match MembershipReference::parse(reference) {
            Ok(reference) => app.store.membership(&reference).await,
            Err(_) => Ok(None),
        }
    }

    fn address(&self) -> String {
        address(&self.reference)
    }

    async fn addresses(&self, app: &App) -> Result<Vec<EmailAddress>, StoreError> {
        let contacts = app.store.contacts(&self.reference).await?.value;
        let people = contacts.people.into_iter().map(|contact| contact.person);
        let named = self.member.finance.iter().cloned();
        let all = people.chain([self.member.contact.clone()]).chain(named);
        Ok(all.map(|person| person.email).collect())
    }

    async fn trail(&self, app: &App) -> Result<Vec<Entry>, StoreError> {
        app.store.membership_trail(&self.reference).await
    }

    async fn opened(&self, _: &App) -> Result<Form, StoreError> {
        let link = self.link.as_ref().map(|link| LinkForm {
            link_name: link.name.to_string(),
            link_email: link.email.as_str().to_owned(),
        });
        Ok(Form {
            details: DetailsForm::of(&self.member),
            link: link.unwrap_or_default(),
            ..Form::default()
        })
    }

    fn beside(sent: Form, opened: Form) -> Form {
        Form {
            details: match sent.details == DetailsForm::default() {
                true => opened.details,
                false => sent.details,
            },
            link: match sent.link == LinkForm::default() {
                true => opened.link,
                false => sent.link,
            },
            ..sent
        }
    }

    async fn context(&self, app: &App, _: &Form) -> Result<Value, ApiError> {
        let today = london_date(app.clock.now());
        let reference = &self.reference;
        let channels: Vec<_> = Channel::ALL
            .iter()
            .map(|channel| (channel.name(), channel.words()))
            .collect();
        Ok(json!({
            "membership": member_words::whole(self, today),
            "can": member_words::can(self, today),
            "invoices": invoices::of(app, reference).await?,
            "applications": applications(app, self).await?,
            "merged": merged(app, self).await?,
            "people": member_words::people(&app.store.contacts(reference).await?.value),
            "returns": returns(app, reference).await?,
            "log": member_words::log(&app.store.member_log(reference).await?),
            "channels": channels,
            "held": holds::of(app, &Holdable::Membership(reference.clone())).await?,
        }))
    }
}

/// Where the page of a membership is.
pub(super) fn address(reference: &MembershipReference) -> String {
    format!("/staff/members/{reference}/")
}

/// The members that have merged into one.
async fn merged(app: &App, membership: &Membership) -> Result<Vec<Value>, ApiError> {
    let all = app.store.memberships().await?;
    let came = all.iter().map(|read| &read.value).filter(|other| {
        other.after.as_ref() == Some(&membership.reference)
            && membership.before.as_ref() != Some(&other.reference)
    });
    let shown =
        came.map(|other| json!({ "reference": other.reference, "name": other.member.name }));
    Ok(shown.collect())
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
