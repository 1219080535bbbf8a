//! Somebody with a browser without JavaScript: opens pages, fills in forms,
//! follows redirects.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use crate::page;

/// How many requests were sent.
static SENT: AtomicU64 = AtomicU64::new(0);

/// How many requests this process has sent.
pub fn sent() -> u64 {
    SENT.load(Ordering::Relaxed)
}

/// A person at the site.
#[derive(Debug, Clone)]
pub struct Visitor {
    origin: String,
    client: reqwest::Client,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Where it was found, after redirects: the path, or a whole address elsewhere.
    pub at: String,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The text that a person reads.
    pub fn text(&self) -> String {
        page::text(&self.body)
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The value of a field, as it is shown.
    pub fn field(&self, name: &str) -> Option<String> {
        page::field(&self.body, name)
    }

    /// The last part of the path: a reference.
    pub fn reference(&self) -> String {
        self.at
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned()
    }
}

/// Filled-in fields.
pub type Fields = Vec<(String, String)>;

impl Visitor {
    /// Somebody at this origin.
    pub fn at(origin: &str) -> Visitor {
        let policy = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder()
            .redirect(policy)
            .build()
            .expect("a client");
        Visitor {
            origin: origin.to_owned(),
            client,
        }
    }

    /// Opens a path, and follows redirects.
    pub async fn get(&self, path: &str) -> Answer {
        let answer = self.send(self.client.get(self.address(path))).await;
        self.follow(answer).await
    }

    /// Sends a form that was opened and filled in, with what it holds already,
    /// and follows redirects.
    pub async fn fill(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let held = page::held(&self.get(path).await.body);
        let mut fields: Fields = owned(fields);
        let given = |name: &str| fields.iter().any(|(field, _)| field == name);
        let more: Fields = held.into_iter().filter(|(name, _)| !given(name)).collect();
        fields.extend(more);
        self.post(path, &fields).await
    }

    /// Sends fields as they are, and follows redirects.
    pub async fn post(&self, path: &str, fields: &Fields) -> Answer {
        let answer = self.post_only(path, fields).await;
        self.follow(answer).await
    }

    /// Sends fields as they are; a redirect is not followed: `at` is where it
    /// leads.
    pub async fn post_only(&self, path: &str, fields: &Fields) -> Answer {
        self.send(self.client.post(self.address(path)).form(fields))
            .await
    }

    /// Sends a request of one's own making; a redirect is not followed.
    pub async fn request(
        &self,
        change: impl FnOnce(&reqwest::Client, &str) -> reqwest::RequestBuilder,
    ) -> Answer {
        self.send(change(&self.client, &self.origin)).await
    }

    /// The letters that were written, the newest first.
    pub async fn letters(&self) -> Vec<Value> {
        self.get("/dev/letters.json")
            .await
            .json()
            .as_array()
            .cloned()
            .unwrap_or_default()
    }

    /// Books, and confirms it by the link in the letter; gives the page that
    /// follows, or what the form says.
    pub async fn book(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let asked = self.fill(path, fields).await;
        if asked.status != 200 || !asked.at.starts_with("/bookings/") {
            return asked;
        }
        let mut fields = fields.iter();
        let email = fields.find(|(name, _)| *name == "email").map(|(_, to)| *to);
        self.confirm(email.unwrap_or_default(), &asked.reference())
            .await
    }

    /// Confirms a booking by the link in the letter to whoever made it.
    pub async fn confirm(&self, email: &str, reference: &str) -> Answer {
        let link = self.booking_link(email, reference, "/confirm/").await;
        self.fill(&link, &[]).await
    }

    /// The path of the link to a booking in a letter to an address, by what the
    /// path ends with.
    pub async fn booking_link(&self, email: &str, reference: &str, ending: &str) -> String {
        let within = format!("{}/bookings/{reference}/", self.origin);
        let letters = self.letters().await;
        let texts = letters.iter().filter(|letter| letter["to"] == email);
        let mut words = texts.flat_map(|letter| {
            letter["text"]
                .as_str()
                .unwrap_or_default()
                .split_whitespace()
        });
        let is_it = |word: &&str| {
            let rest = word.strip_prefix(&within).unwrap_or_default();
            let parts = rest.matches('/').count();
            rest.len() >= 40 && rest.ends_with(ending) && parts == ending.matches('/').count()
        };
        let link = words.find(is_it);
        let link = link.unwrap_or_else(|| panic!("no link {ending} in {letters:?}"));
        link.trim_start_matches(&self.origin).to_owned()
    }

    /// The path of the link in the newest letter to an address whose text has
    /// these words.
    pub async fn link_in_letter(&self, to: &str, words: &str) -> String {
        let letters = self.letters().await;
        let text = |letter: &Value| letter["text"].as_str().unwrap_or_default().to_owned();
        let letter = letters
            .iter()
            .find(|letter| letter["to"] == to && text(letter).contains(words))
            .unwrap_or_else(|| panic!("no letter to {to} says `{words}`: {letters:?}"));
        let text = text(letter);
        let link = text
            .split_whitespace()
            .find_map(|word| word.strip_prefix(&self.origin))
            .unwrap_or_else(|| panic!("no link in {text}"));
        link.to_owned()
    }

    fn address(&self, path: &str) -> String {
        if path.starts_with('/') {
            format!("{}{path}", self.origin)
        } else {
            path.to_owned()
        }
    }

    async fn follow(&self, mut answer: Answer) -> Answer {
        for _ in 0..10 {
            if !(300..400).contains(&answer.status) || !answer.at.starts_with('/') {
                break;
            }
            answer = self.send(self.client.get(self.address(&answer.at))).await;
        }
        answer
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        SENT.fetch_add(1, Ordering::Relaxed);
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let location = headers
            .get("location")
            .and_then(|to| to.to_str().ok())
            .map(str::to_owned);
        let at = location.unwrap_or_else(|| response.url().to_string());
        let at = at
            .strip_prefix(&self.origin)
            .map(str::to_owned)
            .unwrap_or(at);
        Answer {
            status,
            at,
            headers,
            body: response.text().await.expect("a body"),
        }
    }
}

/// Fields of one's own.
pub fn owned(fields: &[(&str, &str)]) -> Fields {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
