//! The Lambda function `settlements`: carries refunds out, finds what the
//! webhook missed and compares the books, when the schedule says so or when it
//! is called.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    functions::lambda::run_settlements().await
}
