//! What only shows when the fields of an event are held against each other, or
//! its text against what everybody may read.

use domain::calendar::LondonTime;

use super::EventFields;
use crate::problem::Problem;
use crate::rule::Rule;
use crate::text::{Place, SourceText};

/// Where meetings are held online: an address there with anything after it lets
/// whoever reads it in.
const MEETINGS: [&str; 9] = [
    "zoom.us/",
    "teams.microsoft.com/",
    "teams.live.com/",
    "meet.google.com/",
    "webex.com/",
    "gotomeeting.com/",
    "gotomeet.me/",
    "whereby.com/",
    "meet.jit.si/",
];

/// What to do with a joining link.
const TAKE_OUT: &str =
    "take it out, and set it on the event’s staff screen: only those who have a place are given it";

impl EventFields {
    /// All that is wrong, field by field.
    pub(crate) fn check(&self, source: &SourceText) -> Vec<Problem> {
        let mut told = Told {
            source,
            problems: Vec::new(),
        };
        self.times(&mut told);
        self.booking(&mut told);
        self.prices(&mut told);
        self.places(&mut told);
        self.joining(&mut told);
        told.problems
    }

    fn times(&self, told: &mut Told<'_>) {
        if let (false, Some(single)) = (self.sessions.is_empty(), self.starts.or(self.ends)) {
            told.disagree(
                single.place,
                "the event has `sessions`, and `starts` or `ends` as well",
                "take `starts` and `ends` out: the sessions say when it is, be there one or several",
            );
        } else if let Some((starts, ends)) = self.starts.zip(self.ends)
            && ends.value <= starts.value
        {
            let hint = "check the two dates and times";
            told.order(ends.place, "the event ends before it starts", hint);
        }
        let mut before: Option<(LondonTime, LondonTime)> = None;
        for session in &self.sessions {
            let (starts, ends) = (session.starts, session.ends);
            if ends.value <= starts.value {
                let hint = "check the two dates and times";
                told.order(ends.place, "the session ends before it starts", hint);
            }
            match before {
                Some((above, _)) if starts.value < above => told.order(
                    starts.place,
                    "the session starts before the one above it",
                    "put the sessions in order of time",
                ),
                Some((_, over)) if starts.value < over => told.order(
                    starts.place,
                    "the session starts before the one above it has ended",
                    "check the dates and times of both",
                ),
                _ => {}
            }
            before = Some((starts.value, ends.value));
        }
    }

    fn booking(&self, told: &mut Told<'_>) {
        if let Some((closes, ends)) = self.booking_closes.zip(self.ends())
            && closes.value > ends.value
        {
            told.order(
                closes.place,
                "booking closes after the event has ended",
                "leave the line out, and booking closes when the event starts",
            );
        }
        let Some((opens, closes)) = self.booking_opens.zip(self.closes()) else {
            return;
        };
        if opens.value >= closes {
            let (what, hint) = match self.booking_closes {
                Some(_) => (
                    "booking opens when it has closed already",
                    "check the two dates and times, or leave one of them out",
                ),
                None => (
                    "booking opens when the event has started already",
                    "write an earlier day, or a line `booking_closes` if it can be booked until later",
                ),
            };
            told.order(opens.place, what, hint);
        }
    }

    fn prices(&self, told: &mut Told<'_>) {
        let price = self.price.map(|price| price.value.0);
        let price = price.filter(|price| !price.is_zero());
        if let Some(member) = self.member_price {
            match price {
                None => told.disagree(
                    member.place,
                    "there is a price for members, and none for others",
                    "add a line `price`, or take this one out: it is free for all",
                ),
                Some(price) if member.value.0 > price => told.disagree(
                    member.place,
                    &format!("a member pays {}, and others only {price}", member.value.0),
                    "write a lower price, or leave the line out and members pay the same",
                ),
                Some(_) => {}
            }
        }
        if let (Some(included), None) = (self.included_places, price) {
            told.disagree(
                included.place,
                "places are included for members, and the event is free for all",
                "add a line `price`, or take this one out",
            );
        }
    }

    fn places(&self, told: &mut Told<'_>) {
        if let Some((limit, capacity)) = self.limit_per_school.zip(self.capacity)
            && limit.value > capacity
        {
            told.disagree(
                limit.place,
                &format!(
                    "one school can have {} places, and there are only {capacity}",
                    limit.value
                ),
                "write a smaller number, or leave the line out: a school can have them all then",
            );
        }
    }

    /// No joining link, in the front matter or in the text.
    fn joining(&self, told: &mut Told<'_>) {
        let text = told.source.text.as_str();
        let mut found: Vec<(usize, &str)> = Vec::new();
        for host in MEETINGS {
            for (at, _) in text.match_indices(host) {
                let goes_on = |letter: char| letter.is_ascii_alphanumeric();
                let is_host =
                    !text[..at].ends_with(|before: char| goes_on(before) || before == '-');
                if is_host && text[at + host.len()..].starts_with(goes_on) {
                    found.push((at, host.trim_end_matches('/')));
                }
            }
        }
        found.sort_unstable();
        for (at, host) in found {
            let what =
                format!("here is a link into a meeting at `{host}`, which everybody could follow");
            told.add(Rule::JoiningLink, told.source.place(at), &what, TAKE_OUT);
        }
        if let (true, Some(venue)) = (self.online, &self.venue)
            && venue.value.contains("://")
            && !MEETINGS.iter().any(|host| venue.value.contains(host))
        {
            let what = "the venue is an address of the web, which everybody could follow";
            told.add(Rule::JoiningLink, venue.place, what, TAKE_OUT);
        }
    }
}

/// What was found so far, and in what.
struct Told<'s> {
    source: &'s SourceText,
    problems: Vec<Problem>,
}

impl Told<'_> {
    fn add(&mut self, rule: Rule, place: Place, what: &str, hint: &str) {
        let problem = self.source.problem(place, what, Some(hint.to_owned()));
        self.problems.push(problem.of(rule));
    }

    fn order(&mut self, place: Place, what: &str, hint: &str) {
        self.add(Rule::DateOrder, place, what, hint);
    }

    fn disagree(&mut self, place: Place, what: &str, hint: &str) {
        self.add(Rule::FieldsDisagree, place, what, hint);
    }
}
