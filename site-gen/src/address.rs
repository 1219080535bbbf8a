//! Addresses: the path of a file in the content says where its page is.
//!
//! `prospectus/letter.md` is at `/prospectus/letter/`, `prospectus/_index.md`
//! at `/prospectus/`, `404.md` at `/404.html`. Nothing else can move a page.

/// The page that is shown where there is none.
pub(crate) const NOT_FOUND: &str = "404.md";

/// The page of the root.
pub(crate) const HOME: &str = "_index.md";

/// Where the functions answer: no page may be there, and a link there is not
/// checked against the pages.
pub(crate) const ANSWERED: [&str; 14] = [
    "/account/",
    "/admin/",
    "/api/",
    "/apply/",
    "/book/",
    "/bookings/",
    "/certificates/",
    "/dev/",
    "/enquire/",
    "/feedback/",
    "/invoices/",
    "/pay/",
    "/staff/",
    "/assets/",
];

/// The address of the page at a path inside the content.
#[must_use]
pub(crate) fn of(path: &str) -> String {
    if path == NOT_FOUND {
        return "/404.html".to_owned();
    }
    let (folder, name) = divide(path);
    let mut address = String::with_capacity(path.len() + 1);
    address.push('/');
    let own = Some(stem(name)).filter(|stem| *stem != "_index");
    for part in [Some(folder), own].into_iter().flatten() {
        if !part.is_empty() {
            address.push_str(part);
            address.push('/');
        }
    }
    address
}

/// The file that is written for an address.
#[must_use]
pub(crate) fn file(address: &str) -> String {
    let inside = address.trim_start_matches('/');
    if inside.is_empty() || inside.ends_with('/') {
        format!("{inside}index.html")
    } else {
        inside.to_owned()
    }
}

/// The address that shows a file: `/growth/` of `/growth/index.html`.
#[must_use]
pub(crate) fn of_file(address: &str) -> &str {
    let folder = address.strip_suffix("index.html");
    folder
        .filter(|folder| folder.ends_with('/'))
        .unwrap_or(address)
}

/// A path's folder (nothing for the root) and its last part.
#[must_use]
pub(crate) fn divide(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A file's name without `.md`.
#[must_use]
pub(crate) fn stem(name: &str) -> &str {
    name.strip_suffix(".md").unwrap_or(name)
}

/// Whether the functions answer there.
#[must_use]
pub(crate) fn is_answered(address: &str) -> bool {
    ANSWERED
        .iter()
        .any(|prefix| address.starts_with(prefix) || address == prefix.trim_end_matches('/'))
}

/// The address that an alias means; none if it is not one.
#[must_use]
pub(crate) fn of_alias(written: &str) -> Option<String> {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'~');
    let is_address = written.starts_with('/')
        && !written.contains("//")
        && !written.split('/').any(|part| part == "." || part == "..")
        && written.bytes().all(plain);
    let file = written.rsplit('/').next().unwrap_or("");
    is_address.then(|| {
        if file.is_empty() || file.contains('.') {
            written.to_owned()
        } else {
            format!("{written}/")
        }
    })
}

/// A folder or a page's name as part of an address, as it ought to be.
#[must_use]
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut put = |letter: char| {
        if letter.is_alphanumeric() {
            slug.push(letter);
        } else if !matches!(letter, '\'' | '’' | '‘')
            && !matches!(slug.as_bytes().last(), None | Some(b'-'))
        {
            slug.push('-');
        }
    };
    for letter in text.chars() {
        // Most are, and need no table of all the world's letters.
        if letter.is_ascii() {
            put(letter.to_ascii_lowercase());
        } else {
            letter.to_lowercase().for_each(&mut put);
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Whether a page's path can be an address as it is.
#[must_use]
pub(crate) fn is_plain(path: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let (folder, name) = divide(path);
    (folder.is_empty() || folder.split('/').all(plain))
        && (stem(name) == "_index" || plain(stem(name)))
}
