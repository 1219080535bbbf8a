//! What the product counts of itself: applications, bookings, payments, letters.
//!
//! A figure is an event of the log under a target of its own. In the cloud it
//! becomes a line in CloudWatch's embedded metric format, which costs no call
//! and no permission; elsewhere nobody listens, and it is nothing.

use std::fmt::Debug;

use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer};

/// The target of the events that are figures.
pub const TARGET: &str = "metrics";

/// What the figures are called in CloudWatch; the dashboard and the alarms of
/// `infra/template.yaml` name it too.
const NAMESPACE: &str = "ThePartnership";

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Applications that arrived, confirmed.
    Applications,
    /// Places that became somebody's.
    Bookings,
    /// Payments that were settled.
    Payments,
    /// Letters that the provider has.
    LettersSent,
    /// Tries to send a letter that went wrong.
    LettersFailed,
    /// Letters that came back.
    LettersReturned,
    /// The age of the oldest letter that waits, in seconds.
    OutboxAgeSeconds,
    /// Webhooks that were not believed, or could not be followed.
    WebhookFailures,
}

impl Metric {
    const fn name(self) -> &'static str {
        match self {
            Metric::Applications => "Applications",
            Metric::Bookings => "Bookings",
            Metric::Payments => "Payments",
            Metric::LettersSent => "LettersSent",
            Metric::LettersFailed => "LettersFailed",
            Metric::LettersReturned => "LettersReturned",
            Metric::OutboxAgeSeconds => "OutboxAgeSeconds",
            Metric::WebhookFailures => "WebhookFailures",
        }
    }

    const fn unit(self) -> &'static str {
        match self {
            Metric::OutboxAgeSeconds => "Seconds",
            _ => "Count",
        }
    }
}

/// Tells a figure.
pub fn measure(metric: Metric, value: i64) {
    tracing::info!(target: TARGET, metric = metric.name(), unit = metric.unit(), value);
}

/// Writes each figure as a line of CloudWatch's embedded metric format.
#[derive(Debug, Default)]
pub struct Embedded;

/// The fields of such an event.
#[derive(Default)]
struct Figure {
    metric: String,
    unit: String,
    value: i64,
}

impl Visit for Figure {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "metric" => value.clone_into(&mut self.metric),
            "unit" => value.clone_into(&mut self.unit),
            _ => {}
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        if field.name() == "value" {
            self.value = value;
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

impl<S: Subscriber> Layer<S> for Embedded {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != TARGET {
            return;
        }
        let mut figure = Figure::default();
        event.record(&mut figure);
        println!("{}", line(&figure, jiff::Timestamp::now().as_millisecond()));
    }
}

/// The line that CloudWatch reads a figure from.
fn line(figure: &Figure, at: i64) -> String {
    let name = &figure.metric;
    json!({
        "_aws": {
            "Timestamp": at,
            "CloudWatchMetrics": [{
                "Namespace": NAMESPACE, "Dimensions": [[]],
                "Metrics": [{ "Name": name, "Unit": figure.unit }],
            }],
        },
        name: figure.value,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::{Figure, line};

    #[test]
    fn a_figure_is_a_line_that_cloudwatch_reads() {
        let figure = Figure {
            metric: "OutboxAgeSeconds".into(),
            unit: "Seconds".into(),
            value: 75,
        };
        assert_eq!(
            line(&figure, 1_000),
            r#"{"OutboxAgeSeconds":75,"_aws":{"CloudWatchMetrics":[{"Dimensions":[[]],"Metrics":[{"Name":"OutboxAgeSeconds","Unit":"Seconds"}],"Namespace":"ThePartnership"}],"Timestamp":1000}}"#
        );
    }
}
