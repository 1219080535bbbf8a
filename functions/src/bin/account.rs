//! The Lambda function `account`: its routes, and nothing else.

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    functions::lambda::run(functions::routes::account).await
}
