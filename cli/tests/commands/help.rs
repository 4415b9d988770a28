use std::path::Path;

use crate::tl;

#[test]
fn every_command_explains_itself() {
    let words: [(&[&str], &[&str]); 14] = [
        (
            &["--help"],
            &[
                "regenerate",
                "generate",
                "doc",
                "check",
                "explain",
                "import",
                "history",
                "layer",
                "fmt",
                "id",
                "show",
                "decode",
                "encode",
                "Exit codes",
                "--color",
            ],
        ),
        (&["regenerate", "--help"], &["--check", "--root", "Examples"]),
        (
            &["generate", "--help"],
            &["--out", "--only", "--both-directions", "--dialect", "--decode-functions", "--reflect", "Examples"],
        ),
        (
            &["check", "--help"],
            &["--message-format", "--deny", "--allow", "--fix", "// tl:allow(", "common.tl memcache.tl", "Exit codes"],
        ),
        (
            &["import", "--help"],
            &["UPSTREAM", "--into", "--except", "--changelog", "--dry-run", "Examples", "Exit codes"],
        ),
        (&["history", "--help"], &["append", "check", "list", "Examples", "Exit codes"]),
        (&["layer", "--help"], &["LAYER", "--history", "--revision", "Examples", "Exit codes"]),
        (&["explain", "--help"], &["CODE", "--markdown", "Examples"]),
        (&["fmt", "--help"], &["--check", "--diff", "The layout", "one for each field", "Examples"]),
        (
            &["decode", "--help"],
            &[
                "--schema",
                "--type",
                "--request",
                "--format",
                "--strict",
                "hexadecimal digits",
                "Exit codes",
                "Examples",
            ],
        ),
        (&["show", "--help"], &["--schema", "send_encrypted", "Exit codes", "Examples"]),
        (&["encode", "--help"], &["--schema", "--type", "--binary", "null is absent", "Exit codes", "Examples"]),
        (
            &["doc", "--help"],
            &[
                "--out",
                "--facts",
                "--format",
                "markdown",
                "--title",
                "--module",
                "--documentation-url",
                "--check",
                "Examples",
            ],
        ),
        (&["id", "--help"], &["DECLARATION", "CRC-32", "Examples"]),
    ];
    for (arguments, expected) in words {
        let run = tl(Path::new("."), arguments);
        assert_eq!(run.code, Some(0), "{run:?}");
        for word in expected {
            assert!(run.stdout.contains(word), "{arguments:?} does not speak of {word}: {}", run.stdout);
        }
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let run = tl(Path::new("."), &["--version"]);
    assert_eq!((run.code, run.stdout), (Some(0), format!("tl {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn wrong_arguments_are_exit_code_2() {
    for arguments in [&[][..], &["frobnicate"], &["check"], &["generate", "a.tl"], &["check", "a.tl", "--dialect", "x"]]
    {
        let run = tl(Path::new("."), arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {run:?}");
        assert!(run.stderr.contains("Usage") || run.stderr.contains("error"), "{run:?}");
    }
}
