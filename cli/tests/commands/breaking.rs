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

/// Comments allow changes: for the declaration that they are about, or for the file, and for no other rule.
#[test]
fn comments_allow_changes() {
    let with = |comment: &str| NEW.replace("user#", &format!("{comment}\nuser#"));
    for (comment, code) in [
        ("// tl:allow(required-added): all clients are updated first", 0),
        ("// tl:allow(shared-bit, required-added)", 0),
        ("// tl:allow(required-removed)", 1),
        ("// tl:allow-file(required-added)", 0),
        ("// tl:allow(required-added)\nother = Other;", 1),
    ] {
        let run = run(&with(comment), &[]);
        assert_eq!(run.code, Some(code), "{comment}: {run:?}");
    }
    // What is gone is allowed where it was, or in the file.
    let gone = OLD.replace("get#00000002 = User;\n", "");
    let refused = run(&gone, &[]);
    assert!(refused.code == Some(1) && refused.stderr.contains("write `// tl:was(get)`"), "{refused:?}");
    assert_eq!(run(&format!("// tl:allow-file(function-removed)\n{gone}"), &[]).code, Some(0));
    let old = OLD.replace("get#", "// tl:allow(function-removed)\nget#");
    let folder = folder(&[("old.tl", old.as_str()), ("new.tl", gone.as_str())]);
    assert_eq!(tl(folder.path(), &["breaking", "--against", "old.tl", "new.tl"]).code, Some(0));
    // Such comments are known to the other commands.
    let text = with("// tl:allow(required-added)\n// tl:was(person)");
    let folder = super::folder(&[("new.tl", text.as_str())]);
    let checked = tl(folder.path(), &["check", "--deny", "lint-comment", "--allow", "id-mismatch", "new.tl"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
}

/// A former name makes two declarations forms of one, whatever else is different.
#[test]
fn former_names_are_followed() {
    let old = "// tl:profile(telegram)\nuser#00000001 id:int = User;\nperson#00000002 name:string = User;\n";
    let new = "// tl:profile(telegram)\nmember#00000003 id:int age:int = User;\nperson#00000002 name:string = User;\n";
    let said = new.replace("member#", "// tl:was(nobody, user)\nmember#");
    let run = |new: &str, command: &[&str]| {
        let folder = folder(&[("old.tl", old), ("new.tl", new)]);
        tl(folder.path(), command)
    };
    let diff = ["diff", "old.tl", "new.tl"];
    assert!(run(new, &diff).stdout.contains("- constructor user#00000001"));
    let followed = run(&said, &diff).stdout;
    assert!(followed.starts_with("~ constructor member#00000001 -> #00000003: was user, +age:int\n"), "{followed}");
    let breaking = ["breaking", "--level", "source", "--against", "old.tl", "new.tl"];
    let (before, after) = (run(new, &breaking).stderr, run(&said, &breaking).stderr);
    assert!(before.contains("[constructor-removed]") && !before.contains("[constructor-renamed]"), "{before}");
    assert!(
        !after.contains("[constructor-removed]") && after.contains("was `user`") || after.contains("`user`"),
        "{after}"
    );
}

/// The commands of the workflow in `examples/schema-repository`, as a runner of GitHub runs them for a pull request.
#[cfg(unix)]
#[test]
fn the_workflow_of_the_sample_repository_annotates_a_pull_request() {
    use std::process::Command;
    let sample = std::path::Path::new("../examples/schema-repository");
    let text = |path: &str| std::fs::read_to_string(sample.join(path)).expect(path);
    let workflow = text(".github/workflows/schema.yml");
    let commands: Vec<&str> = workflow.lines().filter_map(|line| line.trim().strip_prefix("run: tl ")).collect();
    assert_eq!(commands.len(), 4, "{workflow}");
    let schema = text("schema/api.tl");
    let repository = folder(&[("schema/api.tl", schema.as_str())]);
    let shell = |script: &str| {
        let output = Command::new("sh")
            .args(["-ec", script])
            .current_dir(repository.path())
            .env("BASE", "main")
            .env("GITHUB_STEP_SUMMARY", "summary.md")
            .env("TL", env!("CARGO_BIN_EXE_tl"))
            .output()
            .expect("a shell");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let commit = "git -c user.name=a -c user.email=a@example.org commit -q -a -m";
    let (code, _) = shell(&format!("git init -q -b main && git add . && {commit} first && git checkout -q -b change"));
    assert_eq!(code, Some(0));
    let step = |command: &str| shell(&format!("\"$TL\" {command}"));
    for command in &commands {
        let (code, annotations) = step(command);
        assert_eq!(code, Some(0), "nothing has changed: {command}");
        assert!(!annotations.contains("::error"), "{annotations}");
    }
    super::write(
        repository.path(),
        "schema/api.tl",
        &schema.replace("name:string = Contact;\n\n", "name:string phone:string = Contact;\n\n"),
    );
    let codes: Vec<Option<i32>> = commands.iter().map(|command| step(command).0).collect();
    assert_eq!(codes, [Some(0), Some(0), Some(1), Some(0)]);
    let (_, annotations) = step(commands[2]);
    let annotation = annotations.lines().next().expect("an annotation");
    let (properties, message) =
        annotation.strip_prefix("::error ").and_then(|it| it.split_once("::")).expect(annotation);
    let keys: Vec<&str> = properties.split(',').filter_map(|it| Some(it.split_once('=')?.0)).collect();
    assert_eq!(keys, ["file", "line", "col", "title"]);
    assert!(properties.starts_with("file=schema/api.tl,line=4,col=1,") && message.contains("contact"), "{annotation}");
    let rule = properties.rsplit('=').next().expect("a rule");
    assert!(text("README.md").contains(&format!("file=schema/api.tl,line=4,col=1,title={rule}::")), "{annotation}");
    let summary = super::read(repository.path(), "summary.md");
    assert!(summary.contains("phone") && summary.contains("## In Rust"), "{summary}");
    // With the comment that the README shows, the change passes.
    let allowed = schema.replace(
        "contact id:long name:string =",
        &format!("// tl:allow({rule})\ncontact id:long name:string phone:string ="),
    );
    super::write(repository.path(), "schema/api.tl", &allowed);
    assert_eq!(step(commands[2]).0, Some(0));
}
