//! The provider's webhook: believed by its signature, and even then only a
//! hint to read the provider's record.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use crate::answer::ApiError;
use crate::app::App;
use crate::metrics::{self, Metric};
use crate::settlements::{follow, in_time, provider};
use crate::stripe::{self, About};

/// `POST /api/stripe/webhook`: settle, then answer 200; what cannot be settled
/// now is answered with an error, and comes again.
pub(super) async fn receive(
    State(app): State<App>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let secrets = &provider(&app)?.config().webhook_secrets;
    let signature = headers
        .get("stripe-signature")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let notice =
        stripe::open(&body, signature, secrets, app.clock.system_now()).map_err(|error| {
            tracing::warn!("a webhook was refused: {error}");
            metrics::measure(Metric::WebhookFailures, 1);
            ApiError::BadRequest(format!("The webhook was refused: {error}."))
        })?;
    if notice.about == About::Nothing {
        tracing::info!(kind = %notice.kind, "a webhook that asks nothing of us was passed over");
        return Ok(StatusCode::OK);
    }
    in_time(follow(&app, &notice.about, Some(&notice.id)))
        .await
        .inspect_err(|_| metrics::measure(Metric::WebhookFailures, 1))?;
    Ok(StatusCode::OK)
}
