//! Every row of the table of registrations: every state by every command.

use jiff::Timestamp;

use super::{asker, event, id, minute, rules};
use crate::booking::{Forbidden, RegistrationCommand as Do, RegistrationState as Is};
use crate::event::Event;
use crate::places::{Asker, FirstStep, Tally};

const STATES: [&str; 15] = [
    "unconfirmed",
    "unapproved",
    "held",
    "confirmed",
    "waiting",
    "offered",
    "expired",
    "lapsed",
    "left",
    "cancelled",
    "declined",
    "refund-due",
    "called-off",
    "attended",
    "absent",
];

/// A registration that stands so, by the way that leads there, at an event
/// with room for one; it is the one with the number 2.
struct Standing {
    tally: Tally,
    asker: Asker,
    state: Is,
    event: Event,
    now: Timestamp,
}

impl Standing {
    fn new(price: Option<u64>) -> Standing {
        let event = event(1, price);
        Standing {
            tally: Tally::default(),
            asker: asker(2, &event),
            state: Is::Waiting,
            event,
            now: minute(0),
        }
    }

    fn ask(mut self, first: FirstStep) -> Standing {
        let (event, rules) = (&self.event, &rules());
        self.state = self.tally.ask(&self.asker, first, event, rules, self.now);
        self
    }

    fn does(&mut self, command: Do) -> Result<Is, Forbidden> {
        let both = (self.state, command);
        let event = Some(&self.event);
        let done = self
            .tally
            .command(&self.asker, both, event, &rules(), self.now)?;
        self.state = done;
        Ok(done)
    }

    fn done(mut self, command: Do) -> Standing {
        self.does(command).unwrap();
        self
    }

    /// Somebody else has the only place.
    fn taken(mut self) -> Standing {
        let other = asker(1, &event(1, None));
        let known = FirstStep::Known;
        let confirmed = self
            .tally
            .ask(&other, known, &self.event, &rules(), self.now);
        assert_eq!(confirmed, Is::Confirmed);
        self
    }

    /// That somebody gives it up.
    fn freed(mut self) -> Standing {
        let other = asker(1, &event(1, None));
        let give_up = (Is::Confirmed, Do::Cancel);
        self.tally
            .command(&other, give_up, None, &rules(), self.now)
            .unwrap();
        self.caught_up()
    }

    fn caught_up(mut self) -> Standing {
        for change in self.tally.catch_up(&self.event, &rules(), self.now) {
            if change.registration == id(2) {
                self.state = change.state;
            }
        }
        self
    }

    fn later(mut self, minutes: i64) -> Standing {
        self.now = minute(minutes);
        self.caught_up()
    }

    fn in_state(name: &str) -> Standing {
        let free = || Standing::new(None);
        let priced = || Standing::new(Some(4_500));
        let known = FirstStep::Known;
        let approved = |mut standing: Standing| {
            standing.asker.needs_approval = true;
            standing.ask(known)
        };
        let confirmed = || free().ask(known);
        let standing = match name {
            "unconfirmed" => free().ask(FirstStep::ConfirmAddress),
            "unapproved" => approved(free()),
            "held" => priced().ask(known),
            "confirmed" => confirmed(),
            "waiting" => free().taken().ask(known),
            "offered" => priced().taken().ask(known).freed(),
            "expired" => priced().ask(known).later(35),
            "lapsed" => priced().taken().ask(known).freed().later(2_880),
            "left" => free().taken().ask(known).done(Do::Leave),
            "cancelled" => confirmed().done(Do::Cancel),
            "declined" => approved(free()).done(Do::Refuse),
            "refund-due" => {
                let mut late = priced().ask(known).later(35).taken();
                assert_eq!(late.does(Do::Pay), Ok(Is::RefundDue));
                late
            }
            "called-off" => confirmed().done(Do::CallOff),
            "attended" => confirmed().done(Do::Attend),
            "absent" => confirmed().done(Do::MissOut),
            other => panic!("{other} is no state"),
        };
        assert_eq!(standing.state.name(), name);
        standing
    }
}

/// What the table says of each state and command; what is not here is
/// forbidden.
fn table(state: &str, command: Do) -> Option<&'static str> {
    Some(match (state, command) {
        ("unconfirmed", Do::ConfirmAddress) | ("unapproved", Do::Approve) => "confirmed",
        ("unapproved", Do::Refuse) | ("offered", Do::Decline) => "declined",
        ("held" | "offered" | "expired" | "lapsed", Do::Pay) => "confirmed",
        ("offered", Do::Accept) => "held",
        ("waiting", Do::Leave) => "left",
        ("unconfirmed" | "unapproved" | "held" | "confirmed", Do::Cancel) => "cancelled",
        ("unconfirmed", Do::Swap) => "unconfirmed",
        ("unapproved", Do::Swap) => "unapproved",
        ("held", Do::Swap) => "held",
        ("confirmed", Do::Swap) => "confirmed",
        ("waiting", Do::Swap) => "waiting",
        ("offered", Do::Swap) => "offered",
        ("confirmed" | "absent", Do::Attend) => "attended",
        ("confirmed" | "attended", Do::MissOut) => "absent",
        (
            "unconfirmed" | "unapproved" | "held" | "confirmed" | "waiting" | "offered"
            | "attended",
            Do::CallOff,
        ) => "called-off",
        _ => return None,
    })
}

#[test]
fn every_command_does_what_the_table_says_or_is_refused_and_changes_nothing() {
    for name in STATES {
        for command in Do::ALL {
            let mut standing = Standing::in_state(name);
            let before = standing.tally.clone();
            let done = standing.does(command);
            let when = format!("{name}, {command:?}");
            match table(name, command) {
                Some(expected) => {
                    let state = done.unwrap_or_else(|refused| panic!("{when}: {refused}"));
                    assert_eq!(state.name(), expected, "{when}");
                }
                None => {
                    let refused = done.expect_err(&when);
                    assert_eq!(refused.state.name(), name, "{when}");
                    assert_eq!(standing.tally, before, "{when}: refused, and changed");
                }
            }
        }
    }
}

#[test]
fn a_place_that_is_given_up_in_any_way_is_free_for_the_next() {
    for (name, command) in [
        ("unconfirmed", Do::Cancel),
        ("unapproved", Do::Refuse),
        ("held", Do::Cancel),
        ("confirmed", Do::Cancel),
        ("offered", Do::Decline),
        ("confirmed", Do::CallOff),
        ("attended", Do::CallOff),
    ] {
        let standing = Standing::in_state(name).done(command);
        assert!(standing.tally.holds.is_empty(), "{name}");
        assert_eq!(standing.tally.confirmed, 0, "{name}");
        let left = standing.tally.seen(&standing.event, standing.now).left;
        assert_eq!(left, Some(1), "{name}");
    }
}

#[test]
fn who_confirms_the_address_pays_or_waits_or_has_the_place() {
    let to_confirm = FirstStep::ConfirmAddress;
    let pays = Standing::new(Some(4_500))
        .ask(to_confirm)
        .done(Do::ConfirmAddress);
    assert_eq!(pays.state, Is::Held { until: minute(35) });
    // It was full, and nothing was kept.
    let waits = Standing::new(None)
        .taken()
        .ask(to_confirm)
        .done(Do::ConfirmAddress);
    assert_eq!(waits.state, Is::Waiting);
    let mut approved = Standing::new(None);
    approved.asker.needs_approval = true;
    let approved = approved.ask(to_confirm).done(Do::ConfirmAddress);
    assert_eq!(approved.state.name(), "unapproved");
    assert_eq!(approved.done(Do::Approve).state, Is::Confirmed);
}

#[test]
fn who_has_not_confirmed_the_address_takes_nothing_from_those_who_wait() {
    let mut standing = Standing::new(None).taken().ask(FirstStep::Known);
    assert_eq!(standing.state, Is::Waiting);
    let newcomer = asker(3, &standing.event);
    let now = standing.now;
    let (event, to_confirm) = (&standing.event, FirstStep::ConfirmAddress);
    standing
        .tally
        .ask(&newcomer, to_confirm, event, &rules(), now);
    assert!(standing.tally.holds.is_empty());
}

#[test]
fn what_was_not_confirmed_or_approved_in_time_is_expired() {
    for name in ["unconfirmed", "unapproved"] {
        let standing = Standing::in_state(name).later(3 * 24 * 60);
        assert_eq!(standing.state, Is::Expired, "{name}");
        assert!(standing.tally.holds.is_empty(), "{name}");
    }
}

#[test]
fn a_withdrawn_event_gives_nothing_more_and_lets_everybody_go() {
    let mut standing = Standing::in_state("unconfirmed");
    let confirm = (standing.state, Do::ConfirmAddress);
    let refused = standing
        .tally
        .command(&standing.asker, confirm, None, &rules(), standing.now);
    assert_eq!(
        refused,
        Err(Forbidden {
            state: Is::CalledOff
        })
    );
    let mut paid = Standing::in_state("held");
    let pay = (paid.state, Do::Pay);
    let due = paid
        .tally
        .command(&paid.asker, pay, None, &rules(), paid.now);
    assert_eq!(due, Ok(Is::RefundDue));
}
