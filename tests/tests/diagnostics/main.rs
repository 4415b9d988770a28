//! What users read when a schema is wrong, from the parser and from resolving together.

mod dependent;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use typelang_ir::codes::{
    BARE_USE, CONDITION_BEFORE_FLAGS, DUPLICATE_FIELD, DUPLICATE_NAME, FLAG_BIT_RANGE, INFINITE_TYPE, LAYER_MISMATCH,
    REPEATED_DEFINITION, UNKNOWN_FLAGS, UNKNOWN_TYPE, WRONG_ARITY,
};
use typelang_ir::{Resolution, ResolveOptions, codes, resolve};
use typelang_parser::codes::MISSING_SEMICOLON;
use typelang_parser::{Code, Diagnostic, Severity, Sources, parse, render_all};

/// Everything that is found in one or several texts that make one schema.
struct Findings {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    resolution: Resolution,
}

impl Findings {
    fn of_texts(texts: &[(&str, &str)]) -> Self {
        let mut sources = Sources::new();
        let mut diagnostics = Vec::new();
        let mut files = Vec::new();
        for &(name, text) in texts {
            let (source, invalid) = sources.add_bytes(name, text.as_bytes().to_vec());
            let parsed = parse(source, sources.text(source));
            diagnostics.extend(invalid);
            diagnostics.extend(parsed.diagnostics);
            files.push(parsed.file);
        }
        let resolution = resolve(&files, ResolveOptions::default());
        diagnostics.extend(resolution.diagnostics.iter().cloned());
        diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.source, diagnostic.primary.span));
        Self { sources, diagnostics, resolution }
    }

    /// Everything that is found in a case: in a file, or in the files of a folder.
    fn of_case(name: &str) -> Self {
        let path = cases_folder().join(name);
        let mut files = if path.is_dir() { entries(&path) } else { vec![path.with_extension("tl")] };
        files.retain(|path| path.extension().is_some_and(|extension| extension == "tl"));
        let read = |path: &PathBuf| std::fs::read_to_string(path).expect("a schema of this test");
        let texts: Vec<(String, String)> = files.iter().map(|path| (file_name(path), read(path))).collect();
        let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        Self::of_texts(&texts)
    }

    /// Code, line and column of each, in order.
    fn places(&self) -> Vec<(&'static Code, usize, usize)> {
        let place = |diagnostic: &Diagnostic| {
            let primary = &diagnostic.primary;
            let (line, column) = self.sources.line_column(primary.source, primary.span.start);
            (diagnostic.code, line, column)
        };
        self.diagnostics.iter().map(place).collect()
    }

    fn rendered(&self) -> String {
        render_all(&self.diagnostics, &self.sources)
    }

    fn constructors(&self) -> Vec<String> {
        self.resolution.schema.constructors.iter().map(|it| it.combinator.name.to_string()).collect()
    }
}

fn cases_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/cases")
}

/// The entries of a folder, sorted.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of this test");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The names of all cases. A case is a schema file, or a folder with the files of one schema; its snapshot is beside it.
fn cases() -> Vec<String> {
    let mut paths = entries(&cases_folder());
    paths.retain(|path| path.is_dir() || path.extension().is_some_and(|extension| extension == "tl"));
    paths.iter().map(|path| file_name(&path.with_extension(""))).collect()
}

#[test]
fn snapshots() {
    for name in cases() {
        insta::with_settings!({
            snapshot_path => "cases", prepend_module_to_snapshot => false, omit_expression => true
        }, {
            insta::assert_snapshot!(name.as_str(), Findings::of_case(&name).rendered());
        });
    }
}

#[test]
fn ten_faults_in_one_run() {
    let findings = Findings::of_case("ten_faults");
    let expected = [
        (&UNKNOWN_TYPE, 3, 8),
        (&UNKNOWN_FLAGS, 4, 22),
        (&CONDITION_BEFORE_FLAGS, 5, 11),
        (&FLAG_BIT_RANGE, 7, 25),
        (&BARE_USE, 10, 12),
        (&DUPLICATE_NAME, 11, 1),
        (&DUPLICATE_FIELD, 13, 5),
        (&WRONG_ARITY, 15, 9),
        (&MISSING_SEMICOLON, 17, 24),
        (&INFINITE_TYPE, 18, 1),
    ];
    assert_eq!(findings.places(), expected);
    assert!(findings.diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Error));
    // What has a fault is still there to be spoken of; of the two that are called `user`, the first.
    let names = findings.constructors();
    assert_eq!(names.len(), 14, "{names:?}");
    assert_eq!(findings.resolution.schema.functions.len(), 1);
}

#[test]
fn the_declaration_after_a_missing_semicolon_is_read() {
    let findings = Findings::of_case("missing_semicolon");
    // At the end of the token before, not at the start of the next line.
    let expected = [
        (&MISSING_SEMICOLON, 2, 21),
        (&MISSING_SEMICOLON, 5, 21),
        (&MISSING_SEMICOLON, 7, 17),
        (&MISSING_SEMICOLON, 9, 26),
    ];
    assert_eq!(findings.places(), expected);
    assert_eq!(findings.constructors(), ["first", "second", "third"]);
    let functions = findings.resolution.schema.functions.iter().map(|it| it.combinator.name.to_string());
    assert_eq!(functions.collect::<Vec<_>>(), ["getFirst", "getSecond"]);
}

#[test]
fn columns_count_characters() {
    let findings = Findings::of_case("accents");
    assert_eq!(findings.places(), [(&UNKNOWN_TYPE, 2, 19), (&UNKNOWN_TYPE, 4, 31)]);
    assert_eq!(findings.constructors(), ["user", "other"]);
}

#[test]
fn a_suggestion_for_a_misspelt_type() {
    let findings = Findings::of_texts(&[("typo.tl", "user x:Strng = User;")]);
    let expected = "\
error[unknown-type]: unknown type `Strng`
 --> typo.tl:1:8
  |
1 | user x:Strng = User;
  |        ^^^^^
  |
  = help: did you mean `string`?
";
    assert_eq!(findings.rendered().trim_end(), expected.trim_end());
}

#[test]
fn other_line_ends_and_a_byte_order_mark_move_nothing() {
    let text = include_str!("cases/ten_faults.tl").replace("\r\n", "\n");
    let places = Findings::of_texts(&[("unix.tl", &text)]).places();
    let windows = text.replace('\n', "\r\n");
    assert_eq!(Findings::of_texts(&[("windows.tl", &windows)]).places(), places);
    assert_eq!(Findings::of_texts(&[("mark.tl", &format!("\u{feff}{windows}"))]).places(), places);
    assert_eq!(Findings::of_texts(&[("end.tl", text.trim_end())]).places(), places);
    let first_line = Findings::of_texts(&[("mark.tl", "\u{feff}user x:Strng = User;")]);
    assert_eq!(first_line.places(), [(&UNKNOWN_TYPE, 1, 8)]);
}

#[test]
fn definitions_that_files_repeat() {
    let findings = Findings::of_case("several_files");
    let expected = [
        (&LAYER_MISMATCH, 1, 10),
        (&REPEATED_DEFINITION, 2, 1),
        (&REPEATED_DEFINITION, 3, 1),
        (&DUPLICATE_NAME, 4, 1),
        (&UNKNOWN_TYPE, 5, 36),
        (&REPEATED_DEFINITION, 7, 1),
    ];
    assert_eq!(findings.places(), expected);
    assert_eq!(findings.constructors(), ["user", "point", "holder"]);
    // The places that explain them are in the first file.
    let shown = findings.rendered();
    assert!(shown.contains("layer_first.tl:4:1"), "{shown}");
}

#[test]
fn every_code_of_the_resolver_has_an_example() {
    let mut seen: BTreeSet<&Code> = BTreeSet::new();
    for name in cases() {
        seen.extend(Findings::of_case(&name).resolution.diagnostics.iter().map(|diagnostic| diagnostic.code));
    }
    // No schema leads to a fault of this program, and the loader alone reports that ids are assigned.
    let elsewhere = [&codes::INTERNAL_ERROR, &codes::ASSIGNED_IDS];
    let expected = codes::ALL.iter().filter(|code| !elsewhere.contains(*code));
    let missing: Vec<_> = expected.filter(|code| !seen.contains(*code)).collect();
    assert!(missing.is_empty(), "without an example: {missing:?}");
}
