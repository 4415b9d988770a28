use std::path::Path;

use typelang_ir::codes::UNKNOWN_TYPE;
use typelang_lint::codes::SHARED_BIT;
use typelang_parser::codes::{ID_MISMATCH, MISSING_SEMICOLON, PINNED_ID};

use crate::{read, tl};

#[test]
fn codes_of_every_kind_are_explained() {
    for (code, words) in [
        (SHARED_BIT.name, &["allowed by default", "--warn shared-bit", "// tl:warn(shared-bit)", "```text"][..]),
        (ID_MISMATCH.name, &["a warning by default", "// tl:allow(id-mismatch)", "CRC-32"]),
        (PINNED_ID.name, &["a note by default"]),
        (UNKNOWN_TYPE.name, &["This is an error", "tl check common.tl memcache.tl"]),
        (MISSING_SEMICOLON.name, &["This is an error"]),
    ] {
        let run = tl(Path::new("."), &["explain", code]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        assert!(run.stdout.starts_with(&format!("# `{code}`\n")), "{run:?}");
        for word in words {
            assert!(run.stdout.contains(word), "{word} is missing in {}", run.stdout);
        }
    }
}

#[test]
fn unknown_codes_are_exit_code_2() {
    let near = tl(Path::new("."), &["explain", "unknown-typ"]);
    assert_eq!((near.code, near.stdout.as_str()), (Some(2), ""));
    assert_eq!(near.stderr, "error: there is no code `unknown-typ`; did you mean `unknown-type`?\n");
    let far = tl(Path::new("."), &["explain", "x"]);
    assert_eq!(far.code, Some(2));
    assert!(far.stderr.contains("`tl explain` lists them all"), "{far:?}");
    assert_eq!(tl(Path::new("."), &["explain", SHARED_BIT.name, "--markdown"]).code, Some(2));
}

#[test]
fn without_a_code_all_are_listed() {
    let run = tl(Path::new("."), &["explain"]);
    assert_eq!(run.code, Some(0));
    let level = |code: &str| {
        let line = run.stdout.lines().find(|line| line.split_whitespace().next() == Some(code));
        line.and_then(|line| line.split_whitespace().nth(1)).map(str::to_owned)
    };
    let levels = [
        (SHARED_BIT.name, "allow"),
        (ID_MISMATCH.name, "warning"),
        (PINNED_ID.name, "note"),
        (UNKNOWN_TYPE.name, "error"),
    ];
    for (code, expected) in levels {
        assert_eq!(level(code).as_deref(), Some(expected), "{code}");
    }
}

#[test]
fn the_page_in_the_repository_is_up_to_date() {
    let run = tl(Path::new("."), &["explain", "--markdown"]);
    assert_eq!(run.code, Some(0));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = read(&root, "docs/diagnostics.md");
    assert!(page == run.stdout, "run `cargo run -p typelang-cli -- explain --markdown > docs/diagnostics.md`");
}
