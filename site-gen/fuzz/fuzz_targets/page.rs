//! Any bytes as a whole file.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((kind, file)) = bytes.split_first() else {
        return;
    };
    promises::keep(promises::kind(*kind), file, None);
});
