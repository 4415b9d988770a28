use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use typelang_ir::codes::UNKNOWN_TYPE;
use typelang_lint::codes::{MISSPELT_ANNOTATION, NON_CANONICAL_ID};
use typelang_parser::codes::ID_MISMATCH;

use crate::{folder, read, tl, tl_with_input};

const BAD: &str = "\
@raed user#d23c81a3 id:int first_name:strng last_name:string = User
// é
group flags:# title:flag.0?string = Group;;
chat#2 id:int = Chat;
";
const GOOD: &str = "\
@read user#d23c81a3 id:int first_name:string last_name:string = User;
// é
group flags:# title:flags.0?string = Group;
chat#8203e732 id:int = Chat;
";

#[test]
fn what_can_be_mended_is_mended_and_the_rest_is_shown() {
    let folder = folder(&[("bad.tl", &format!("{BAD}nobody x:Frobnicate = Nobody;\n"))]);
    let run = tl(folder.path(), &["check", "bad.tl", "--fix"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(read(folder.path(), "bad.tl"), format!("{GOOD}nobody x:Frobnicate = Nobody;\n"));
    let fixed: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("fixed: ")).collect();
    let expected = [
        "fixed: bad.tl:1:39: write `string` [unknown-type]",
        "fixed: bad.tl:1:68: add `;` [missing-semicolon]",
        "fixed: bad.tl:3:21: write `flags` [unknown-flags]",
        "fixed: bad.tl:1:2: write `read` [misspelt-annotation]",
        "fixed: bad.tl:3:44: remove `;` [empty-declaration]",
        "fixed: bad.tl:4:5: write `#8203e732` [id-mismatch]",
    ];
    assert_eq!(fixed, expected);
    assert!(run.stdout.contains("bad.tl: 4 constructors, 0 functions"), "{run:?}");
    assert!(run.stderr.contains("unknown type `Frobnicate`") && run.stderr.ends_with("\n1 error\n"), "{run:?}");

    let again = tl(folder.path(), &["check", "bad.tl", "--fix"]);
    assert!(again.code == Some(1) && !again.stdout.contains("fixed:"), "{again:?}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "no temporary file is left");
}

#[test]
fn the_exit_code_is_that_of_what_remains() {
    let folder = folder(&[("bad.tl", BAD)]);
    let run = tl(folder.path(), &["check", "bad.tl", "--fix", "--deny-warnings"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    assert_eq!(read(folder.path(), "bad.tl"), GOOD);
}

#[test]
fn what_is_allowed_is_left_as_it_is() {
    let text = "// tl:allow-file(misspelt-annotation)\n@raed chat#2 id:int = Chat;\n";
    let folder = folder(&[("a.tl", text)]);
    let run = tl(folder.path(), &["check", "a.tl", "--fix", "--allow", ID_MISMATCH.name]);
    assert_eq!((run.code, read(folder.path(), "a.tl").as_str()), (Some(0), text));
    let warn = ["--allow", ID_MISMATCH.name, "--warn", NON_CANONICAL_ID.name];
    tl(folder.path(), &[&["check", "a.tl", "--fix"], &warn[..]].concat());
    assert_eq!(read(folder.path(), "a.tl"), text.replace("#2", "#00000002"));
    assert!(read(folder.path(), "a.tl").contains("@raed"), "{}", MISSPELT_ANNOTATION.name);
}

#[test]
fn fact_files_are_mended_too() {
    let schema = "user id:long = User;\n---functions---\nmessages.getUser id:long = User;\n";
    let facts = "\u{feff}[errors]\nID_INVALID = { code = 400 }\n[functions.messages.getUsr]\nerrors = [\"ID_INVALD\"]\n\
                 callers = \"user\"\n[types.Usr]\ntext = \"é\"\n";
    let mended = "\u{feff}format = 1\n[errors]\nID_INVALID = { codes = 400 }\n[functions.\"messages.getUser\"]\n\
                  errors = [\"ID_INVALID\"]\ncallers = \"users\"\n[types.User]\ntext = \"é\"\n";
    let folder = folder(&[("a.tl", schema), ("a.toml", facts)]);
    let run = tl(folder.path(), &["check", "a.tl", "--facts", "a.toml", "--fix"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    assert_eq!(read(folder.path(), "a.toml"), mended);
    assert_eq!(read(folder.path(), "a.tl"), schema);
}

#[test]
fn bytes_that_are_not_utf8_are_not_lost() {
    let folder = folder(&[("good.tl", "a = A")]);
    let latin = b"// caf\xe9\nuser id:int = User\n";
    fs::write(folder.path().join("latin.tl"), latin).expect("a file");
    let run = tl(folder.path(), &["check", "latin.tl", "good.tl", "--fix"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.starts_with("left alone: latin.tl: it has bytes that are not UTF-8\n"), "{run:?}");
    assert_eq!(fs::read(folder.path().join("latin.tl")).expect("a file"), latin);
    assert_eq!(read(folder.path(), "good.tl"), "a = A;");
}

#[test]
fn standard_input_cannot_be_changed() {
    let folder = folder(&[("a.tl", "a = A")]);
    for arguments in [&["check", "-", "--fix"][..], &["check", "a.tl", "--facts", "-", "--fix"]] {
        let run = tl_with_input(folder.path(), arguments, "a = A");
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
        assert!(run.stderr.contains("`--fix` changes files"), "{run:?}");
    }
    assert_eq!(read(folder.path(), "a.tl"), "a = A");
}

fn objects(stdout: &str) -> Vec<Value> {
    stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn json_has_the_fixes() {
    let folder = folder(&[("a.tl", "// é\na x:strng = A;\nb x:Frobnicate = B;\n")]);
    let run = tl(folder.path(), &["check", "a.tl", "--message-format", "json"]);
    let found = objects(&run.stdout);
    let fix = &found[0]["fix"];
    assert_eq!((&found[0]["code"], &fix["title"]), (&UNKNOWN_TYPE.name.into(), &"write `string`".into()));
    let edit = &fix["edits"][0];
    assert_eq!((&edit["file"], &edit["new_text"]), (&"a.tl".into(), &"string".into()));
    assert_eq!((&edit["byte_start"], &edit["byte_end"]), (&10.into(), &15.into()));
    assert_eq!((&edit["line_start"], &edit["column_start"]), (&2.into(), &5.into()));
    assert_eq!((&edit["line_end"], &edit["column_end"]), (&2.into(), &10.into()));
    assert_eq!(found[1]["fix"], Value::Null);

    let run = tl(folder.path(), &["check", "a.tl", "--message-format", "json", "--fix"]);
    let lines = objects(&run.stdout);
    let [fixed, left, summary] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!((&fixed["reason"], &fixed["code"]), (&"fixed".into(), &UNKNOWN_TYPE.name.into()));
    assert_eq!((&fixed["file"], &fixed["line_start"], &fixed["title"]), (&"a.tl".into(), &2.into(), &fix["title"]));
    assert_eq!((&left["line_start"], &summary["errors"]), (&3.into(), &1.into()));
}

/// The schemas beneath a folder.
fn schemas(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            schemas(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "tl") {
            found.push(path);
        }
    }
}

#[test]
fn every_schema_of_the_tests_can_be_mended() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = Vec::new();
    for folder in ["tl-parser/tests", "lint/tests", "tests/tests"] {
        schemas(&root.join(folder), &mut paths);
    }
    let mut mended = 0;
    for path in paths {
        let bytes = fs::read(&path).expect("a schema");
        let folder = folder(&[]);
        let copy = folder.path().join("a.tl");
        fs::write(&copy, &bytes).expect("a file");
        let check = |more: &[&str]| {
            let run =
                tl(folder.path(), &[&["check", "a.tl", "--warn", "all", "--message-format", "json"], more].concat());
            objects(&run.stdout)
        };
        let has_fix = |object: &Value| object["fix"].is_object();
        let fixable = check(&[]).iter().any(has_fix);
        let left: Vec<Value> = check(&["--fix"]).into_iter().filter(has_fix).collect();
        assert!(left.is_empty(), "{}: {left:?}", path.display());
        let once = fs::read(&copy).expect("a file");
        assert_eq!(fixable, once != bytes, "{}", path.display());
        check(&["--fix"]);
        assert!(fs::read(&copy).expect("a file") == once, "{}", path.display());
        mended += usize::from(fixable);
    }
    assert!(mended > 10, "only {mended} schemas had something to mend");
}
