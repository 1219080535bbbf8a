//! `publish`, the command: it says whom an edit concerns, and somebody agrees.

use std::process::Command;

use tests::Product;
use tests::binary::program;
use tests::changed::{book_three, move_event, published};

/// A free event with room for two.
const FREE: &str = "network";

#[tokio::test]
async fn the_command_says_whom_it_concerns_writes_nothing_unasked_and_agrees_by_yes() {
    let database = local::database::Embedded::open(None).await.unwrap();
    let product =
        Product::with(|settings| settings.database = Some(database.endpoint.clone())).await;
    let visitor = product.visitor();
    book_three(&visitor, FREE).await;
    let next = published(&product, |next| {
        move_event(next, FREE);
        let event = next
            .events
            .iter_mut()
            .find(|event| event.slug.as_str() == FREE);
        event.unwrap().capacity = Some(1);
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("publication.json");
    std::fs::write(&file, serde_json::to_vec(&next).unwrap()).unwrap();
    let run = |options: &[&str]| {
        let mut command = Command::new(program("publish"));
        command
            .arg(&file)
            .args(options)
            .env("TABLE_NAME", local::database::TABLE)
            .env("AWS_ENDPOINT_URL_DYNAMODB", &database.endpoint)
            .env("AWS_REGION", "eu-west-2")
            .env("AWS_ACCESS_KEY_ID", "none")
            .env("AWS_SECRET_ACCESS_KEY", "none")
            .stdin(std::process::Stdio::null());
        tokio::task::spawn_blocking(move || command.output().unwrap())
    };
    let before = visitor.letters().await.len();
    for options in [&["--plan"][..], &[]] {
        let output = run(options).await.unwrap();
        assert_eq!(output.status.code(), Some(3), "{options:?}");
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(
            told.contains("2 bookings of 3 delegates from 1 school"),
            "{told}"
        );
        assert!(told.contains("2 → 1, with 2 booked and 0 kept"), "{told}");
        assert!(
            !told.contains("Sam Delegate") && !told.contains('@'),
            "{told}"
        );
    }
    assert_eq!(visitor.letters().await.len(), before);
    assert_ne!(
        product.app.store.publication().await.unwrap(),
        Some(next.clone())
    );
    let output = run(&["--yes"]).await.unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success() && told.contains("network: 3 letters are written"),
        "{told}"
    );
    product.app.site.refresh(None);
    assert_eq!(visitor.letters().await.len(), before + 3);
    // Nobody is concerned any more.
    let output = run(&[]).await.unwrap();
    assert!(output.status.success());
    let wrong = run(&["--yess"]).await.unwrap();
    assert_eq!(wrong.status.code(), Some(1));
}
