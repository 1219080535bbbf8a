//! The Lambda function `editor-sign-in`: its routes, and nothing else.

use functions::config::EditorConfig;
use functions::editor_sign_in::SignIn;

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    functions::lambda::log();
    let sign_in = SignIn::new(EditorConfig::from_environment()?);
    lambda_http::run(functions::editor_sign_in::routes(sign_in)).await
}
