//! The text of a new content file for an event like another: what an editor
//! saves, once the days are set.
//!
//! It is made of what is published, so it has all that bookings go by, and not
//! the words of the page. Days and times are marked as to be set: the checks of
//! the content name each of them until they are.

use std::fmt::Write as _;

use super::{CancellationPolicy, Event, EventSlug, Question};

/// What stands for a time until somebody has set it: it is none, so that it is
/// told, where nothing at all might pass for a field that is left out.
pub const TO_BE_SET: &str = "to be set";

impl Event {
    /// The text of a file for another event that is like this one.
    #[must_use]
    pub fn copy(&self, title: &str) -> String {
        let mut text = format!("---\ntitle: {}\ndescription:\n", quoted(title));
        let mut line = |name: &str, value: &str| {
            let gap = match value.is_empty() || value.starts_with('\n') {
                true => "",
                false => " ",
            };
            let _ = writeln!(text, "{name}:{gap}{value}");
        };
        if self.sessions.is_empty() {
            line("starts", TO_BE_SET);
            line("ends", TO_BE_SET);
        } else {
            let session = format!("\n  - {{ starts: {TO_BE_SET}, ends: {TO_BE_SET} }}");
            line("sessions", &session.repeat(self.sessions.len()));
        }
        if !(self.online && self.venue == "Online") {
            line("venue", &quoted(&self.venue));
        }
        if self.online {
            line("online", "true");
        }
        if let Some(capacity) = self.capacity {
            line("capacity", &capacity.to_string());
        }
        if let Some(limit) = self.limit_per_school {
            line("limit_per_school", &limit.to_string());
        }
        if let Some(price) = self.price {
            line("price", &price.to_string());
        }
        if let Some(price) = self.member_price {
            line("member_price", &price.to_string());
        }
        if self.included_places > 0 {
            line("included_places", &self.included_places.to_string());
        }
        line("service", &self.service);
        if let Some(audience) = &self.audience {
            line("audience", &quoted(audience));
        }
        if self.booking_opens.is_some() {
            line("booking_opens", TO_BE_SET);
        }
        if self.booking_closes != self.starts {
            line("booking_closes", TO_BE_SET);
        }
        if self.needs_approval {
            line("needs_approval", "true");
        }
        if !self.asks.is_empty() {
            let asks = self.asks.iter().map(|asks| match asks {
                Question::Dietary => "dietary",
                Question::Access => "access",
            });
            line(
                "asks",
                &format!("[{}]", asks.collect::<Vec<_>>().join(", ")),
            );
        }
        if let Some(policy) = &self.cancellation {
            line("cancellation", &cancellation(policy));
        }
        if self.sample {
            line("sample", "true");
        }
        if let Some(contact) = &self.contact {
            line("contact", &quoted(contact));
        }
        line("draft", "true");
        text.push_str("---\n\nWrite here. Headings begin with `##`.\n");
        text
    }
}

impl EventSlug {
    /// The name that a file of that title has; none if it has no letters for one.
    #[must_use]
    pub fn of_title(title: &str) -> Option<EventSlug> {
        let letters = title.to_lowercase();
        let words = letters.split(|letter: char| !letter.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        EventSlug::parse(&words.join("-")).ok()
    }
}

/// A policy as the lines below its field.
fn cancellation(policy: &CancellationPolicy) -> String {
    let mut lines = String::new();
    if !policy.steps.is_empty() {
        lines.push_str("\n  steps:");
    }
    for step in &policy.steps {
        let _ = write!(
            lines,
            "\n    - {{ until: {}, charge: {} }}",
            step.until, step.charge
        );
    }
    let _ = write!(
        lines,
        "\n  late: {}\n  no_show: {}",
        policy.late, policy.no_show
    );
    if let Some(source) = &policy.source {
        let _ = write!(lines, "\n  source: {}", quoted(source));
    }
    lines
}

/// A text between quotation marks, on one line.
fn quoted(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ").replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{words}\"")
}
