//! Fact files against a schema: what comes out, and what is said about each mistake.

#![cfg(feature = "read")]

use typelang_facts::codes::{
    DUPLICATE_FACT, INVALID_FACT, INVALID_TOML, MALFORMED_ERROR, TEXT_WITHOUT_TARGET, UNKNOWN_ERROR, UNKNOWN_FIELD,
    UNKNOWN_METHOD, UNSUPPORTED_FACT_FORMAT,
};
use typelang_facts::{Callers, FactFile, Facts, merge, parse};
use typelang_ir::{ResolveOptions, Schema, resolve};
use typelang_parser::{Code, Diagnostic, Severity, Sources, apply_edits, render_all};

const SCHEMA: &str = "\
//@description A user of the schema @id The id of the schema
user id:long name:string = User;
userEmpty = User;
messages.chat id:long = messages.Chat;
---functions---
//@description Gets, says the schema @id The id, says the schema
getUser id:long = User;
messages.getChat flags:# chat_id:flags.0?long = messages.Chat;
";

struct Checked {
    facts: Facts,
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
}

fn schema() -> Schema {
    let mut sources = Sources::new();
    let source = sources.add("schema.tl", SCHEMA);
    let resolution = resolve(&[typelang_parser::parse(source, SCHEMA).file], ResolveOptions::default());
    assert!(!resolution.has_errors());
    resolution.schema
}

fn checked(texts: &[&str]) -> Checked {
    let mut sources = Sources::new();
    let mut diagnostics = Vec::new();
    let mut files: Vec<FactFile> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let source = sources.add(format!("facts{index}.toml"), *text);
        let parsed = parse(source, text);
        diagnostics.extend(parsed.diagnostics);
        files.push(parsed.file);
    }
    let merged = merge(&files, &[&schema()]);
    diagnostics.extend(merged.diagnostics);
    Checked { facts: merged.facts, diagnostics, sources }
}

fn facts(texts: &[&str]) -> Facts {
    let Checked { facts, diagnostics, sources } = checked(texts);
    assert!(diagnostics.is_empty(), "{}", render_all(&diagnostics, &sources));
    facts
}

/// The only finding in a file: its code, what it points at, and all of its text.
fn finding(text: &str) -> (&'static Code, String, String) {
    let Checked { diagnostics, sources, .. } = checked(&[text]);
    let [only] = &diagnostics[..] else { panic!("{}", render_all(&diagnostics, &sources)) };
    (only.code, sources.snippet(&only.primary).to_owned(), render_all(&diagnostics, &sources))
}

#[test]
fn facts_of_several_files_add_up() {
    let first = r#"
        format = 1
        source = "list"
        [errors]
        CHAT_ID_INVALID = 400
        MSG_WAIT_FAILED = [500, 400]
        "FLOOD_WAIT_%d" = { codes = 420, parameter = "seconds" }
        [functions."messages.getChat"]
        callers = "users"
        errors = ["MSG_WAIT_FAILED", "CHAT_ID_INVALID"]
    "#;
    let second = r#"
        format = 1
        source = "page"
        [errors.CHAT_ID_INVALID]
        codes = [406]
        text = "No such chat."
        [functions."messages.getChat"]
        callers = "both"
        errors = ["CHAT_ID_INVALID", "FLOOD_WAIT_%d"]
        text = "Gets a chat."
        fields = { chat_id = "Which one." }
        [constructors.user]
        fields.name = "What they are called."
        [types."messages.Chat"]
        text = "Where people talk."
    "#;
    let mut facts = facts(&[first, second]);
    assert_eq!(facts.errors["CHAT_ID_INVALID"].codes, [400, 406]);
    assert_eq!(facts.errors["CHAT_ID_INVALID"].text.as_deref(), Some("No such chat."));
    assert_eq!(facts.errors["MSG_WAIT_FAILED"].codes, [400, 500]);
    assert_eq!(facts.errors["FLOOD_WAIT_%d"].parameter.as_deref(), Some("seconds"));
    let method = &facts.methods["messages.getChat"];
    assert_eq!(method.callers(), Some(Callers::Users), "the first source counts");
    let callers: Vec<_> = method.callers.iter().map(|it| (it.callers, it.source.as_deref().unwrap())).collect();
    assert_eq!(callers, [(Callers::Users, "list"), (Callers::Both, "page")]);
    let errors: Vec<_> = method.errors.iter().map(|it| (it.name.as_str(), it.sources.join(" and "))).collect();
    assert_eq!(
        errors,
        [
            ("MSG_WAIT_FAILED", "list".to_owned()),
            ("CHAT_ID_INVALID", "list and page".to_owned()),
            ("FLOOD_WAIT_%d", "page".to_owned())
        ]
    );
    assert_eq!(facts.texts.types["messages.Chat"], "Where people talk.");

    // What files do not say, comments of the schema do.
    facts.add_schema_texts(&schema());
    let user = &facts.texts.constructors["user"];
    assert_eq!(user.description.as_deref(), Some("A user of the schema"));
    assert_eq!(
        (user.fields["id"].as_str(), user.fields["name"].as_str()),
        ("The id of the schema", "What they are called.")
    );
    assert_eq!(facts.texts.functions["getUser"].description.as_deref(), Some("Gets, says the schema"));
    assert_eq!(facts.texts.functions["messages.getChat"].description.as_deref(), Some("Gets a chat."));
}

#[test]
fn a_file_is_stronger_than_a_comment_of_the_schema() {
    let mut facts = facts(&["format = 1\n[functions.getUser]\ntext = \"Gets, says the file\"\n"]);
    facts.add_schema_texts(&schema());
    let texts = &facts.texts.functions["getUser"];
    assert_eq!(texts.description.as_deref(), Some("Gets, says the file"));
    assert_eq!(texts.fields["id"], "The id, says the schema");
}

#[test]
fn each_mistake_is_shown_at_its_place() {
    let cases = [
        ("[functions.getUsr]\ncallers = \"users\"", &UNKNOWN_METHOD, "getUsr", "did you mean `getUser`?"),
        (
            "[functions.user]\ntext = \"x\"",
            &UNKNOWN_METHOD,
            "user",
            "`user` is a constructor: say this under `constructors`",
        ),
        (
            "[functions.\"messages.getChats\"]\ntext = \"x\"",
            &UNKNOWN_METHOD,
            "\"messages.getChats\"",
            "did you mean `messages.getChat`?",
        ),
        ("[functions.getUser.fields]\nidd = \"x\"", &UNKNOWN_FIELD, "idd", "did you mean `id`?"),
        ("[constructors.user.fields]\nname2 = \"x\"", &UNKNOWN_FIELD, "name2", "did you mean `name`?"),
        ("[constructors.usr]\ntext = \"x\"", &TEXT_WITHOUT_TARGET, "usr", "did you mean `user`?"),
        (
            "[constructors.getUser]\ntext = \"x\"",
            &TEXT_WITHOUT_TARGET,
            "getUser",
            "`getUser` is a function: say this under `functions`",
        ),
        (
            "[types.user]\ntext = \"x\"",
            &TEXT_WITHOUT_TARGET,
            "user",
            "`user` is a constructor: say this under `constructors`",
        ),
        ("[types.Users]\ntext = \"x\"", &TEXT_WITHOUT_TARGET, "Users", "did you mean `User`?"),
        ("[errors.A_B]\ntext = \"x\"", &TEXT_WITHOUT_TARGET, "A_B", "no file has a code for the error `A_B`"),
        ("[errors.A_B]\nparameter = \"x\"", &MALFORMED_ERROR, "\"x\"", "has no number that could be `x`"),
        ("[errors.\"A_%d\"]\nparameter = \"x\"", &MALFORMED_ERROR, "\"A_%d\"", "the error `A_%d` has no code"),
        ("[errors]\n\"A_%s\" = 400", &MALFORMED_ERROR, "\"A_%s\"", "`A_%s` cannot be the name of an error"),
        ("[errors]\n\"\" = 400", &MALFORMED_ERROR, "\"\"", "printable ASCII"),
        ("[errors]\nA = 0", &MALFORMED_ERROR, "0", "at most three digits"),
        ("[errors]\nA = 4000", &MALFORMED_ERROR, "4000", "at most three digits"),
        ("[errors]\nA = []", &MALFORMED_ERROR, "[]", "an error needs a code"),
        ("[errors]\nA = \"400\"", &MALFORMED_ERROR, "\"400\"", "must be a number"),
        (
            "[errors]\nA = [400, \"x\"]\n[functions.getUser]\nerrors = [\"A\"]",
            &MALFORMED_ERROR,
            "\"x\"",
            "must be a number",
        ),
        ("[errors]\nA = [400, 406, 400]", &DUPLICATE_FACT, "400", "the code 400 is given twice"),
        ("[errors]\nA = { code = 400 }", &INVALID_FACT, "code", "did you mean `codes`?"),
        (
            "[errors]\nABC = 1\n[functions.getUser]\nerrors = [\"ABD\"]",
            &UNKNOWN_ERROR,
            "\"ABD\"",
            "did you mean `ABC`?",
        ),
        ("[functions.getUser]\nerrors = [\"ABD\"]", &UNKNOWN_ERROR, "\"ABD\"", "add it under `errors`"),
        ("[errors]\nA = 1\n[functions.getUser]\nerrors = [\"A\", \"A\"]", &DUPLICATE_FACT, "\"A\"", "said here first"),
        (
            "[functions.getUser]\nerrors = \"A\"",
            &INVALID_FACT,
            "\"A\"",
            "`errors` must be a list of strings, not a string",
        ),
        ("[functions.getUser]\ncallers = \"user\"", &INVALID_FACT, "\"user\"", "did you mean `users`?"),
        ("[functions.getUser]\ncallers = 1", &INVALID_FACT, "1", "`callers` must be a string, not an integer"),
        ("[functions.getUser]\ntext = \" \"", &INVALID_FACT, "\" \"", "a text is empty"),
        (
            "[functions.messages.getChat]\ntext = \"x\"",
            &INVALID_FACT,
            "getChat",
            "a name with dots needs quotes: \"messages.getChat\"",
        ),
        ("[function.getUser]", &INVALID_FACT, "function", "did you mean `functions`?"),
        ("[types.User]\nfields = {}", &INVALID_FACT, "fields", "it has `text`"),
        ("types = 5", &INVALID_FACT, "5", "`types` must be a table, not an integer"),
        ("source = ", &INVALID_TOML, "", "error[invalid-toml]"),
        ("[types.User]\n[types.User]", &INVALID_TOML, "User", "error[invalid-toml]"),
    ];
    for (text, code, place, part) in cases {
        let found = finding(&format!("format = 1\n{text}\n"));
        assert_eq!((found.0, found.1.as_str()), (code, place), "{text}\n{}", found.2);
        assert!(found.2.contains(part), "{text}\n{}", found.2);
        assert!(found.2.contains("--> facts0.toml:"), "{text}\n{}", found.2);
    }
}

#[test]
fn the_format_must_be_known() {
    for (text, place) in [("", ""), ("format = 2", "2"), ("format = \"1\"", "\"1\""), ("[errors]\nA = 1", "")] {
        let found = finding(text);
        assert_eq!((found.0, found.1.as_str()), (&UNSUPPORTED_FACT_FORMAT, place), "{}", found.2);
    }
}

#[test]
fn two_texts_for_the_same_thing_are_a_warning_and_the_later_counts() {
    let first = "format = 1\n[types.User]\ntext = \"One.\"\n[constructors.user.fields]\nid = \"One.\"\n";
    let Checked { facts, diagnostics, sources } = checked(&[first, &first.replace("One", "Two")]);
    let codes: Vec<_> = diagnostics.iter().map(|it| (it.code, it.severity, it.secondary.len())).collect();
    assert_eq!(codes, [(&DUPLICATE_FACT, Severity::Warning, 1); 2], "{}", render_all(&diagnostics, &sources));
    assert_eq!(
        (facts.texts.types["User"].as_str(), facts.texts.constructors["user"].fields["id"].as_str()),
        ("Two.", "Two.")
    );
}

#[test]
fn what_is_wrong_is_left_out_and_the_rest_is_kept() {
    let text =
        "format = 1\n[errors]\nA = 0\nB = 400\n[functions.getUser]\nerrors = [\"A\", \"B\", \"C\"]\n[functions.x]\n";
    let Checked { facts, diagnostics, .. } = checked(&[text]);
    let codes: Vec<_> = diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(codes, [&MALFORMED_ERROR, &UNKNOWN_ERROR, &UNKNOWN_METHOD]);
    assert_eq!(facts.errors.keys().collect::<Vec<_>>(), ["B"]);
    assert_eq!(facts.methods["getUser"].errors.len(), 1);
    assert_eq!(facts.methods.len(), 1);
}

#[test]
fn texts_that_are_no_fact_files_are_reported_without_a_panic() {
    let nested = format!("format = 1\nx = {}", "[".repeat(5000));
    for text in
        ["\u{feff}format = 1", "a = \u{0}", "format = 1\r\n[types]\r\n", "= =", nested.as_str(), "é = \"", "format=0x1"]
    {
        let Checked { diagnostics, sources, .. } = checked(&[text]);
        let _ = render_all(&diagnostics, &sources);
    }
    assert!(facts(&["\u{feff}format = 1\r\n[types.User]\r\ntext = \"A.\"\r\n"]).texts.types.contains_key("User"));
}

/// Fact files with one fault, and what becomes of them.
const MENDED: &[(&str, &str)] = &[
    ("[types.User]\ntext = \"A.\"\n", "format = 1\n[types.User]\ntext = \"A.\"\n"),
    ("\u{feff}# é\r\n[types]\r\n", "\u{feff}format = 1\n# é\r\n[types]\r\n"),
    ("format = 1\n[functions.getUsr]\ncallers = \"users\"\n", "format = 1\n[functions.getUser]\ncallers = \"users\"\n"),
    (
        "format = 1\n[functions.\"messages.getChats\"]\ntext = \"é\"\n",
        "format = 1\n[functions.\"messages.getChat\"]\ntext = \"é\"\n",
    ),
    (
        "format = 1\n[functions.messages.getChat]\ntext = \"é\"\n",
        "format = 1\n[functions.\"messages.getChat\"]\ntext = \"é\"\n",
    ),
    ("format = 1\nfunctions.getUser.fields.idd = \"x\"\n", "format = 1\nfunctions.getUser.fields.id = \"x\"\n"),
    ("format = 1\n[constructors.usr]\ntext = \"x\"\n", "format = 1\n[constructors.user]\ntext = \"x\"\n"),
    ("format = 1\n[types.Users]\ntext = \"x\"\n", "format = 1\n[types.User]\ntext = \"x\"\n"),
    ("format = 1\n[errors]\nA = { code = 400 }\n", "format = 1\n[errors]\nA = { codes = 400 }\n"),
    ("format = 1\n[functions.getUser]\ncallers = 'user'\n", "format = 1\n[functions.getUser]\ncallers = \"users\"\n"),
    (
        "format = 1\n[errors]\nABC = 1\n[functions.getUser]\nerrors = [\"ABD\"]\n",
        "format = 1\n[errors]\nABC = 1\n[functions.getUser]\nerrors = [\"ABC\"]\n",
    ),
];

#[test]
fn each_fault_is_mended() {
    for (text, expected) in MENDED {
        let Checked { diagnostics, sources, .. } = checked(&[text]);
        let [only] = &diagnostics[..] else { panic!("{text}: {}", render_all(&diagnostics, &sources)) };
        let fix = only.fix.as_ref().unwrap_or_else(|| panic!("{text}: {only:?}"));
        assert_eq!(apply_edits(text, &fix.edits), *expected);
        assert!(only.code.fix.is_some(), "{only:?}");
        facts(&[expected]);
    }
}

#[test]
fn errors_are_renamed_after_those_of_other_files() {
    let first = "format = 1\n[errors]\n\"FLOOD_WAIT_%d\" = 420\n";
    let second = "format = 1\n[errors.\"FLOD_WAIT_%d\"]\nparameter = \"seconds\"\n";
    let Checked { diagnostics, .. } = checked(&[first, second]);
    assert_eq!(diagnostics[0].code, &MALFORMED_ERROR);
    let fix = diagnostics[0].fix.as_ref().expect("a fix");
    assert_eq!(apply_edits(second, &fix.edits), second.replace("FLOD", "FLOOD"));
}

#[test]
fn no_fix_makes_a_key_a_second_time() {
    for text in [
        "format = 1\n[functions]\ngetUsr = {}\ngetUser = {}\n",
        "format = 1\n[types]\nUsers = {}\nUser = {}\n",
        "format = 1\n[errors]\nAB1 = 400\nAB2 = { text = \"x\" }\n",
        "format = 1\n[errors]\nA = { code = 400, codes = 400 }\n",
        "format = 1\n[functions.messages]\ngetChat = { text = \"x\" }\n",
    ] {
        let Checked { diagnostics, sources, .. } = checked(&[text]);
        let [only] = &diagnostics[..] else { panic!("{text}: {}", render_all(&diagnostics, &sources)) };
        assert!(only.help.is_some() && only.fix.is_none(), "{only:?}");
    }
}

const GROUPS: &str = "\
message flags:# views:flags.3?int text:string forwards:flags.3?int id:flags.4?int = Message;
---functions---
send flags:# reply_to:flags.0?int topic:flags.0?int = Message;
";

fn groups(text: &str) -> (typelang_facts::Groups, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let source = sources.add("schema.tl", GROUPS);
    let schema = resolve(&[typelang_parser::parse(source, GROUPS).file], ResolveOptions::default()).schema;
    let parsed = parse(sources.add("facts.toml", text), text);
    let merged = merge(&[parsed.file], &[&schema]);
    (merged.facts.groups, parsed.diagnostics.into_iter().chain(merged.diagnostics).collect())
}

#[test]
fn groups_are_named_by_any_of_their_fields() {
    let text = "format = 1\n[constructors.message]\ngroups.forwards = \"counters\"\n[functions.send.groups]\ntopic = \"place\"\n";
    let (groups, diagnostics) = groups(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(groups.constructors["message"]["views"], "counters");
    assert_eq!(groups.functions["send"]["reply_to"], "place");
}

#[test]
fn names_of_groups_that_are_not_there_or_cannot_be_names_are_reported() {
    let found = |line: &str| {
        let (_, diagnostics) = groups(&format!("format = 1\n[constructors.message.groups]\n{line}\n"));
        let found = diagnostics.iter().map(|it| (it.code, it.help.clone().unwrap_or_default()));
        found.collect::<Vec<_>>()
    };
    assert_eq!(found("view = \"counters\""), [(&UNKNOWN_FIELD, "did you mean `views`?".to_owned())]);
    assert_eq!(
        found("id = \"counters\""),
        [(&UNKNOWN_FIELD, "a group has several fields with values, all of them on one bit".to_owned())]
    );
    let help = "a name has small letters, digits and underscores, and begins with a letter";
    for name in ["Counters", "two words", "_x", "1"] {
        assert_eq!(found(&format!("views = \"{name}\"")), [(&INVALID_FACT, help.to_owned())]);
    }
    assert_eq!(found("views = \"a\"\nforwards = \"b\""), [(&DUPLICATE_FACT, String::new())]);
}

#[test]
fn what_is_wrong_with_toml_is_said_in_one_line() {
    for text in ["[types.User", "format = 1\nsource = \"a\nb\"\n", "format = 1\nsource = ]\n", "\u{feff}x = "] {
        let parsed = typelang_facts::parse(Default::default(), text);
        assert!(!parsed.diagnostics.is_empty(), "{text:?}");
        for finding in &parsed.diagnostics {
            let message = &finding.message;
            assert_eq!(finding.code, &INVALID_TOML);
            assert!(!message.contains('\n') && message.split(' ').count() > 2, "{text:?}: {message:?}");
        }
    }
}

#[test]
fn a_source_is_no_longer_than_what_is_repeated() {
    let file = |length: usize| format!("format = 1\nsource = \"{}\"\nerrors.A_B = 400\n", "é".repeat(length));
    assert_eq!(checked(&[&file(500)]).diagnostics, []);
    let refused = checked(&[&file(501)]);
    assert_eq!(refused.diagnostics.len(), 1, "{:?}", refused.diagnostics);
    assert_eq!((refused.diagnostics[0].code, refused.diagnostics[0].severity), (&INVALID_FACT, Severity::Error));
}

#[test]
fn a_declaration_is_shown_once_for_all_its_unknown_fields() {
    let fields: String = (0..50).map(|number| format!("unheard{number} = \"a text\"\n")).collect();
    let found = checked(&[&format!("format = 1\n[constructors.user.fields]\n{fields}")]).diagnostics;
    assert_eq!(found.len(), 50);
    assert!(found.iter().all(|it| it.code == &UNKNOWN_FIELD));
    assert_eq!(found.iter().filter(|it| !it.notes.is_empty()).count(), 1);
    assert!(found[0].notes[0].contains("id:long name:string = User"), "{:?}", found[0]);
}

#[test]
fn misspelt_names_are_looked_for_with_bounded_work() {
    let known: String = (0..2000).map(|number| format!("errors.SOMETHING_LONG_{number} = 400\n")).collect();
    let unknown: Vec<String> = (0..2000).map(|number| format!("\"SOMTHING_LONG_{number}\"")).collect();
    let text = format!("format = 1\n{known}functions.getUser.errors = [{}]\n", unknown.join(", "));
    let found = checked(&[&text]).diagnostics;
    let helped = found.iter().filter(|it| it.fix.is_some()).count();
    assert_eq!(found.len(), 2000);
    assert!((10..1900).contains(&helped), "{helped} of 2000 have a suggestion");
}
