//! Where AWS is, for one of its services.

use super::{database_endpoint, optional};

/// What a function is told of a service of AWS; its keys are read by the SDK.
#[derive(Debug, Clone, Default)]
pub struct AwsConfig {
    /// The region, which Lambda gives.
    pub region: Option<String>,
    /// Another server than the service's usual one.
    pub endpoint: Option<String>,
}

impl AwsConfig {
    /// The database's: `AWS_REGION`, and `AWS_ENDPOINT_URL_DYNAMODB` or
    /// `AWS_ENDPOINT_URL`, as the SDK itself reads them.
    #[must_use]
    pub fn of_the_database() -> AwsConfig {
        AwsConfig::at(database_endpoint())
    }

    /// That of SES: `AWS_REGION`, and `AWS_ENDPOINT_URL_SESV2` or `AWS_ENDPOINT_URL`.
    #[must_use]
    pub fn of_the_post() -> AwsConfig {
        AwsConfig::at(optional("AWS_ENDPOINT_URL_SESV2"))
    }

    fn at(endpoint: Option<String>) -> AwsConfig {
        AwsConfig {
            region: optional("AWS_REGION"),
            endpoint: endpoint.or_else(|| optional("AWS_ENDPOINT_URL")),
        }
    }
}
