//! Letters in words: the theme's text, filled in with what the letter says.

use domain::access::Purpose;
use domain::booking::RegistrationId;
use domain::calendar::london_minute;
use domain::letter::{AccountNews, MoneyNews, News, OfficeDone, OutboxItem, PlaceAbout, PlaceNews};
use serde::Serialize;
use serde_json::{Value, json};

use crate::links::Links;
use crate::site::Published;

mod attached;

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
            addresses(news, base_url).map(|(name, link)| (name.to_owned(), Value::from(link))),
        );
        if let Some(address) = opened(news, links) {
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
    Ok(Words {
        id: item.id.clone(),
        attachments: attached::to(site, item).into_iter().collect(),
        to: item.address().as_str().to_owned(),
        subject: subject.trim().to_owned(),
        text: text.trim().to_owned(),
    })
}

/// The links of a letter: where its record is seen, and where it is paid for.
fn addresses(news: &News, base_url: &str) -> impl Iterator<Item = (&'static str, String)> {
    let booked = |booking: &domain::letter::Booked| {
        Some((
            "booking_url",
            format!("{base_url}/bookings/{}/", booking.reference),
        ))
    };
    let (record, pay) = match news {
        News::ApplicationReceived { .. }
        | News::ApplicationToConfirm { .. }
        | News::ApplicationToFinish { .. }
        | News::ApplicationTask { .. }
        | News::ApplicationQuestion { .. }
        | News::ApplicationDecided { .. }
        | News::ApplicationExpires { .. }
        | News::ApplicationForOffice { .. }
        | News::InvoiceIssued { .. }
        | News::InvoicePaid { .. }
        | News::Money(_)
        | News::NoticeReceived { .. }
        | News::MembershipEnded { .. }
        | News::Account(_)
        | News::ByOffice(_) => (None, None),
        News::EnquiryReceived { reference, .. } => (
            Some((
                "status_url",
                format!("{base_url}/enquire/sent/{reference}/"),
            )),
            None,
        ),
        News::EnquiryForOffice { .. } | News::EnquiryAnswered { .. } => (None, None),
        News::BookingConfirmed { booking, .. } => {
            let file = format!("{base_url}/bookings/{}/event.ics", booking.reference);
            (booked(booking), Some(("calendar_url", file)))
        }
        News::Place(PlaceNews {
            booking,
            about: PlaceAbout::Moved { .. },
        }) => {
            let file = format!("{base_url}/bookings/{}/event.ics", booking.reference);
            (booked(booking), Some(("calendar_url", file)))
        }
        News::Place(PlaceNews { booking, .. })
        | News::BookingWaiting { booking, .. }
        | News::PaymentRefundDue { booking, .. } => (booked(booking), None),
        News::PlaceHeld { booking, due } => (
            booked(booking),
            Some(("pay_url", format!("{base_url}/pay/{}/", due.payment))),
        ),
        News::PlaceOffered {
            booking, payment, ..
        } => {
            let payment = payment.as_ref();
            let pay = payment.map(|payment| ("pay_url", format!("{base_url}/pay/{payment}/")));
            (booked(booking), pay)
        }
    };
    record.into_iter().chain(pay)
}

/// The address with the secret that a letter gives, if it gives one.
fn opened(news: &News, links: &Links) -> Option<String> {
    let (area, subject, link) = match news {
        News::ApplicationReceived {
            reference, link, ..
        }
        | News::ApplicationToConfirm {
            reference, link, ..
        }
        | News::ApplicationToFinish {
            reference, link, ..
        }
        | News::ApplicationTask {
            reference, link, ..
        }
        | News::ApplicationQuestion {
            reference, link, ..
        }
        | News::ApplicationDecided {
            reference, link, ..
        }
        | News::ApplicationExpires {
            reference, link, ..
        }
        | News::ByOffice(OfficeDone::Withdrawn {
            reference, link, ..
        }) => ("apply", reference.to_string(), link),
        News::InvoiceIssued { number, link, .. }
        | News::InvoicePaid { number, link, .. }
        | News::Money(MoneyNews { number, link, .. }) => ("invoices", number.to_string(), link),
        News::Account(AccountNews::SignIn { id, link }) => ("account/sign-in", id.clone(), link),
        News::Account(AccountNews::Address { id, link, .. }) => {
            ("account/address", id.clone(), link)
        }
        News::Place(PlaceNews { booking, .. })
        | News::BookingConfirmed { booking, .. }
        | News::BookingWaiting { booking, .. }
        | News::PlaceHeld { booking, .. }
        | News::PlaceOffered { booking, .. }
        | News::PaymentRefundDue { booking, .. } => {
            let link = booking.link.as_ref()?;
            ("bookings", booking.reference.to_string(), link)
        }
        _ => return None,
    };
    let secret = links.derive(link.purpose, &subject, &link.nonce);
    let page = match link.purpose {
        Purpose::Draft
        | Purpose::Task(_)
        | Purpose::Invoice
        | Purpose::SignIn
        | Purpose::Address
        | Purpose::Booking
        | Purpose::Feedback => "",
        Purpose::Confirm | Purpose::BookingAddress => "confirm/",
        Purpose::BookingApproval => "approve/",
        Purpose::Status => "status/",
    };
    Some(format!(
        "{}/{area}/{subject}/{}/{page}",
        links.base_url(),
        secret.expose()
    ))
}
