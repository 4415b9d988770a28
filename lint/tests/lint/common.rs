//! What the tests share.

use typelang_lint::Levels;
use typelang_parser::ast::File;
use typelang_parser::ids::{check_ids, detect_dialect};
use typelang_parser::{Code, Diagnostic, Severity, Sources, parse};

/// What was found in some texts.
pub(crate) struct Checked {
    pub(crate) sources: Sources,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// The codes in the order of the texts.
    pub(crate) fn codes(&self) -> Vec<&'static Code> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }

    /// Code and severity, in the order of the texts.
    pub(crate) fn severities(&self) -> Vec<(&'static Code, Severity)> {
        self.diagnostics.iter().map(|diagnostic| (diagnostic.code, diagnostic.severity)).collect()
    }
}

/// Parses texts, which must be free of errors, and checks them together, their ids included.
pub(crate) fn check(texts: &[(&str, &str)], levels: &Levels) -> Checked {
    let mut sources = Sources::new();
    let mut found = Vec::new();
    let mut files: Vec<File> = Vec::new();
    for (name, text) in texts {
        let source = sources.add(*name, *text);
        let parsed = parse(source, sources.text(source));
        found.extend(parsed.diagnostics);
        found.extend(check_ids(&parsed.file, detect_dialect(&parsed.file)));
        files.push(parsed.file);
    }
    assert!(found.iter().all(|diagnostic| diagnostic.severity != Severity::Error), "{found:?}");
    let files: Vec<&File> = files.iter().collect();
    let diagnostics = typelang_lint::check(&files, &sources, levels, found);
    Checked { sources, diagnostics }
}
