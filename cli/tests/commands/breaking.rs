//! `tl breaking`.

use super::{folder, tl};

const OLD: &str = "// tl:profile(ton)\nuser#00000001 flags:# id:int name:flags.0?string = User;\n\
                   ---functions---\nget#00000002 = User;\nput#00000003 x:int = User;\n";
const NEW: &str = "// tl:profile(ton)\nuser#00000001 flags:# id:int name:flags.0?string age:int = User;\n\
                   ---functions---\nget#00000002 = User;\nput#00000003 y:int = User;\n";

fn run(new: &str, arguments: &[&str]) -> super::Run {
    let folder = folder(&[("old.tl", OLD), ("new.tl", new)]);
    tl(folder.path(), &[&["breaking", "--against", "old.tl", "new.tl"], arguments].concat())
}

#[test]
fn what_breaks_has_its_place_and_a_remedy() {
    let run = run(NEW, &[]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("error[required-added]: `user` has the new field `age:int`"), "{run:?}");
    assert!(run.stderr.contains("--> new.tl:2:1") && run.stderr.contains("`flags.1` is free"), "{run:?}");
    assert!(run.stderr.contains("misreads bytes of old.tl"), "{run:?}");
    assert!(run.stderr.ends_with("1 change breaks the level wire; 1 change beside\n"), "{run:?}");
}

#[test]
fn levels_modes_and_rules_choose() {
    assert_eq!(run(OLD, &[]).code, Some(0));
    let with_names = run(NEW, &["--level", "json"]);
    assert!(with_names.stderr.contains("error[field-renamed]"), "{with_names:?}");
    assert_eq!(run(NEW, &["--allow", "required-added"]).code, Some(0));
    let more = OLD.replace("---f", "userEmpty = User;\n---f");
    assert_eq!(run(&more, &["--mode", "backward"]).code, Some(0));
    assert_eq!(run(&more, &["--mode", "forward"]).code, Some(1));
    let wrong = run(NEW, &["--allow", "required-adde"]);
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    assert!(wrong.stderr.contains("did you mean `required-added`?"), "{wrong:?}");
}

#[test]
fn only_some_parts_count() {
    let old = "a#00000001 = A;\nb#00000002 = B;\n---functions---\nf#00000003 = A;\ng#00000004 = B;\n";
    let new = "a#00000001 = A;\nb#00000002 x:int = B;\n---functions---\nf#00000003 = A;\ng#00000004 = B;\n";
    let folder = folder(&[("old.tl", old), ("new.tl", new)]);
    let code = |only: &str| tl(folder.path(), &["breaking", "--against", "old.tl", "--only", only, "new.tl"]).code;
    assert_eq!((code("f"), code("g"), code("h")), (Some(0), Some(1), Some(2)));
}

#[test]
fn several_older_schemas_are_compared() {
    let folder = folder(&[("v1.tl", OLD), ("v2.tl", NEW), ("v3.tl", NEW)]);
    let run = tl(folder.path(), &["breaking", "--against", "v2.tl", "--against", "v1.tl", "v3.tl"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("bytes of v1.tl"), "{run:?}");
}

#[test]
fn findings_are_for_machines_as_well() {
    let json = run(NEW, &["--format", "json"]);
    let line: serde_json::Value = serde_json::from_str(json.stdout.lines().next().expect("a line")).expect("JSON");
    assert_eq!(
        (&line["rule"], &line["line"], &line["new_reads_old"]),
        (&"required-added".into(), &2.into(), &"misreads".into())
    );
    let github = run(NEW, &["--format", "github"]);
    assert_eq!(
        github.stdout,
        "::error file=new.tl,line=2,col=1,title=required-added::`user` has the new field `age:int`; `flags.1` is free\n"
    );
    let sarif: serde_json::Value = serde_json::from_str(&run(NEW, &["--format", "sarif"]).stdout).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "required-added");
    assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
}

#[test]
fn rules_are_explained() {
    let folder = folder(&[]);
    let run = tl(folder.path(), &["explain", "true-moved"]);
    assert!(run.stdout.starts_with("# `true-moved`\n") && run.stdout.contains("misreads"), "{run:?}");
    assert!(tl(folder.path(), &["explain"]).stdout.contains("  required-added "));
}
