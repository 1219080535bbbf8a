//! The Lambda function `membership`: its routes, and nothing else.

use functions::app::Providers;
use functions::{lambda, routes};

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::run(routes::membership, Providers::none).await
}
