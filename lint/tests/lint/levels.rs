//! Who decides how severe a finding is.

use typelang_ir::codes::{DUPLICATE_ID, UNKNOWN_TYPE};
use typelang_lint::codes::{DECLARATION_ORDER, LINT_COMMENT, SHARED_BIT, SHARED_ID, UNUSED_TYPE};
use typelang_lint::{Level, Levels, check};
use typelang_parser::Severity::{Error, Warning};
use typelang_parser::codes::{ID_MISMATCH, PINNED_ID, UNKNOWN_DOCUMENTED_FIELD};
use typelang_parser::{Code, Diagnostic, Label, Sources, Span, parse};

use crate::common::{self, Checked};

const SHARED: &str = "chat flags:# title:flags.0?string photo:flags.0?bytes = Chat;\n";
const WRONG_ID: &str = "user#00000005 id:int = User;\n";

fn levels(choices: &[(&str, Level)]) -> Levels {
    let mut levels = Levels::new();
    for (code, level) in choices {
        levels.set(code.parse().expect("a code"), *level);
    }
    levels
}

fn checked(text: &str, choices: &[(&str, Level)]) -> Checked {
    common::check(&[("a.tl", text)], &levels(choices))
}

fn notes(checked: &Checked) -> Vec<&str> {
    checked
        .diagnostics
        .iter()
        .flat_map(|it| &it.notes)
        .map(String::as_str)
        .filter(|it| it.contains("explain"))
        .collect()
}

#[test]
fn defaults_are_kept_where_nobody_chooses() {
    let text = format!("{SHARED}{WRONG_ID}");
    let checked = checked(&text, &[]);
    assert_eq!(checked.severities(), [(&ID_MISMATCH, Warning)]);
    let note = "`id-mismatch` is a warning by default; `tl explain id-mismatch` says why, and how to allow it";
    assert_eq!(notes(&checked), [note]);
}

#[test]
fn the_last_choice_for_a_code_counts() {
    let text = format!("{SHARED}{WRONG_ID}");
    let warned = checked(&text, &[(SHARED_BIT.name, Level::Warn)]);
    assert_eq!(warned.severities(), [(&SHARED_BIT, Warning), (&ID_MISMATCH, Warning)]);
    let denied = checked(
        &text,
        &[
            (SHARED_BIT.name, Level::Warn),
            ("all", Level::Deny),
            (ID_MISMATCH.name, Level::Allow),
            (UNUSED_TYPE.name, Level::Allow),
            (DECLARATION_ORDER.name, Level::Allow),
        ],
    );
    assert_eq!(denied.severities(), [(&SHARED_BIT, Error)]);
    assert!(notes(&denied)[0].contains("is denied by `--deny all`"), "{:?}", notes(&denied));
    let none = checked(&text, &[(SHARED_BIT.name, Level::Deny), ("all", Level::Allow)]);
    assert_eq!(none.severities(), []);
}

#[test]
fn a_comment_speaks_of_the_declaration_around_before_or_after_it() {
    let other = "other flags:# a:flags.0?int b:flags.0?int = Other;\n";
    let deny = [(SHARED_BIT.name, Level::Deny)];
    for text in [
        format!("// tl:allow(shared-bit)\n{SHARED}{other}"),
        format!("/* tl:allow(bit-gap, shared-bit) */ {SHARED}{other}"),
        format!("// tl:allow(all): they belong together\n\n// about chats\n//@description A chat\n{SHARED}{other}"),
        format!("//@description A chat\n// tl:allow(shared-bit)\n{SHARED}{other}"),
        format!("{} // tl:allow(shared-bit)\n{other}", SHARED.trim_end()),
        format!("{}\n{other}", SHARED.replace("flags:#", "flags:# // tl:allow(shared-bit)\n")),
        format!("// tl:allow(shared-bit)\n---types---\n{SHARED}{other}"),
    ] {
        let checked = checked(&text, &deny);
        assert_eq!(checked.severities(), [(&SHARED_BIT, Error)], "{text}");
        let place = checked.sources.snippet(&checked.diagnostics[0].primary);
        assert_eq!(place, "b:flags.0?int", "{text}");
    }
}

#[test]
fn a_comment_about_the_file_may_stand_anywhere() {
    for text in
        [format!("// tl:warn-file(shared-bit)\n{SHARED}"), format!("{SHARED}{SHARED}// tl:warn-file(shared-bit)")]
    {
        let checked = checked(&text, &[(SHARED_BIT.name, Level::Deny)]);
        assert!(checked.severities().iter().all(|it| *it == (&SHARED_BIT, Warning)), "{text}");
        assert!(notes(&checked)[0].contains("is a warning by a comment `tl:warn-file`"));
        assert_eq!(notes(&checked).len(), 1, "only the first finding of a code says where its level comes from");
    }
    let files = [("a.tl", "// tl:allow-file(id-mismatch)\n"), ("b.tl", WRONG_ID)];
    assert_eq!(common::check(&files, &Levels::new()).codes(), [&ID_MISMATCH], "a comment is about its own file");
}

#[test]
fn the_closer_comment_is_stronger() {
    let text = format!("// tl:deny(shared-bit)\n{SHARED}// tl:allow-file(all)\n{WRONG_ID}");
    let checked = checked(&text, &[("all", Level::Warn)]);
    assert_eq!(checked.severities(), [(&SHARED_BIT, Error)]);
    assert!(notes(&checked)[0].contains("is denied by a comment `tl:deny`"));
}

#[test]
fn a_comment_alone_turns_a_lint_on() {
    assert_eq!(checked(&format!("// tl:warn(shared-bit)\n{SHARED}"), &[]).severities(), [(&SHARED_BIT, Warning)]);
    assert_eq!(checked(&format!("// tl:deny-file(shared-bit)\n{SHARED}"), &[]).severities(), [(&SHARED_BIT, Error)]);
}

#[test]
fn documentation_belongs_to_its_declaration() {
    let text = "//@description A\n//@nothing B\nchat = Chat;\n//@description A\n//@nothing B\n// tl:allow(unknown-documented-field)\nuser = User;\n";
    let checked = checked(text, &[]);
    assert_eq!(checked.codes(), [&UNKNOWN_DOCUMENTED_FIELD]);
    assert_eq!(checked.diagnostics[0].primary.span, Span::new(19, 27));
}

#[test]
fn notes_follow_the_levels_and_are_not_explained() {
    let text = "help.configSimple#5a592a6c date:int expires:int rules:vector<int> = help.ConfigSimple;\n";
    let plain = checked(text, &[]);
    assert_eq!(plain.codes(), [&PINNED_ID]);
    assert_eq!(notes(&plain), [""; 0]);
    assert_eq!(checked(text, &[(PINNED_ID.name, Level::Deny)]).severities(), [(&PINNED_ID, Error)]);
    assert_eq!(checked(text, &[(PINNED_ID.name, Level::Allow)]).severities(), []);
}

/// Checks a text with errors that the resolver might have found.
fn with_error(text: &str, code: &'static Code, choices: &[(&str, Level)]) -> Vec<&'static Code> {
    let mut sources = Sources::new();
    let source = sources.add("a.tl", text);
    let file = parse(source, sources.text(source)).file;
    let name = file.combinators().next().expect("a declaration").name.span;
    let error = Diagnostic::new(code, "it is wrong", Label::new(source, name));
    check(&[&file], &sources, &levels(choices), vec![error]).into_iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn errors_stay_errors_and_silence_lints_that_need_the_whole_schema() {
    let text = format!("// tl:allow-file(all)\n{SHARED}");
    assert_eq!(with_error(&text, &UNKNOWN_TYPE, &[("all", Level::Allow)]), [&UNKNOWN_TYPE]);
    let unused = [(UNUSED_TYPE.name, Level::Warn)];
    assert_eq!(checked(SHARED, &unused).codes(), [&UNUSED_TYPE]);
    assert_eq!(with_error(SHARED, &UNKNOWN_TYPE, &unused), [&UNKNOWN_TYPE]);
}

#[test]
fn a_known_clash_of_ids_is_reported_once() {
    let texts = [("a.tl", "a#00000001 = A;\n"), ("b.tl", "b#00000001 = B;\n")];
    let ids = levels(&[(ID_MISMATCH.name, Level::Allow)]);
    assert_eq!(common::check(&texts, &ids).codes(), [&SHARED_ID]);
    let mut sources = Sources::new();
    let parsed = texts.map(|(name, text)| {
        let source = sources.add(name, text);
        parse(source, text).file
    });
    let place = Label::new(parsed[1].source, Span::new(0, 1));
    let found = vec![Diagnostic::new(&DUPLICATE_ID, "twice", place)];
    let diagnostics = check(&[&parsed[0], &parsed[1]], &sources, &ids, found);
    assert_eq!(diagnostics.iter().map(|it| it.code).collect::<Vec<_>>(), [&DUPLICATE_ID]);
}

#[test]
fn a_profile_that_is_none_is_reported() {
    let known = "// tl:profile(ton)\n//tl:profile( vk ): as its engines have it\nuser = User;\n";
    assert_eq!(checked(known, &[]).severities(), []);
    for (text, wrong, said) in [
        ("// tl:profile(tom)\nuser = User;\n", "tom", "did you mean `ton`?"),
        ("// tl:profile()\nuser = User;\n", "", "there are `telegram`, `tdlib`, `ton`, `vk`"),
        ("// tl:profil(ton)\nuser = User;\n", "profil", "did you mean `tl:profile`?"),
        ("user = User;\n\n// tl:profile(tno)\nchat = Chat;\n", "tno", "did you mean `ton`?"),
        ("/* tl:profile(tdlb) */ user = User;\n", "tdlb", "did you mean `tdlib`?"),
    ] {
        let checked = checked(text, &[]);
        assert_eq!(checked.severities(), [(&LINT_COMMENT, Warning)], "{text}");
        let finding = &checked.diagnostics[0];
        assert_eq!(&text[finding.primary.span.range()], wrong, "{text}");
        let before = &text[..finding.primary.span.start as usize];
        assert!(before.ends_with("tl:") || before.ends_with("tl:profile("), "{text}: {before}");
        let notes: Vec<&String> = finding.notes.iter().chain(&finding.help).collect();
        assert!(notes.iter().any(|it| it.contains(said)), "{text}: {notes:?}");
    }
}
