//! The way to AWS: one client for all of its services that a function uses, with
//! the region, the credentials and the addresses that the environment gives.

use aws_config::SdkConfig;

/// What every client of the SDK is made from. TLS is rustls with ring.
pub(crate) async fn settings() -> SdkConfig {
    use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    aws_config::defaults(aws_config::BehaviorVersion::latest())
        .http_client(http)
        .load()
        .await
}
