//! Somebody of the staff, or of a member: with a browser that keeps cookies and
//! says where a form comes from.

use std::collections::BTreeMap;
use std::sync::Mutex;

use domain::staff::StaffId;
use domain::trail::Who;
use functions::instruction::Instruction;
use local::identity_stand_in::Person;
use reqwest::Method;

use crate::visitor::{Answer, Fields, Visitor, owned};
use crate::{Product, page};

/// A browser of the staff's.
pub struct Staff {
    visitor: Visitor,
    origin: String,
    jar: Mutex<BTreeMap<String, String>>,
}

/// What stands between the parts of a form with a file.
const BOUNDARY: &str = "----between-the-parts";

/// What a form is sent as.
enum Sent<'f> {
    Fields(&'f Fields),
    Parts(Vec<u8>),
}

/// The staff’s page of the application that an address of its own names.
pub fn staff_path(address: &str) -> String {
    let reference = address
        .split('/')
        .find(|part| part.starts_with("APP-"))
        .unwrap_or_else(|| panic!("no reference in {address}"));
    format!("/staff/applications/{reference}/")
}

/// What the office asks for without a screen.
pub fn office() -> Instruction {
    let id = StaffId::parse("office").expect("a subject");
    Instruction::by(Who::Staff(id))
}

impl Product {
    /// Somebody of the staff who is not signed in.
    pub fn staff(&self) -> Staff {
        Staff::at(&self.base_url)
    }

    /// Somebody of the staff, signed in.
    pub async fn signed_in(&self, person: Person) -> Staff {
        Staff::signed_in(&self.base_url, person).await
    }
}

impl Staff {
    /// Somebody of the staff at this origin who is not signed in.
    pub fn at(origin: &str) -> Staff {
        Staff {
            visitor: Visitor::at(origin),
            origin: origin.to_owned(),
            jar: Mutex::default(),
        }
    }

    /// Somebody of the staff at this origin, signed in.
    pub async fn signed_in(origin: &str, person: Person) -> Staff {
        let staff = Staff::at(origin);
        let landed = staff.sign_in(person).await;
        assert_eq!(landed.status, 200, "{}", landed.text());
        staff
    }

    /// Opens a path, and follows redirects.
    pub async fn get(&self, path: &str) -> Answer {
        let mut answer = self.send(Method::GET, path, None).await;
        for _ in 0..10 {
            if !(300..400).contains(&answer.status) || !answer.at.starts_with('/') {
                break;
            }
            answer = self.send(Method::GET, &answer.at, None).await;
        }
        answer
    }

    /// Gives a place up for somebody, as the organiser does: on the screen of an
    /// event, by the row of that name, and on the page that says what it comes
    /// to. `deed` is `give-up`, or `give-up-free` where nothing is charged.
    pub async fn give_up(&self, screen: &str, name: &str, deed: &str) -> Answer {
        let page = self.get(screen).await;
        let rows = page.body.split("<tr>");
        let mut rows = rows.filter(|row| row.contains(name));
        let id = rows.find_map(|row| page::field(row, "id"));
        let id = id.unwrap_or_else(|| panic!("no place of {name}: {}", page.text()));
        let check = self.get(&format!("{screen}give-up/?id={id}")).await;
        assert_eq!(check.status, 200, "{}", check.text());
        let mut fields = page::held_by(&check.body, "act/");
        fields.push(("deed".to_owned(), deed.to_owned()));
        self.post(&format!("{screen}act/"), &fields).await
    }

    /// Opens a path; a redirect is not followed.
    pub async fn get_only(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// Sends a form that was opened at `path` and filled in, with its hidden
    /// fields, and follows redirects.
    pub async fn fill(&self, path: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let all = self.filled_in(path, fields).await;
        self.post(action, &all).await
    }

    /// Opens a form and fills it in: its hidden fields and these.
    pub async fn filled_in(&self, path: &str, fields: &[(&str, &str)]) -> Fields {
        let opened = self.get(path).await;
        assert_eq!(opened.status, 200, "{path}: {}", opened.text());
        let mut all = owned(fields);
        for name in ["command", "version"] {
            let given = all.iter().any(|(field, _)| field == name);
            if let Some(value) = opened.field(name).filter(|_| !given) {
                all.push((name.to_owned(), value));
            }
        }
        all
    }

    /// Sends the first form of a page filled in, with all that it holds
    /// already, and follows redirects.
    pub async fn send_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let opened = self.get(path).await;
        assert_eq!(opened.status, 200, "{path}: {}", opened.text());
        let all = page::filled(&opened.body, "main", fields);
        self.post(path, &all).await
    }

    /// Sends fields as they are, and follows redirects.
    pub async fn post(&self, path: &str, fields: &Fields) -> Answer {
        let answer = self.post_only(path, fields).await;
        if (300..400).contains(&answer.status) && answer.at.starts_with('/') {
            return self.get(&answer.at).await;
        }
        answer
    }

    /// Sends fields as they are; a redirect is not followed.
    pub async fn post_only(&self, path: &str, fields: &Fields) -> Answer {
        self.send(Method::POST, path, Some(Sent::Fields(fields)))
            .await
    }

    /// Sends fields with a file, as a browser does: the field of the file, the
    /// name that it has there, and what is in it.
    pub async fn upload(
        &self,
        path: &str,
        fields: &Fields,
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Answer {
        let mut body = Vec::new();
        for (field, value) in fields {
            let part = format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.into_bytes());
        }
        let part = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
        );
        body.extend(part.into_bytes());
        body.extend_from_slice(bytes);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        self.send(Method::POST, path, Some(Sent::Parts(body))).await
    }

    /// Presses the button, and chooses who to be at the provider's: the page
    /// where it ends.
    pub async fn sign_in(&self, person: Person) -> Answer {
        let back = self.choose(person).await;
        self.get(&back).await
    }

    /// As far as the provider goes: the address that it sends the browser to.
    pub async fn choose(&self, person: Person) -> String {
        let off = self
            .post_only("/staff/sign-in/", &owned(&[("to", "/staff/")]))
            .await;
        assert_eq!(off.status, 303, "{}", off.text());
        let asked = self.visitor.get(&off.at).await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        let request = page::field(&asked.body, "request").expect("the question of the provider");
        let provider = off.at.split("/authorize").next().expect("an address");
        let chosen = [("request", request.as_str()), ("person", person.slug())];
        let back = self
            .visitor
            .post_only(&format!("{provider}/authorize"), &owned(&chosen))
            .await;
        assert_eq!(back.status, 303, "{}", back.text());
        back.at
    }

    /// What the browser keeps.
    pub fn cookies(&self) -> BTreeMap<String, String> {
        self.jar.lock().expect("the jar").clone()
    }

    /// Puts a cookie into the browser.
    pub fn keep(&self, name: &str, value: &str) {
        let mut jar = self.jar.lock().expect("the jar");
        jar.insert(name.to_owned(), value.to_owned());
    }

    async fn send(&self, method: Method, path: &str, sent: Option<Sent<'_>>) -> Answer {
        let cookies: Vec<_> = self
            .cookies()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let answer = self
            .visitor
            .request(|client, origin| {
                let mut request = client.request(method, format!("{origin}{path}"));
                if !cookies.is_empty() {
                    request = request.header("cookie", cookies.join("; "));
                }
                let kind = format!("multipart/form-data; boundary={BOUNDARY}");
                match sent {
                    Some(Sent::Fields(fields)) => {
                        request.header("origin", &self.origin).form(fields)
                    }
                    Some(Sent::Parts(body)) => request
                        .header("origin", &self.origin)
                        .header("content-type", kind)
                        .body(body),
                    None => request,
                }
            })
            .await;
        for set in answer.headers.get_all("set-cookie") {
            let set = set.to_str().expect("a cookie");
            let (name, value) = set
                .split(';')
                .next()
                .and_then(|pair| pair.split_once('='))
                .expect("a name and a value");
            let mut jar = self.jar.lock().expect("the jar");
            if set.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}
