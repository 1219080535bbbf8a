//! Pictures beside a page: what a browser is offered, what is made for it, and
//! what an editor is told. They are drawn here, small, when a test runs.

use std::fs;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use site_gen::{Built, Engine, check, report};

use super::little_site::{SiteTest, text};

/// A photograph of something rough, in the bytes of that format.
fn photo(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixel = |x: u32, y: u32| {
        let rough = ((x * 31) ^ (y * 17)) % 64;
        let shade = |of: u32| u8::try_from((of / 4 + rough) % 256).unwrap();
        Rgb([shade(x), shade(y), shade(x + y)])
    };
    let picture = RgbImage::from_fn(width, height, pixel);
    bytes(DynamicImage::from(picture), format)
}

/// A drawing of which one can see half through.
fn glass(width: u32, height: u32) -> Vec<u8> {
    let pixel = |x: u32, y: u32| {
        let shade = |of: u32| u8::try_from(of % 256).unwrap();
        Rgba([shade((x * 31) ^ y), shade((y * 17) ^ x), 90, shade(x)])
    };
    let picture = RgbaImage::from_fn(width, height, pixel);
    bytes(DynamicImage::from(picture), ImageFormat::Png)
}

fn bytes(picture: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    photo(width, height, ImageFormat::Jpeg)
}

/// The paths of what was made of pictures, their prints as `*`.
fn made(built: &Built) -> Vec<String> {
    let made = built
        .files
        .keys()
        .filter(|path| path.contains("/pictures/"));
    made.map(|path| unprinted(path)).collect()
}

/// A text with `*` for each print.
fn unprinted(text: &str) -> String {
    let parts = text.split('.').map(|part| {
        let is_print = part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_print { "*" } else { part }
    });
    parts.collect::<Vec<_>>().join(".")
}

/// What is between the tags of a page’s main part.
fn main_of(built: &Built, path: &str) -> String {
    let page = text(built, path);
    let main = page.split_once("<main>").unwrap().1;
    unprinted(main.split_once("</main>").unwrap().0.trim())
}

#[test]
fn a_photograph_is_offered_in_widths_with_its_size() {
    let built = SiteTest::new()
        .file("content/about/hall.jpg", jpeg(900, 600))
        .page(
            "about/_index.md",
            "---\ntitle: A\ndescription: A.\n---\n![The hall](hall.jpg \"Our hall\")\n",
        )
        .build();
    assert_eq!(
        main_of(&built, "about/index.html"),
        "<p><picture><source type=\"image/avif\" \
         srcset=\"/assets/pictures/hall-400.*.avif 400w, /assets/pictures/hall-800.*.avif 800w, \
         /assets/pictures/hall-900.*.avif 900w\" sizes=\"(min-width: 672px) 640px, 100vw\">\
         <img src=\"/assets/pictures/hall-800.*.jpg\" alt=\"The hall\" title=\"Our hall\" \
         width=\"900\" height=\"600\"></picture></p>"
    );
    assert_eq!(
        made(&built),
        [
            "assets/pictures/hall-400.*.avif",
            "assets/pictures/hall-800.*.avif",
            "assets/pictures/hall-800.*.jpg",
            "assets/pictures/hall-900.*.avif",
        ]
    );
    for (path, bytes) in built
        .files
        .iter()
        .filter(|(path, _)| path.contains("/pictures/"))
    {
        assert!(bytes.len() > 500, "{path}");
        if path.ends_with(".avif") {
            assert_eq!(&bytes[4..12], b"ftypavif", "{path}");
        } else {
            let fallback = image::load_from_memory(bytes).unwrap();
            assert_eq!((fallback.width(), fallback.height()), (800, 533));
        }
    }
    // The picture itself stays where it was put: a link may lead to it.
    assert_eq!(built.files["about/hall.jpg"], jpeg(900, 600));
}

#[test]
fn none_is_made_larger_than_it_is_nor_twice_in_nearly_one_size() {
    let built = SiteTest::new()
        .file("content/a.jpg", jpeg(430, 200))
        .reading("page.md", "![A](a.jpg)")
        .build();
    assert_eq!(
        made(&built),
        [
            "assets/pictures/a-430.*.avif",
            "assets/pictures/a-430.*.jpg"
        ]
    );
    assert!(
        main_of(&built, "page/index.html").contains("sizes=\"(min-width: 462px) 430px, 100vw\"")
    );
}

#[test]
fn what_can_be_seen_through_falls_back_to_png_and_what_cannot_to_jpeg() {
    let built = SiteTest::new()
        .file("content/glass.png", glass(420, 200))
        .file("content/wall.png", photo(420, 200, ImageFormat::Png))
        .reading("page.md", "![G](glass.png) ![W](wall.png)")
        .build();
    assert_eq!(
        made(&built),
        [
            "assets/pictures/glass-420.*.avif",
            "assets/pictures/glass-420.*.png",
            "assets/pictures/wall-420.*.avif",
            "assets/pictures/wall-420.*.jpg",
        ]
    );
}

#[test]
fn a_small_picture_tells_its_size_and_a_drawing_passes_as_it_is() {
    let built = SiteTest::new()
        .file("content/small.png", photo(40, 30, ImageFormat::Png))
        .file(
            "content/map.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        )
        .reading("page.md", "![S](small.png) ![M](map.svg)")
        .build();
    assert_eq!(
        main_of(&built, "page/index.html"),
        "<p><img src=\"/small.png\" alt=\"S\" width=\"40\" height=\"30\"> \
         <img src=\"/map.svg\" alt=\"M\" /></p>"
    );
    assert_eq!(made(&built), Vec::<String>::new());
}

#[test]
fn the_first_picture_comes_at_once_and_the_others_when_they_are_near() {
    let component = "{% component picture(file: string) { \"links\": [\"file\"] } -%}\n\
        <img src=\"{{ file }}\" alt=\"C\" loading=\"lazy\">\n{%- endcomponent picture %}";
    let built = SiteTest::new()
        .file("content/a/one.png", photo(40, 30, ImageFormat::Png))
        .template("components/texts.html", component)
        .reading(
            "a/page.md",
            "{{ picture(file=\"one.png\") }}\n\n![B](one.png)\n\n\
             <img alt='C > \"c\"' width=20 src='one.png'>\n\n\
             <picture><img src=\"one.png\" alt=\"Own\"></picture>\n\n`<img src=\"one.png\">`",
        )
        .build();
    let main = main_of(&built, "a/page/index.html");
    let tags: Vec<&str> = main.split('\n').filter(|line| !line.is_empty()).collect();
    assert_eq!(
        tags,
        [
            "<img src=\"/a/one.png\" alt=\"C\" width=\"40\" height=\"30\">",
            "<p><img src=\"/a/one.png\" alt=\"B\" width=\"40\" height=\"30\" loading=\"lazy\" decoding=\"async\"></p>",
            "<img src=\"/a/one.png\" alt='C > \"c\"' width=\"20\" height=\"15\" loading=\"lazy\" decoding=\"async\">",
            "<p><picture><img src=\"/a/one.png\" alt=\"Own\"></picture></p>",
            "<p><code>&lt;img src=\"one.png\"&gt;</code></p>",
        ]
    );
}

#[test]
fn a_photograph_that_lies_on_its_side_is_shown_upright() {
    let (width, height) = (500, 420);
    let picture = RgbImage::from_fn(width, height, |x, y| {
        Rgb([
            if y < 100 { 250 } else { 10 },
            u8::try_from(((x * 31) ^ (y * 17)) % 200).unwrap(),
            0,
        ])
    });
    let mut lying = Vec::new();
    let mut encoder = JpegEncoder::new(&mut lying);
    // A TIFF header and one entry: orientation 6, to be turned clockwise.
    let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    encoder.set_exif_metadata(exif.to_vec()).unwrap();
    encoder
        .encode(&picture, width, height, image::ExtendedColorType::Rgb8)
        .unwrap();
    let built = SiteTest::new()
        .file("content/tower.jpg", lying)
        .reading("page.md", "![T](tower.jpg)")
        .build();
    assert!(main_of(&built, "page/index.html").contains("width=\"420\" height=\"500\""));
    let fallback = built
        .files
        .iter()
        .find(|(path, _)| path.contains("tower-420") && path.ends_with(".jpg"));
    let upright = image::load_from_memory(fallback.unwrap().1)
        .unwrap()
        .into_rgb8();
    assert_eq!(upright.dimensions(), (420, 500));
    // What was at the top is on the right.
    assert!(upright.get_pixel(400, 250)[0] > 200 && upright.get_pixel(20, 250)[0] < 60);
}

#[test]
fn only_what_a_published_page_shows_is_made() {
    let built = SiteTest::new()
        .file("content/hall.jpg", jpeg(430, 200))
        .reading("page.md", "[The hall](hall.jpg)")
        .page(
            "draft.md",
            "---\ntitle: D\ndescription: D.\ndraft: true\n---\n![H](hall.jpg)\n",
        )
        .build();
    assert_eq!(made(&built), Vec::<String>::new());
}

#[test]
fn the_same_picture_is_the_same_bytes_and_is_made_once() {
    let site = SiteTest::new()
        .file("content/a.jpg", jpeg(430, 200))
        .reading("page.md", "![A](a.jpg)");
    let first = site.build();
    let cache = site.path("target/pictures");
    let kept: Vec<_> = fs::read_dir(&cache)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(kept.len(), 2);
    fs::remove_dir_all(&cache).unwrap();
    assert!(site.build().files == first.files, "made anew it is another");

    // What is kept is taken as it is; of what is half there nothing is.
    let avif = kept
        .iter()
        .find(|path| path.extension().unwrap() == "avif")
        .unwrap();
    let jpg = kept
        .iter()
        .find(|path| path.extension().unwrap() == "jpg")
        .unwrap();
    fs::write(avif, "kept").unwrap();
    fs::write(jpg, "").unwrap();
    let again = site.build();
    let bytes = |built: &Built, ending: &str| {
        let found = built
            .files
            .iter()
            .find(|(path, _)| path.contains("/a-430") && path.ends_with(ending));
        found.unwrap().1.clone()
    };
    assert_eq!(bytes(&again, ".avif"), b"kept");
    assert_eq!(bytes(&again, ".jpg"), bytes(&first, ".jpg"));
}

#[test]
fn what_is_no_picture_is_told_and_so_is_one_that_is_too_large() {
    let mut large = jpeg(16, 16);
    // The height and the width, in the frame header.
    let frame = large
        .windows(2)
        .position(|two| two == [0xff, 0xc0])
        .unwrap();
    large[frame + 5..frame + 9].copy_from_slice(&[0x1f, 0x40, 0x1f, 0x40]);
    let told = SiteTest::new()
        .file("content/large.jpg", large)
        .file("content/words.PNG", "These are words.")
        .reading("page.md", "Words")
        .problems();
    assert_eq!(
        told,
        "content/large.jpg: the picture has 64 megapixels, and 50 are the most\n  \
         hint: make it smaller before it is put here: 4000 pixels across are plenty\n\n\
         content/words.PNG: this is no JPEG or PNG picture, or only a part of one\n  \
         hint: open it in a picture program, save it as JPEG (a photograph) or PNG (a drawing), and put it here again\n\n\
         2 problems in 2 files"
    );
}

#[test]
fn half_a_picture_is_told_when_it_is_made() {
    let mut half = photo(430, 200, ImageFormat::Png);
    half.truncate(half.len() / 2);
    let told = SiteTest::new()
        .file("content/half.png", half)
        .reading("page.md", "![H](half.png)")
        .problems();
    assert!(
        told.starts_with(
            "content/half.png: this is no JPEG or PNG picture, or only a part of one\n"
        ),
        "{told}"
    );
}

#[test]
fn an_edited_site_has_the_pictures_of_a_cold_build() {
    let page = |text: &str| format!("---\ntitle: P\ndescription: P.\n---\n{text}\n");
    let mut site = SiteTest::new()
        .file("content/a.jpg", jpeg(430, 200))
        .page("page.md", &page("![A](a.jpg)"))
        .page("other.md", &page("Words"));
    let mut engine = Engine::open(&site.options());
    let same = |engine: &Engine, site: &SiteTest, when: &str| {
        assert_eq!(report(engine.problems()), "", "{when}");
        let cold = check(&site.options()).unwrap().files;
        let ours: Vec<_> = engine
            .files()
            .iter()
            .map(|(path, bytes)| (path, &**bytes))
            .collect();
        assert!(
            ours == cold
                .iter()
                .map(|(path, bytes)| (path, &**bytes))
                .collect::<Vec<_>>(),
            "{when}"
        );
    };
    same(&engine, &site, "at first");

    // The words beside it.
    site = site.page("page.md", &page("![A](a.jpg)\n\nMore words"));
    let update = engine.change(&[site.path("content/page.md")]);
    assert_eq!(update.changed, ["page/index.html"]);
    same(&engine, &site, "words changed");

    // Another picture under the same name: the page names other files.
    site = site.file("content/a.jpg", jpeg(440, 210));
    let update = engine.change(&[site.path("content/a.jpg")]);
    let changed: Vec<String> = update.changed.iter().map(|path| unprinted(path)).collect();
    assert_eq!(
        changed,
        [
            "a.jpg",
            "assets/pictures/a-440.*.avif",
            "assets/pictures/a-440.*.jpg",
            "page/index.html"
        ]
    );
    assert_eq!(update.removed.len(), 2, "{:?}", update.removed);
    same(&engine, &site, "the picture changed");

    // One more, first as a fault, and its page before it.
    site = site.page("other.md", &page("![B](b.png)"));
    let update = engine.change(&[site.path("content/other.md")]);
    assert_eq!(update.problems.len(), 1);
    site = site.file("content/b.png", "no picture");
    let update = engine.change(&[site.path("content/b.png")]);
    assert_eq!(update.problems, check(&site.options()).unwrap_err());
    site = site.file("content/b.png", glass(420, 200));
    engine.change(&[site.path("content/b.png")]);
    same(&engine, &site, "a picture came");

    site = site
        .page("other.md", &page("Words"))
        .without("content/b.png");
    let update = engine.change(&[site.path("content/other.md"), site.path("content/b.png")]);
    assert_eq!(update.removed.len(), 3, "{:?}", update.removed);
    same(&engine, &site, "it went");
}
