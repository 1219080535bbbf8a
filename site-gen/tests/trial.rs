//! Trial.
#[path = "../../tests/site/build.rs"]
mod build;
#[path = "../../tests/site/lists.rs"]
mod lists;
#[path = "../../tests/site/little_site.rs"]
mod little_site;
#[path = "../../tests/site/output.rs"]
mod output;
#[path = "../../tests/site/problems.rs"]
mod problems;
#[path = "../../tests/site/problems_of_settings.rs"]
mod problems_of_settings;
