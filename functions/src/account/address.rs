//! A contact's new address is confirmed: by the button behind the link that
//! was mailed to it. Until then letters go to the old one, and so does the link
//! to sign in.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use domain::account::{Contact, ContactId, Contacts, LinkState, Opens};
use domain::contact::EmailAddress;
use domain::letter::{AccountNews, ContactChange, Letter, News};
use domain::membership::Membership;
use domain::reference::MembershipReference;
use domain::trail::Who;
use serde_json::json;

use super::link::{Mailed, closed};
use crate::answer::ApiError;
use crate::app::App;
use crate::screen::Screen;
use crate::security::is_our_own;
use crate::store::{Outcome, StoreError, Transaction, Tries, Versioned};

/// `GET /account/address/{id}/{secret}/`. Opening it changes nothing.
pub(super) async fn page(State(app): State<App>, mailed: Mailed) -> Result<Response, ApiError> {
    let Some(read) = mailed.find(&app).await? else {
        return closed(&app, None).await;
    };
    let Opens::Address {
        membership, email, ..
    } = &read.value.opens
    else {
        return closed(&app, None).await;
    };
    match read.value.state(app.clock.system_now()) {
        LinkState::Open => {
            let member = app.store.membership(membership).await?;
            let name = member.map(|read| read.value.member.name);
            show(
                &app,
                json!({ "email": email, "member": name, "action": mailed.action("address") }),
            )
            .await
        }
        state => closed(&app, Some(state)).await,
    }
}

/// `POST /account/address/{id}/{secret}/`: it counts from now.
pub(super) async fn confirm(
    State(app): State<App>,
    headers: HeaderMap,
    mailed: Mailed,
) -> Result<Response, ApiError> {
    if !is_our_own(&app, &headers) {
        return Err(ApiError::ElsewhereForm);
    }
    let mut tries = Tries::begin();
    loop {
        let Some(read) = mailed.find(&app).await? else {
            return closed(&app, None).await;
        };
        let Opens::Address {
            membership,
            contact,
            email,
        } = &read.value.opens
        else {
            return closed(&app, None).await;
        };
        let system_now = app.clock.system_now();
        match read.value.state(system_now) {
            LinkState::Open => {}
            state => return closed(&app, Some(state)).await,
        }
        let Some(moving) = Moving::read(&app, membership, contact, email).await? else {
            return closed(&app, Some(LinkState::Expired)).await;
        };
        let transaction = Transaction::by(Who::Contact(contact.clone()));
        let mut transaction = moving.write(&app, transaction)?;
        transaction.use_account_link(&read, system_now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(membership = %membership, "contact-moved");
            let name = &moving.membership.value.member.name;
            return show(
                &app,
                json!({ "email": email, "member": name, "confirmed": true }),
            )
            .await;
        }
        tries.again().await?;
    }
}

/// A contact whose address changes.
struct Moving {
    membership: Versioned<Membership>,
    contacts: Versioned<Contacts>,
    before: Contact,
    next: Contacts,
}

impl Moving {
    /// None if the contact was removed, or somebody has the address by now.
    async fn read(
        app: &App,
        reference: &MembershipReference,
        contact: &ContactId,
        email: &EmailAddress,
    ) -> Result<Option<Moving>, ApiError> {
        let contacts = app.store.contacts(reference).await?;
        let membership = app.store.membership(reference).await?;
        let before = contacts.value.named(contact).cloned();
        let next = contacts.value.confirm(contact, email).ok();
        Ok(match (membership, before, next) {
            (Some(membership), Some(before), Some(next)) => Some(Moving {
                membership,
                contacts,
                before,
                next,
            }),
            _ => None,
        })
    }

    fn write(&self, app: &App, mut transaction: Transaction) -> Result<Transaction, StoreError> {
        let now = app.clock.now();
        transaction.contacts(
            &self.membership,
            &self.contacts,
            &self.next,
            "contact-moved",
            now,
        )?;
        let leads = self
            .contacts
            .value
            .leads()
            .filter(|lead| lead.id != self.before.id);
        for person in leads.chain([&self.before]).map(|contact| &contact.person) {
            let news = AccountNews::Changed {
                member: self.membership.value.member.name.to_string(),
                who: self.before.person.name.to_string(),
                change: ContactChange::Moved,
            };
            let letter = Letter {
                to: person.clone(),
                news: News::Account(news),
            };
            transaction.letter(letter, now)?;
        }
        Ok(transaction)
    }
}

async fn show(app: &App, context: serde_json::Value) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let screen = Screen {
        title: "Confirm your address",
        description: "",
        path: "/account/",
    };
    Ok(screen
        .render(&site, "forms/account/address.html", context)?
        .into_response())
}
