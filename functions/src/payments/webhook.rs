//! The provider's webhook: believed by its signature, and even then only a
//! hint to read the provider's record.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use super::settle::settle;
use super::{in_time, provider};
use crate::answer::ApiError;
use crate::app::App;
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
            ApiError::BadRequest(format!("The webhook was refused: {error}."))
        })?;
    match &notice.about {
        About::Session(session) => in_time(settle(&app, session, Some(&notice.id))).await?,
        About::Refund(_) | About::Charge(_) | About::Dispute(_) => {
            tracing::info!(kind = %notice.kind, event = %notice.id, "a refund or a dispute was told: the treasurer sees it at the provider's");
        }
        About::Nothing => {
            tracing::info!(kind = %notice.kind, "a webhook that asks nothing of us was passed over");
        }
    }
    Ok(StatusCode::OK)
}
