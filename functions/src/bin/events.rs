//! The Lambda function `events`: its routes, and nothing else.

use functions::app::Providers;
use functions::{lambda, routes};

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::run(routes::events, Providers::none).await
}
