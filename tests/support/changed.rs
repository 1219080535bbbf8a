//! The product with one file of its content changed, or with what is published of
//! an event.

use std::path::Path;

use domain::publication::Publication;

use crate::forms::{booking, booking_from, with};
use crate::{Answer, Product, Visitor, root};

/// The product, with an event of its content changed or taken away; and the
/// folder of the content, which is there as long as it is kept.
pub async fn with_event(
    slug: &str,
    change: impl Fn(String) -> Option<String>,
) -> (Product, tempfile::TempDir) {
    let folder = content_with_event(slug, change);
    let content = folder.path().to_owned();
    let product = Product::with(|settings| settings.content = content).await;
    (product, folder)
}

/// The content with an event changed or taken away, as long as it is kept.
pub fn content_with_event(
    slug: &str,
    change: impl Fn(String) -> Option<String>,
) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("content"), folder.path());
    change_event(folder.path(), slug, change);
    folder
}

/// Changes an event in a folder of content, or takes it away.
pub fn change_event(content: &Path, slug: &str, change: impl Fn(String) -> Option<String>) {
    let file = content.join(format!("events/{slug}.md"));
    let text = std::fs::read_to_string(&file).expect("an event");
    match change(text) {
        Some(text) => std::fs::write(&file, text).expect("a file to write"),
        None => std::fs::remove_file(&file).expect("a file to remove"),
    }
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("a folder to read");
        let within = entry.path().strip_prefix(from).expect("what is in it");
        let target = to.join(within);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target).expect("a folder");
        } else {
            std::fs::copy(entry.path(), &target).expect("a file to copy");
        }
    }
}

/// The text of an event with other places.
pub fn places(text: &str, capacity: u32) -> Option<String> {
    let mut lines = text.lines();
    let line = lines.find(|line| line.starts_with("capacity:"))?;
    Some(text.replace(line, &format!("capacity: {capacity}")))
}

/// What is published, changed so.
pub async fn published(product: &Product, change: impl FnOnce(&mut Publication)) -> Publication {
    let mut next = product.app.store.publication().await.unwrap().unwrap();
    change(&mut next);
    next
}

/// A week later, and elsewhere.
pub fn move_event(publication: &mut Publication, slug: &str) {
    let event = publication
        .events
        .iter_mut()
        .find(|event| event.slug.as_str() == slug);
    let event = event.unwrap();
    let later = |time: domain::calendar::LondonTime| {
        let text = time
            .to_string()
            .replace("2028-03-22", "2028-03-29")
            .replace("2028-03-14", "2028-03-21");
        domain::calendar::LondonTime::parse(&text).unwrap()
    };
    event.starts = later(event.starts);
    event.ends = later(event.ends);
    event.venue = "Town Hall".to_owned();
}

/// Two come, of whom one books, and a third waits: at an event with room for two.
pub async fn book_three(visitor: &Visitor, slug: &str) -> Answer {
    let fields = with(booking(), "others", "Ada ada@sample.example");
    let booked = visitor.book(&format!("/book/{slug}/"), &fields).await;
    assert!(
        booked.text().contains("Your places are booked"),
        "{}",
        booked.text()
    );
    let waits = booking_from("waits@sample.example");
    visitor.book(&format!("/book/{slug}/"), &waits).await;
    booked
}
