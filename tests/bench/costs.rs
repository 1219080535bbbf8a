//! What a month costs, at a hundred, a thousand and ten thousand schools: what
//! people do is done here once, and each request to the table is weighed; the
//! rest is multiplication. `infra/README.md` has what it printed.
//!
//! `cargo bench -p tests --bench costs`

#[path = "costs/prices.rs"]
mod prices;

use std::cell::Cell;

use domain::calendar::{london_date, long_date};
use functions::config::{PostConfig, Secret};
use functions::post::Post;
use local::identity_stand_in::Person;
use tests::Product;
use tests::applying::apply;
use tests::crowd::{SCHOOLS, gather};
use tests::forms::{booking, booking_from, with};
use tests::members::LEAD;
use tests::page::held_by;
use tests::staff::staff_path;
use tests::units::{self, Units};
use tests::visitor::{self, owned};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

/// An event without a price, and one with.
const FREE: &str = "/book/teachmeet/";
const PRICED: &str = "/book/workshop-for-leaders/";

/// What staff do with a school, and how often in a year.
const STAFF_LOOK: &str = "is looked up by staff in the list of members";
const STAFF_LOOKS: f64 = 20.0;

/// What somebody does, and how often a school does so in a year.
struct Deed {
    what: &'static str,
    a_year: f64,
    /// Requests by HTTP.
    asked: f64,
    units: Units,
}

thread_local! {
    static ASKED: Cell<u64> = const { Cell::new(0) };
}

/// What was done since the last deed.
fn deed(what: &'static str, a_year: f64) -> Deed {
    let all = visitor::sent();
    let asked = all - ASKED.replace(all);
    Deed {
        what,
        a_year,
        asked: asked as f64,
        units: units::made(),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let deeds = deeds().await;
    let letter = letter().await;
    let (night, sweep) = clock().await;

    println!(
        "| what a school does | times a year | requests | to the table | read units | write units | letters |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for Deed {
        what,
        a_year,
        asked,
        units,
    } in &deeds
    {
        let Units {
            requests,
            read,
            written,
            letters,
        } = units;
        println!("| {what} | {a_year} | {asked} | {requests} | {read} | {written} | {letters} |");
    }
    let Units {
        requests,
        read,
        written,
        ..
    } = letter;
    println!("| a letter is sent | as above | 0 | {requests} | {read} | {written} | 0 |");
    println!(
        "\nA night reads {:.1} units for each member; a sweep {} requests and {} units when nothing is open.\n",
        night.read, sweep.requests, sweep.read
    );

    println!(
        "| schools | requests to functions | letters | table | functions and API | edge | letters | logs | fixed | a month |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for schools in [100.0, 1_000.0, 10_000.0] {
        month(schools, &deeds, letter, (night, sweep));
    }
}

/// What people do, each once, by the doors that they use.
async fn deeds() -> Vec<Deed> {
    let product = Product::with(|settings| settings.eye = Some(units::keep)).await;
    let visitor = product.visitor();
    // Warm: the publication is read once a minute, not by each.
    visitor.get("/api/health").await;
    deed("", 0.0);
    let mut deeds = Vec::new();

    let path = staff_path(&apply(&visitor, "900001").await);
    let secretary = product.signed_in(Person::Secretary).await;
    secretary.fill(&path, &format!("{path}pick-up/"), &[]).await;
    let today = long_date(london_date(product.app.clock.now()));
    let approved = [
        ("outcome", "approved"),
        ("decided_on", today.as_str()),
        ("minute", "12.3"),
        ("decider", "The Board"),
    ];
    let decide = format!("{path}decide/");
    let decided = secretary.fill(&path, &decide, &approved).await;
    assert_eq!(decided.status, 200, "{}", decided.text());
    deeds.push(deed("applies, is looked at, approved, and invoiced", 0.2));

    let link = visitor
        .link_in_letter("finance@sample.example", "INV-00001")
        .await;
    visitor.get(&link).await;
    let paying = visitor.post_only(&link, &owned(&[])).await;
    product
        .stripe()
        .pay(&paying.reference())
        .await
        .expect("paid");
    visitor.get(&link).await;
    deeds.push(deed("pays its fee by card, with the webhook", 1.0));

    let browser = product.member(LEAD).await;
    browser.get("/account/").await;
    deeds.push(deed(
        "signs in by a mailed link and looks at its page",
        24.0,
    ));

    let fields = with(booking(), "step", "check");
    let checked = browser.send_form(FREE, &fields).await;
    let mut fields = held_by(&checked.body, FREE);
    fields.push(("step".to_owned(), "book".to_owned()));
    let booked = browser.post(FREE, &fields).await;
    assert_eq!(booked.status, 200, "{}", booked.text());
    deeds.push(deed("books a free place, signed in", 9.0));

    let fields = with(booking_from("one@sample.example"), "urn", "");
    let booked = visitor.book(PRICED, &fields).await;
    let paying = visitor.post_only(&booked.at, &owned(&[])).await;
    product
        .stripe()
        .pay(&paying.reference())
        .await
        .expect("paid");
    visitor.get(&booked.at).await;
    deeds.push(deed(
        "books a place that is paid by card, not signed in",
        3.0,
    ));

    let member = secretary.get("/staff/members/").await.body;
    let member = member
        .split("href=\"/staff/members/MEM-")
        .nth(1)
        .expect("a member");
    let member = member.split('"').next().expect("its page");
    secretary.get(&format!("/staff/members/MEM-{member}")).await;
    deeds.push(deed(STAFF_LOOK, STAFF_LOOKS));
    deeds
}

/// What one letter costs that the table tells of.
async fn letter() -> Units {
    let server = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = server.local_addr().expect("its address");
    tokio::spawn(take_mail(server));
    let product = Product::with(|settings| settings.eye = Some(units::keep)).await;
    let ask = [
        ("name", "Zoë"),
        ("email", "zoe@sample.example"),
        ("message", "When?"),
    ];
    product.visitor().fill("/enquire/", &ask).await;
    let from =
        domain::contact::EmailAddress::parse("letters@sample.example", "").expect("an address");
    let post = Post::new(PostConfig {
        from: from.clone(),
        answers_to: from,
        smtp_url: Some(Secret::new(format!("smtp://{address}"))),
        configuration_set: None,
    });
    let post = post.expect("a way out");
    let all = product.app.store.letters(10).await.expect("letters");
    let app = product.of("letters");
    let first = &all.first().expect("one").id;
    functions::letters::send(&app, &post, first)
        .await
        .expect("sent");
    units::made();
    let second = &all.get(1).expect("another").id;
    functions::letters::send(&app, &post, second)
        .await
        .expect("sent");
    units::made()
}

/// A server that takes every letter and keeps none.
async fn take_mail(server: TcpListener) {
    while let Ok((connection, _)) = server.accept().await {
        let mut connection = BufReader::new(connection);
        let mut line = String::new();
        let mut is_letter = false;
        connection
            .write_all(b"220 here\r\n")
            .await
            .expect("a client");
        while connection
            .read_line(&mut line)
            .await
            .is_ok_and(|length| length > 0)
        {
            let answer: &[u8] = match line.trim_end() {
                "." if is_letter => {
                    is_letter = false;
                    b"250 taken\r\n"
                }
                _ if is_letter => b"",
                "DATA" => {
                    is_letter = true;
                    b"354 go on\r\n"
                }
                "QUIT" => b"221 bye\r\n",
                _ => b"250 ok\r\n",
            };
            if connection.write_all(answer).await.is_err() {
                break;
            }
            line.clear();
        }
    }
}

/// What a night costs for each member, and a sweep when nothing is open.
async fn clock() -> (Units, Units) {
    let product = Product::with(|settings| settings.eye = Some(units::keep)).await;
    product.night().await;
    units::made();
    product.night().await;
    let alone = units::made();
    product.sweep().await;
    let sweep = units::made();
    gather(&product).await;
    product.night().await;
    let together = units::made();
    let of_one = (together.read - alone.read) / f64::from(SCHOOLS);
    (
        Units {
            read: of_one,
            ..alone
        },
        sweep,
    )
}

/// What a month costs with so many schools.
fn month(schools: f64, deeds: &[Deed], letter: Units, (night, sweep): (Units, Units)) {
    /// Pages that people of one school and its neighbours read in a month, and
    /// what one weighs, in gigabytes: measured by the browser suite, cold.
    const PAGES: f64 = 150.0;
    const PAGE: f64 = 45e-6;
    /// Requests of one page: itself, the style sheet, the font, a picture.
    const PARTS: f64 = 4.0;
    /// A request keeps a function for so long, waiting for the table as a rule:
    /// seconds at the memory of the template, in gigabytes.
    const SECONDS: f64 = 0.03;
    const MEMORY: f64 = 0.25;
    /// What one request leaves in the logs, in gigabytes.
    const LINE: f64 = 1e-6;
    /// What a school leaves in the table in five years, in gigabytes.
    const KEPT: f64 = 1.5e-3;
    const NIGHTS: f64 = 30.4;
    let sweeps = NIGHTS * 48.0;
    let looks = NIGHTS * 24.0 * 12.0;

    let each = |of: fn(&Deed) -> f64| -> f64 {
        deeds
            .iter()
            .map(|deed| of(deed) * deed.a_year / 12.0)
            .sum::<f64>()
            * schools
    };
    let letters = each(|deed| deed.units.letters);
    let asked = each(|deed| deed.asked);
    let read = each(|deed| deed.units.read)
        + letters * letter.read
        + NIGHTS * night.read * schools
        // The list of members is read whole, as the night reads it.
        + STAFF_LOOKS / 12.0 * schools * night.read * schools
        + sweeps * sweep.read
        + looks * 0.5;
    let written = each(|deed| deed.units.written) + letters * letter.written;
    let invocations = asked + letters + sweeps + looks + NIGHTS;
    let pages = PAGES * schools;

    let table =
        (read * prices::READS + written * prices::WRITES) / 1e6 + KEPT * schools * prices::STORED;
    let functions = (invocations * prices::INVOCATIONS + asked * prices::API) / 1e6
        + invocations * SECONDS * MEMORY * prices::GIGABYTE_SECOND;
    let edge = (pages * PARTS + asked) * prices::EDGE / 1e6 + pages * PAGE * prices::TRANSFERRED;
    let post = letters * prices::LETTERS / 1e3;
    let logs = (invocations + pages * PARTS) * LINE * prices::LOGGED;
    let fixed: f64 = prices::FIXED.iter().map(|(_, price)| price).sum();
    let all = table + functions + edge + post + logs + fixed;
    println!(
        "| {schools} | {asked:.0} | {letters:.0} | ${table:.2} | ${functions:.2} | ${edge:.2} | ${post:.2} | ${logs:.2} | ${fixed:.2} | **${all:.2}** |"
    );
}
