//! The components of the product's own theme, as the editor's guide shows them.

use super::with;

#[test]
fn the_components_of_our_theme_are_as_the_guide_shows_them() {
    let ours = include_str!("../../../../themes/partnership/templates/components/texts.html");
    let shown = |markdown: &str| {
        let body = with(ours, markdown);
        assert_eq!(body.findings, [], "{markdown}");
        body.html
    };
    assert_eq!(
        shown(
            "{{ picture(file=\"map.svg\", alternative=\"What it shows\", caption=\"A map\", width=640, height=480) }}\n"
        ),
        "<figure class=\"picture\">\n<img src=\"/about/map.svg\" alt=\"What it shows\" width=\"640\" height=\"480\" loading=\"lazy\" decoding=\"async\">\n\
         <figcaption>A map</figcaption>\n</figure>\n"
    );
    assert_eq!(
        shown(
            "{% notice(title=\"Before you apply\", kind=\"warning\") %}\nRead *this*.\n{% end %}\n"
        ),
        "<div class=\"admonition warning\" role=\"note\">\n<p class=\"admonition-title\">Before you apply</p>\n<p>Read <em>this</em>.</p>\n</div>\n"
    );
    assert_eq!(
        shown("{% more(title=\"How?\") %}\nSo.\n{% end %}\n"),
        "<details class=\"more\">\n<summary>How?</summary>\n<p>So.</p>\n</details>\n"
    );
    assert_eq!(
        shown("{{ button(to=\"/apply/\", label=\"Apply & join\") }}\n"),
        "<p class=\"actions\"><a class=\"button\" href=\"/apply/\">Apply &amp; join</a></p>\n"
    );
    assert_eq!(
        shown(
            "{{ data_table(rows=data.schools, columns=[\"pupils\", \"name\"], headings=[\"On roll\", \"School\"], caption=\"Schools\") }}\n"
        ),
        "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Schools\">\n<table>\n<caption>Schools</caption>\n\
         <thead><tr><th scope=\"col\">On roll</th><th scope=\"col\">School</th></tr></thead>\n<tbody>\n\
         <tr><td data-label=\"On roll\">400</td><td data-label=\"School\">Bow</td></tr>\n\
         <tr><td data-label=\"On roll\">300</td><td data-label=\"School\">Mile End, upper</td></tr>\n\
         </tbody>\n</table>\n</div>\n"
    );
}
