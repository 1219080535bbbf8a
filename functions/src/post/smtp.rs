//! Any server that speaks SMTP.

use anyhow::Context as _;
use lettre::transport::smtp::response::{Code, Detail, Severity};
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
                Err(if error.status().is_some_and(is_of_the_reader) {
                    NotTaken::lasting(code)
                } else {
                    NotTaken::passing(code)
                })
            }
        }
    }
}

/// Whether a refusal is of the reader's address, and lasts: a mailbox that is not
/// there, is elsewhere, or cannot be (RFC 5321, section 4.2.3; RFC 7504). Any other,
/// such as a password that is wrong, is mended by whoever is on duty.
fn is_of_the_reader(code: Code) -> bool {
    use lettre::transport::smtp::response::Category;
    let of_mailboxes = code.severity == Severity::PermanentNegativeCompletion
        && code.category == Category::MailSystem;
    of_mailboxes
        && matches!(
            code.detail,
            Detail::Zero | Detail::One | Detail::Three | Detail::Six
        )
}

#[cfg(test)]
mod tests {
    use super::is_of_the_reader;

    #[test]
    fn a_mailbox_that_is_not_there_is_given_up_and_a_wrong_password_is_not() {
        for (code, lasts) in [
            (550, true),
            (553, true),
            (535, false),
            (552, false),
            (451, false),
        ] {
            let answer = format!("{code} no\r\n");
            let code = answer.parse::<lettre::transport::smtp::response::Response>();
            assert_eq!(is_of_the_reader(code.unwrap().code()), lasts, "{answer}");
        }
    }
}
