//! Texts before and after the fixes of the parser's findings.

use std::collections::BTreeSet;
use std::path::Path;

use typelang_parser::codes::ID_MISMATCH;
use typelang_parser::ids::{Dialect, check_ids, detect_dialect};
use typelang_parser::{Code, Diagnostic, Fix, FixSet, SourceId, apply_edits, codes, parse};

fn findings(text: &str) -> Vec<Diagnostic> {
    let mut parsed = parse(SourceId::default(), text);
    parsed.diagnostics.extend(check_ids(&parsed.file, detect_dialect(&parsed.file)));
    parsed.diagnostics
}

/// The text after the fixes of one run, of which none overlaps another one.
fn once(text: &str) -> String {
    let diagnostics = findings(text);
    let mut set = FixSet::new();
    let fixes: Vec<&Fix> = diagnostics.iter().filter_map(|it| it.fix.as_ref()).filter(|fix| set.add(fix)).collect();
    apply_edits(text, fixes.into_iter().flat_map(|fix| &fix.edits))
}

/// The text after as many runs as it takes.
fn fixed(text: &str) -> String {
    let mut fixed = text.to_owned();
    for _ in 0..10 {
        let next = once(&fixed);
        if next == fixed {
            return fixed;
        }
        fixed = next;
    }
    panic!("there is no end to fixing {text}");
}

/// Faults, and what becomes of them.
const MENDED: &[(&str, &str)] = &[
    ("a = A\nb = B;", "a = A;\nb = B;"),
    ("a = A // é\nb = B", "a = A; // é\nb = B;"),
    ("a x:int A;", "a x:int = A;"),
    ("a x:int m.A<int>;", "a x:int = m.A<int>;"),
    ("a #1cb5c415 x:int = A;", "a#d2aa78f6 x:int = A;"),
    (
        "user #d23c81a3 id:int first_name:string last_name:string = User;",
        "user#d23c81a3 id:int first_name:string last_name:string = User;",
    ),
    ("a#00000000 x:int = A;", "a#d2aa78f6 x:int = A;"),
    ("A x:int = A;", "a x:int = A;"),
    ("m.Ab x:int = m.A;", "m.ab x:int = m.A;"),
    ("Messages.chats x:int = A;", "messages.chats x:int = A;"),
    ("---funktions---\na = A;", "---functions---\na = A;"),
    ("--types\na = A;", "---types---\na = A;"),
    ("--function--\na = A;", "---functions---\na = A;"),
    ("a = A;;\n;", "a = A;\n"),
    ("a x:int = !A;", "a x:int = A;"),
    ("a {t:Tipe} = A t;", "a {t:Type} = A t;"),
    ("a x:int {t:Type} y:t = A t;", "a {t:Type} x:int y:t = A t;"),
    ("a flags:# x:flags.0int = A;", "a flags:# x:flags.0?int = A;"),
    ("a x:(vector int = A;", "a x:(vector int) = A;"),
    ("a n:# x:n*[ y:(vector int ] = A;", "a n:# x:n*[ y:(vector int ] = A;"),
    ("a n:# x:n*[ y:int z:int = A;", "a n:# x:n*[ y:int z:int] = A;"),
    ("//@description A @nme N\n//@nme N\na name:int = A;", "//@description A @nme N\n//@name N\na name:int = A;"),
    ("\u{441}h\u{430}t x:int = A\u{ff1b}", "chat x:int = A;"),
    ("\u{feff}a\u{a0}x:int = A", "\u{feff}a x:int = A;"),
];

#[test]
fn each_fault_is_mended() {
    for (text, expected) in MENDED {
        assert_eq!(fixed(text), *expected, "{text}");
    }
}

#[test]
fn codes_tell_which_findings_can_be_mended() {
    let found = MENDED.iter().flat_map(|(text, _)| findings(text));
    let mended: BTreeSet<&Code> = found.filter(|it| it.fix.is_some()).map(|it| it.code).collect();
    let said: BTreeSet<&Code> = codes::ALL.iter().copied().filter(|code| code.fix.is_some()).collect();
    assert_eq!(mended, said);
}

#[test]
fn what_nobody_can_know_has_no_fix() {
    for text in [
        "a x:int;",
        "a x:int y;",
        "a#xyz x:int = A;",
        "a#123456789 x:int = A;",
        "a /* why */ #1cb5c415 x:int = A;",
        "a x:flags.?int = A;",
        "a x:flags.0 = A;",
        "a x:( = A;",
        "a x: = A;",
        "a x:int = 5;",
        "Messages.chats#12345678 x:int = A;",
        "n\u{e4}me x:int = A;",
        "---bogus---",
        "/* a = A;",
    ] {
        let found = findings(text);
        let of_ids = |it: &&Diagnostic| it.code != &ID_MISMATCH;
        let fixes: Vec<_> = found.iter().filter(of_ids).filter_map(|it| it.fix.as_ref()).collect();
        assert!(!found.is_empty() && fixes.is_empty(), "{text}: {fixes:?}");
    }
}

#[test]
fn the_id_of_another_dialect_is_left_alone() {
    let file = parse(SourceId::default(), "invokeAfterMsg#cb9f372d {X:Type} msg_id:long query:!X = X;").file;
    let found = check_ids(&file, Dialect::Reference);
    assert_eq!((found.len(), &found[0].fix), (1, &None));
}

#[test]
fn a_mended_text_has_nothing_left_to_mend() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "tl") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a schema");
        let mended = fixed(&text);
        assert_ne!(mended, text, "{}", path.display());
        let left: Vec<Diagnostic> = findings(&mended).into_iter().filter(|it| it.fix.is_some()).collect();
        assert_eq!(left, [], "{}", path.display());
    }
}
