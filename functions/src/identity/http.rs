//! The way to the sign-in provider: over TLS, without following redirects
//! (its documents name addresses, and nobody else may), within a time and a
//! size. On this machine itself, where the stand-in is, TLS is not asked for.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::Uri;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

/// No document of a provider is larger, in bytes.
const LARGEST: usize = 256 * 1024;
/// A person waits meanwhile.
const PATIENCE: Duration = Duration::from_secs(8);

/// The client.
#[derive(Debug, Clone)]
pub(super) struct Http(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    /// TLS is not to be had.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
    /// It would go over an open line.
    #[error("the address is not an https one")]
    Open,
    /// Nothing came.
    #[error("it was not reached in time")]
    Unreached,
    /// What came is no answer, or is too long for one.
    #[error("its answer is too long or broken")]
    Broken,
}

impl Http {
    pub(super) fn new() -> Result<Http, HttpError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(provider)?
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Http(Client::builder(TokioExecutor::new()).build(connector)))
    }

    /// Sends a request, and reads the whole answer.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        if !is_safe(request.uri()) {
            return Err(HttpError::Open);
        }
        let request = request.map(|body| Full::new(Bytes::from(body)));
        let all = async {
            let answer = self.0.request(request).await;
            let (parts, body) = answer.map_err(|_| HttpError::Unreached)?.into_parts();
            let body = Limited::new(body, LARGEST).collect().await;
            let body = body.map_err(|_| HttpError::Broken)?.to_bytes();
            Ok(HttpResponse::from_parts(parts, body.to_vec()))
        };
        tokio::time::timeout(PATIENCE, all)
            .await
            .unwrap_or(Err(HttpError::Unreached))
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// Whether nobody on the way can read along.
fn is_safe(uri: &Uri) -> bool {
    let here = matches!(uri.host(), Some("localhost" | "127.0.0.1" | "[::1]"));
    uri.scheme_str() == Some("https") || here
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn an_open_line_is_for_this_machine_alone() {
        for (address, safe) in [
            ("https://login.example.org/token", true),
            ("http://localhost:3002/token", true),
            ("http://127.0.0.1:3002/token", true),
            ("http://login.example.org/token", false),
            ("http://localhost.example.org/token", false),
        ] {
            assert_eq!(is_safe(&address.parse().unwrap()), safe, "{address}");
        }
    }
}
