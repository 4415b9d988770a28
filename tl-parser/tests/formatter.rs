//! The layout of schemas: as it looks, and on the schemas of the repository.

mod support;

use typelang_parser::ast::File;
use typelang_parser::{SourceId, format, parse};

fn formatted(text: &str) -> String {
    let parsed = parse(SourceId::default(), text);
    assert!(!parsed.has_errors(), "{:?}", parsed.diagnostics);
    format(&parsed, text).expect("a text without errors")
}

/// The texts of all comments, sorted, without blanks at their ends.
fn comments(file: &File) -> Vec<String> {
    let mut texts: Vec<String> =
        file.comments.iter().map(|comment| comment.text.trim_end().replace("\r\n", "\n")).collect();
    texts.sort_unstable();
    texts
}

#[test]
fn a_semicolon_that_a_comment_follows_keeps_its_line() {
    for (text, formatted) in [
        ("a = A; // x\n; // y\nb = B;\n", "a = A; // x\n; // y\nb = B;\n"),
        ("a = A; // x\n;\nb = B;\n", "a = A; // x\nb = B;\n"),
        ("a = A;\n;// y\nb = B;/* x */ ;/* z */\n", "a = A;\n; // y\nb = B; /* x */\n; /* z */\n"),
        ("a = A;\n; /* y */\nb = B; ; // z\n", "a = A;\n; /* y */\nb = B;\n; // z\n"),
    ] {
        let parsed = typelang_parser::parse(Default::default(), text);
        assert_eq!(typelang_parser::format(&parsed, text).as_deref(), Some(formatted), "{text:?}");
    }
}

/// Every schema of `tests/format` is a case; the snapshot beside it is its layout.
#[test]
fn snapshots() {
    for path in support::schemas("tests/format") {
        let text = std::fs::read_to_string(&path).expect("a schema");
        let result = formatted(&text);
        insta::with_settings!({
            snapshot_path => "format", prepend_module_to_snapshot => false, omit_expression => true
        }, {
            insta::assert_snapshot!(support::stem(&path), result);
        });
        assert_eq!(formatted(&result), result);
        for other in [text.replace('\n', "\r\n"), format!("\u{feff}{text}"), text.trim_end().to_owned()] {
            assert_eq!(formatted(&other), result);
        }
        let (before, after) = (parse(SourceId::default(), &text).file, parse(SourceId::default(), &result).file);
        assert!(before.without_spans() == after.without_spans());
        assert_eq!(comments(&before), comments(&after));
    }
}

#[test]
fn small_texts() {
    for (text, expected) in [
        ("", ""),
        (" \r\n\u{feff}", ""),
        ("// c", "// c\n"),
        ("\n\n/* c */\n\n\n\n// d \n\n", "/* c */\n\n// d\n"),
        ("a=A;b=B;", "a = A;\nb = B;\n"),
        ("a=A;\n\n\nb=B;", "a = A;\n\nb = B;\n"),
        ("---types---\na = A;\n---functions---", "---types---\n\na = A;\n\n---functions---\n"),
        ("---types---\n---functions---\n// c\na=A;", "---types---\n\n---functions---\n\n// c\na = A;\n"),
        ("a=A;\n// c\n---functions---", "a = A;\n// c\n---functions---\n"),
        ("a=A;\n// c\n\n---functions---", "a = A;\n// c\n\n---functions---\n"),
        ("a\nx:int\n\ny:int\n\n=A;", "a\n  x:int\n\n  y:int\n  = A;\n"),
        ("a\n=A;", "a\n  = A;\n"),
        ("a =A\n;", "a = A;\n"),
        ("@b\n\na=A;@c @d\na=A;", "@b\na = A;\n@c @d\na = A;\n"),
        ("a=A // c\n;", "a = A; // c\n"),
        ("a=A;/* c */b=B;", "a = A; /* c */\nb = B;\n"),
        ("/* c */a=A;", "/* c */ a = A;\n"),
        (";;a=A;;", "a = A;\n"),
        ("a n:#n*[\n[x:int]]=A;", "a\n  n:#\n  n*[\n    [ x:int ]\n  ]\n  = A;\n"),
        ("a x:/* c */int=A;", "a /* c */ x:int = A;\n"),
        ("a x: // c\nint=A;", "a\n  x:int // c\n  = A;\n"),
    ] {
        assert_eq!(formatted(text), expected, "{text:?}");
        assert_eq!(formatted(expected), expected, "{text:?}");
    }
}

/// A comment that documents nothing must not come to stand alone before a declaration, nor the other way round.
#[test]
fn comments_do_not_become_documentation() {
    for text in [
        "a = A //@description c\n;\nb = B;",
        "a = A // c\n; //@description c\nb = B;",
        "a = A\n//@description c\n;\nb = B;",
        "; //@description c\nb = B;",
        "/* c */ //@description c\nb = B;",
        "===8=== //@description c\nb = B;",
        "@\n//@description c\nread b = B;",
        "@read //@description c\n\nb = B;",
        "Tuple int //@description c\n 3; b = B;",
    ] {
        let documentation = |text: &str| {
            let file = parse(SourceId::default(), text).file;
            file.combinators().last().expect("a declaration").documentation.clone()
        };
        assert_eq!(documentation(text), None, "{text}");
        assert_eq!(documentation(&formatted(text)), None, "{text}");
    }
}

#[test]
fn the_schemas_of_the_repository_are_laid_out() {
    for path in support::schemas("../schema") {
        let text = std::fs::read_to_string(&path).expect("a schema of the repository");
        assert!(formatted(&text) == text, "{} is not in the canonical layout: run `tl fmt schema`", path.display());
    }
}
