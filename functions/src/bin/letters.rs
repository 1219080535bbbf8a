//! The Lambda function `letters`: sends what the table tells of and what the
//! schedule finds, and follows what SES says of letters that have come back.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    functions::lambda::run_letters().await
}
