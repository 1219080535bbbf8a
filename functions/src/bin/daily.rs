//! The Lambda function `daily`: does what has fallen due, when the schedule
//! says so.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    functions::lambda::run_daily().await
}
