use serde_json::Value;

use crate::{folder, read, tl};

const SCHEMA: &str = "user id:long name:string = User;\n---functions---\ngetUser id:long = User;\nhello = Bool;\n";
const GOOD: &str = "\
format = 1
[errors]
USER_ID_INVALID = 400
\"FLOOD_WAIT_%d\" = { codes = 420, parameter = \"seconds\" }
[functions.getUser]
callers = \"users\"
errors = [\"USER_ID_INVALID\", \"FLOOD_WAIT_%d\"]
text = \"Gets somebody.\"
";

#[test]
fn a_good_fact_file_is_counted() {
    let folder = folder(&[("a.tl", SCHEMA), ("a.toml", GOOD)]);
    let run = tl(folder.path(), &["check", "a.tl", "--facts", "a.toml"]);
    let expected = "a.toml: 2 errors, 2 errors of 1 function, callers of 1 function, 1 text\n";
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.ends_with(expected), "{run:?}");
}

#[test]
fn each_bad_fact_file_is_shown_with_its_place() {
    let cases = [
        ("[functions.getUsr]\ncallers = \"users\"\n", "unknown-method", "2:12", "did you mean `getUser`?"),
        ("[functions.getUser.fields]\nidd = \"x\"\n", "unknown-field", "3:1", "did you mean `id`?"),
        ("[errors]\n\"FLOOD_%s\" = 420\n", "malformed-error", "3:1", "may have one `%d` for a number"),
        ("[errors]\nFLOOD = \"420\"\n", "malformed-error", "3:9", "at most three digits"),
        ("[errors.FLOOD]\nparameter = \"x\"\ncodes = 420\n", "malformed-error", "3:13", "has no number"),
        ("[functions.hello]\nerrors = [\"FLOOD\"]\n", "unknown-error", "3:11", "no file declares the error `FLOOD`"),
        ("[types.Usr]\ntext = \"x\"\n", "text-without-target", "2:8", "did you mean `User`?"),
        ("[types.User\n", "invalid-toml", "2:12", "^"),
    ];
    for (text, code, place, part) in cases {
        let folder = folder(&[("a.tl", SCHEMA), ("bad.toml", &format!("format = 1\n{text}"))]);
        for command in [&["check", "a.tl"][..], &["generate", "a.tl", "--out", "-"]] {
            let run = tl(folder.path(), &[command, &["--facts", "bad.toml"]].concat());
            assert_eq!(run.code, Some(1), "{text}{run:?}");
            for part in [format!("error[{code}]"), format!("bad.toml:{place}"), part.to_owned(), "1 error\n".to_owned()]
            {
                assert!(run.stderr.contains(&part), "{part} is missing in\n{}", run.stderr);
            }
        }
    }
}

#[test]
fn facts_may_speak_of_any_schema() {
    let facts = "format = 1\n[types.User]\ntext = \"A.\"\n[types.Chat]\ntext = \"B.\"\n";
    let folder = folder(&[("a.tl", SCHEMA), ("b.tl", "chat = Chat;\n"), ("a.toml", facts)]);
    assert_eq!(tl(folder.path(), &["check", "a.tl", "b.tl", "--facts", "a.toml"]).code, Some(0));
    let run = tl(folder.path(), &["check", "a.tl", "--facts", "a.toml"]);
    assert!(run.code == Some(1) && run.stderr.contains("the schema has no type `Chat`"), "{run:?}");
}

#[test]
fn facts_about_a_schema_with_errors_are_not_judged() {
    let facts = "format = 1\n[types.Usr]\ntext = \"A.\"\n";
    let folder = folder(&[("a.tl", "user id:lng = User;\n"), ("a.toml", facts), ("b.toml", "format = 7\n")]);
    let run = tl(folder.path(), &["check", "a.tl", "--facts", "a.toml", "b.toml"]);
    assert!(run.stderr.contains("unknown-type") && run.stderr.contains("unsupported-fact-format"), "{run:?}");
    assert!(!run.stderr.contains("text-without-target"), "{run:?}");
}

#[test]
fn levels_can_be_chosen_and_json_has_the_facts() {
    let facts = "format = 1\n[errors]\nA = [400, 400]\n";
    let folder = folder(&[("a.tl", SCHEMA), ("a.toml", facts)]);
    let run = tl(folder.path(), &["check", "a.tl", "--facts", "a.toml"]);
    assert!(run.code == Some(0) && run.stderr.contains("warning[duplicate-fact]"), "{run:?}");
    assert_eq!(tl(folder.path(), &["check", "a.tl", "--facts", "a.toml", "--deny", "duplicate-fact"]).code, Some(1));
    let run = tl(folder.path(), &["check", "a.tl", "--facts", "a.toml", "--message-format", "json"]);
    let lines: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&lines[0]["code"], &lines[0]["file"]), (&"duplicate-fact".into(), &"a.toml".into()));
    assert_eq!((&lines[1]["facts"][0]["errors"], &lines[1]["codes"]["duplicate-fact"]), (&1.into(), &1.into()));
}

#[test]
fn generated_code_has_the_facts() {
    let folder = folder(&[("a.tl", SCHEMA), ("a.toml", GOOD)]);
    let run = tl(folder.path(), &["generate", "a.tl", "--facts", "a.toml", "--out", "a.rs"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let code = read(folder.path(), "a.rs");
    for part in [
        "/// Gets somebody.",
        "/// | 420 | `FLOOD_WAIT_%d` |",
        "FloodWait(u32),",
        "pub const ERRORS: &'static [RpcErrorKind]",
        "/// The accounts that can call it are not stated.",
    ] {
        assert!(code.contains(part), "{part} is missing in\n{code}");
    }
    // What is kept decides which errors are there; those that no function lists always are.
    let run = tl(folder.path(), &["generate", "a.tl", "--facts", "a.toml", "--out", "-", "--only", "hello"]);
    assert!(!run.stdout.contains("RpcErrorKind"), "{run:?}");
}
