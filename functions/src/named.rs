//! What a path names: its one variable part, as text.
//!
//! A part that is not text names nothing, and is answered as anything else
//! that is not there.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use crate::answer::ApiError;

/// The variable part of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Named, ApiError> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(name)) => Ok(Named(name)),
            Err(_) => Err(ApiError::NotFound),
        }
    }
}
