//! The letters on their way: each is taken, put into words, handed to the post,
//! and what became of it is written down.
//!
//! A letter is sent as soon as the table tells of it, and by a sweep otherwise:
//! a wake-up that is lost loses no letter. Two at once send one; whoever falls
//! over between the post and the table sends it twice, under the same id.

use domain::delivery::{Delivery, Fault, Returned, Stopped};
use domain::letter::OutboxItem;
use domain::trail::Who;
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::instruction::Instruction;
use crate::mail::{MailError, compose};
use crate::metrics::{self, Metric};
use crate::post::Post;
use crate::site::SiteError;
use crate::store::{NoPost, Outcome, StoreError, Transaction, Tries, Versioned};

mod notice;

pub use notice::Notice;

/// How long a letter that has gone, or does not go, is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// The provider has it.
    Sent,
    /// It is tried again later.
    Later,
    /// It does not go.
    Stopped,
    /// It was not to be sent now, or is somebody else's.
    NotOurs,
}

/// What a sweep has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Letters that the provider has.
    pub sent: usize,
    /// Letters that are tried again later.
    pub later: usize,
    /// Letters that do not go.
    pub stopped: usize,
    /// The age of the oldest that waited when it began, in seconds.
    pub oldest_seconds: i64,
}

/// Why letters could not be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum LettersError {
    /// The theme or the site is not published.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The records do not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sends one letter, if it is to be sent now.
///
/// # Errors
///
/// [`LettersError`] if the records do not answer; the letter is anybody's again
/// after a while.
pub async fn send(app: &App, post: &Post, id: &str) -> Result<Became, LettersError> {
    match app.store.letter(id).await? {
        Some(read) => send_read(app, post, read).await,
        None => Ok(Became::NotOurs),
    }
}

/// Sends what can be sent by now. What fails is left for the next sweep, and
/// hides nothing else.
///
/// # Errors
///
/// [`LettersError`] if the records do not answer.
pub async fn sweep(app: &App, post: &Post) -> Result<Swept, LettersError> {
    let now = app.clock.now();
    let due = app.store.letters_due(now).await?;
    let oldest = due.iter().map(|read| read.value.created_at).min();
    let mut swept = Swept {
        oldest_seconds: oldest.map_or(0, |at| now.duration_since(at).as_secs().max(0)),
        ..Swept::default()
    };
    metrics::measure(Metric::OutboxAgeSeconds, swept.oldest_seconds);
    for read in due {
        match send_read(app, post, read).await? {
            Became::Sent => swept.sent += 1,
            Became::Later => swept.later += 1,
            Became::Stopped => swept.stopped += 1,
            Became::NotOurs => {}
        }
    }
    Ok(swept)
}

async fn send_read(
    app: &App,
    post: &Post,
    read: Versioned<OutboxItem>,
) -> Result<Became, LettersError> {
    let now = app.clock.now();
    let Some(taken) = read.value.delivery.take(now) else {
        return Ok(Became::NotOurs);
    };
    if !app
        .store
        .move_letter(&read, taken.clone(), kept_until(now))
        .await?
    {
        return Ok(Became::NotOurs);
    }
    let ours = Versioned {
        version: read.version + 1,
        value: OutboxItem {
            delivery: taken,
            ..read.value
        },
    };
    let next = tried(app, post, &ours.value).await?;
    let became = match &next {
        Delivery::Sent { .. } => Became::Sent,
        Delivery::Waiting { .. } | Delivery::Taken { .. } => Became::Later,
        Delivery::Stopped { .. } | Delivery::Returned { .. } => Became::Stopped,
    };
    // Whoever took it meanwhile, because this took too long, writes what it did.
    if !app.store.move_letter(&ours, next, kept_until(now)).await? {
        tracing::warn!(letter = %ours.value.id, "a letter was somebody else's before it had gone");
    }
    let metric = match became {
        Became::Sent => Metric::LettersSent,
        _ => Metric::LettersFailed,
    };
    metrics::measure(metric, 1);
    Ok(became)
}

/// One try: what follows from it.
async fn tried(app: &App, post: &Post, item: &OutboxItem) -> Result<Delivery, LettersError> {
    let now = app.clock.now();
    if app.store.no_post(item.address()).await?.is_some() {
        tracing::warn!(letter = %item.id, "letters to its address come back: it does not go");
        return Ok(Delivery::stopped(Stopped::NoPost, now));
    }
    let site = app.site.published().await?;
    let sent = match compose(&site, &app.links, item) {
        Ok(words) => post
            .send(&words, &site.publication.site.name)
            .await
            .map_err(|not| (not.fault, not.code)),
        // Mended by a change of the theme, which is why it is kept.
        Err(error @ (MailError::Theme(_) | MailError::NoSubject(_))) => {
            Err((Fault::Passing, error.to_string()))
        }
    };
    Ok(match sent {
        Ok(message_id) => {
            let kind = item.letter.news.template();
            tracing::info!(letter = %item.id, kind, "a letter was sent");
            Delivery::Sent {
                at: now,
                message_id,
            }
        }
        Err((fault, code)) => {
            tracing::error!(letter = %item.id, "a letter was not taken: {code}");
            item.delivery.failed(fault, now)
        }
    })
}

/// Follows what the provider tells of a letter: it has come back, or its reader
/// wants none. No more go to that address until somebody has looked.
///
/// # Errors
///
/// [`StoreError`] if the records do not answer; it is told again.
pub async fn came_back(app: &App, letter: &str, why: Returned) -> Result<(), StoreError> {
    let now = app.clock.now();
    let mut tries = Tries::begin();
    loop {
        let Some(read) = app.store.letter(letter).await? else {
            return Ok(());
        };
        let Some(next) = read.value.delivery.returned(why, now) else {
            return Ok(());
        };
        let mut transaction = Transaction::by(Who::Clock);
        transaction.no_post(read.value.address(), NoPost { at: now, why })?;
        transaction.delivery(&read, next, kept_until(now))?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::warn!(letter = %read.value.id, "a letter has come back");
            metrics::measure(Metric::LettersReturned, 1);
            return Ok(());
        }
        tries.again().await?;
    }
}

/// Staff say that a letter is to go again, and others to its address as well.
/// Whether that could be done: not if it is on its way.
///
/// # Errors
///
/// [`StoreError`] if the records do not answer.
pub async fn again(app: &App, by: &Instruction, letter: &str) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(true);
        }
        let Some(read) = app.store.letter(letter).await? else {
            return Ok(false);
        };
        let Some(next) = read.value.delivery.again() else {
            return Ok(false);
        };
        let mut transaction = by.transaction();
        by.remember(&mut transaction, &read.value.id, now)?;
        transaction.post_again(read.value.address())?;
        transaction.delivery(&read, next, kept_until(now))?;
        transaction.letter_noted(&read.value.id, "letter-again", now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            return Ok(true);
        }
        tries.again().await?;
    }
}

fn kept_until(now: Timestamp) -> Timestamp {
    now.saturating_add(KEPT).unwrap_or(Timestamp::MAX)
}
