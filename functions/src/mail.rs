//! Letters in words: the theme's text, filled in with what the letter says, and
//! the same words laid out.

use domain::booking::RegistrationId;
use domain::calendar::london_minute;
use domain::letter::{News, OutboxItem, PlaceAbout, PlaceNews};
use serde::Serialize;
use serde_json::{Value, json};

use crate::links::Links;
use crate::site::Published;

mod addresses;
mod attached;
mod blocks;
mod message;

pub use message::{Envelope, message};

/// The template that every letter is laid out in.
const LAYOUT: &str = "letters/letter.html";

/// A letter as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The letter's name in the outbox.
    pub id: String,
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same, laid out: HTML.
    pub html: String,
    /// What goes with it.
    pub attachments: Vec<Attachment>,
}

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// Its name.
    pub name: &'static str,
    /// Its media type.
    pub kind: &'static str,
    /// What is in it.
    pub text: String,
}

/// Why a letter cannot be put into words.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The theme's template is at fault.
    #[error("a letter's template cannot be filled in: {0}")]
    Theme(#[from] theme::ThemeError),
    /// The template does not begin with a subject.
    #[error("the template `{0}` must begin with a line `Subject: …`")]
    NoSubject(String),
}

/// Puts a letter into words. The secrets of its links are derived here, and
/// are written down nowhere else.
///
/// # Errors
///
/// [`MailError`] if the theme's template is at fault.
pub fn compose(site: &Published, links: &Links, item: &OutboxItem) -> Result<Words, MailError> {
    let base_url = links.base_url();
    let news = &item.letter.news;
    let mut letter = json!(news);
    if let Value::Object(fields) = &mut letter {
        fields.insert("name".into(), json!(item.letter.to.name));
        let hold_until = match news {
            News::PlaceHeld { due, .. } => Some(due.hold_until),
            News::PlaceOffered { hold_until, .. } => Some(*hold_until),
            News::Place(PlaceNews {
                about: PlaceAbout::ToConfirm { until, .. } | PlaceAbout::ToApprove { until, .. },
                ..
            }) => Some(*until),
            _ => None,
        };
        if let Some(until) = hold_until {
            fields.insert("hold_until".into(), london_minute(until).into());
        }
        if let News::Place(PlaceNews {
            about: PlaceAbout::Certified { code, feedback },
            booking,
        }) = news
        {
            let address = format!("{base_url}/certificates/{}/", code.as_str());
            fields.insert("certificate_url".into(), address.into());
            if let Some(asked) = feedback {
                let id = RegistrationId {
                    booking: booking.reference.clone(),
                    number: asked.number,
                };
                let link = &asked.link;
                let secret = links.derive(link.purpose, &id.to_string(), &link.nonce);
                let address = format!("{base_url}/feedback/{id}/{}/", secret.expose());
                fields.insert("feedback_url".into(), address.into());
                fields.insert("feedback_until".into(), london_minute(asked.until).into());
            }
        }
        if let News::Place(PlaceNews { booking, about }) = news {
            fields.insert("now_words".into(), booking.about.words().into());
            if let PlaceAbout::Moved { was, .. } = about {
                fields.insert("was_words".into(), was.words().into());
            }
        }
        fields.extend(
            addresses::of(news, base_url).map(|(name, link)| (name.to_owned(), Value::from(link))),
        );
        if let Some(address) = addresses::opened(news, links) {
            fields.insert("link_url".into(), address.into());
        }
    }
    let template = format!("letters/{}.txt", news.template());
    let whole = site.theme.render(
        &template,
        &json!({ "site": site.publication.site, "letter": letter }),
    )?;
    let (first, text) = whole
        .trim_start()
        .split_once('\n')
        .unwrap_or((whole.trim_start(), ""));
    let subject = first
        .strip_prefix("Subject:")
        .ok_or(MailError::NoSubject(template))?;
    let (subject, text) = (subject.trim(), text.trim());
    let html = site.theme.render(
        LAYOUT,
        &json!({
            "site": site.publication.site, "base_url": base_url, "subject": subject,
            "blocks": blocks::of(text, base_url),
        }),
    )?;
    Ok(Words {
        id: item.id.clone(),
        attachments: attached::to(site, item).into_iter().collect(),
        to: item.address().as_str().to_owned(),
        subject: subject.to_owned(),
        text: text.to_owned(),
        html,
    })
}
