//! The Lambda function `letters`: sends what the table tells of and what the
//! schedule finds, and follows what SES says of letters that have come back.

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    functions::lambda::run_letters().await
}
