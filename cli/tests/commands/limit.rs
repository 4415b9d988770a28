//! How many findings are shown, and files that are not schemas.

use std::fmt::Write;

use crate::{folder, tl};

/// A schema with a warning, and then so many unknown types.
fn faulty(unknown: usize) -> String {
    let mut text = String::from("w#00000001 = W;\n");
    for number in 0..unknown {
        let _ = writeln!(text, "a{number} x:Nowhere{number} = A{number};");
    }
    text
}

#[test]
fn at_most_a_hundred_findings_are_shown_unless_asked() {
    let folder = folder(&[("many.tl", &faulty(250)), ("few.tl", &faulty(99))]);
    let shown = |text: &str| (text.matches("error[unknown-type]").count(), text.matches("warning[").count());
    let run = tl(folder.path(), &["check", "many.tl"]);
    assert_eq!((run.code, shown(&run.stderr)), (Some(1), (100, 0)), "errors come first");
    assert!(run.stderr.contains("\n250 errors, 1 warning\n"), "{}", run.stderr);
    assert!(run.stderr.ends_with("not shown: 150 errors, 1 warning; --limit 0 shows all\n"), "{}", run.stderr);
    let run = tl(folder.path(), &["check", "few.tl"]);
    assert_eq!(shown(&run.stderr), (99, 1));
    assert!(!run.stderr.contains("not shown"), "{}", run.stderr);
    let run = tl(folder.path(), &["check", "many.tl", "--limit", "0"]);
    assert_eq!(shown(&run.stderr), (250, 1));
    let run = tl(folder.path(), &["--limit", "3", "check", "many.tl"]);
    assert_eq!(shown(&run.stderr), (3, 0));
}

#[test]
fn every_command_keeps_to_the_limit() {
    let text: String = (0..20).map(|number| format!("a{number} x: = A{number};\n")).collect();
    let folder = folder(&[("a.tl", &text)]);
    let commands: [&[&str]; 5] = [
        &["check", "a.tl"],
        &["fmt", "a.tl"],
        &["generate", "a.tl", "--out", "a.rs"],
        &["doc", "a.tl", "--out", "pages"],
        &["decode", "--schema", "a.tl", "00"],
    ];
    for command in commands {
        let run = tl(folder.path(), &[command, &["--limit", "5"]].concat());
        assert_eq!((run.code, run.stderr.matches("error[missing-type]").count()), (Some(1), 5), "{command:?} {run:?}");
        assert!(run.stderr.contains("20 errors\nnot shown: 15 errors"), "{command:?} {}", run.stderr);
    }
}

#[test]
fn the_limit_is_one_for_all_files_of_a_run() {
    // A file with warnings alone comes first, and the errors of the second one are shown all the same.
    let warnings: String = (0..20).map(|number| format!("w{number}#00000001 = W{number};\n")).collect();
    let errors: String = (0..4).map(|number| format!("a{number} x: = A{number};\n")).collect();
    let comments = b"// caf\xe9\n".repeat(4);
    let folder = folder(&[("b.tl", &errors), ("schema/api.tl", &warnings), ("schema/secret.tl", &errors)]);
    crate::write(folder.path(), "schema/mtproto.tl", &warnings);
    crate::write(folder.path(), "generated/lib.rs", "");
    std::fs::write(folder.path().join("a.tl"), comments).expect("a file");
    let shown = |text: &str| (text.matches("error[missing-type]").count(), text.matches("warning[").count());
    for command in [&["fmt", "a.tl", "b.tl"][..], &["check", "a.tl", "b.tl"], &["regenerate"]] {
        let run = tl(folder.path(), &[command, &["--limit", "5"]].concat());
        assert_eq!((run.code, shown(&run.stderr)), (Some(1), (4, 1)), "{command:?} {}", run.stderr);
        assert_eq!(run.stderr.matches("not shown").count(), 1, "{command:?} {}", run.stderr);
    }
}

#[test]
fn what_was_fixed_is_listed_up_to_the_limit() {
    let text: String = (0..150).map(|number| format!("a{number} x:strng = A{number};\n")).collect();
    let listed = |arguments: &[&str]| {
        let folder = folder(&[("a.tl", &text)]);
        let run = tl(folder.path(), &[&["check", "a.tl", "--fix"], arguments].concat());
        assert!(run.code == Some(0) && !crate::read(folder.path(), "a.tl").contains("strng"), "{run:?}");
        run.stdout
    };
    let human = listed(&[]);
    assert_eq!(human.matches("fixed: a.tl:").count(), 100, "{human}");
    assert!(human.contains("\nfixed: 50 more; --limit 0 shows all\n"), "{human}");
    let all = listed(&["--limit", "0"]);
    assert_eq!((all.matches("fixed: a.tl:").count(), all.contains("more;")), (150, false));
    let json = listed(&["--limit", "7", "--message-format", "json"]);
    assert_eq!(json.matches("\"reason\":\"fixed\"").count(), 7, "{json}");
    assert!(json.contains("\"fixed\":150"), "{json}");
}

#[test]
fn json_keeps_to_the_limit_and_counts_all() {
    let folder = folder(&[("many.tl", &faulty(250))]);
    let run = tl(folder.path(), &["check", "many.tl", "--message-format", "json"]);
    let (findings, summary): (Vec<&str>, Vec<&str>) =
        run.stdout.lines().partition(|line| line.contains("\"reason\":\"diagnostic\""));
    assert_eq!((findings.len(), summary.len()), (100, 1));
    for part in ["\"errors\":250", "\"warnings\":1", "\"hidden\":151", "\"unknown-type\":250"] {
        assert!(summary[0].contains(part), "{part} {}", summary[0]);
    }
    let run = tl(folder.path(), &["check", "many.tl", "--message-format", "json", "--limit", "0"]);
    assert_eq!(run.stdout.lines().count(), 252);
}

#[test]
fn files_that_are_not_schemas_are_told_in_one_error() {
    let folder = folder(&[("schema.json", "{\n  \"constructors\": []\n}\n"), ("good.tl", "a = A;\n")]);
    std::fs::write(folder.path().join("schema.tlo"), b"\xe2\x9b\x2f\x3a\0\0\0\0").expect("a file");
    let random: Vec<u8> = (0..1_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    std::fs::write(folder.path().join("random"), random).expect("a file");
    for (file, what) in [("schema.json", "JSON"), ("schema.tlo", "compiled"), ("random", "binary")] {
        for command in [&["check"][..], &["fmt"], &["generate", "--out", "a.rs"], &["doc", "--out", "pages"]] {
            let run = tl(folder.path(), &[command, &["good.tl", file]].concat());
            assert_eq!(run.code, Some(1), "{command:?} {file} {run:?}");
            assert_eq!(run.stderr.matches("error[").count(), 1, "{command:?} {file} {run:?}");
            assert!(run.stderr.contains(what) && run.stderr.len() < 1000, "{command:?} {file} {run:?}");
        }
    }
}

#[test]
fn a_carriage_return_alone_ends_a_line() {
    let folder = folder(&[("mac.tl", "// first\ra x:int = A;\r\r// second\rb x:Strng = B;\r")]);
    let run = tl(folder.path(), &["check", "mac.tl"]);
    assert!(run.stdout.contains("2 constructors"), "{run:?}");
    assert!(run.stderr.contains("mac.tl:5:5") && run.stderr.contains("5 | b x:Strng = B;"), "{run:?}");
    let run = tl(folder.path(), &["fmt", "mac.tl"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "mac.tl\n"));
    assert_eq!(crate::read(folder.path(), "mac.tl"), "// first\na x:int = A;\n\n// second\nb x:Strng = B;\n");
}
