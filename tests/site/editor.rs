//! The browser editor: what can be edited in it is what the parser reads, and
//! it is no part of the site.

use std::collections::BTreeMap;

use serde_json::Value;
use site_gen::Options;
use site_gen::editor::{self, Editor, Repository};
use site_gen::kind::KindName;
use site_gen::kind::definition::Shape;
use tests::{built_site, root};

fn editor(repository: Option<Repository>) -> Editor {
    Editor {
        out: root().join("target/editor"),
        repository,
        folder: "content".to_owned(),
    }
}

/// The configuration for the repository's own content.
fn config(repository: Option<Repository>) -> Value {
    let options = Options::new(&root(), jiff::Timestamp::now());
    editor::config(&options, &editor(repository))
        .unwrap_or_else(|problems| panic!("{}", site_gen::report(&problems)))
}

fn collections(config: &Value) -> BTreeMap<&str, &Value> {
    let all = config["collections"].as_array().unwrap();
    all.iter()
        .map(|one| (one["name"].as_str().unwrap(), one))
        .collect()
}

fn names(fields: &Value) -> Vec<&str> {
    let fields = fields.as_array().unwrap();
    fields
        .iter()
        .map(|field| field["name"].as_str().unwrap())
        .collect()
}

#[test]
fn every_field_of_every_kind_can_be_edited_and_none_that_the_parser_does_not_know() {
    let config = config(None);
    let collections = collections(&config);
    for (kind, name) in [
        (KindName::Page, "pages"),
        (KindName::Service, "services"),
        (KindName::Person, "board"),
        (KindName::Event, "events"),
        (KindName::News, "news"),
        (KindName::Document, "documents"),
    ] {
        let collection = collections[name];
        let definition = kind.definition();
        let expected: Vec<&str> = definition
            .fields
            .iter()
            .map(|field| field.name.as_str())
            // The site has no heading but tags to sort its pages by.
            .filter(|field| *field != "taxonomies")
            .chain(["body"])
            .collect();
        assert_eq!(names(&collection["fields"]), expected, "{name}");
        for field in collection["fields"].as_array().unwrap() {
            let Some(known) = definition.field(field["name"].as_str().unwrap()) else {
                continue;
            };
            assert_eq!(field["required"], known.required, "{name}: {field}");
            if let Shape::Choice(choices) = &known.shape {
                let words: Vec<&str> = field["options"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|option| option["value"].as_str().unwrap())
                    .collect();
                let known: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
                assert_eq!(words, known, "{name}: {field}");
            }
        }
    }
}

#[test]
fn every_folder_of_the_content_is_a_collection_and_its_list_is_a_page() {
    let config = config(None);
    for collection in collections(&config).into_values() {
        let folder = collection["folder"].as_str().unwrap();
        let inside = folder.trim_start_matches("content").trim_start_matches('/');
        let is_section = ["services", "board", "events", "news", "documents"].contains(&inside);
        let path = root().join(folder);
        assert!(path.is_dir() || is_section, "{folder}");
        assert_eq!(collection["index_file"]["name"], "_index");
        let list = names(&collection["index_file"]["fields"]);
        assert!(list.contains(&"paginate"), "{folder}: {list:?}");
    }
}

#[test]
fn what_is_saved_waits_for_review_and_a_trial_forgets_it() {
    let trial = config(None);
    assert_eq!(trial["backend"]["name"], "test-repo");
    assert_eq!(trial["publish_mode"], Value::Null);
    let repository = Repository {
        name: "the-partnership/website".to_owned(),
        branch: "main".to_owned(),
        sign_in: Some("https://editor.example".to_owned()),
    };
    let real = config(Some(repository));
    assert_eq!(real["publish_mode"], "editorial_workflow");
    assert_eq!(real["backend"]["repo"], "the-partnership/website");
    assert_eq!(real["backend"]["base_url"], "https://editor.example");
    assert_eq!(real["collections"], trial["collections"]);
}

#[test]
fn the_site_has_nothing_of_the_editor() {
    let site = built_site();
    assert!(!site.join("admin").exists());
    for folder in ["assets", ""] {
        for entry in std::fs::read_dir(site.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(
                !name.contains("sveltia") && name != "editor",
                "{folder}/{name}"
            );
        }
    }
    let map = std::fs::read_to_string(site.join("sitemap.xml")).unwrap();
    assert!(!map.contains("/admin"), "{map}");
}

#[test]
fn a_theme_whose_packages_are_not_there_says_what_to_do() {
    let nowhere = tempfile::tempdir().unwrap();
    let options = Options {
        packages: nowhere.path().to_owned(),
        ..Options::new(&root(), jiff::Timestamp::now())
    };
    let problems = editor::files(&options, &editor(None)).unwrap_err();
    let report = site_gen::report(&problems);
    assert!(
        report.contains(
            "package.json: the editor’s program is not there: the theme’s packages were not fetched"
        ) && report.contains("hint: see that npm is installed"),
        "{report}"
    );
}
