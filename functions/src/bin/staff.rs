//! The Lambda function `staff`: its routes, and nothing else.

use functions::app::Providers;
use functions::{lambda, routes};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    lambda::run(routes::staff, Providers::sign_in).await
}
