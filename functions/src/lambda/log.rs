//! What a function logs, and how it says that it fell over.
//!
//! A panic is a fault of ours, and the end of the process (`profile.function` in
//! Cargo.toml): Lambda tells whoever asked that the function failed, and starts
//! another. So the last line has to say where. What a panic says of itself is left
//! out where it was put together while the function ran: it may quote what somebody
//! typed.

use std::any::Any;
use std::panic::{self, PanicHookInfo};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{Targets, filter_fn};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config;
use crate::metrics::{self, Embedded};

/// Logs as JSON, one line an event; Lambda adds the time. Figures are lines of
/// their own, which CloudWatch takes out of the log.
pub fn log() {
    let levels = config::log_levels().and_then(|levels| levels.parse().ok());
    let levels = levels.unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO));
    let words = tracing_subscriber::fmt::layer().json().without_time();
    tracing_subscriber::registry()
        .with(words.with_filter(filter_fn(|about| about.target() != metrics::TARGET)))
        .with(Embedded)
        .with(levels)
        .init();
    panic::set_hook(Box::new(fell_over));
}

fn fell_over(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    let place = place.as_deref().unwrap_or("an unknown place");
    tracing::error!(%place, "{}", last_words(panic.payload()));
}

/// The message of a panic, if it is one that stands in the code.
fn last_words(payload: &(dyn Any + Send)) -> String {
    match payload.downcast_ref::<&'static str>() {
        Some(message) => format!("the function fell over: {message}"),
        None => "the function fell over".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::last_words;

    #[test]
    fn a_panic_says_what_stands_in_the_code_and_nothing_that_somebody_typed() {
        let typed = String::from("byte 1 of `Åse` is not a boundary");
        assert_eq!(last_words(&typed), "the function fell over");
        let written: &'static str = "a week has seven days";
        assert_eq!(
            last_words(&written),
            "the function fell over: a week has seven days"
        );
    }
}
