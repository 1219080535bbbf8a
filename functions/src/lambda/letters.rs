//! What wakes the function `letters`: the table's stream, SNS, or the schedule.

use domain::delivery::Returned;
use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::{Value, json};

use crate::app::{App, Providers};
use crate::config::PostConfig;
use crate::letters::{self, LettersError, Notice};
use crate::post::Post;

/// How the key of a letter begins in the table.
const KEY: &str = "LETTER#";

/// Sends letters and follows what becomes of them, once for each event.
///
/// # Errors
///
/// If a setting is missing, or the Runtime API does not answer.
pub async fn run_letters() -> Result<(), lambda_runtime::Error> {
    super::log();
    let app = App::from_environment(Providers::none)?;
    let post = Post::new(PostConfig::from_environment()?)?;
    let (app, post) = (&app, &post);
    let run = |event: LambdaEvent<Value>| async move {
        // Boxed: what is inside is deep.
        Box::pin(follow(app, post, &event.payload))
            .await
            .map_err(|error| {
                tracing::error!("letters were not sent: {error}");
                lambda_runtime::Error::from(error.to_string())
            })
    };
    lambda_runtime::run(service_fn(run)).await
}

async fn follow(app: &App, post: &Post, event: &Value) -> Result<Value, LettersError> {
    let first = &event["Records"][0];
    if first["eventSource"] == "aws:dynamodb" {
        return Ok(stream(app, post, event).await);
    }
    if first["EventSource"] == "aws:sns" {
        let mut followed = 0;
        for Notice { letter, why } in Notice::in_event(event) {
            came_back(app, &letter, why).await?;
            followed += 1;
        }
        return Ok(json!({ "followed": followed }));
    }
    let swept = letters::sweep(app, post).await?;
    Ok(json!({
        "sent": swept.sent, "later": swept.later, "stopped": swept.stopped,
        "oldest_seconds": swept.oldest_seconds,
    }))
}

async fn came_back(app: &App, letter: &str, why: Returned) -> Result<(), LettersError> {
    Ok(letters::came_back(app, letter, why).await?)
}

/// Sends the letters that were just written. What could not even be read or
/// written down is told again; a letter that the post did not take is not,
/// since it waits in the table.
async fn stream(app: &App, post: &Post, event: &Value) -> Value {
    let mut failures = Vec::new();
    for record in event["Records"].as_array().into_iter().flatten() {
        let change = &record["dynamodb"];
        let key = change["Keys"]["pk"]["S"].as_str();
        let Some(id) = key.and_then(|key| key.strip_prefix(KEY)) else {
            continue;
        };
        if let Err(error) = letters::send(app, post, id).await {
            tracing::error!(letter = %id, "a letter was not looked at: {error}");
            failures.push(json!({ "itemIdentifier": change["SequenceNumber"] }));
            // Those behind it are told again with it: the stream keeps order.
            break;
        }
    }
    json!({ "batchItemFailures": failures })
}
