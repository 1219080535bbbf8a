//! The Lambda function `daily`: does what has fallen due, when the schedule
//! says so.

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    functions::lambda::run_daily().await
}
