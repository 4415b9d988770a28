//! The command `vectors`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SCHEMA: &str = "\
// tl:profile(telegram)
string ? = String;
long ? = Long;
point#00000001 x:long label:string = Point;
pair#00000002 flags:# a:Point b:flags.0?Point = Pair;
---functions---
add#00000003 p:Pair = Point;
";

const VECTORS: &str = r#"
{"name":"point","kind":"type","value":{"_":"point","x":"-1","label":"abc","__note":"x"},"hex":"01000000ffffffffffffffff03616263"}
{"name":"add","kind":"function","value":{"_":"add","p":{"_":"pair","a":{"_":"dot","x":"1","label":""}}},"hex":"03000000020000000000000001000000010000000000000000000000"}
{"name":"point","kind":"type","value":{"_":"point","x":"2","label":"abc"},"hex":"01000000ffffffffffffffff03616263"}
{"name":"circle","kind":"type","value":{"_":"circle"},"hex":"09000000"}
{"name":"point","kind":"type","value":{"_":"point","x":"2","label":"abc"},"hex":"01000000ffffffffffffffff03616263"}
"#;

const EXPLANATIONS: &str = "# A comment\nvectors.jsonl:6\tpoint\tanother x, on purpose\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vectors"));
    command.current_dir(folder).args(arguments).output().expect("can be run")
}

#[test]
fn counts_what_is_equal_and_what_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in [("shapes.tl", SCHEMA), ("vectors.jsonl", VECTORS), ("explained.tsv", EXPLANATIONS)] {
        fs::write(folder.path().join(file), text).expect("can be written");
    }
    let arguments =
        ["shapes.tl", "--vectors", "vectors.jsonl", "--rename", "pair.a=point", "--explanations", "explained.tsv"];
    let output = run(folder.path(), &arguments);
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{text}{errors}");
    assert!(text.contains("5 lines checked: 2 equal, 1 different, 1 not covered, 1 different and explained"), "{text}");
    assert!(text.contains("explained: vectors.jsonl:6 point: another x, on purpose"), "{text}");
    assert!(text.contains("different: vectors.jsonl:4 point\n  encoding the value\n    ours:   0100000002"), "{text}");
    assert!(text.contains("not covered: vectors.jsonl:5 circle"), "{text}");
    assert!(errors.contains("building"), "{errors}");
}

/// Boxes inside of one another.
fn nested(levels: usize) -> String {
    let value = format!("{}{{\"_\":\"leaf\"}}{}", "{\"_\":\"box\",\"x\":".repeat(levels), "}".repeat(levels));
    let bytes = format!("{}02000000", "01000000".repeat(levels));
    format!("{{\"name\":\"box\",\"kind\":\"type\",\"value\":{value},\"hex\":\"{bytes}\"}}\n")
}

#[test]
fn every_line_is_counted_whatever_is_wrong_with_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = "box#00000001 x:Box = Box;\nleaf#00000002 = Box;\n";
    let wrong = "{\"name\":\"leaf\",\"kind\":\"type\",\"value\":{\"_\":\"leaf\"},\"hex\":\"03000000\"}\n";
    let lines =
        [&nested(1), "no JSON\n", &wrong.repeat(12), &nested(5000), &nested(100), "{\"name\":\"leaf\"}\n"].concat();
    for (file, text) in [("boxes.tl", schema), ("vectors.jsonl", &lines), ("explained.tsv", "")] {
        fs::write(folder.path().join(file), text).expect("can be written");
    }
    let arguments = [
        "boxes.tl",
        "--vectors",
        "vectors.jsonl",
        "--explanations",
        "explained.tsv",
        "--profile",
        "telegram",
        "--limit",
        "11",
    ];
    let output = run(folder.path(), &arguments);
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{text}{errors}");
    assert!(
        text.contains("17 lines checked: 2 equal, 12 different, 0 not covered, 0 different and explained, 3 not read"),
        "{text}"
    );
    assert_eq!(
        (text.matches("different: vectors").count(), text.contains("… and 1 more different")),
        (11, true),
        "{text}"
    );
    for reason in
        ["vectors.jsonl:2: expected", "vectors.jsonl:15: nested deeper than", "vectors.jsonl:17: not an encoding"]
    {
        assert!(text.contains(&format!("not read: {reason}")), "{text}");
    }
}

#[test]
fn wrong_arguments() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bad.tl"), "point#00000001 x:Nothing = Point;").expect("can be written");
    fs::write(folder.path().join("vectors.jsonl"), "").expect("can be written");
    for (arguments, message) in [
        (&["bad.tl"][..], "name a schema file"),
        (&["bad.tl", "--vectors", "none.jsonl"], "none.jsonl: "),
        (&["bad.tl", "--vectors", "vectors.jsonl", "--profile", "x"], "there is no profile x"),
        (&["bad.tl", "--vectors", "vectors.jsonl", "--rename", "x"], "is not CONSTRUCTOR.FIELD=NAME"),
        (&["bad.tl", "--vector", "vectors.jsonl"], "there is no option --vector"),
        (&["bad.tl", "--vectors", "vectors.jsonl"], "unknown type `Nothing`"),
    ] {
        let output = run(folder.path(), arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(errors.contains(message), "{errors}");
    }
    assert_eq!(run(folder.path(), &["--help"]).status.code(), Some(0));
}
