//! The Lambda function `account`: its routes, and nothing else.

use functions::app::Providers;
use functions::{lambda, routes};

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::run(routes::account, Providers::none).await
}
