//! What a site is built into.

use crate::little_site::{SiteTest, text};

#[test]
fn a_page_is_at_the_address_that_its_path_says() {
    let built = SiteTest::new()
        .reading("prospectus/_index.md", "")
        .reading("prospectus/letter.md", "Dear colleagues")
        .reading("404.md", "Nothing here")
        .build();
    let pages: Vec<&str> = built.files.keys().map(String::as_str).collect();
    assert_eq!(
        pages,
        [
            "404.html",
            "index.html",
            "prospectus/index.html",
            "prospectus/letter/index.html",
            "robots.txt",
            "sitemap.xml"
        ]
    );
    assert!(text(&built, "prospectus/letter/index.html").contains("<p>Dear colleagues</p>"));
}

#[test]
fn the_sitemap_names_every_page_but_the_one_that_is_not_found() {
    let built = SiteTest::new()
        .reading("letter.md", "")
        .reading("404.md", "")
        .build();
    let sitemap = text(&built, "sitemap.xml");
    let addresses: Vec<&str> = sitemap
        .split("<loc>")
        .skip(1)
        .map(|rest| rest.split("</loc>").next().unwrap())
        .collect();
    assert_eq!(
        addresses,
        ["https://example.org/", "https://example.org/letter/"]
    );
}

#[test]
fn another_origin_can_be_given() {
    let site = SiteTest::new()
        .with(|options| options.base_url = Some("https://preview.example.org/".to_owned()));
    let built = site.build();
    assert!(text(&built, "sitemap.xml").contains("<loc>https://preview.example.org/</loc>"));
    assert_eq!(
        built.publication.as_ref().unwrap().site.base_url,
        "https://preview.example.org"
    );
}

#[test]
fn a_draft_is_left_out_until_it_is_asked_for() {
    let draft = "---\ntitle: Plans\ndescription: Not yet.\ndraft: true\n---\n";
    let site = SiteTest::new().page("plans.md", draft);
    assert!(!site.build().files.contains_key("plans/index.html"));
    let site = site.with(|options| options.drafts = true);
    assert!(site.build().files.contains_key("plans/index.html"));
}

#[test]
fn an_asset_has_its_fingerprint_in_its_name_and_a_static_file_does_not() {
    let site = SiteTest::new()
        .file("theme/assets/style.css", "body{color:red}")
        .file("theme/static/robots.txt", "User-agent: *\n")
        .template("page.html", "{{ asset(path=\"style.css\") }}")
        .reading("letter.md", "");
    let built = site.build();
    let address = &built.publication.as_ref().unwrap().assets["style.css"];
    assert_eq!(text(&built, "letter/index.html"), *address);
    assert_eq!(
        text(&built, address.trim_start_matches('/')),
        "body{color:red}"
    );
    assert_eq!(text(&built, "robots.txt"), "User-agent: *\n");

    let changed = site
        .file("theme/assets/style.css", "body{color:#00f}")
        .build();
    assert_ne!(
        changed.publication.as_ref().unwrap().assets["style.css"],
        *address
    );
}

#[test]
fn a_picture_beside_a_page_is_copied_and_can_be_linked_to() {
    let built = SiteTest::new()
        .file("content/prospectus/chart.svg", "<svg/>")
        .reading("prospectus/model.md", "![The chart](chart.svg)")
        .build();
    assert_eq!(text(&built, "prospectus/chart.svg"), "<svg/>");
    assert!(
        text(&built, "prospectus/model/index.html")
            .contains("<img src=\"/prospectus/chart.svg\" alt=\"The chart\"")
    );
}

#[test]
fn the_guide_of_the_content_and_hidden_files_are_no_pages() {
    let site = SiteTest::new()
        .file("content/README.md", "How to write")
        .file("content/.draft.md", "not yet")
        .file("content/letter.md~", "an editor’s copy");
    assert_eq!(site.build().pages, 1);
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_read_like_any_other() {
    let page = "\u{feff}---\r\ntitle: Letter\r\ndescription: A letter.\r\n---\r\n\r\n## One\r\n\r\nTwo\r\n";
    let built = SiteTest::new().page("letter.md", page).build();
    let html = text(&built, "letter/index.html");
    assert!(
        html.contains("<title>Letter</title>") && html.contains("<h2 id=\"one\">One</h2>"),
        "{html}"
    );
}

#[test]
fn the_functions_are_told_what_the_pages_say() {
    let built = SiteTest::new()
        .service("workshops", "S02")
        .service("networks", "S01")
        .event("late", "2028-06-14 16:00", "price: £45.00\ncapacity: 24\n")
        .event(
            "early",
            "2028-03-14 16:00",
            "booking_closes: 2028-03-13 12:00\nsample: true\n",
        )
        .build();
    let publication = built.publication.as_ref().unwrap();
    let services: Vec<_> = publication
        .services
        .iter()
        .map(|service| (service.id.as_str(), service.href.as_str()))
        .collect();
    assert_eq!(
        services,
        [
            ("S01", "/services/networks/"),
            ("S02", "/services/workshops/")
        ]
    );
    let [early, late] = publication.events.as_slice() else {
        panic!("{:?}", publication.events)
    };
    assert_eq!(
        (
            early.slug.as_str(),
            early.sample,
            early.capacity,
            early.price
        ),
        ("early", true, None, None)
    );
    assert_eq!(early.booking_closes.to_string(), "2028-03-13T12:00");
    assert_eq!(
        (late.href.as_str(), late.capacity),
        ("/events/late/", Some(24))
    );
    assert_eq!(late.price.unwrap().get(), 4_500);
    assert_eq!(late.booking_closes, late.starts);
    assert_eq!(publication.booking.checkout.minutes, 30);
    assert_eq!(publication.site.menu[1].href, "/apply/");
}

#[test]
fn the_theme_that_was_built_with_renders_a_screen_of_the_functions() {
    let site = SiteTest::new().template("forms/apply.html", "<h1>{{ page.title }}</h1>");
    let context = serde_json::json!({"page": {"title": "Apply"}});
    assert_eq!(
        site.build()
            .theme
            .render("forms/apply.html", &context)
            .unwrap(),
        "<h1>Apply</h1>"
    );
}
