//! Any server that speaks SMTP.

use anyhow::Context as _;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::NotTaken;
use crate::config::Secret;

/// The way to a server.
#[derive(Debug)]
pub(super) struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    /// The server at an address such as `smtps://user:password@smtp.example.org`,
    /// or `smtp://127.0.0.1:1025`; `?tls=required` after the first scheme asks for
    /// STARTTLS.
    pub(super) fn new(url: &Secret) -> anyhow::Result<Smtp> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())
            .ok()
            .context("`SMTP_URL` is not the address of a server, such as smtps://user:password@smtp.example.org")?;
        Ok(Smtp(transport.build()))
    }

    /// Hands a message over. A server need not name it; ours is its name then.
    pub(super) async fn send(&self, message: Message) -> Result<String, NotTaken> {
        let own = message.headers().get_raw("Message-ID").map(str::to_owned);
        match self.0.send(message).await {
            Ok(_) => Ok(own.unwrap_or_default()),
            Err(error) => {
                let code = match error.status() {
                    Some(code) => code.to_string(),
                    None => "the server was not reached".to_owned(),
                };
                Err(if error.is_permanent() {
                    NotTaken::lasting(code)
                } else {
                    NotTaken::passing(code)
                })
            }
        }
    }
}
