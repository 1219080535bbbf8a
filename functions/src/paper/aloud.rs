//! A PDF as a screen reader has it: by the tree of its parts, each with its role
//! and the text that is drawn for it. It reads the file with another library than
//! the one that wrote it.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

/// What is heard.
pub(super) struct Heard {
    pub(super) language: String,
    pub(super) title: String,
    pub(super) pages: usize,
    /// The parts, each with its role and the text of its own: `H1`, `Invoice INV-00042`.
    pub(super) parts: Vec<(String, String)>,
    /// The addresses of links.
    pub(super) links: Vec<String>,
}

/// Reads a file.
pub(super) fn read(pdf: &[u8]) -> Heard {
    let document = Document::load_mem(pdf).expect("a PDF");
    let catalog = document.catalog().expect("a catalogue");
    let mut reader = Reader {
        document: &document,
        texts: BTreeMap::new(),
        parts: Vec::new(),
        links: Vec::new(),
    };
    for page in document.get_pages().into_values() {
        reader.page(page);
    }
    let tree = reader.dictionary(catalog.get(b"StructTreeRoot").expect("a tree of parts"));
    reader.children(tree, None, None);
    let about = reader.dictionary(document.trailer.get(b"Info").expect("information"));
    Heard {
        language: words(catalog.get(b"Lang").expect("a language")),
        title: words(about.get(b"Title").expect("a title")),
        pages: document.get_pages().len(),
        parts: reader.parts,
        links: reader.links,
    }
}

fn words(object: &Object) -> String {
    decode_text_string(object).expect("a text")
}

struct Reader<'a> {
    document: &'a Document,
    /// By page and marked content.
    texts: BTreeMap<(ObjectId, i64), String>,
    parts: Vec<(String, String)>,
    links: Vec<String>,
}

impl<'a> Reader<'a> {
    fn dictionary(&self, object: &'a Object) -> &'a Dictionary {
        let (_, object) = self.document.dereference(object).expect("an object");
        object.as_dict().expect("a dictionary")
    }

    /// Gathers the text of each marked content of a page.
    fn page(&mut self, page: ObjectId) {
        let fonts = self.document.get_page_fonts(page).expect("fonts");
        let content = self.document.get_page_content(page);
        let content = Content::decode(&content).expect("operations");
        let mut encoding = None;
        // What is marked, the innermost last: its number, and its text if that is
        // said apart from the glyphs.
        let mut marked: Vec<(Option<i64>, bool)> = Vec::new();
        for operation in &content.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "Tf" => {
                    let font = fonts[operands[0].as_name().expect("a name")];
                    encoding = font.get_font_encoding(self.document).ok();
                }
                "BMC" => marked.push((None, false)),
                "BDC" => {
                    let given = operands[1].as_dict().ok();
                    let number = given.and_then(|given| given.get(b"MCID").ok()?.as_i64().ok());
                    let outer = marked.last().and_then(|(number, _)| *number);
                    let number = number.or(outer);
                    let said = given.and_then(|given| given.get(b"ActualText").ok());
                    if let (Some(number), Some(said)) = (number, said) {
                        *self.texts.entry((page, number)).or_default() += &words(said);
                    }
                    marked.push((number, said.is_some()));
                }
                "EMC" => drop(marked.pop()),
                "Tj" | "TJ" => {
                    let Some((Some(number), false)) = marked.last() else {
                        continue;
                    };
                    let encoding = encoding.as_ref().expect("a font is chosen");
                    let text = self.texts.entry((page, *number)).or_default();
                    for shown in operands.iter().flat_map(strings) {
                        *text += &Document::decode_text(encoding, shown).expect("characters");
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads what is in a part.
    fn children(&mut self, part: &'a Dictionary, page: Option<ObjectId>, heard: Option<usize>) {
        let page = part.get(b"Pg").and_then(Object::as_reference).ok().or(page);
        let Ok(children) = part.get(b"K") else { return };
        let (_, children) = self.document.dereference(children).expect("an object");
        let one = std::slice::from_ref(children);
        for child in children.as_array().map_or(one, Vec::as_slice) {
            let (_, child) = self.document.dereference(child).expect("an object");
            if let Ok(number) = child.as_i64() {
                self.hear(page.expect("a page"), number, heard);
                continue;
            }
            let child = child.as_dict().expect("a part or a reference");
            if let Ok(number) = child.get(b"MCID").and_then(Object::as_i64) {
                let of = child.get(b"Pg").and_then(Object::as_reference).ok();
                self.hear(of.or(page).expect("a page"), number, heard);
            } else if let Ok(object) = child.get(b"Obj") {
                let action = self.dictionary(object).get(b"A").expect("an action");
                let address = self.dictionary(action).get(b"URI").expect("an address");
                self.links.push(words(address));
            } else {
                self.parts.push((self.role(child), String::new()));
                self.children(child, page, Some(self.parts.len() - 1));
            }
        }
    }

    /// `TH Column`
    fn role(&self, part: &'a Dictionary) -> String {
        let role = part.get(b"S").and_then(Object::as_name).expect("a role");
        let role = String::from_utf8_lossy(role);
        let scope = part.get(b"A").ok().and_then(|attributes| {
            let (_, attributes) = self.document.dereference(attributes).ok()?;
            let one = std::slice::from_ref(attributes);
            let mut all = attributes.as_array().map_or(one, Vec::as_slice).iter();
            let scope = all.find_map(|given| self.dictionary(given).get(b"Scope").ok())?;
            Some(String::from_utf8_lossy(scope.as_name().ok()?))
        });
        match scope {
            Some(scope) => format!("{role} {scope}"),
            None => role.into_owned(),
        }
    }

    fn hear(&mut self, page: ObjectId, number: i64, heard: Option<usize>) {
        let text = self.texts.get(&(page, number)).expect("marked content");
        self.parts[heard.expect("text is in a part")].1 += text;
    }
}

/// The strings that are shown.
fn strings(operand: &Object) -> Vec<&[u8]> {
    match operand {
        Object::String(shown, _) => vec![shown],
        Object::Array(all) => all.iter().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}
