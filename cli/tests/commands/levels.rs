use serde_json::Value;
use typelang_ir::codes::UNKNOWN_TYPE;
use typelang_lint::codes::{LINT_COMMENT, SHARED_BIT, UNUSED_TYPE};
use typelang_parser::codes::ID_MISMATCH;

use crate::{folder, tl};

const SHARED: &str = "chat flags:# title:flags.0?string photo:flags.0?bytes = Chat;\n";

#[test]
fn levels_are_chosen_in_order() {
    let folder = folder(&[("chat.tl", SHARED)]);
    let check = |arguments: &[&str]| tl(folder.path(), &[&["check", "chat.tl"], arguments].concat());
    let silent = check(&[]);
    assert_eq!((silent.code, silent.stderr.as_str()), (Some(0), ""));
    let warned = check(&["--warn", SHARED_BIT.name]);
    assert_eq!(warned.code, Some(0));
    assert!(warned.stderr.contains("warning[shared-bit]: `title` and `photo` share bit 0"), "{warned:?}");
    assert!(warned.stderr.contains("chat.tl:1:35"), "{warned:?}");
    assert!(warned.stderr.contains("is a warning by `--warn shared-bit`; `tl explain shared-bit`"), "{warned:?}");
    assert!(warned.stderr.ends_with("\n1 warning\n"), "{warned:?}");
    assert_eq!(check(&["--warn", SHARED_BIT.name, "--deny-warnings"]).code, Some(1));

    let denied = check(&["--allow", "all", "--deny", "bit-gap,shared-bit"]);
    assert_eq!(denied.code, Some(1));
    assert!(denied.stderr.contains("error[shared-bit]") && denied.stderr.ends_with("\n1 error\n"), "{denied:?}");
    for last in [&["--deny", SHARED_BIT.name, "--allow", "all"][..], &["--deny=all", "--allow=unused-type,shared-bit"]]
    {
        let run = check(last);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    }
}

#[test]
fn comments_choose_levels_for_their_file() {
    let allowed = format!("// tl:allow(shared-bit): they belong together\n{SHARED}");
    let denied = format!("// tl:deny-file(shared-bit)\n{}", SHARED.replace("chat", "room").replace("Chat", "Room"));
    let folder = folder(&[("allowed.tl", &allowed), ("denied.tl", &denied)]);
    let run = tl(folder.path(), &["check", "allowed.tl", "denied.tl", "--warn", SHARED_BIT.name]);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.stderr.matches("[shared-bit]").count(), 1, "{run:?}");
    assert!(run.stderr.contains("error[shared-bit]") && run.stderr.contains("denied.tl:2:35"), "{run:?}");
}

#[test]
fn warnings_of_the_parser_follow_the_levels_and_errors_do_not() {
    let text = "user#00000005 id:int = User;\nchat name:Strng = Chat;\n";
    let folder = folder(&[("a.tl", text)]);
    let run = tl(folder.path(), &["check", "a.tl", "--allow", "all"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("error[unknown-type]") && !run.stderr.contains(ID_MISMATCH.name), "{run:?}");
    assert!(run.stdout.contains("0 match, 0 pinned, 1 computed, 1 wrong"), "the counts of ids stay: {run:?}");
    let run = tl(folder.path(), &["check", "a.tl", "--deny", ID_MISMATCH.name]);
    assert!(run.stderr.contains("error[id-mismatch]") && run.stderr.ends_with("\n2 errors\n"), "{run:?}");
}

#[test]
fn codes_that_cannot_be_chosen_are_wrong_arguments() {
    let folder = folder(&[("chat.tl", SHARED)]);
    for (code, message) in [("shared-bits", "did you mean `shared-bit`?"), (UNKNOWN_TYPE.name, "is always an error")] {
        let run = tl(folder.path(), &["check", "chat.tl", "--allow", code]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
        assert!(run.stderr.contains(message), "{run:?}");
    }
}

#[test]
fn files_checked_together_share_no_ids_and_use_each_others_types() {
    let common = ("common.tl", "point#00000001 x:int = Point;\n");
    let user = ("user.tl", "line from:Point = Line;\n---functions---\ndraw = Line;\n");
    let other = ("other.tl", "circle#00000001 r:int = Circle;\n");
    let folder = folder(&[common, user, other]);
    let files = ["check", "common.tl", "user.tl", "other.tl", "--allow", ID_MISMATCH.name, "--warn", UNUSED_TYPE.name];
    let run = tl(folder.path(), &files);
    assert!(run.stderr.contains("warning[shared-id]: `circle` has the id #00000001, as `point`"), "{run:?}");
    assert!(run.stderr.contains("warning[unused-type]: nothing else uses the type `Circle`"), "{run:?}");
    assert!(run.stderr.ends_with("\n2 warnings\n"), "{run:?}");
}

#[test]
fn json_has_lints_like_other_findings() {
    let folder = folder(&[("chat.tl", &format!("{SHARED}// tl:alow(x)\n"))]);
    let run = tl(folder.path(), &["check", "chat.tl", "--message-format", "json", "--deny", SHARED_BIT.name]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    let objects: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let [shared, comment, summary] = &objects[..] else { panic!("{objects:?}") };
    assert_eq!((&shared["code"], &shared["severity"]), (&SHARED_BIT.name.into(), &"error".into()));
    assert_eq!((&shared["line_start"], &shared["column_start"]), (&1.into(), &35.into()));
    assert!(shared["notes"][1].as_str().is_some_and(|note| note.contains("`--deny shared-bit`")), "{shared}");
    assert_eq!((&comment["code"], &comment["severity"]), (&LINT_COMMENT.name.into(), &"warning".into()));
    assert_eq!(comment["help"], "did you mean `tl:allow`?");
    assert_eq!((&summary["errors"], &summary["warnings"]), (&1.into(), &1.into()));
    assert_eq!(summary["codes"], serde_json::json!({ LINT_COMMENT.name: 1, SHARED_BIT.name: 1 }));
}

#[test]
fn the_schemas_of_the_repository_are_quiet() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let run = tl(&root, &["check", "schema/api.tl", "schema/mtproto.tl", "schema/secret.tl", "--deny-warnings"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
}
