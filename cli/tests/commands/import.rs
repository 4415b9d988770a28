use crate::{folder, read, tl, tl_with_input};

const OURS: &str = "\
// The API.
// LAYER 7

vector#1cb5c415 {t:Type} # [ t ] = Vector t;

boolFalse#bc799737 = Bool;
boolTrue#997275b5 = Bool;

// about chats
chat id:long = Chat; // short
oldChat = Chat;

//@description A user @id The number
user
  id:long
  name:string
  = User;

// namespace help
help.config days:int = help.Config;

---functions---

getUser id:long = User;

// namespace help
help.getConfig = help.Config;
";

/// The next layer in another layout and order, in two files, with line ends of another system.
const TYPES: &str = "// LAYER 8\r\n/* by someone */ user id:long name:string = User; help.config days:int more:long = help.Config;\r\n\
    chat id:long\r\n  title:string = Chat;\r\nboolTrue#997275b5 = Bool;\r\nphoto id:long = Photo; // a comment\r\n";
const FUNCTIONS: &str = "---functions---\r\nhelp.getConfig force:Bool = help.Config;\r\ngetUser id:long = User;\r\n\
    getPhoto id:long = Photo;\r\n---types---\r\nboolTrue#997275b5 = Bool;";

#[test]
fn another_layout_in_several_files_becomes_ours() {
    let changelog = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- That.\n\n## 1.0.0\n";
    let page = "| `api.tl` | 7 constructors, 2 functions | 7 |\nlayer 7, not layer 71 or 17 constructors\n";
    let facts = "format = 1\n[errors]\nA = 400\n[functions.getUser]\nerrors = [\"A\"]\n\
                 [functions.\"help.getConfig\"]\nerrors = [\"A\"]\n";
    let files = [
        ("s/api.tl", OURS),
        ("s/api-errors.toml", facts),
        ("CHANGELOG.md", changelog),
        ("README.md", page),
        ("new/types.tl", TYPES),
        ("new/functions.tl", FUNCTIONS),
    ];
    let folder = folder(&files);
    let options =
        ["--into", "s/api.tl", "--changelog", "CHANGELOG.md", "--update", "README.md", "--dialect", "telegram"];
    let import = |more: &[&str]| tl(folder.path(), &[&["import", "new"], &options[..], more].concat());

    for (option, code) in [("--dry-run", 0), ("--check", 1)] {
        let run = import(&[option]);
        assert!(run.code == Some(code) && run.stderr.contains("would write s/api.tl"), "{run:?}");
        assert_eq!(read(folder.path(), "s/api.tl"), OURS);
    }
    let run = import(&[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let expected = "\
// The API.
// LAYER 8

vector#1cb5c415 {t:Type} # [ t ] = Vector t;

boolFalse#bc799737 = Bool;
boolTrue#997275b5 = Bool;

// about chats
chat id:long title:string = Chat; // short

photo id:long = Photo;

//@description A user @id The number
user
  id:long
  name:string
  = User;

// namespace help
help.config days:int more:long = help.Config;

---functions---

getPhoto id:long = Photo;
getUser id:long = User;

// namespace help
help.getConfig force:Bool = help.Config;
";
    assert_eq!(read(folder.path(), "s/api.tl"), expected);
    for line in [
        "+title:string",
        "- constructor oldChat",
        "+ constructor photo",
        "? function getPhoto has no facts",
        "? facts about function help.getConfig, which has changed: s/api-errors.toml:6:",
    ] {
        assert!(run.stdout.contains(line), "{line}: {run:?}");
    }
    assert!(!run.stdout.contains("user#") && !run.stdout.contains("about function getUser"), "{run:?}");
    let entry = "### Changed\n\n- Layer 8 of `api.tl`, after 7: constructors: 1 new, 2 changed, 1 gone; functions: 1 new, 1 changed, 0 gone.";
    let written = read(folder.path(), "CHANGELOG.md");
    assert!(written.contains(entry) && written.ends_with("\n\n## 1.0.0\n"), "{written}");
    let page = "| `api.tl` | 7 constructors, 3 functions | 8 |\nlayer 8, not layer 71 or 17 constructors\n";
    assert_eq!(read(folder.path(), "README.md"), page);

    let again = import(&["--check"]);
    assert_eq!((again.code, again.stdout.as_str()), (Some(0), ""), "{again:?}");
}

#[test]
fn errors_of_the_published_files_have_their_places_and_nothing_is_written() {
    for (upstream, place, message) in [
        ("// LAYER 8\nuser#12345678 id:long = User;\n", "new.tl:2:5", "id-mismatch"),
        ("// LAYER 8\nuser id:Lnog = User;\n", "new.tl:2:9", "unknown"),
        ("// LAYER 8\nuser id: = User;\n", "new.tl:2:8", "missing-type"),
        ("user id:long = User;\nuser id:int = User;\n// LAYER 8\n", "new.tl:2:1", "duplicate"),
        ("===8===\nuser id:long = User;\n", "new.tl:1:1", "several layers"),
    ] {
        let folder = folder(&[("api.tl", "// LAYER 7\n\nuser id:int = User;\n"), ("new.tl", upstream)]);
        let run = tl(folder.path(), &["import", "new.tl", "--into", "api.tl"]);
        let is_told = run.stderr.contains(place) && run.stderr.contains(message);
        assert!(run.code == Some(1) && is_told, "{upstream}: {run:?}");
        assert_eq!(read(folder.path(), "api.tl"), "// LAYER 7\n\nuser id:int = User;\n");
    }
    let files = [("api.tl", "// LAYER 7\n\nuser id:int = User;\n"), ("new.tl", "user#12345678 id:long = User;\n")];
    let folder = folder(&files);
    let run = tl(folder.path(), &["import", "new.tl", "--into", "api.tl", "--allow-ids"]);
    assert!(run.code == Some(2) && run.stderr.contains("state it with --layer"), "{run:?}");
    let run = tl(folder.path(), &["import", "new.tl", "--into", "api.tl", "--allow-ids", "--layer", "9"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(read(folder.path(), "api.tl"), "// LAYER 9\n\nuser#12345678 id:long = User;\n");
}

#[test]
fn facts_about_what_is_gone_are_errors() {
    let facts = "format = 1\n[constructors.user]\ntext = \"A user.\"\nfields.name = \"The name.\"\n[types.Gone]\ntext = \"Gone.\"\n";
    let files = [("api.tl", "user id:int name:string = User;\ngone = Gone;\n"), ("api-texts.toml", facts)];
    let folder = folder(&files);
    let run = tl_with_input(folder.path(), &["import", "-", "--into", "api.tl"], "user id:int = User;\n");
    assert_eq!(run.code, Some(1), "{run:?}");
    for place in ["api-texts.toml:4:8", "api-texts.toml:5:8"] {
        assert!(run.stderr.contains(place), "{place}: {run:?}");
    }
    assert_eq!(read(folder.path(), "api.tl"), "user id:int = User;\n");
}

/// The history gets the layer once.
#[test]
fn a_history_gets_the_layer() {
    let history = "// tl:history(ours)\n\n// tl:layer(7) 2026-01-01 here\n---types---\nuser#d23c81a3 id:int first_name:string last_name:string = User;\n";
    let files = [
        ("api.tl", "// LAYER 7\n\nuser#d23c81a3 id:int first_name:string last_name:string = User;\n"),
        ("new.tl", "// LAYER 8\nuser#1ec2365e id:int = User;\n"),
        ("history.tl", history),
    ];
    let folder = folder(&files);
    let command = ["import", "new.tl", "--into", "api.tl", "--history", "history.tl", "--source", "there"];
    let dry = tl(folder.path(), &[&command[..], &["--dry-run"]].concat());
    assert!(
        dry.stderr.contains("would append layer 8 to history.tl") && read(folder.path(), "history.tl") == history,
        "{dry:?}"
    );
    let run = tl(folder.path(), &command);
    let grown = read(folder.path(), "history.tl");
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(grown.starts_with(history) && grown.contains("// tl:layer(8) there\n"), "{grown}");
    assert_eq!(
        tl(folder.path(), &["layer", "8", "--history", "history.tl"]).stdout.lines().last(),
        Some("user#1ec2365e id:int = User;")
    );
    let again = tl(folder.path(), &command);
    assert!(again.code == Some(0) && again.stderr.contains("has layer 8 already"), "{again:?}");
    assert_eq!(read(folder.path(), "history.tl"), grown);
}

#[test]
fn what_another_schema_declares_is_left_out() {
    let base = "ping id:long = Ping;\n---functions---\nstop = Ping;\n";
    let upstream =
        "user id:int = User;\n---functions---\nstop = Ping;\nget = User;\n---types---\nping id:long = Ping;\n";
    let folder = folder(&[("api.tl", "user = User;\n"), ("base.tl", base), ("new.tl", upstream)]);
    let run = tl(folder.path(), &["import", "new.tl", "--into", "api.tl", "--except", "base.tl"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(read(folder.path(), "api.tl"), "user id:int = User;\n\n---functions---\n\nget = User;\n");
}
