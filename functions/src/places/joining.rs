//! How an online event is joined, in the letter that says that a place is
//! somebody's; and that the person was told, so that nobody is told twice.

use domain::booking::{Booking, Delegate, Registration};
use domain::joining::{Joining, JoiningAddress};
use domain::letter::{Letter, News};

/// The address that is to be told, with its number.
fn current(joining: Option<&Joining>) -> Option<(u32, &JoiningAddress)> {
    let joining = joining?;
    Some((joining.number, joining.address.as_ref()?))
}

/// A letter that confirms a place, with the address; any other as it is.
pub(super) fn with_link(joining: Option<&Joining>, mut letter: Letter) -> Letter {
    if let News::BookingConfirmed { joining: told, .. } = &mut letter.news {
        *told = current(joining).map(|(_, address)| address.clone());
    }
    letter
}

/// Notes that those are told whose places were not theirs before.
pub(super) fn note_confirmed(
    joining: Option<&Joining>,
    booking: &mut Booking,
    before: &[Registration],
) {
    let Some((number, _)) = current(joining) else {
        return;
    };
    for registration in &mut booking.registrations {
        let was = before.iter().find(|was| was.number == registration.number);
        let was_given = was.is_some_and(|was| was.state.has_place());
        if registration.state.has_place() && !was_given {
            registration.joining = Some(number);
        }
    }
}

/// Notes that somebody is told who comes instead: who takes a place that is
/// given has a letter of it.
pub(super) fn note_named(
    joining: Option<&Joining>,
    registration: &mut Registration,
    delegate: &Delegate,
) {
    let former = registration.delegate.as_ref();
    let is_another =
        former.is_none_or(|former| !former.person.email.is_same(&delegate.person.email));
    if is_another
        && registration.state.has_place()
        && let Some((number, _)) = current(joining)
    {
        registration.joining = Some(number);
    }
}
