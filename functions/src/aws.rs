//! The way to AWS: with the region, the credentials and the addresses that the
//! environment gives. TLS is rustls with ring.
//!
//! A function is given all of it in variables. So its binary has nothing in it of the
//! SDK's longer search (files of profiles, the token service, a machine's own
//! metadata), which is for a command at somebody's desk.

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_types::sdk_config::{SharedCredentialsProvider, SharedHttpClient};

use crate::config::AwsConfig;

/// What a client is made from in a function. Nothing is read or set up for TLS
/// before its first request.
pub(crate) fn of_a_function(config: AwsConfig) -> SdkConfig {
    let credentials = EnvironmentVariableCredentialsProvider::new();
    let mut settings = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(http_client())
        .region(config.region.map(Region::new))
        .credentials_provider(SharedCredentialsProvider::new(credentials));
    settings.set_endpoint_url(config.endpoint);
    settings.build()
}

/// What a client is made from anywhere else.
pub(crate) async fn of_a_desk() -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(http_client())
        .load()
        .await
}

fn http_client() -> SharedHttpClient {
    Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https()
}
