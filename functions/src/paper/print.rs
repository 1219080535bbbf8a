//! From the sheet to the file: pages are drawn, and the tree of the document is
//! tied to what was drawn of it.

use std::sync::LazyLock;

use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Quadrilateral, Rect};
use krilla::metadata::{Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TagGroup, TagTree,
};
use krilla::{Document, SerializeSettings};

use super::face::plain;
use super::look::{HALO, HEIGHT, Ink, LEFT, Plait, RIGHT, STRAND, STRANDS, WIDTH, plait};
use super::sheet::{Child, Content, Mark, Sheet};
use super::{Paper, PaperError};

/// What the file is held against as it is written.
static STANDARD: LazyLock<Configuration> = LazyLock::new(|| {
    ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .expect("PDF/UA-1 alone contradicts nothing")
});

static PLAIT: LazyLock<Plait> = LazyLock::new(|| plait(LEFT, RIGHT, STRANDS));

/// The file.
pub(super) fn print(sheet: &Sheet, imprint: &Imprint) -> Result<Vec<u8>, PaperError> {
    let mut document = Document::new_with(SerializeSettings {
        configuration: *STANDARD,
        ..SerializeSettings::default()
    });
    let size = PageSettings::from_wh(WIDTH, HEIGHT)
        .ok_or_else(|| PaperError::NotMade("A4 is no size".to_owned()))?;

    let mut drawn: Vec<Vec<Option<Identifier>>> = Vec::new();
    let mut links: Vec<Identifier> = Vec::new();
    for (index, contents) in sheet.pages.iter().enumerate() {
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        strands(&mut surface, index == 0);
        drawn.push(
            contents
                .iter()
                .map(|content| draw(&mut surface, content))
                .collect(),
        );
        surface.finish();
        // The links of a sheet are in the order of its pages.
        for link in sheet.links.iter().filter(|link| link.page == index) {
            let target = Target::Action(LinkAction::new(link.address.clone()).into());
            let areas = link.areas.iter().map(|area| quadrilateral(*area));
            let annotation = LinkAnnotation::new_with_quad_points(areas.collect(), target);
            links.push(
                page.add_tagged_annotation(Annotation::new_link(
                    annotation,
                    Some(link.words.clone()),
                )),
            );
        }
        page.finish();
    }

    let mut tree = TagTree::new();
    for root in &sheet.roots {
        tree.push(group(sheet, *root, &drawn, &links));
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(sheet));
    document.set_metadata(
        Metadata::new()
            .title(plain(&imprint.title))
            .description(plain(&imprint.summary))
            .authors(vec![plain(&imprint.issuer)])
            .language("en-GB".to_owned())
            .text_direction(TextDirection::LeftToRight),
    );
    document
        .finish()
        .map_err(|error| PaperError::NotMade(format!("{error:?}")))
}

/// What is said of a document as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Imprint {
    /// What it is called: `Invoice INV-00042`.
    pub(super) title: String,
    /// What it is about, in a line.
    pub(super) summary: String,
    /// Who issued it.
    pub(super) issuer: String,
}

impl Imprint {
    /// Of an invoice or a credit note.
    pub(super) fn of(paper: &Paper) -> Imprint {
        Imprint {
            title: title(paper),
            summary: paper.summary.clone(),
            issuer: paper.seller.name.clone(),
        }
    }
}

/// What the document is called: `Invoice INV-00042`.
pub(super) fn title(paper: &Paper) -> String {
    plain(&format!("{} {}", paper.kind.name(), paper.number))
}

fn outline(sheet: &Sheet) -> Outline {
    let mut outline = Outline::new();
    for heading in &sheet.headings {
        let point = Point::from_xy(LEFT, heading.place.top);
        let destination = XyzDestination::new(heading.place.page, point);
        outline.push_child(OutlineNode::new(heading.words.clone(), destination));
    }
    outline
}

fn group(
    sheet: &Sheet,
    part: usize,
    drawn: &[Vec<Option<Identifier>>],
    links: &[Identifier],
) -> TagGroup {
    let part = &sheet.parts[part];
    let children = part.children.iter().filter_map(|child| match *child {
        Child::Part(part) => Some(Node::Group(group(sheet, part, drawn, links))),
        Child::Content(page, index) => drawn[page][index].map(Node::Leaf),
        Child::Link(index) => Some(Node::Leaf(links[index])),
    });
    TagGroup::with_children(part.tag.clone(), children.collect())
}

/// Draws one thing; what is read has an identifier.
fn draw(surface: &mut Surface<'_>, content: &Content) -> Option<Identifier> {
    let tag = match (content.is_read, &content.mark) {
        (true, _) => ContentTag::Span(SpanTag::empty()),
        // Heads and feet of pages, and the head of a table that goes on.
        (false, Mark::Text { .. }) => artifact(ArtifactType::PaginationOther),
        (false, Mark::Area(..)) => artifact(ArtifactType::Layout),
    };
    let identifier = surface.start_tagged(tag);
    match &content.mark {
        Mark::Text {
            line,
            weight,
            size,
            ink,
            x,
            baseline,
        } => {
            surface.set_fill(Some(fill(*ink)));
            surface.draw_glyphs(
                Point::from_xy(*x, *baseline),
                &line.run.glyphs[line.glyphs.clone()],
                weight.font(),
                &line.run.text,
                *size,
                false,
            );
        }
        Mark::Area([left, top, width, height], ink) => {
            if let Some(path) = rectangle(*left, *top, *width, *height) {
                surface.set_fill(Some(fill(*ink)));
                surface.draw_path(&path);
            }
        }
    }
    surface.end_tagged();
    content.is_read.then_some(identifier)
}

/// The four strands at the head of a page: plaited on the first, fine lines on
/// the others.
fn strands(surface: &mut Surface<'_>, plaited: bool) {
    surface.start_tagged(artifact(ArtifactType::Layout));
    if plaited {
        let stroked = |surface: &mut Surface<'_>, path: &Option<Path>, ink: Ink, width: f32| {
            if let Some(path) = path {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: ink.colour().into(),
                    width,
                    ..Stroke::default()
                }));
                surface.draw_path(path);
            }
        };
        for (strand, path) in PLAIT.below.iter().enumerate() {
            stroked(surface, path, Ink::Strand(strand), STRAND);
        }
        stroked(surface, &PLAIT.halo, Ink::Paper, HALO);
        for (strand, path) in PLAIT.above.iter().enumerate() {
            stroked(surface, path, Ink::Strand(strand), STRAND);
        }
        surface.set_stroke(None);
    } else {
        for (strand, down) in [0.0, 1.5, 3.0, 4.5].into_iter().enumerate() {
            if let Some(path) = rectangle(LEFT, STRANDS + down, RIGHT - LEFT, 0.7) {
                surface.set_fill(Some(fill(Ink::Strand(strand))));
                surface.draw_path(&path);
            }
        }
    }
    surface.end_tagged();
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn fill(ink: Ink) -> Fill {
    Fill {
        paint: ink.colour().into(),
        ..Fill::default()
    }
}

fn rectangle(left: f32, top: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(left, top, width, height)?);
    path.finish()
}

fn quadrilateral([left, top, right, bottom]: [f32; 4]) -> Quadrilateral {
    Quadrilateral([
        Point::from_xy(left, bottom),
        Point::from_xy(right, bottom),
        Point::from_xy(right, top),
        Point::from_xy(left, top),
    ])
}
