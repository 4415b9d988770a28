//! Schemas before and after the fixes of the resolver's findings.

use std::collections::BTreeSet;

use typelang_ir::{ResolveOptions, codes, resolve};
use typelang_parser::codes::ID_MISMATCH;
use typelang_parser::{Code, Diagnostic, Fix, FixSet, SourceId, apply_edits, parse};

fn findings(text: &str) -> Vec<Diagnostic> {
    let parsed = parse(SourceId::default(), text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let mut found = resolve(&[parsed.file], ResolveOptions::default()).diagnostics;
    // Ids are the parser's.
    found.retain(|it| it.code != &ID_MISMATCH);
    found
}

/// The text after the fixes of its findings.
fn fixed(text: &str) -> String {
    let diagnostics = findings(text);
    let mut set = FixSet::new();
    let fixes: Vec<&Fix> = diagnostics.iter().filter_map(|it| it.fix.as_ref()).filter(|fix| set.add(fix)).collect();
    apply_edits(text, fixes.into_iter().flat_map(|fix| &fix.edits))
}

/// Faults, and what becomes of them.
const MENDED: &[(&str, &str)] = &[
    ("a x:strng = A;", "a x:string = A;"),
    ("a x:Vectr<int> = A;", "a x:Vector<int> = A;"),
    ("m.a = m.A;\nb x:A = B;", "m.a = m.A;\nb x:m.A = B;"),
    ("a x:String = A;", "a x:string = A;"),
    ("a flags:# x:flag.0?int = A;", "a flags:# x:flags.0?int = A;"),
    ("a id:int x:flags.0?int y:flags.1?int = A;", "a flags:# id:int x:flags.0?int y:flags.1?int = A;"),
    ("a flags:int x:flags.0?int = A;", "a flags:# x:flags.0?int = A;"),
    ("a count:# x:cout*[ int ] = A;", "a count:# x:count*[ int ] = A;"),
    ("a = A;\nb = A;\nc x:%A = C;", "a = A;\nb = A;\nc x:A = C;"),
    ("a = A;\nb = A;\nc x:Vector<%(A)> y:%a = C;", "a = A;\nb = A;\nc x:Vector<(A)> y:%a = C;"),
    (
        "a {t:Type} x:t = A t;\nb {t:Type} = A t;\nc x:(a int) y:(%A int) = C;",
        "a {t:Type} x:t = A t;\nb {t:Type} = A t;\nc x:(a int) y:(A int) = C;",
    ),
    ("a x:%Bool = A;", "a x:Bool = A;"),
    ("---functions---\na#60bc4c65 query:!X = Bool;", "---functions---\na#60bc4c65 {X:Type} query:!X = Bool;"),
    (
        "---functions---\na {Y:Type} id:int query:!X y:!X = X;",
        "---functions---\na {Y:Type} {X:Type} id:int query:!X y:!X = X;",
    ),
    ("a query:!X = A;", "a {X:Type} query:!X = A;"),
    ("a#1234 query:!X more:2*[ other:!Y ] = A;", "a#1234 {X:Type} {Y:Type} query:!X more:2*[ other:!Y ] = A;"),
    ("a x:X y:Vector<%Y> = A X Y;", "a {X:Type} {Y:Type} x:X y:Vector<%Y> = A X Y;"),
    ("a {t:Type} n*[ t ] x:m.3?t = A t n m;", "a {t:Type} {n:#} {m:#} n*[ t ] x:m.3?t = A t n m;"),
    ("a x:(tuple t n) = A t n;", "a {t:Type} {n:#} x:(tuple t n) = A t n;"),
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
        "a x:Frobnicate = A;",
        "a flags:string x:flags.0?int = A;",
        "a mask:# bits:# x:flags.0?int = A;",
        "a flags:# [ x:mask.0?int y:int ] = A;",
        "a x:flags.0?int flags:# = A;",
        "---functions---\na query:!User = Bool;\n---types---\nuser = User;",
        "---functions---\na = True;",
        "a query:!user = A;\nuser = User;",
        "b {t:Type} x:t = B t;\na x:(B y) = A y;",
        "a x:X y:X.0?int = A X;",
        "a x:User = A User;\nuser = User;",
    ] {
        let fixes: Vec<_> = findings(text).into_iter().map(|it| it.fix).collect();
        assert!(!fixes.is_empty() && fixes.iter().all(Option::is_none), "{text}: {fixes:?}");
    }
}
