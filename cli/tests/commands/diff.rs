//! `tl diff`.

use std::process::Command;

use super::{folder, tl};

const OLD: &str = "user id:int = User;\nchat title:string = Chat;\n";
const NEW: &str = "user id:long = User;\nuserEmpty = User;\n";

#[test]
fn changes_are_lines_of_text() {
    let folder = folder(&[("old.tl", OLD), ("new.tl", NEW)]);
    let run = tl(folder.path(), &["diff", "old.tl", "new.tl"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(
        run.stdout,
        "~ constructor user#1ec2365e -> #74e5ad7d: ~id:long (was int)\n\
         + constructor userEmpty#ed979fa1 = User\n\
         - constructor chat#e9a9799b = Chat\n\
         ~ type User: +userEmpty\n\
         - type Chat\n"
    );
    assert_eq!(run.stderr, "1 added, 1 changed, 1 removed\n");
    let colored = tl(folder.path(), &["--color", "always", "diff", "old.tl", "new.tl"]);
    assert!(colored.stdout.contains("\u{1b}[32m+\u{1b}[0m constructor userEmpty"), "{colored:?}");
}

#[test]
fn changes_are_markdown_and_json() {
    let folder = folder(&[("old.tl", OLD), ("new.tl", NEW)]);
    let page = tl(folder.path(), &["diff", "--format", "markdown", "old.tl", "new.tl"]);
    assert!(page.stdout.starts_with("# Changes\n") && page.stdout.contains("new constructor of `User`"), "{page:?}");
    let json = tl(folder.path(), &["diff", "--format", "json", "old.tl", "new.tl"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["declarations"][0]["details"][1]["change"], "field-type-changed");
    assert_eq!(json["declarations"][0]["details"][1]["new"]["type"], "long");
    assert_eq!(json["types"][0]["added"][0], "userEmpty");
}

#[test]
fn the_exit_code_tells_changes_if_asked() {
    let folder = folder(&[("old.tl", OLD), ("new.tl", NEW), ("bad.tl", "a x:nothing = A;\n")]);
    let code = |arguments: &[&str]| tl(folder.path(), arguments).code;
    assert_eq!(code(&["diff", "--exit-code", "old.tl", "new.tl"]), Some(1));
    assert_eq!(code(&["diff", "--exit-code", "old.tl", "old.tl"]), Some(0));
    assert_eq!(code(&["diff", "old.tl", "bad.tl"]), Some(1));
    assert_eq!(code(&["diff", "old.tl", "missing.tl"]), Some(2));
}

#[test]
fn several_files_and_folders_make_a_schema() {
    let folder = folder(&[("v1/a.tl", "a x:B = A;\n"), ("common.tl", "b = B;\n"), ("v2/a.tl", "a x:B y:int = A;\n")]);
    let run = tl(folder.path(), &["diff", "--old", "common.tl", "--new", "common.tl", "v1", "v2"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("+y:int") && run.stdout.lines().count() == 1, "{run:?}");
}

#[test]
fn a_schema_is_read_from_a_revision() {
    let folder = folder(&[("schema.tl", OLD)]);
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=T", "-c", "user.email=t@example.org"];
        Command::new("git")
            .args(who)
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .is_ok_and(|it| it.status.success())
    };
    if !(git(&["init", "-q"]) && git(&["add", "."]) && git(&["commit", "-qm", "old"])) {
        eprintln!("git is missing");
        return;
    }
    std::fs::write(folder.path().join("schema.tl"), NEW).expect("written");
    let run = tl(folder.path(), &["diff", "HEAD:schema.tl", "schema.tl"]);
    assert!(run.stdout.starts_with("~ constructor user"), "{run:?}");
    let unknown = tl(folder.path(), &["diff", "HEAD:other.tl", "schema.tl"]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    assert!(unknown.stderr.contains("cannot read HEAD:other.tl from git"), "{unknown:?}");
}

/// Every kind of change in generated code, by the generator's own model.
#[test]
fn changes_of_generated_code_are_shown() {
    let old = "point x:int y:int = Point;\nshape at:Point = Shape;\nline a:int = Line;\nlineEmpty = Line;\n\
               item flags:# views:flags.0?int forwards:flags.0?int text:flags.1?string = Item;\n\
               gone = Gone;\nbig b:Big2 = Big;\nsmall = Big;\nbig2 a:long = Big2;\n---functions---\nget a:Line = Item;\na.f b:Big = Item;\nb.g = Point;\n";
    let new = "point x:int y:int name:string = Point;\nshape at:Point = Shape;\nline a:int = Line;\nlineEmpty = Line;\nlineLong = Line;\nlinePart a:int = Line;\n\
               item flags:# views:flags.0?int forwards:flags.0?int replies:flags.0?int text:flags.1?int = Item;\n\
               pointOther = Point;\nbig b:Big2 = Big;\nsmall = Big;\n\
               big2 a:long b:int256 c:int256 d:int256 e:int256 f:int256 g:int256 h:int256 = Big2;\n\
               ---functions---\nget a:Line = Vector<Item>;\na.f b:Big = Point;\nb.g b:Big = Point;\n";
    let folder = folder(&[("old.tl", old), ("new.tl", new)]);
    let run = tl(folder.path(), &["diff", "--rust", "--namespace-features", "all", "old.tl", "new.tl"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for line in [
        "+ enums::Point: enum",
        "- types::Gone: struct [code that names it does not compile]",
        "~ enums::Line: +Long, +Part(types::LinePart) [a match needs an arm more]",
        "~ functions::Get: gives Vec<types::Item>, gave types::Item [code that uses the result does not compile]",
        "~ types::Shape: at: enums::Point, a struct that is an enum now, loses Copy, Default, Hash",
        "text: Option<i32>, was Option<String>",
        "views_and_forwards is views_and_forwards_and_replies now: Option<ItemViewsAndForwardsAndReplies>",
        "~ types::Point: +name: String, loses Copy, Hash",
        "Big is boxed",
        "is there with the features `b` as well",
    ] {
        assert!(run.stdout.contains(line), "{line}\n{}", run.stdout);
    }
    let json = tl(folder.path(), &["diff", "--rust", "--format", "json", "old.tl", "new.tl"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let rust = json["rust"].as_array().expect("a list");
    let gone = rust.iter().find(|it| it["path"] == "types::Gone").expect("it is gone");
    assert_eq!(gone["status"], "removed");
    let page = tl(folder.path(), &["diff", "--rust", "--format", "markdown", "old.tl", "new.tl"]).stdout;
    assert!(page.contains("\n## In Rust\n\n") && page.contains("- ~ `enums::Line`: +Long, "), "{page}");
    let same = tl(folder.path(), &["diff", "--rust", "old.tl", "old.tl"]);
    assert_eq!(same.stdout, "");
}
