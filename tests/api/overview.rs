//! What events come to, by term and by school year; and an event like another.

use local::identity_stand_in::Person;
use tests::Product;
use tests::changed::copy;
use tests::forms::{booking, booking_from};
use tests::root;

async fn with_one_who_came() -> Product {
    let product = Product::start().await;
    let visitor = product.visitor();
    visitor.book("/book/network/", &booking()).await;
    visitor
        .book("/book/network/", &booking_from("ada@sample.example"))
        .await;
    visitor
        .book("/book/network/", &booking_from("late@sample.example"))
        .await;
    let starts: jiff::Timestamp = "2028-03-22T15:30:00Z".parse().unwrap();
    let ahead = starts.duration_since(product.app.clock.now());
    product.app.clock.advance(ahead);
    let organiser = product.signed_in(Person::Organiser).await;
    let check_in = "/staff/events/network/check-in/";
    for deed in ["attended", "absent"] {
        let page = organiser.get(check_in).await;
        let mut rows = page.body.split("<li>");
        let row = rows.find(|row| row.contains("Booked"));
        let mut fields = tests::page::held(row.expect("somebody who is expected"));
        fields.push(("deed".to_owned(), deed.to_owned()));
        organiser.post(check_in, &fields).await;
    }
    product
}

#[tokio::test]
async fn the_organiser_sees_places_attendance_and_income_by_event_term_and_school_year() {
    let product = with_one_who_came().await;
    let organiser = product.signed_in(Person::Organiser).await;
    let page = organiser.get("/staff/events/").await.text();
    for words in [
        "Spring 2027/28 2 of 2 0 1 1 1 £0.00 –",
        "By term",
        "Summer 2027/28 1 0 of 80 0 0 0 £0.00 –",
        "By school year",
        "2027/28 3 2 of 106 1 1 1 £0.00 –",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let file = organiser.get("/staff/events.csv").await.body;
    let row = "network,Sample network: pupil premium,2028-03-22T16:00,2028-03-22T17:15,Spring 2027/28,no,2,2,1,1,1,0.00,0,,";
    assert!(file.contains(row), "{file}");
    let file = organiser.get("/staff/terms.csv").await.body;
    assert!(
        file.contains("Spring 2027/28,2,26,2,1,1,1,0.00,0,,"),
        "{file}"
    );
    assert!(
        file.contains("School year 2027/28,3,106,2,1,1,1,0.00,0,,"),
        "{file}"
    );
    let secretary = product.signed_in(Person::Secretary).await;
    for path in [
        "/staff/events.csv",
        "/staff/terms.csv",
        "/staff/satisfaction/",
    ] {
        assert_eq!(secretary.get(path).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn a_copy_of_an_event_is_a_file_whose_checks_name_what_is_to_be_set() {
    let product = Product::start().await;
    let organiser = product.signed_in(Person::Organiser).await;
    let page = "/staff/events/workshop-for-leaders/copy";
    let title = "title=Autumn%20workshop:%20%22data%22";
    let shown = organiser.get(&format!("{page}/?{title}")).await;
    assert!(
        shown
            .text()
            .contains("content/events/autumn-workshop-data.md"),
        "{}",
        shown.text()
    );
    let file = organiser.get(&format!("{page}.md?{title}")).await.body;
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    copy(&root().join("content"), folder.path());
    let path = folder.path().join("events/autumn-workshop-data.md");
    let problems = |text: &str| {
        std::fs::write(&path, text).unwrap();
        let out = elsewhere.path().join("site");
        let options = site_gen::Options {
            publication: site_gen::publication_beside(&out),
            content: folder.path().to_owned(),
            out,
            drafts: true,
            ..site_gen::Options::new(&root(), jiff::Timestamp::now())
        };
        match site_gen::build(&options) {
            Ok(_) => String::new(),
            Err(problems) => site_gen::report(&problems),
        }
    };
    let told = problems(&file);
    for field in ["starts", "ends", "booking_opens", "booking_closes"] {
        assert!(
            told.contains(&format!("`{field}`: `to be set` is not")),
            "{told}"
        );
    }
    let filled = file
        .replace("description:\n", "description: Another.\n")
        .replace(
            "{ starts: to be set, ends: to be set }",
            "{ starts: 2028-11-14 16:00, ends: 2028-11-14 17:30 }",
        )
        .replacen("2028-11-14", "2028-11-07", 2)
        .replace(
            "booking_opens: to be set\n",
            "booking_opens: 2028-09-01 09:00\n",
        )
        .replace(
            "booking_closes: to be set\n",
            "booking_closes: 2028-11-06 16:00\n",
        );
    assert_eq!(problems(&filled), "");
    // What bookings go by is that of the other.
    let text = std::fs::read_to_string(elsewhere.path().join("publication.json")).unwrap();
    let published: serde_json::Value = serde_json::from_str(&text).unwrap();
    let events = published["events"].as_array().unwrap();
    let event = |slug: &str| events.iter().find(|event| event["slug"] == slug).unwrap();
    let (new, old) = (event("autumn-workshop-data"), event("workshop-for-leaders"));
    assert_eq!(new["title"], "Autumn workshop: \"data\"");
    let same = [
        "venue", "online", "capacity", "price", "service", "audience",
    ];
    for field in same
        .iter()
        .chain(&["asks", "cancellation", "contact", "sample"])
    {
        assert_eq!(new[field], old[field], "{field}");
    }
}
