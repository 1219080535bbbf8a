//! What falls due by the calendar, done on this machine as the schedules have
//! it done in the cloud: at the start, for what fell due while nothing ran, and
//! each night; and the sweep of open payments, more often than in the cloud, so
//! that a refund is seen to be made.

use functions::app::App;
use functions::{daily, settlements};
use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinHandle;
use tokio::time::{Duration, MissedTickBehavior, interval};

/// In London; `infra/template.yaml` has a quarter past one as well.
const AT: Time = Time::constant(1, 15, 0, 0);

/// How often the clock is looked at: a laptop sleeps, and a long sleep would
/// too.
const LOOK: Duration = Duration::from_secs(30);

/// How often open payments are swept; `infra/template.yaml` has half an hour.
const SWEEP: SignedDuration = SignedDuration::from_mins(1);

/// The nightly runs, until they are dropped.
#[derive(Debug)]
pub struct Nightly(JoinHandle<()>);

impl Drop for Nightly {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Nightly {
    /// Does what is due now, and goes on to do so each night.
    pub async fn begin(app: App) -> Nightly {
        run(&app).await;
        let mut night = next(app.clock.now());
        let mut swept = Timestamp::MIN;
        Nightly(tokio::spawn(async move {
            let mut looks = interval(LOOK);
            looks.set_missed_tick_behavior(MissedTickBehavior::Skip);
            loop {
                looks.tick().await;
                let now = app.clock.now();
                let system = app.clock.system_now();
                if system.duration_since(swept) >= SWEEP {
                    sweep(&app).await;
                    swept = system;
                }
                if local(now) >= night {
                    run(&app).await;
                    night = next(now);
                }
            }
        }))
    }
}

/// One run. What does not come to its end is done by the next.
async fn run(app: &App) {
    if let Err(error) = daily::run(app).await {
        tracing::error!("a daily run did not come to its end: {error}");
    }
}

/// One sweep. What is not settled is settled by the next.
async fn sweep(app: &App) {
    let done = async {
        Box::pin(settlements::sweep(app)).await?;
        Box::pin(settlements::reconcile_when_due(app)).await
    };
    if let Err(error) = done.await {
        tracing::error!("a sweep did not come to its end: {error}");
    }
}

/// The next time that it is due, after an instant.
fn next(now: Timestamp) -> DateTime {
    let now = local(now);
    let today = now.date().to_datetime(AT);
    if now < today {
        return today;
    }
    let tomorrow = now.date().tomorrow();
    tomorrow.map_or(DateTime::MAX, |day| day.to_datetime(AT))
}

fn local(now: Timestamp) -> DateTime {
    domain::calendar::in_london(now).datetime()
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn the_next_night_is_today_until_a_quarter_past_one_in_london() {
        for (now, night) in [
            ("2017-04-03T00:10+01:00", "2017-04-03T01:15:00"),
            ("2017-04-03T01:15+01:00", "2017-04-04T01:15:00"),
            ("2017-04-03T23:30Z", "2017-04-04T01:15:00"),
            ("2017-01-03T12:00Z", "2017-01-04T01:15:00"),
        ] {
            let next = next(now.parse().unwrap());
            assert_eq!(next.to_string(), night, "{now}");
        }
    }
}
