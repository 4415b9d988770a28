use serde_json::Value;
use typelang_ir::codes::UNKNOWN_TYPE;

use crate::{folder, tl, tl_with_input};

const GOOD: &str = "// LAYER 7\nint ? = Int;\nuser#d23c81a3 id:int first_name:string last_name:string = User;\n\
                    ---functions---\ngetUsers Vector<int> = Vector<User>;\n";
const BAD: &str =
    "user id:int name:Strng = User;\n// é\ngroup flags:# title:flag.0?string = Group\nchat id:int = Chat;\n";

#[test]
fn a_good_schema_is_counted() {
    let folder = folder(&[("good.tl", GOOD)]);
    let run = tl(folder.path(), &["check", "good.tl"]);
    let expected = "good.tl: 2 constructors (1 built in), 1 function, layer 7, reference ids\n  \
                    ids: 1 declared, 1 recomputed, 1 match, 0 pinned, 2 computed\n";
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), expected, ""));
    let run = tl(folder.path(), &["check", "good.tl", "--dialect", "telegram"]);
    assert!(run.stdout.contains("Telegram ids"), "{run:?}");
}

#[test]
fn errors_are_shown_with_their_places() {
    let folder = folder(&[("bad.tl", BAD)]);
    let run = tl(folder.path(), &["check", "bad.tl"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.starts_with("bad.tl: 3 constructors, 0 functions"), "{run:?}");
    for part in [
        "error[unknown-type]",
        "bad.tl:1:18",
        "did you mean `string`?",
        "error[unknown-flags]",
        "bad.tl:3:21",
        "error[missing-semicolon]",
        "bad.tl:3:42",
    ] {
        assert!(run.stderr.contains(part), "{part} is missing in {}", run.stderr);
    }
    assert!(run.stderr.ends_with("\n3 errors\n"), "{}", run.stderr);
    assert!(!run.stderr.contains('\u{1b}'), "a pipe gets no colours");
}

#[test]
fn colours_are_a_choice() {
    let folder = folder(&[("bad.tl", BAD)]);
    let colored = tl(folder.path(), &["check", "bad.tl", "--color", "always"]);
    assert!(colored.stderr.contains("\u{1b}["), "{colored:?}");
    let plain = tl(folder.path(), &["--color", "never", "check", "bad.tl"]);
    assert!(!plain.stderr.contains('\u{1b}'), "{plain:?}");
}

#[test]
fn warnings_are_findings_only_if_denied() {
    let folder = folder(&[("warn.tl", "user#00000005 id:int = User;\n")]);
    let run = tl(folder.path(), &["check", "warn.tl"]);
    assert_eq!(run.code, Some(0));
    assert!(run.stderr.contains("warning[id-mismatch]") && run.stderr.ends_with("\n1 warning\n"), "{run:?}");
    assert!(run.stdout.contains("1 recomputed, 0 match, 0 pinned, 0 computed, 1 wrong"), "{run:?}");
    assert_eq!(tl(folder.path(), &["check", "warn.tl", "--deny-warnings"]).code, Some(1));
}

#[test]
fn pinned_ids_are_listed() {
    let text = "user#d23c81a3 id:int first_name:string last_name:string = User;\n\
                help.configSimple#5a592a6c date:int expires:int rules:vector<int> = help.ConfigSimple;\n";
    let folder = folder(&[("pinned.tl", text)]);
    let run = tl(folder.path(), &["check", "pinned.tl", "--deny-warnings"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    assert!(run.stdout.contains("2 recomputed, 1 match, 1 pinned, 0 computed\n"), "{run:?}");
    assert!(run.stdout.contains("note[pinned-id]: the id of `help.configSimple`"), "{run:?}");
    assert!(run.stdout.contains("pinned.tl:2:18"), "{run:?}");
}

#[test]
fn a_file_may_build_upon_another() {
    let common = ("common.tl", "boolStat total:int = BoolStat;\n");
    let memcache = ("memcache.tl", "memcache.value stat:BoolStat = memcache.Value;\n");
    let unrelated = ("unrelated.tl", "boolStat other:long = BoolStat;\n");
    let folder = folder(&[common, memcache, unrelated]);
    let alone = tl(folder.path(), &["check", "memcache.tl"]);
    assert_eq!(alone.code, Some(1), "{alone:?}");
    for order in [["memcache.tl", "common.tl", "unrelated.tl"], ["common.tl", "unrelated.tl", "memcache.tl"]] {
        let run = tl(folder.path(), &["check", order[0], order[1], order[2]]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
        let files: Vec<&str> = run.stdout.lines().filter(|line| !line.starts_with(' ')).collect();
        assert_eq!(files.len(), 3, "{run:?}");
    }
}

#[test]
fn a_finding_is_shown_once() {
    let base = ("base.tl", "point x:Strng = Point;\n");
    let (a, b) = (("a.tl", "a p:Point = A;\n"), ("b.tl", "b p:Point = B;\n"));
    let folder = folder(&[base, a, b]);
    let run = tl(folder.path(), &["check", "a.tl", "b.tl", "base.tl"]);
    assert_eq!(run.stderr.matches(UNKNOWN_TYPE.name).count(), 1, "{run:?}");
    assert!(run.stderr.ends_with("\n1 error\n"), "{run:?}");
}

#[test]
fn json_has_an_object_for_each_finding_and_one_for_all() {
    let folder = folder(&[("bad.tl", BAD), ("good.tl", GOOD)]);
    let run = tl(folder.path(), &["check", "bad.tl", "good.tl", "--message-format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    let objects: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(objects.len(), 4);
    let unknown = &objects[0];
    assert_eq!((&unknown["reason"], &unknown["severity"]), (&"diagnostic".into(), &"error".into()));
    assert_eq!((&unknown["code"], &unknown["file"]), (&UNKNOWN_TYPE.name.into(), &"bad.tl".into()));
    assert_eq!((&unknown["line_start"], &unknown["column_start"]), (&1.into(), &18.into()));
    assert_eq!((&unknown["line_end"], &unknown["column_end"]), (&1.into(), &23.into()));
    let bytes = |key: &str| usize::try_from(unknown[key].as_u64().expect("a number")).expect("an offset");
    assert_eq!(&BAD[bytes("byte_start")..bytes("byte_end")], "Strng");
    assert_eq!(unknown["help"], "did you mean `string`?");
    assert_eq!(unknown["labels"][0]["is_primary"], true);
    // The comment before it holds a character of two bytes.
    assert_eq!((&objects[1]["line_start"], &objects[1]["column_start"]), (&3.into(), &21.into()));
    assert_eq!(objects[1]["byte_start"], BAD.find("flag.0").expect("the condition"));
    let summary = &objects[3];
    assert_eq!((&summary["reason"], &summary["errors"]), (&"summary".into(), &3.into()));
    assert_eq!((&summary["warnings"], &summary["notes"]), (&0.into(), &0.into()));
    let good = &summary["files"][1];
    assert_eq!((&good["file"], &good["constructors"], &good["built_in"]), (&"good.tl".into(), &2.into(), &1.into()));
    assert_eq!((&good["functions"], &good["layer"], &good["dialect"]), (&1.into(), &7.into(), &"reference".into()));
    assert_eq!((&good["ids"]["declared"], &good["ids"]["match"]), (&1.into(), &1.into()));
}

#[test]
fn a_dash_is_standard_input() {
    let folder = folder(&[]);
    let run = tl_with_input(folder.path(), &["check", "-"], BAD);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("<stdin>:1:18"), "{run:?}");
    assert_eq!(tl(folder.path(), &["check", "-", "-"]).code, Some(2));
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = folder(&[("good.tl", GOOD)]);
    let run = tl(folder.path(), &["check", "missing.tl", "good.tl", "lost.tl"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("cannot read missing.tl") && run.stderr.contains("cannot read lost.tl"), "{run:?}");
}

#[test]
fn bytes_that_are_not_utf8_are_reported() {
    let folder = folder(&[]);
    std::fs::write(folder.path().join("latin.tl"), b"// caf\xe9\nuser id:int = User;\ngro\xfcp = Group;\n")
        .expect("a file");
    let run = tl(folder.path(), &["check", "latin.tl"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("warning[invalid-utf8]") && run.stderr.contains("error[invalid-utf8]"), "{run:?}");
}
