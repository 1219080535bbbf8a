//! Any text between two fences, as each kind of page.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((kind, yaml)) = bytes.split_first() else {
        return;
    };
    let text = [b"---\n", yaml, b"\n---\nText\n"].concat();
    promises::keep(promises::kind(*kind), &text, None);
});
