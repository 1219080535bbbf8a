//! The addresses in a letter: where its record is seen, where it is paid for, and
//! the one with a secret that it gives.

use domain::access::Purpose;
use domain::letter::{AccountNews, MoneyNews, News, OfficeDone, PlaceAbout, PlaceNews};

use crate::links::Links;

/// The links of a letter: where its record is seen, and where it is paid for.
pub(super) fn of(news: &News, base_url: &str) -> impl Iterator<Item = (&'static str, String)> {
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
pub(super) fn opened(news: &News, links: &Links) -> Option<String> {
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
