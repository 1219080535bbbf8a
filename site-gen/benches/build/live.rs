//! An edit while serving: from the save to the changed bytes over HTTP.
//!
//! The server is started as a writer would start it. A page is edited three
//! ways: a sentence more in its text, awaited on the page itself; another
//! title, awaited on the list that shows it; and again, awaited on the page of
//! one of its tags. Between two edits the server is left to come to rest.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::corpus::{Corpus, Outline};
use crate::generator::Generator;
use crate::layout::Layout;
use crate::measure::{median, peak_of};

/// How long a server may take to be ready, and an edit to be seen.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often is asked. It bounds how exact a figure is.
const ASK: Duration = Duration::from_millis(1);

/// Where an edit is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// A change of the text, on the page.
    Page,
    /// A change of the title, on the section's list.
    List,
    /// A change of the title, on the page of a tag.
    Tag,
}

impl Seen {
    pub(crate) const ALL: [Seen; 3] = [Seen::Page, Seen::List, Seen::Tag];
}

/// What was measured on one server.
#[derive(Debug, Clone)]
pub(crate) struct Live {
    /// From the start to the first page.
    pub(crate) ready: Duration,
    /// The median of each kind of edit, in the order of [`Seen::ALL`].
    pub(crate) edits: [Duration; 3],
    /// The slowest of all edits.
    pub(crate) worst: Duration,
    /// The server's memory at the end, at its largest, in KiB.
    pub(crate) peak: u64,
}

/// A server that is stopped when it is no longer needed.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Serves the corpus in `root`, and edits it `rounds` times each way.
pub(crate) fn edits(
    generator: &Generator,
    corpus: Corpus,
    root: &Path,
    rounds: usize,
) -> io::Result<Live> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port();
    let run = generator
        .serve(root, port)
        .ok_or_else(|| io::Error::other(format!("{} does not serve", generator.name)))?;
    eprintln!("{} pages, {}: edits", corpus.pages, generator.name);
    let started = Instant::now();
    let mut command = run.command();
    let server = Server(
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?,
    );
    let page = newest(corpus);
    let desk = Desk::open(generator.layout, &page, root, port)?;
    let ready = started.elapsed();
    let list = desk.shown_on(&format!("/{}/", page.folder))?;
    let tag = desk.shown_on(&format!("/tags/{}/", page.tags[0]))?;
    let mut number = 0;
    let (mut medians, mut worst) = ([Duration::ZERO; 3], Duration::ZERO);
    for (seen, middle) in Seen::ALL.into_iter().zip(&mut medians) {
        let mut all = Vec::with_capacity(rounds);
        for _ in 0..rounds {
            number += 1;
            all.push(match seen {
                Seen::Page => desk.edit_text(number)?,
                Seen::List => desk.edit_title(number, &list)?,
                Seen::Tag => desk.edit_title(number, &tag)?,
            });
        }
        *middle = median(all.iter().copied());
        worst = all.into_iter().fold(worst, Duration::max);
    }
    desk.put_back()?;
    let peak = peak_of(server.0.id())?;
    Ok(Live {
        ready,
        edits: medians,
        worst,
        peak,
    })
}

/// The newest post, which every generator shows on the first page of its list.
fn newest(corpus: Corpus) -> Outline {
    (0..corpus.pages)
        .map(|index| corpus.outline(index))
        .filter(|page| page.folder == "news")
        .max_by(|one, other| one.date.cmp(&other.date))
        .expect("a corpus has news")
}

/// A page that is open in an editor, beside a browser.
struct Desk<'d> {
    page: &'d Outline,
    address: String,
    file: std::path::PathBuf,
    text: String,
    port: u16,
}

impl<'d> Desk<'d> {
    fn open(layout: Layout, page: &'d Outline, root: &Path, port: u16) -> io::Result<Desk<'d>> {
        let file = root.join(layout.file(page));
        let desk = Desk {
            page,
            address: layout.address(page),
            text: fs::read_to_string(&file)?,
            file,
            port,
        };
        desk.wait_for(&desk.address, &page.title, Instant::now())?;
        Ok(desk)
    }

    /// The page of a list, first or later, that shows this page.
    fn shown_on(&self, list: &str) -> io::Result<String> {
        let (mut address, mut number) = (list.to_owned(), 1);
        loop {
            let (is_there, html) = self.get(&address)?;
            if html.contains(&self.page.slug) {
                return Ok(address);
            }
            if !is_there {
                return Err(io::Error::other(format!(
                    "{list} does not show {}",
                    self.address
                )));
            }
            number += 1;
            address = format!("{list}page/{number}/");
        }
    }

    fn edit_text(&self, number: usize) -> io::Result<Duration> {
        let marker = format!("This was sentence number {number} to be added");
        self.save(
            &format!("{}\n{marker}.\n", self.text),
            &self.address,
            &marker,
        )
    }

    fn edit_title(&self, number: usize, seen_on: &str) -> io::Result<Duration> {
        let title = format!("{} revised {number}", self.page.title);
        self.save(
            &self.text.replacen(&self.page.title, &title, 1),
            seen_on,
            &title,
        )
    }

    /// Saves, waits until `marker` is seen at `address`, and leaves the server
    /// as long to come to rest as it took, and a little more.
    fn save(&self, text: &str, address: &str, marker: &str) -> io::Result<Duration> {
        let started = Instant::now();
        fs::write(&self.file, text)?;
        let took = self.wait_for(address, marker, started)?;
        thread::sleep(took + Duration::from_millis(300));
        Ok(took)
    }

    fn put_back(&self) -> io::Result<()> {
        fs::write(&self.file, &self.text)
    }

    fn wait_for(&self, address: &str, marker: &str, since: Instant) -> io::Result<Duration> {
        while since.elapsed() < PATIENCE {
            // A server that is not up yet, or begins anew, refuses.
            if self
                .get(address)
                .is_ok_and(|(_, html)| html.contains(marker))
            {
                return Ok(since.elapsed());
            }
            thread::sleep(ASK);
        }
        let what = format!(
            "`{marker}` was not seen at {address} within {} s",
            PATIENCE.as_secs()
        );
        Err(io::Error::other(what))
    }

    /// Whether there is such a page, and all that was answered.
    fn get(&self, address: &str) -> io::Result<(bool, String)> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        connection.set_read_timeout(Some(PATIENCE))?;
        // Version 1.0: the answer is neither kept open nor cut into chunks.
        write!(
            connection,
            "GET {address} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\n\r\n",
            self.port
        )?;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let is_there = answer
            .lines()
            .next()
            .is_some_and(|status| status.contains(" 200"));
        Ok((is_there, answer))
    }
}
