//! What a test found, all of it at once.

/// The things that a test found wrong.
#[derive(Default)]
pub struct Report {
    findings: Vec<String>,
}

impl Report {
    /// One thing: where, what, and what to do about it.
    pub fn add(&mut self, place: &str, what: &str, remedy: &str) {
        self.findings
            .push(format!("{place}: {what}\n  hint: {remedy}"));
    }

    /// Fails the test, unless nothing was found.
    ///
    /// # Panics
    ///
    /// With everything that was found.
    pub fn finish(self) {
        let count = self.findings.len();
        assert!(
            count == 0,
            "\n{}\n\n{count} in all\n",
            self.findings.join("\n\n")
        );
    }
}
