//! What is told of an event whose fields cannot all be true: every message
//! whole.

use crate::little_site::SiteTest;

/// What is told of one event with these lines beside its title, its description
/// and its service.
fn told(lines: &str) -> String {
    let fields = format!("title: A\ndescription: B.\nservice: workshops\n{lines}");
    SiteTest::new()
        .service("workshops", "S01")
        .page("events/a.md", &format!("---\n{fields}---\n"))
        .problems()
}

/// The same, of one that has its time and its venue.
fn told_of_one(lines: &str) -> String {
    told(&format!(
        "venue: Hall\nstarts: 2028-03-14 16:00\nends: 2028-03-14 17:30\n{lines}"
    ))
}

#[test]
fn an_event_without_a_time_or_a_place_is_told() {
    assert_eq!(
        told("capacity: 3\n"),
        "content/events/a.md:1:1: an event needs the field `ends`\n  \
         1 | ---\n  \
         hint: write the day and the time in London, such as `2028-03-14 16:00`\n\n\
         content/events/a.md:1:1: an event needs the field `starts`\n  \
         1 | ---\n  \
         hint: write the day and the time in London, such as `2028-03-14 16:00`\n\n\
         content/events/a.md:1:1: an event needs the field `venue`\n  \
         1 | ---\n  \
         hint: write where it is, such as `venue: Town Hall, Mulberry Place`\n\n\
         3 problems in 1 file"
    );
}

#[test]
fn sessions_that_end_too_early_overlap_or_are_out_of_order_are_told() {
    assert_eq!(
        told(
            "online: true\nsessions:\n  \
              - { starts: 2028-03-14 16:00, ends: 2028-03-14 15:00 }\n  \
              - { starts: 2028-03-21 16:00, ends: 2028-03-21 17:00 }\n  \
              - { starts: 2028-03-21 16:30, ends: 2028-03-21 18:00 }\n  \
              - { starts: 2028-03-20 16:00, ends: 2028-03-20 17:00 }\n"
        ),
        "content/events/a.md:7:39: the session ends before it starts\n  \
         7 |   - { starts: 2028-03-14 16:00, ends: 2028-03-14 15:00 }\n  \
         hint: check the two dates and times\n\n\
         content/events/a.md:9:15: the session starts before the one above it has ended\n  \
         9 |   - { starts: 2028-03-21 16:30, ends: 2028-03-21 18:00 }\n  \
         hint: check the dates and times of both\n\n\
         content/events/a.md:10:15: the session starts before the one above it\n  \
         10 |   - { starts: 2028-03-20 16:00, ends: 2028-03-20 17:00 }\n  \
         hint: put the sessions in order of time\n\n\
         3 problems in 1 file"
    );
}

#[test]
fn sessions_beside_a_start_and_an_end_are_told_even_if_they_agree() {
    assert_eq!(
        told_of_one("sessions: [{ starts: 2028-03-14 16:00, ends: 2028-03-14 17:30 }]\n"),
        "content/events/a.md:6:9: the event has `sessions`, and `starts` or `ends` as well\n  \
         6 | starts: 2028-03-14 16:00\n  \
         hint: take `starts` and `ends` out: the sessions say when it is, be there one or several\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_session_at_a_time_that_is_not_there_comes_twice_or_is_none_is_told() {
    assert_eq!(
        told(
            "online: true\nsessions:\n  \
              - { starts: 2028-03-26 01:30, ends: 2028-03-26 03:00 }\n  \
              - { starts: 2028-10-29 00:30, ends: 2028-10-29 01:30 }\n  \
              - { starts: 2028-11-31 16:00, ends: 2028-11-30 17:00, till: 18:00 }\n"
        ),
        "content/events/a.md:7:15: `starts`: 2028-03-26T01:30:00 does not exist in London: the clocks go forward over it\n  \
         7 |   - { starts: 2028-03-26 01:30, ends: 2028-03-26 03:00 }\n  \
         hint: write the day and the time in London, such as `2028-03-14 16:00`\n\n\
         content/events/a.md:8:39: `ends`: 2028-10-29T01:30:00 comes twice in London: the clocks go back over it\n  \
         8 |   - { starts: 2028-10-29 00:30, ends: 2028-10-29 01:30 }\n  \
         hint: write the day and the time in London, such as `2028-03-14 16:00`\n\n\
         content/events/a.md:9:15: `starts`: `2028-11-31 16:00` is not a date and a time, such as `2028-03-14 16:00`\n  \
         9 |   - { starts: 2028-11-31 16:00, ends: 2028-11-30 17:00, till: 18:00 }\n  \
         hint: write the day and the time in London, such as `2028-03-14 16:00`\n\n\
         content/events/a.md:9:57: `sessions` has no field `till`\n  \
         9 |   - { starts: 2028-11-31 16:00, ends: 2028-11-30 17:00, till: 18:00 }\n  \
         hint: the fields are `starts`, `ends`\n\n\
         4 problems in 1 file"
    );
}

#[test]
fn booking_that_opens_after_it_has_closed_is_told() {
    assert_eq!(
        told_of_one("booking_opens: 2028-03-14 16:00\n"),
        "content/events/a.md:8:16: booking opens when the event has started already\n  \
         8 | booking_opens: 2028-03-14 16:00\n  \
         hint: write an earlier day, or a line `booking_closes` if it can be booked until later\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told_of_one("booking_opens: 2028-03-13 09:00\nbooking_closes: 2028-03-12 09:00\n"),
        "content/events/a.md:8:16: booking opens when it has closed already\n  \
         8 | booking_opens: 2028-03-13 09:00\n  \
         hint: check the two dates and times, or leave one of them out\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn prices_and_places_that_cannot_be_meant_are_told() {
    assert_eq!(
        told_of_one(
            "price: £30.00\nmember_price: £45.00\ncapacity: 10\nlimit_per_school: 11\nincluded_places: 0\nasks: [diet]\n"
        ),
        "content/events/a.md:9:15: a member pays £45.00, and others only £30.00\n  \
         9 | member_price: £45.00\n  \
         hint: write a lower price, or leave the line out and members pay the same\n\n\
         content/events/a.md:11:19: one school can have 11 places, and there are only 10\n  \
         11 | limit_per_school: 11\n  \
         hint: write a smaller number, or leave the line out: a school can have them all then\n\n\
         content/events/a.md:12:18: `included_places` must be a whole number above 0, not `0`\n  \
         12 | included_places: 0\n  \
         hint: write a number of places, such as `2`, or leave the line out if none are included\n\n\
         content/events/a.md:13:8: each of `asks` must be one of `dietary`, `access`, not `diet`\n  \
         13 | asks: [diet]\n  \
         hint: write a list, such as `asks: [dietary]`\n\n\
         4 problems in 1 file"
    );
    assert_eq!(
        told_of_one("price: £0\nmember_price: £0.00\nincluded_places: 2\n"),
        "content/events/a.md:9:15: there is a price for members, and none for others\n  \
         9 | member_price: £0.00\n  \
         hint: add a line `price`, or take this one out: it is free for all\n\n\
         content/events/a.md:10:18: places are included for members, and the event is free for all\n  \
         10 | included_places: 2\n  \
         hint: add a line `price`, or take this one out\n\n\
         2 problems in 1 file"
    );
}

#[test]
fn a_joining_link_is_told_wherever_it_stands() {
    let fields = "title: A\ndescription: B.\nservice: workshops\nonline: true\nvenue: https://meet.example/room/7\n\
        starts: 2028-03-14 16:00\nends: 2028-03-14 17:30\njoining_link: https://zoom.us/j/123\n";
    let text = "Read about [Zoom](https://zoom.us/) and notzoom.us/j/1.\n\n\
        Come to <https://the-partnership.zoom.us/j/123?pwd=1> or to teams.microsoft.com/l/meetup-join/2.\n";
    let site = SiteTest::new()
        .service("workshops", "S01")
        .page("events/a.md", &format!("---\n{fields}---\n{text}"));
    let out = "take it out, and set it on the event’s staff screen: only those who have a place are given it";
    assert_eq!(
        site.problems(),
        format!(
            "content/events/a.md:6:8: the venue is an address of the web, which everybody could follow\n  \
             6 | venue: https://meet.example/room/7\n  \
             hint: {out}\n\n\
             content/events/a.md:9:1: an event has no field `joining_link`\n  \
             9 | joining_link: https://zoom.us/j/123\n  \
             hint: set it on the event’s staff screen: what is written here, everybody can read\n\n\
             content/events/a.md:9:23: here is a link into a meeting at `zoom.us`, which everybody could follow\n  \
             9 | joining_link: https://zoom.us/j/123\n  \
             hint: {out}\n\n\
             content/events/a.md:13:34: here is a link into a meeting at `zoom.us`, which everybody could follow\n  \
             13 | Come to <https://the-partnership.zoom.us/j/123?pwd=1> or to teams.microsoft.com/l/meetup-join/2.\n  \
             hint: {out}\n\n\
             content/events/a.md:13:61: here is a link into a meeting at `teams.microsoft.com`, which everybody could follow\n  \
             13 | Come to <https://the-partnership.zoom.us/j/123?pwd=1> or to teams.microsoft.com/l/meetup-join/2.\n  \
             hint: {out}\n\n\
             5 problems in 1 file"
        )
    );
}

#[test]
fn a_table_of_deadlines_that_cannot_be_meant_is_told_where_it_cannot() {
    assert_eq!(
        told_of_one(
            "cancellation:\n  steps:\n    - { until: 5 days, charge: nothing }\n    - { until: 10 days, charge: 50% }\n  \
             late: 100%\n  no_show: 100%\n"
        ),
        "content/events/a.md:11:16: `cancellation`: `10 days` is no nearer to the event than `5 days` above it; begin with the deadline that is furthest from the event\n  \
         11 |     - { until: 10 days, charge: 50% }\n  \
         hint: write `steps` as a list, such as `- { until: 5 working days, charge: nothing }`, then `late` and `no_show`\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told_of_one(
            "cancellation:\n  steps:\n    - { until: 10 days, charge: 150% }\n    - { until: a week, charge: £5.5 }\n  \
             late: 20\n"
        ),
        "content/events/a.md:10:33: `charge`: `150%` is more than the price of a place\n  \
         10 |     - { until: 10 days, charge: 150% }\n  \
         hint: write a share of the price, such as `50%`, a sum, such as `£35.00`, or `nothing`\n\n\
         content/events/a.md:11:16: `until`: `a week` is not a number of days from 1 to 365, such as `10 working days` or `7 days`\n  \
         11 |     - { until: a week, charge: £5.5 }\n  \
         hint: write `10 working days`, or `7 days`\n\n\
         content/events/a.md:11:32: `charge`: `£5.5` is neither a share of the price, such as `50%`, nor a sum, such as `£35.00`\n  \
         11 |     - { until: a week, charge: £5.5 }\n  \
         hint: write a share of the price, such as `50%`, a sum, such as `£35.00`, or `nothing`\n\n\
         content/events/a.md:12:9: `late`: `20` is neither a share of the price, such as `50%`, nor a sum, such as `£35.00`\n  \
         12 |   late: 20\n  \
         hint: write a share of the price, such as `50%`, a sum, such as `£35.00`, or `nothing`\n\n\
         4 problems in 1 file"
    );
    assert_eq!(
        told_of_one("cancellation:\n  steps: []\n  late: 20%\n"),
        "content/events/a.md:9:3: `cancellation` needs the field `no_show`\n  \
         9 |   steps: []\n  \
         hint: add a line that begins with `no_show:`\n\n\
         1 problem in 1 file"
    );
}
