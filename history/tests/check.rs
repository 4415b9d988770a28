//! Checks of histories: ids, layouts, meanings, form, and that they only grow.

use typelang_history::codes::*;
use typelang_history::{check_prefix, parse};
use typelang_parser::Code;
use typelang_parser::ids::Dialect;

const HEAD: &str = "// tl:history(Example)\n";

/// The codes of the findings, with their lines.
fn findings(text: &str) -> Vec<(&'static Code, usize)> {
    let parsed = parse(Default::default(), text);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let line = |offset: u32| text[..offset as usize].matches('\n').count() + 1;
    let found = parsed.history.check(text, Dialect::Telegram);
    found.iter().map(|it| (it.code, line(it.primary.span.start))).collect()
}

#[test]
fn what_is_wrong_has_a_code_and_a_place() {
    type Case<'c> = (&'c str, &'c str, &'c [(&'c Code, usize)]);
    let cases: &[Case<'_>] = &[
        ("right", "user#d23c81a3 id:int first_name:string last_name:string = User;", &[]),
        ("wrong id", "user#00000001 id:int = User;", &[(&HISTORY_ID, 4)]),
        ("pinned id", "user#00000001 id:int = User; // tl:pinned", &[]),
        ("pinned for nothing", "boolTrue#997275b5 = Bool; // tl:pinned", &[(&HISTORY_ID, 4)]),
        ("two layouts", "a#00000001 x:int = A; // tl:pinned\n// tl:layer(2)\nb#00000001 x:long = A; // tl:pinned", &[]),
        ("meaning for nothing", "boolTrue#997275b5 = Bool; // tl:meaning(x)", &[(&HISTORY_MEANING, 4)]),
        ("spelling", "boolTrue#997275b5  = Bool;", &[(&HISTORY_FORM, 4)]),
        ("order", "boolTrue#997275b5 = Bool;\nboolFalse#bc799737 = Bool;", &[(&HISTORY_FORM, 5)]),
        (
            "removed and replaced",
            "a#00000001 = A; // tl:pinned\n// tl:layer(2)\n// tl:removed(a#00000001)\na#00000002 = A; // tl:pinned",
            &[(&HISTORY_FORM, 7)],
        ),
    ];
    for (what, text, expected) in cases {
        assert_eq!(findings(&format!("{HEAD}// tl:layer(1)\n---types---\n{text}\n")), *expected, "{what}");
    }
}

#[test]
fn an_id_has_one_layout() {
    // The name of a field is part of the meaning of an id.
    let text = format!(
        "{HEAD}// tl:layer(1)\n---types---\na#00000001 x:int = A;\n// tl:layer(2)\n---types---\na#00000001 x:long = A;\n"
    );
    let codes: Vec<&str> = findings(&text).iter().map(|it| it.0.name).collect();
    assert_eq!(codes, ["history-id", "history-two-layouts", "history-id"]);
}

#[test]
fn a_changed_meaning_needs_its_mark() {
    let form = |flag: &str, mark: &str| {
        format!("phoneCallX#f0ae0cc4 flags:# {flag}:flags.0?true = PhoneCall;{mark}\n// tl:layer(2)\n---types---\n")
    };
    let id = {
        let text = "phoneCallX flags:# = PhoneCall;";
        let parsed = typelang_parser::parse(Default::default(), text);
        typelang_parser::ids::compute_id(parsed.file.combinators().next().unwrap(), Dialect::Telegram)
    };
    let text = |mark: &str| {
        let second = form("second", mark);
        let second = second.lines().next().unwrap();
        let text = format!("{HEAD}// tl:layer(1)\n---types---\n{}{second}\n", form("first", ""));
        text.replace("f0ae0cc4", &format!("{id:08x}"))
    };
    assert_eq!(findings(&text("")), [(&HISTORY_MEANING, 7)]);
    assert_eq!(findings(&text(" // tl:meaning(flags.0 is other, was first)")), [(&HISTORY_MEANING, 7)]);
    assert_eq!(findings(&text(" // tl:meaning(flags.0 is second, was first)")), []);
}

#[test]
fn a_history_only_grows() {
    let old = format!("{HEAD}// tl:layer(1)\n---types---\na#00000001 = A;\n");
    let grown = format!("{old}\n// tl:layer(2)\n");
    assert_eq!(check_prefix(&old, Default::default(), &old), None);
    assert_eq!(check_prefix(&old, Default::default(), &grown), None);
    let line = |new: &str| {
        let found = check_prefix(&old, Default::default(), new).expect("a finding");
        assert_eq!(found.code, &HISTORY_REWRITTEN);
        new[..found.primary.span.start as usize].matches('\n').count() + 1
    };
    assert_eq!(line(&grown.replace("a#00000001", "a#00000002")), 4);
    assert_eq!(line(&old.replace("Example", "Other")), 1);
    assert_eq!(line(&old.replace("a#00000001 = A;\n", "")), 4);
    assert_eq!(line(""), 1);
}
