//! Letters in words: the theme's text, filled in with what the letter says.

use domain::calendar::london_minute;
use domain::letter::{News, OutboxItem};
use serde::Serialize;
use serde_json::{Value, json};

use crate::site::Published;

/// A letter as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text.
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

/// Puts a letter into words. Its links are under `base_url`.
///
/// # Errors
///
/// [`MailError`] if the theme's template is at fault.
pub fn compose(site: &Published, base_url: &str, item: &OutboxItem) -> Result<Words, MailError> {
    let news = &item.letter.news;
    let mut letter = json!(news);
    if let Value::Object(fields) = &mut letter {
        fields.insert("name".into(), json!(item.letter.to.name));
        if let News::PlaceHeld { due, .. } | News::PlaceOffered { due, .. } = news {
            fields.insert("hold_until".into(), london_minute(due.hold_until).into());
        }
        fields
            .extend(links(news, base_url).map(|(name, link)| (name.to_owned(), Value::from(link))));
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
    Ok(Words {
        to: item.address().as_str().to_owned(),
        subject: subject.trim().to_owned(),
        text: text.trim().to_owned(),
    })
}

/// The links of a letter: where its record is seen, and where it is paid for.
fn links(news: &News, base_url: &str) -> impl Iterator<Item = (&'static str, String)> {
    let booked = |booking: &domain::letter::Booked| {
        Some((
            "booking_url",
            format!("{base_url}/bookings/{}/", booking.reference),
        ))
    };
    let (record, pay) = match news {
        News::ApplicationReceived { reference, .. } => (
            Some((
                "status_url",
                format!("{base_url}/apply/submitted/{reference}/"),
            )),
            None,
        ),
        News::EnquiryReceived { reference, .. } => (
            Some((
                "status_url",
                format!("{base_url}/enquire/sent/{reference}/"),
            )),
            None,
        ),
        News::EnquiryForOffice { .. } => (None, None),
        News::BookingConfirmed { booking, .. }
        | News::BookingWaiting { booking, .. }
        | News::PaymentRefundDue { booking, .. } => (booked(booking), None),
        News::PlaceHeld { booking, due } | News::PlaceOffered { booking, due } => (
            booked(booking),
            Some(("pay_url", format!("{base_url}/pay/{}/", due.payment))),
        ),
    };
    record.into_iter().chain(pay)
}
