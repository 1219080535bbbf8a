//! The calendar file that goes with a letter about a place that is somebody's: the
//! event as the letter tells it, so that a program enters, moves or takes it out.

use domain::joining::JoiningAddress;
use domain::letter::{Booked, News, OutboxItem, PlaceAbout, PlaceNews};

use super::Attachment;
use crate::calendar_file::{Certainty, Entry, calendar};
use crate::site::Published;

/// What a letter changes in a calendar.
struct Change<'l> {
    booking: &'l Booked,
    joining: Option<&'l JoiningAddress>,
    is_cancelled: bool,
}

/// The file that goes with a letter, if one does.
pub(super) fn to(site: &Published, item: &OutboxItem) -> Option<Attachment> {
    let change = change(&item.letter.news)?;
    let booking = change.booking;
    // What was written before this was kept has no name to be entered by.
    let slug = booking.event.as_ref()?;
    let event = site.publication.event(slug);
    let certainty = match event {
        _ if change.is_cancelled => Certainty::Cancelled,
        Some(event) if !event.sample => Certainty::Confirmed,
        _ => Certainty::Tentative,
    };
    let entry = Entry {
        event: slug,
        about: &booking.about,
        href: event.map(|event| event.href.as_str()),
        joining: change.joining,
        certainty,
        sequence: booking.moves + u32::from(change.is_cancelled),
        at: item.created_at,
    };
    Some(Attachment {
        name: "event.ics",
        kind: "text/calendar; charset=utf-8",
        text: calendar(&site.publication.site, &entry),
    })
}

/// What a letter changes in the reader's calendar; nothing where no place is
/// the reader's.
fn change(news: &News) -> Option<Change<'_>> {
    let of = |booking, joining, is_cancelled| {
        Some(Change {
            booking,
            joining,
            is_cancelled,
        })
    };
    match news {
        News::BookingConfirmed {
            booking, joining, ..
        } => of(booking, joining.as_ref(), false),
        News::Place(PlaceNews { booking, about }) => match about {
            PlaceAbout::Moved {
                has_place: true, ..
            }
            | PlaceAbout::OnAgain { has_place: true } => of(booking, None, false),
            PlaceAbout::Joining { address, .. } => of(booking, Some(address), false),
            PlaceAbout::CalledOff { .. } | PlaceAbout::PassedOn => of(booking, None, true),
            _ => None,
        },
        _ => None,
    }
}
