//! What users read when a schema is wrong: rendered diagnostics of the schemas in `tests/bad`.

mod support;

use std::path::Path;

use typelang_parser::codes::{
    BAD_CONDITION, BAD_ID, EXPECTED_TOKEN, INVALID_RESULT, MISSING_EQUALS, MISSING_SEMICOLON, MISSING_TYPE, NON_ASCII,
    STRAY_CHARACTER, UNCLOSED_DELIMITER, UNKNOWN_SECTION,
};
use typelang_parser::{
    Code, Diagnostic, Label, Severity, SourceId, Sources, Span, declare_codes, parse, print, render, render_all,
};

declare_codes! {
    FAULT {
        name: "fault",
        level: Error,
        summary: "A fault of the tests",
        explanation: "It is found nowhere.",
    }
    REMARK {
        name: "remark",
        level: Note,
        summary: "A remark of the tests",
        explanation: "It is made nowhere.",
    }
}

/// Parses a schema and returns the rendered diagnostics, and what was read all the same.
fn report(path: &Path) -> String {
    let mut sources = Sources::new();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let source = sources.add(name, std::fs::read_to_string(path).expect("a file of tests/bad"));
    let parsed = parse(source, sources.text(source));
    format!("{}\n{:=<100}\n{}", render_all(&parsed.diagnostics, &sources), "", print(&parsed.file))
}

/// Every schema of `tests/bad` is a case; its snapshot is beside it.
#[test]
fn snapshots() {
    for path in support::schemas("tests/bad") {
        insta::with_settings!({ snapshot_path => "bad", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(support::stem(&path), report(&path));
        });
    }
}

/// The codes of what is found, with what is at their places and the offsets of these.
fn found(text: &str) -> Vec<(&'static Code, String, u32)> {
    let parsed = parse(SourceId::default(), text);
    let place = |it: &Diagnostic| text[it.primary.span.range()].to_owned();
    parsed.diagnostics.iter().map(|it| (it.code, place(it), it.primary.span.start)).collect()
}

#[test]
fn a_semicolon_that_is_missing_behind_a_type_with_arguments() {
    for first in
        ["f x:int = Vector<int>", "f x:int = Vector<Vector<int>>", "f x:int = (Vector int)", "f x:int = %Vector<int>"]
    {
        let text = format!("{first} g y:int = Vector<int>;");
        let end = u32::try_from(first.len()).expect("short");
        assert_eq!(found(&text), [(&MISSING_SEMICOLON, String::new(), end)], "{text}");
    }
    // With brackets that are not closed, nobody can tell where the first one ends.
    let codes: Vec<&Code> =
        found("f x:int = Vector<int g y:int = Vector<int>;").into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes, [&UNCLOSED_DELIMITER]);
}

#[test]
fn a_bracket_with_nothing_behind_it_is_blamed() {
    for (text, at) in [("a x:Vector< = A;", 10), ("a x:(Vector = A;", 4), ("a n:# x:n*[ = A;", 10), ("a {X: = A;", 2)] {
        let found = found(text);
        let (code, _, start) = &found[0];
        assert_eq!((*code, *start, found.len()), (&UNCLOSED_DELIMITER, at, 1), "{text}: {found:?}");
    }
    // Where something else is behind it, that is wrong, and the bracket is not.
    for (text, at) in [("a x:Vector<:> = A;", 11), ("a x:Vector<?> y:(int) = A;", 11), ("a x:(:) = A;", 5)] {
        let found = found(text);
        let (code, _, start) = &found[0];
        assert_eq!((*code, *start, found.len()), (&EXPECTED_TOKEN, at, 1), "{text}: {found:?}");
    }
}

#[test]
fn ten_faults() {
    let mut sources = Sources::new();
    let source = sources.add("ten_faults.tl", include_str!("bad/ten_faults.tl"));
    let parsed = parse(source, sources.text(source));
    let found: Vec<(&Code, usize, usize)> = parsed
        .diagnostics
        .iter()
        .map(|found| {
            let (line, column) = sources.line_column(source, found.primary.span.start);
            (found.code, line, column)
        })
        .collect();
    let expected = [
        (&MISSING_SEMICOLON, 3, 29),
        (&MISSING_EQUALS, 5, 21),
        (&BAD_ID, 6, 6),
        (&UNCLOSED_DELIMITER, 8, 12),
        (&BAD_CONDITION, 9, 24),
        (&STRAY_CHARACTER, 13, 13),
        (&MISSING_TYPE, 14, 14),
        (&INVALID_RESULT, 15, 23),
        (&NON_ASCII, 17, 11),
        (&UNKNOWN_SECTION, 18, 4),
        (&BAD_ID, 19, 7),
    ];
    assert_eq!(found, expected);
    let good = parsed.file.combinators().filter(|combinator| combinator.name.name.starts_with("good")).count();
    assert_eq!(good, 6);
}

fn two_sources() -> (Sources, SourceId, SourceId) {
    let mut sources = Sources::new();
    let one = sources.add("one.tl", "a x:int = A;\nb y:int = B;\nc = C;\nd = D;\n");
    let other = sources.add("other.tl", "\nb = B;");
    (sources, one, other)
}

#[test]
fn labels_in_several_texts() {
    let (sources, one, other) = two_sources();
    let found = Diagnostic::new(&FAULT, "`b` is declared again", Label::new(other, Span::new(1, 2)))
        .with_secondary(Label::new(one, Span::new(13, 14)).with_message("first declared here"))
        .with_secondary(Label::new(one, Span::new(33, 34)).with_message("and here"))
        .with_secondary(Label::new(other, Span::new(5, 6)).with_message("with this type"))
        .with_note("names are shared by all files")
        .with_note("another fact")
        .with_help("remove one of them");
    insta::assert_snapshot!(render(&found, &sources));
}

#[test]
fn a_span_of_several_lines_is_drawn_on_its_first() {
    let (sources, one, _) = two_sources();
    let found = Diagnostic::new(&REMARK, "this much", Label::new(one, Span::new(2, 30)).with_message("from here"));
    insta::assert_snapshot!(render(&found, &sources));
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let mut sources = Sources::new();
    let text = format!("a {}x:Strng {}= A;", "some:int ".repeat(40), "more:int ".repeat(40));
    let start = u32::try_from(text.find("Strng").expect("there")).expect("small");
    let source = sources.add("long.tl", text);
    let found = Diagnostic::new(&FAULT, "unknown type `Strng`", Label::new(source, Span::new(start, start + 5)))
        .with_secondary(Label::new(source, Span::new(0, 1)).with_message("in this"))
        .with_help("did you mean `String`?");
    let rendered = render(&found, &sources);
    assert!(rendered.lines().all(|line| line.chars().count() < 200));
    insta::assert_snapshot!(rendered);
}

#[test]
fn places_outside_of_the_text_do_no_harm() {
    let sources = Sources::new();
    let found = Diagnostic::new(&FAULT, "no text", Label::new(SourceId(7), Span::new(4, 900)));
    assert!(render(&found, &sources).starts_with("error[fault]: no text"));
    let (sources, one, _) = two_sources();
    let beyond = Diagnostic::new(&FAULT, "far", Label::new(one, Span::new(u32::MAX - 1, u32::MAX)));
    assert!(render(&beyond, &sources).contains("one.tl:5:1"));
    let backwards = Diagnostic::new(&FAULT, "odd", Label::new(one, Span::new(5, 2)));
    assert!(render(&backwards, &sources).contains('^'));
}

#[test]
fn severity_order_lets_the_worst_be_found() {
    assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Note);
}

#[cfg(feature = "color")]
#[test]
fn coloured_rendering_says_the_same() {
    let (sources, one, other) = two_sources();
    let found = Diagnostic::new(&FAULT, "`b` is declared again", Label::new(other, Span::new(1, 2)))
        .with_secondary(Label::new(one, Span::new(13, 14)).with_message("first declared here"))
        .with_note("a fact")
        .with_help("advice");
    let rendered = typelang_parser::render_colored(&found, &sources);
    assert!(rendered.contains("\u{1b}["));
    for part in ["fault", "is declared again", "first declared here", "a fact", "advice", "one.tl", "other.tl"] {
        assert!(rendered.contains(part), "{part} in {rendered}");
    }
    let nowhere = Diagnostic::new(&FAULT, "no text", Label::new(SourceId(7), Span::new(4, 900)));
    assert!(typelang_parser::render_colored(&nowhere, &sources).contains("no text"));
}
