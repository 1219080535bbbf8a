//! One way to change an application: read, decided, and written only if it is
//! still the one that was read; else decided again.

use domain::application::Application;
use domain::letter::{Letter, News, OfficeNews};
use jiff::Timestamp;

use crate::answer::ApiError;
use crate::app::App;
use crate::store::{Guard, Outcome, StoreError, Transaction, Tries};

use super::access::{Address, Opened};

/// What became of a change.
pub(super) enum Changed<T> {
    /// It is written.
    Done(T),
    /// It was not to be made, and nothing is written.
    Not(T),
    /// A guard of the transaction stood in the way.
    Refused(Guard),
    /// The link opens nothing.
    NoLink,
}

/// What to do with an application that was read.
pub(super) enum Decided<T> {
    /// Write this application with what else belongs to the change.
    Write {
        /// As it is to be.
        application: Box<Application>,
        /// What happened to it; none for an edit.
        what: Option<&'static str>,
        /// The other items.
        transaction: Transaction,
        /// The answer.
        reply: T,
    },
    /// Write nothing.
    Leave(T),
}

/// Changes the application that an address opens.
pub(super) async fn change<T>(
    app: &App,
    address: &Address,
    decide: impl Fn(&Opened, Timestamp) -> Result<Decided<T>, ApiError>,
) -> Result<Changed<T>, ApiError> {
    let mut tries = Tries::begin();
    loop {
        let Some(opened) = address.open(app).await? else {
            return Ok(Changed::NoLink);
        };
        let now = app.clock.now();
        let (application, what, mut transaction, reply) = match decide(&opened, now)? {
            Decided::Leave(reply) => return Ok(Changed::Not(reply)),
            Decided::Write {
                application,
                what,
                transaction,
                reply,
            } => (application, what, transaction, reply),
        };
        transaction.application(opened.read.version, &application, what, now)?;
        match app.store.commit(transaction).await? {
            Outcome::Committed => {
                if let Some(what) = what {
                    tracing::info!(application = %application.reference, "{what}");
                }
                return Ok(Changed::Done(reply));
            }
            Outcome::Refused(guards) => {
                let others = guards.into_iter().find(|guard| *guard != Guard::Unchanged);
                if let Some(guard) = others {
                    return Ok(Changed::Refused(guard));
                }
            }
        }
        tries.again().await?;
    }
}

/// A letter to the office about an application.
pub(super) fn to_office(
    app: &App,
    application: &Application,
    about: OfficeNews,
) -> Result<Letter, StoreError> {
    let member = application.answers.member(application.category);
    Ok(Letter {
        to: app.office()?,
        news: News::ApplicationForOffice {
            reference: application.reference.clone(),
            applicant: member.map(|member| member.name.to_string()),
            about,
        },
    })
}
