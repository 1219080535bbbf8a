//! Services, events and documents of the little site, and the pages that gather
//! others.

use std::fs;
use std::path::PathBuf;

use super::Little;

const SERVICES: [&str; 3] = ["peer-review", "visits", "panels"];
const EVENTS: [&str; 3] = ["spring", "summer", "autumn"];

/// Documents, two of which are of one file.
const DOCUMENTS: [(&str, &str); 3] = [
    ("plan", "plan.pdf"),
    ("report", "plan.pdf"),
    ("map", "map.pdf"),
];

const EVENT: &str =
    "{% for item in events %}{{ item.title }} {{ item.starts }} {{ item.venue }}; {% endfor %}";
const TERMS: &str = "{{ event.calendar }}{{ event.starts }}{% for one in event.sessions %}{{ one.ends }}{% endfor %}\
    {% for line in event.cancellation %}{{ line.when }} {{ line.last_day }} {{ line.charged }};{% endfor %}";
const PAST: &str = "{% for item in past %}{{ item.title }} {% endfor %}{{ calendar }}";
const FILTERS: &str = "{% for item in items %}{{ item.title }} {{ item.charging }}{% endfor %}\
    {% for filter in filters %}{% for one in filter.choices %}{{ one.label }} {{ one.href }} {{ one.count }} {{ one.current }};{% endfor %}{% endfor %}";
const MONTHS: &str = "{% for month in months %}{{ month.name }}{% for week in month.weeks %}{% for day in week %}{% if day is none %}.{% else %}{{ day.day }}{% for item in day.events %}{{ item.title }}{% endfor %}{% endif %}{% endfor %}{% endfor %}{% endfor %}";
const PRINT: &str = "{% if parts is defined %}{{ contents }}{% for part in parts %}<h2 id=\"{{ part.id }}\">{{ part.level }} {{ part.title }}</h2>{{ part.content }}{% endfor %}{% endif %}";
const LETTERS: &str = "{% for letter in letters %}{{ letter.name }}{% for item in letter.items %}{{ item.title }} {{ item.href }};{% endfor %}{% endfor %}";

/// What a site needs that has services.
const RULES: [(&str, &str); 3] = [
    (
        "fees.yaml",
        "version: \"1\"\nrate: { pence_per_pupil: 500, source: E2 }\npart_year: { rule: months, source: ours }\n\
         periods:\n  - { name: Year, from: 2017-09-01, to: 2018-08-31, numerator: 12, denominator: 12, repeats: yearly, source: E2 }\n\
         notice: { months: 12, free_until: 2016-12-31, source: E2 }\nguarantee: { pence: 2500, source: join }\n",
    ),
    (
        "commitments.yaml",
        "version: \"1\"\ncommitments:\n  - { id: aims-and-values, text: A, source: S }\n\
         \x20 - { id: guarantee, text: B, source: S }\n  - { id: annual-fee, text: C, source: S }\n",
    ),
    (
        "booking.yaml",
        "checkout: { minutes: 30, source: ours }\ngrace: { minutes: 5, source: ours }\noffer: { minutes: 2880, source: ours }\n",
    ),
];

impl Little {
    /// Writes the templates, the lists, and some of each kind.
    pub(super) fn kinds(&mut self, all: &str) {
        for (name, text) in RULES {
            self.write(&format!("content/{name}"), text);
        }
        for (name, more) in [
            ("service", "{{ service.charging }}{{ service.phases }}{{ service.enquire_href or \"\" }}{% for item in service.events %}{{ item.title }}{% endfor %}".to_owned()),
            ("services", FILTERS.to_owned()),
            ("services-by", format!("{{{{ total }}}}{FILTERS}")),
            ("document", "{{ document.file or \"\" }}".to_owned()),
            ("event", TERMS.to_owned()),
            ("events", format!("{EVENT}{PAST}")),
            ("calendar", format!("{MONTHS}{PAST}")),
            ("print", PRINT.to_owned()),
            ("a-z", LETTERS.to_owned()),
        ] {
            self.write(&format!("theme/templates/{name}.html"), &format!("{all}{more}"));
        }
        let list = |title: &str, template: &str| {
            format!("---\ntitle: {title}\ndescription: All.\n{template}---\n")
        };
        self.write("content/services/_index.md", &list("Services", ""));
        self.write("content/events/_index.md", &list("Events", ""));
        let calendar = list("Calendar", "template: calendar\n");
        self.write("content/events/calendar/_index.md", &calendar);
        self.write("content/letters.md", &list("A to Z", "template: a-z\n"));
        let print = list("Whole", "template: print\n");
        let links = "[News](news/_index.md), [services](services/_index.md), [visits](services/visits.md#part)\n";
        self.write("content/print.md", &format!("{print}{links}"));
        for name in SERVICES {
            self.service(name);
        }
        for name in EVENTS {
            self.event(name);
        }
        for (name, file) in DOCUMENTS {
            self.write(&format!("content/documents/{file}"), file);
            self.document(name, file, "");
        }
    }

    /// An edit of a service, of an event, or of the rules that it goes by.
    pub(super) fn kind(&mut self) -> (String, Vec<PathBuf>) {
        match self.below(8) {
            0 | 1 => {
                let name = self.pick(&SERVICES);
                (
                    format!("write the service {name}"),
                    vec![self.service(name)],
                )
            }
            2 | 3 => {
                let name = self.pick(&EVENTS);
                (format!("write the event {name}"), vec![self.event(name)])
            }
            4 => {
                let late = self.pick(&["nothing", "50%", "100%"]);
                let rules = format!(
                    "{}cancellation:\n  steps: [{{ until: 5 working days, charge: nothing }}]\n  late: {late}\n  no_show: 100%\n  source: ours\n",
                    RULES[2].1
                );
                let path = self.write("content/booking.yaml", &rules);
                (format!("charge {late} for a place given up"), vec![path])
            }
            5 | 6 => {
                let (name, file) = self.pick(&DOCUMENTS);
                let fields = self.pick(&[
                    "",
                    "draft: true\n",
                    "publish_from: 2028-02-15\n",
                    "publish_until: 2028-03-15\n",
                ]);
                let what = format!("write the document {name}, {fields:?}");
                let mut paths = vec![self.document(name, file, fields)];
                if self.chance(3) {
                    let link = "\n\n[A plan](/documents/plan.pdf)\n";
                    paths.push(self.append("content/documents/map.md", link));
                }
                (what, paths)
            }
            _ => {
                let name = self.pick(&EVENTS);
                let path = self.folder.path().join(format!("content/events/{name}.md"));
                // It may be gone already.
                let _ = fs::remove_file(&path);
                (format!("delete the event {name}"), vec![path])
            }
        }
    }

    fn service(&mut self, name: &str) -> PathBuf {
        let number = SERVICES.iter().position(|one| *one == name).unwrap_or(0) + 1;
        let mut text = format!(
            "---\ntitle: {name} {}\ndescription: S.\nid: S0{number}\ncharging: [{}]\naudience: [{}]\n\
             sources: [{{ section: {}, page: _index.md }}]\n",
            self.below(3),
            self.pick(&["tbc", "purchase", "tbc, open"]),
            self.pick(&["members", "full-members"]),
            self.pick(&["C1", "C2"]),
        );
        if self.chance(2) {
            text += &format!("pillar: {}\n", self.pick(&["support", "innovation"]));
        }
        if self.chance(3) {
            text += "phases: [primary]\n";
        }
        text += "---\n## Part\n\nWords, and [the news](../news/_index.md).\n";
        self.write(&format!("content/services/{name}.md"), &text)
    }

    fn document(&self, name: &str, file: &str, fields: &str) -> PathBuf {
        let text =
            format!("---\ntitle: {name}\ndescription: D.\nform: plan\nfile: {file}\n{fields}---\n");
        self.write(&format!("content/documents/{name}.md"), &text)
    }

    fn event(&mut self, name: &str) -> PathBuf {
        let day = format!(
            "202{}-0{}-1{}",
            7 + self.below(2),
            1 + self.below(9),
            self.below(9)
        );
        let service = self.pick(&["visits", "panels"]);
        let mut text = format!(
            "---\ntitle: {name}\ndescription: E.\nvenue: Hall {}\nservice: {service}\n",
            self.below(3)
        );
        text += &if self.chance(3) {
            let one = |hour: u64| format!("{{ starts: {day} {hour}:00, ends: {day} {hour}:30 }}");
            format!("sessions: [{}, {}]\n", one(10), one(11 + self.below(3)))
        } else {
            format!("starts: {day} 16:00\nends: {day} 17:00\n")
        };
        if self.chance(2) {
            text += "price: £10.00\n";
        }
        text += "---\n";
        self.write(&format!("content/events/{name}.md"), &text)
    }
}
