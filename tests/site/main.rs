//! The generator through its public door: little sites in a temporary folder,
//! built, and what came of them read as an editor or a visitor reads it.
//!
//! `prospectus` reads the real site instead.

mod build;
mod calendar_program;
mod catalogue;
mod copied_event;
mod deploy;
mod deploy_back;
mod edge;
mod editor;
mod events;
mod gathered;
mod kinds;
mod lists;
mod little_site;
mod output;
mod pictures;
mod problems;
mod problems_of_addresses;
mod problems_of_events;
mod problems_of_front_matter;
mod problems_of_links;
mod problems_of_names;
mod problems_of_settings;
mod problems_of_text;
mod prospectus;
mod publish_site;
mod publishing;
mod rules;
mod schools;
mod schools_import;
mod search;
mod seven_mistakes;
mod themes;
