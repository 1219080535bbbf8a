//! From what was read to a whole site in memory: the order of the steps, and
//! nothing else.

use std::collections::{BTreeMap, BTreeSet};

use domain::publication::Site as Head;
use theme::{Theme, ThemeError};

use crate::assets::Assets;
use crate::kind::Kind;
use crate::links::{self, Pending};
use crate::problem::{Problem, many};
use crate::settings::{Settings, SiteFile};
use crate::site::Site;
use crate::source::Sources;
use crate::text::SourceText;
use crate::{Built, Options, address, nearest, page, publication, render};

/// The site, unless something is so wrong that there is none.
pub(crate) fn assemble(
    mut sources: Sources,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Option<Built> {
    let settings = Settings::read(&sources, problems);
    // Without it nobody knows what kind of thing a page is.
    let file = settings.site.as_ref()?;
    let file_text = settings.site_text.as_ref()?;

    let texts = std::mem::take(&mut sources.pages);
    let sources = &sources;
    let mut documents = Vec::with_capacity(texts.len());
    for (path, source) in texts {
        let (document, found) = page::parse(path, source, file);
        documents.push(document);
        problems.extend(found);
    }
    if documents
        .iter()
        .all(|document| document.path != address::HOME)
    {
        problems.push(Problem::whole(
            sources.content.join(address::HOME),
            "there is no such file",
            "begin the home page there",
        ));
    }
    let site = Site::new(documents, options.drafts, problems);
    let assets = Assets::new(&sources.assets);
    let copied = copied(sources, &assets);
    let files: BTreeSet<String> = copied.iter().map(|(address, _)| address.clone()).collect();
    let (found, pending) = links::check(&site, file, file_text, &files);
    problems.extend(found);

    let head = publication::head(file, options.base_url.as_deref());
    let theme = theme(sources, &assets, problems)?;
    let pages = pages(
        &Rendering {
            site: &site,
            settings: &settings,
            file,
            head: &head,
            theme: &theme,
            sources,
            options,
        },
        problems,
    );
    problems.extend(not_rendered(pending, &pages));

    let count = pages.len();
    let mut output = BTreeMap::new();
    for (address, html) in pages {
        output.insert(address::file(&address), html.into_bytes());
    }
    output.insert("sitemap.xml".to_owned(), sitemap(&site, &head).into_bytes());
    for (address, bytes) in copied {
        if output
            .insert(address::file(&address), bytes.clone())
            .is_some()
        {
            let path = sources
                .theme
                .join("static")
                .join(address.trim_start_matches('/'));
            problems.push(Problem::whole(
                path,
                format!("two things are at `{address}`: a page or document of the content, and this file"),
                "rename one of them",
            ));
        }
    }
    let publication = publication::publication(&site, head, &settings, assets.addresses.clone())?;
    Some(Built {
        files: output,
        pages: count,
        assets: assets.files.len(),
        publication,
        theme,
        templates: sources.templates.clone(),
    })
}

/// What is copied as it is, by address.
fn copied<'s>(sources: &'s Sources, assets: &'s Assets) -> Vec<(String, &'s Vec<u8>)> {
    let inside = |(path, bytes): &'s (String, Vec<u8>)| (format!("/{path}"), bytes);
    let files = sources
        .files
        .iter()
        .map(inside)
        .chain(sources.statics.iter().map(inside));
    files
        .chain(
            assets
                .files
                .iter()
                .map(|(address, bytes)| (address.clone(), bytes)),
        )
        .collect()
}

fn theme(sources: &Sources, assets: &Assets, problems: &mut Vec<Problem>) -> Option<Theme> {
    if problems.iter().any(|problem| problem.path == sources.theme) {
        return None;
    }
    match Theme::new(sources.templates.iter().cloned(), assets.addresses.clone()) {
        Ok(theme) => Some(theme),
        Err(error) => {
            problems.push(template_problem(sources, &error, None));
            None
        }
    }
}

/// What rendering needs.
struct Rendering<'s> {
    site: &'s Site,
    settings: &'s Settings,
    file: &'s SiteFile,
    head: &'s Head,
    theme: &'s Theme,
    sources: &'s Sources,
    options: &'s Options,
}

/// The HTML of every page, by address. A fault of a template is told once,
/// however many pages meet it.
fn pages(all: &Rendering<'_>, problems: &mut Vec<Problem>) -> BTreeMap<String, String> {
    let Rendering {
        site,
        settings,
        file,
        head,
        theme,
        sources,
        options,
    } = all;
    let shared = render::Shared {
        site,
        settings: file,
        head,
        fees: settings.fees.as_ref(),
        now: options.now,
    };
    let mut pages = BTreeMap::new();
    let mut faults: Vec<(ThemeError, Vec<String>)> = Vec::new();
    let shown = |page: &&page::Page| settings.fees.is_some() || !render::needs_fees(page, file);
    for page in site.pages.iter().filter(shown) {
        if let Some(problem) = no_template(page, theme, sources) {
            problems.push(problem);
            continue;
        }
        match render::page(page, &shared, theme) {
            Ok(html) => {
                pages.insert(page.address.clone(), html);
            }
            Err(error) => match faults.iter_mut().find(|(known, _)| *known == error) {
                Some((_, met_by)) => met_by.push(page.path.clone()),
                None => faults.push((error, vec![page.path.clone()])),
            },
        }
    }
    problems.extend(
        faults
            .into_iter()
            .map(|(error, met_by)| template_problem(sources, &error, Some(&met_by))),
    );
    pages
}

/// A page that asks for a template which is not there.
fn no_template(page: &page::Page, theme: &Theme, sources: &Sources) -> Option<Problem> {
    let Kind::Page(fields) = &page.kind else {
        return None;
    };
    let asked = fields
        .template
        .as_ref()
        .filter(|asked| !theme.has(&format!("{}.html", asked.value)))?;
    let known = sources
        .templates
        .iter()
        .filter_map(|(name, _)| name.strip_suffix(".html"));
    let known: Vec<&str> = known
        .filter(|name| !name.contains('/') && !matches!(*name, "base" | "components"))
        .collect();
    let hint = match nearest::nearest(&asked.value, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "the theme has {}",
            known
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    };
    Some(page.source.problem(
        asked.place,
        format!("there is no template `{}`", asked.value),
        Some(hint),
    ))
}

/// A fault of a template, with the pages that met it.
fn template_problem(sources: &Sources, error: &ThemeError, met_by: Option<&[String]>) -> Problem {
    let path = sources.theme.join("templates").join(&error.template);
    let hint = met_by
        .and_then(<[String]>::split_first)
        .map(|(first, others)| {
            let first = sources.content.join(first);
            let others = if others.is_empty() {
                String::new()
            } else {
                format!(" and {}", many(others.len(), "other page"))
            };
            format!("met while making `{}`{others}", first.display())
        });
    let text = sources
        .templates
        .iter()
        .find(|(name, _)| *name == error.template)
        .map(|(_, text)| text.clone());
    match (text, error.line, error.column) {
        (Some(text), Some(line), Some(column)) => {
            SourceText { path, text }.problem(crate::Place { line, column }, &error.message, hint)
        }
        _ => Problem {
            hint,
            ..Problem::whole(path, &error.message, "")
        },
    }
}

/// The headings that are not even in the finished pages.
fn not_rendered(pending: Vec<Pending>, pages: &BTreeMap<String, String>) -> Vec<Problem> {
    let is_there = |pending: &Pending| {
        let id = format!("id=\"{}\"", pending.anchor);
        // A page that could not be rendered has been told already.
        pages
            .get(&pending.address)
            .is_none_or(|html| html.contains(&id))
    };
    pending
        .into_iter()
        .filter(|pending| !is_there(pending))
        .map(|pending| pending.problem)
        .collect()
}

/// The addresses of all pages, for search engines.
fn sitemap(site: &Site, head: &Head) -> String {
    let mut addresses: Vec<&str> = site
        .pages
        .iter()
        .filter(|page| page.path != address::NOT_FOUND)
        .map(|page| page.address.as_str())
        .collect();
    addresses.sort_unstable();
    let base = head.base_url.replace('&', "&amp;").replace('<', "&lt;");
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses {
        xml.push_str(&format!("<url><loc>{base}{address}</loc></url>\n"));
    }
    xml.push_str("</urlset>\n");
    xml
}
