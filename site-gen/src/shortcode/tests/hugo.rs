//! Components as Hugo writes them, which are none here.

use super::{html, told};

#[test]
fn a_shortcode_as_hugo_writes_it_is_told_with_what_to_write() {
    assert_eq!(
        told("A\n\n{{% note %}}\nB\n{{% /note %}}\n\nC {{%count%}} {{ count() }}\n"),
        [
            "3: in a text a component does not begin with `{{%` (write `{{ note(…) }}`, or around a text `{% note(…) %}` and `{% end %}`; if it is code, put it between backticks)",
            "18: in a text a component does not begin with `{{%` (write `{% end %}` on a line of its own; if it is code, put it between backticks)",
            "35: in a text a component does not begin with `{{%` (write `{{ count(…) }}`, or around a text `{% count(…) %}` and `{% end %}`; if it is code, put it between backticks)",
        ]
    );
}

#[test]
fn a_shortcode_of_hugo_in_code_or_after_a_backslash_is_text() {
    assert_eq!(
        html("`{{% note %}}`\n\n```\n{{% note %}}\n```\n\n\\{{% note %}} and {{% %}}\n"),
        "<p><code>{{% note %}}</code></p>\n<pre><code>{{% note %}}\n</code></pre>\n\
         <p>{{% note %}} and {{% %}}</p>\n"
    );
}
