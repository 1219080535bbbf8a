//! What falls due by the calendar, done on this machine as the schedules have
//! it done in the cloud: at the start, for what fell due while nothing ran, and
//! each night; and the sweep of open payments, more often than in the cloud, so
//! that a refund is seen to be made; and letters, where a server takes them.

use functions::app::App;
use functions::post::Post;
use functions::{daily, letters, settlements};
use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinHandle;
use tokio::time::{Duration, MissedTickBehavior, interval};

/// In London, as `infra/template.yaml` has it.
const AT: Time = Time::constant(2, 15, 0, 0);

/// How often the clock is looked at: a laptop sleeps, and a long sleep would
/// too.
const LOOK: Duration = Duration::from_secs(30);

/// How often letters are sent, where there is a server for them;
/// `infra/template.yaml` has them sent as they are written.
const POST: Duration = Duration::from_secs(5);

/// How often open payments are swept; `infra/template.yaml` has half an hour.
const SWEEP: SignedDuration = SignedDuration::from_mins(1);

/// The nightly runs, until they are dropped.
#[derive(Debug)]
pub struct Nightly(Vec<JoinHandle<()>>);

impl Drop for Nightly {
    fn drop(&mut self) {
        for task in &self.0 {
            task.abort();
        }
    }
}

impl Nightly {
    /// Does what is due now, and goes on to do so each night; letters as they
    /// come, where there is a post.
    pub async fn begin(app: App, post: Option<Post>) -> Nightly {
        run(&app).await;
        let sending = post.map(|post| tokio::spawn(send(app.clone(), post)));
        let mut night = next(app.clock.now());
        let mut swept = Timestamp::MIN;
        let clock = tokio::spawn(async move {
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
        });
        Nightly(sending.into_iter().chain([clock]).collect())
    }
}

/// Sends letters as they come.
async fn send(app: App, post: Post) {
    let mut rounds = interval(POST);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        rounds.tick().await;
        if let Err(error) = letters::sweep(&app, &post).await {
            tracing::error!("letters were not sent: {error}");
        }
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
    fn the_next_night_is_today_until_a_quarter_past_two_in_london() {
        for (now, night) in [
            ("2017-04-03T00:10+01:00", "2017-04-03T02:15:00"),
            ("2017-04-03T02:15+01:00", "2017-04-04T02:15:00"),
            ("2017-04-03T23:30Z", "2017-04-04T02:15:00"),
            ("2017-01-03T12:00Z", "2017-01-04T02:15:00"),
        ] {
            let next = next(now.parse().unwrap());
            assert_eq!(next.to_string(), night, "{now}");
        }
    }
}
