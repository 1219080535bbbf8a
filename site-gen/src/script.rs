//! Scripts as they are sent: without the comments that have lines of their own.
//!
//! Packages come with their documentation inside; of the search engine that is
//! more than half. A whole minifier would save a little more, and would have to
//! understand the language; lines can be left out by looking at them.

/// The script without lines of comments and empty lines. One with a template
/// over several lines stays as it is: what looks like a comment may be its text.
pub(crate) fn lean(script: &str) -> String {
    let over_lines = |line: &str| line.matches('`').count() % 2 == 1;
    let mut kept = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines() {
        let text = line.trim();
        if in_comment || text.starts_with("/*") {
            // What stands behind the end of a comment is code.
            let code = text.split_once("*/").map(|(_, code)| code.trim());
            in_comment = code.is_none();
            let Some(code) = code.filter(|code| !code.is_empty()) else {
                continue;
            };
            kept.push_str(code);
        } else if text.is_empty() || text.starts_with("//") {
            continue;
        } else if over_lines(text) {
            return script.to_owned();
        } else {
            kept.push_str(line);
        }
        kept.push('\n');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::lean;

    #[test]
    fn comments_on_lines_of_their_own_are_left_out() {
        let script = "/** What it does.\n *  And how. */\nlet a = 1; // one\n\n  // two\n  let b = '/*';\n/* c */ let c;\n";
        assert_eq!(lean(script), "let a = 1; // one\n  let b = '/*';\nlet c;\n");
    }

    #[test]
    fn a_template_over_several_lines_is_not_looked_into() {
        let script = "let a = `\n// no comment\n`;\n// one\n";
        assert_eq!(lean(script), script);
    }
}
