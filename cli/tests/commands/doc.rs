use crate::{folder, read, tl, write};

const SCHEMA: &str = "//@description A person @id The number of the person\nuser id:int = User;\n\
                      ---functions---\ngetUser id:int = User;\n";

const FACTS: &str = "format = 1\n[errors]\nID_INVALID = 400\n\
                     [functions.getUser]\ncallers = \"users\"\nerrors = [\"ID_INVALID\"]\n";

#[test]
fn pages_are_written_compared_and_removed() {
    let folder = folder(&[("users.tl", SCHEMA), ("facts.toml", FACTS)]);
    let arguments = ["doc", "users.tl", "--facts", "facts.toml", "--out", "site"];
    let check = [&arguments[..], &["--check"]].concat();
    let missing = tl(folder.path(), &check);
    assert_eq!(missing.code, Some(1), "{missing:?}");
    assert!(missing.stdout.lines().any(|line| line == "method/getUser.html"), "{missing:?}");
    assert!(!folder.path().join("site").exists(), "--check wrote something");

    let first = tl(folder.path(), &arguments);
    assert_eq!((first.code, first.stderr.as_str()), (Some(0), ""), "{first:?}");
    let page = read(folder.path(), "site/method/getUser.html");
    for text in ["A person", "ID_INVALID", "Users only.", "crate::tl::functions", "../constructor/user.html"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert_eq!(tl(folder.path(), &check).code, Some(0));
    let second = tl(folder.path(), &arguments);
    assert!(second.stdout.ends_with("unchanged\n"), "{second:?}");

    write(folder.path(), "site/method/notes.html", "mine");
    write(folder.path(), "users.tl", &SCHEMA.replace("getUser id:int = User;\n", ""));
    let stale = tl(folder.path(), &["doc", "users.tl", "--out", "site", "--check"]);
    assert!(stale.stdout.lines().any(|line| line == "method/getUser.html"), "{stale:?}");
    let third = tl(folder.path(), &["doc", "users.tl", "--out", "site"]);
    assert!(third.stdout.contains("2 removed"), "{third:?}");
    assert!(
        !folder.path().join("site/method/getUser.html").exists() && !folder.path().join("site/errors.html").exists()
    );
    assert_eq!(read(folder.path(), "site/method/notes.html"), "mine");
}

#[test]
fn facts_beside_a_schema_are_found() {
    let folder = folder(&[("users.tl", SCHEMA), ("users-errors.toml", FACTS), ("others-errors.toml", "not facts")]);
    let page = |arguments: &[&str]| {
        let run = tl(folder.path(), &[&["doc", "users.tl", "--out", "site"], arguments].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        read(folder.path(), "site/method/getUser.html")
    };
    assert!(page(&[]).contains("ID_INVALID"));
    assert!(!page(&["--facts"]).contains("ID_INVALID"), "none were asked for");
    let missing = tl(folder.path(), &["doc", "nowhere/users.tl", "--out", "site"]);
    assert!(missing.code == Some(2) && missing.stderr.contains("nowhere"), "{missing:?}");
}

#[test]
fn files_of_others_are_not_overwritten() {
    let folder = folder(&[("users.tl", SCHEMA), ("index.html", "mine")]);
    let run = tl(folder.path(), &["doc", "users.tl", "--out", "."]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("index.html was not written by an earlier run"), "{run:?}");
    assert_eq!(read(folder.path(), "index.html"), "mine");
    assert!(!folder.path().join("builtins.html").exists());

    // A list that speaks of files elsewhere does not make them ours.
    write(folder.path(), "site/.tl-doc-files", "../users.tl\n/users.tl\n");
    let run = tl(folder.path(), &["doc", "users.tl", "--out", "site"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(read(folder.path(), "users.tl"), SCHEMA);
}

#[test]
fn schemas_that_disagree_stand_beside_each_other() {
    let beside = "//@description Goes with getUser\nuser name:string = User;\n";
    let folder =
        folder(&[("users.tl", SCHEMA), ("old.tl", beside), ("more.tl", "group users:Vector<User> = Group;\n")]);
    let run = tl(folder.path(), &["doc", "users.tl", "old.tl", "more.tl", "--out", "pages", "--format", "markdown"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let page = read(folder.path(), "pages/schema/old/constructor/user.md");
    assert!(page.contains("name") && page.contains("[getUser](../../../method/getUser.md)"), "{page}");
    let page = read(folder.path(), "pages/constructor/group.md");
    assert!(page.contains("Vector") && page.contains("(../type/User.md)"), "{page}");
    assert!(read(folder.path(), "pages/index.md").contains("## users, more"));
}

#[test]
fn faults_in_schemas_and_facts_have_places_and_nothing_is_written() {
    let folder = folder(&[("users.tl", &SCHEMA.replace("= User;\n---", "= ;\n---")), ("good.tl", SCHEMA)]);
    write(folder.path(), "facts.toml", "format = 1\n[functions.getGroup]\ncallers = \"users\"\n");
    let run = tl(folder.path(), &["doc", "users.tl", "--out", "site"]);
    assert!(run.code == Some(1) && run.stderr.contains("users.tl:2:"), "{run:?}");
    let run = tl(folder.path(), &["doc", "good.tl", "--facts", "facts.toml", "--out", "site"]);
    assert!(run.code == Some(1) && run.stderr.contains("facts.toml:2:") && run.stderr.contains("getGroup"), "{run:?}");
    let run = tl(folder.path(), &["doc", "good.tl", "--out", "site", "--documentation-url", "javascript:alert(1)"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(!folder.path().join("site").exists());
}
