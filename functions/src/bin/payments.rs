//! The Lambda function `payments`: its routes, and nothing else.

use functions::app::Providers;
use functions::{lambda, routes};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    lambda::run(routes::payments, Providers::cards).await
}
