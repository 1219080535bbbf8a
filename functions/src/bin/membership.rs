//! The Lambda function `membership`: its routes, and nothing else.

use functions::app::Providers;
use functions::{lambda, routes};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    lambda::run(routes::membership, Providers::none).await
}
