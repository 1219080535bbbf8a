//! The Lambda function `editor-sign-in`: its routes, and nothing else.

use functions::config::EditorConfig;
use functions::editor_sign_in::SignIn;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    functions::lambda::log();
    let sign_in = SignIn::new(EditorConfig::from_environment()?);
    functions::lambda::serve(functions::editor_sign_in::routes(sign_in)).await
}
