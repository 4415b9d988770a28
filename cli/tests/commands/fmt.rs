use std::path::Path;

use crate::{folder, read, tl, tl_with_input, write};

const UGLY: &str = "\u{feff}// c  \r\nuser#5  id : int\t= User ;\r\n\r\n\r\nchat\r\n id:int // d\r\n =Chat;";
const NEAT: &str = "// c\nuser#00000005 id:int = User;\n\nchat\n  id:int // d\n  = Chat;\n";
const BAD: &str = "user id:int = User;\n\n\nchat id: = Chat;\n";

#[test]
fn files_are_rewritten_and_named() {
    let folder = folder(&[("ugly.tl", UGLY), ("neat.tl", NEAT)]);
    let run = tl(folder.path(), &["fmt", "neat.tl", "ugly.tl"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "ugly.tl\n", ""));
    assert_eq!((read(folder.path(), "ugly.tl").as_str(), read(folder.path(), "neat.tl").as_str()), (NEAT, NEAT));
    let run = tl(folder.path(), &["fmt", "neat.tl", "ugly.tl"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
    let names = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(names, 2, "no temporary file is left");
}

#[test]
fn checking_writes_nothing() {
    let folder = folder(&[("ugly.tl", UGLY), ("neat.tl", NEAT)]);
    let run = tl(folder.path(), &["fmt", "--check", "neat.tl", "ugly.tl"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(1), "ugly.tl\n", ""));
    assert_eq!(read(folder.path(), "ugly.tl"), UGLY);
    let run = tl(folder.path(), &["fmt", "--check", "neat.tl"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
}

#[test]
fn a_difference_can_be_shown() {
    let text = "a = A;\n\n\nb  = B;\nc = C;\n";
    let folder = folder(&[("a.tl", text)]);
    let run = tl(folder.path(), &["fmt", "--check", "--diff", "a.tl"]);
    let expected = "--- a.tl\n+++ a.tl (formatted)\n@@ -1,5 +1,4 @@\n a = A;\n \n-\n-b  = B;\n+b = B;\n c = C;\n";
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), expected));
    assert_eq!(read(folder.path(), "a.tl"), text);
    assert_eq!(tl(folder.path(), &["fmt", "--diff", "a.tl"]).code, Some(2), "only with --check");
}

#[test]
fn folders_are_searched() {
    let names = ["s/b.tl", "s/a.tl", "s/deep/er/c.tl", "s/notes.txt", "s/.hidden/d.tl"];
    let folder = folder(&names.map(|name| (name, UGLY)));
    let run = tl(folder.path(), &["fmt", "s"]);
    let expected: Vec<String> = ["s/a.tl", "s/b.tl", "s/deep/er/c.tl"]
        .iter()
        .map(|name| name.replace('/', std::path::MAIN_SEPARATOR_STR))
        .collect();
    assert_eq!((run.code, run.stdout.lines().map(str::to_owned).collect()), (Some(0), expected));
    for (name, text) in [("s/deep/er/c.tl", NEAT), ("s/notes.txt", UGLY), ("s/.hidden/d.tl", UGLY)] {
        assert_eq!(read(folder.path(), name), text, "{name}");
    }
    assert_eq!(tl(folder.path(), &["fmt", "s/notes.txt"]).stdout, "s/notes.txt\n", "whatever is named");
    write(folder.path(), "empty/notes.txt", "");
    let run = tl(folder.path(), &["fmt", "empty"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("no .tl file beneath empty"), "{run:?}");
}

#[test]
fn a_file_with_errors_is_not_touched() {
    let folder = folder(&[("bad.tl", BAD), ("ugly.tl", UGLY)]);
    let run = tl(folder.path(), &["fmt", "bad.tl", "ugly.tl"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), "ugly.tl\n"), "the other one is formatted");
    assert!(run.stderr.contains("error[missing-type]") && run.stderr.contains("bad.tl:4:"), "{run:?}");
    assert!(run.stderr.ends_with("\n1 error\n"), "{run:?}");
    assert_eq!((read(folder.path(), "bad.tl").as_str(), read(folder.path(), "ugly.tl").as_str()), (BAD, NEAT));
}

#[test]
fn bytes_that_are_not_utf8_are_not_lost() {
    let folder = folder(&[]);
    let bytes = b"// caf\xe9\na  = A;\n";
    std::fs::write(folder.path().join("latin.tl"), bytes).expect("a file");
    let run = tl(folder.path(), &["fmt", "latin.tl"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.contains("[invalid-utf8]") && run.stderr.contains("latin.tl:1:7"), "{run:?}");
    assert_eq!(std::fs::read(folder.path().join("latin.tl")).expect("a file"), bytes);
}

#[test]
fn standard_input_is_written_to_standard_output() {
    let folder = folder(&[("neat.tl", NEAT)]);
    for text in [UGLY, NEAT] {
        let run = tl_with_input(folder.path(), &["fmt", "-"], text);
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), NEAT, ""));
    }
    let run = tl_with_input(folder.path(), &["fmt", "-"], BAD);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.contains("<stdin>:4:"), "{run:?}");
    let run = tl_with_input(folder.path(), &["fmt", "--check", "-"], UGLY);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), "<stdin>\n"));
    assert_eq!(tl_with_input(folder.path(), &["fmt", "--check", "-"], NEAT).code, Some(0));
    assert_eq!(tl_with_input(folder.path(), &["fmt", "-", "neat.tl"], NEAT).code, Some(2));
}

#[test]
fn nothing_is_written_where_a_file_cannot_be_read() {
    let folder = folder(&[("ugly.tl", UGLY)]);
    let run = tl(folder.path(), &["fmt", "ugly.tl", "missing.tl"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("cannot read missing.tl"), "{run:?}");
    assert_eq!(read(folder.path(), "ugly.tl"), UGLY);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("real/ugly.tl", UGLY)]);
    let (real, link) = (folder.path().join("real/ugly.tl"), folder.path().join("link.tl"));
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink("real/ugly.tl", &link).expect("a link");
    assert_eq!(tl(folder.path(), &["fmt", "link.tl"]).code, Some(0));
    assert!(link.is_symlink());
    assert_eq!(read(folder.path(), "real/ugly.tl"), NEAT);
    assert_eq!(std::fs::metadata(&real).expect("a file").permissions().mode() & 0o777, 0o640);
}

#[test]
fn the_schemas_of_the_repository_are_laid_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let run = tl(&root, &["fmt", "--check", "schema"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn declarations_are_sorted_with_their_comments() {
    let text = "// A schema\n\n//@description U\nuser id:int = User; // u\nb.x = b.X;\n// c\nchat = Chat;\n---functions---\nset = User;\n\
                get = User;\n// LAYER 8\n";
    let sorted = "// A schema\n// LAYER 8\n\n// c\nchat = Chat;\n\n//@description U\nuser id:int = User; // u\n\n// namespace b\nb.x = b.X;\n\n\
                  ---functions---\n\nget = User;\nset = User;\n";
    let folder = folder(&[("a.tl", text)]);
    assert_eq!(tl(folder.path(), &["fmt", "--check", "a.tl"]).code, Some(1), "empty lines");
    let run = tl(folder.path(), &["check", "--deny", "declaration-order", "a.tl"]);
    assert!(run.code == Some(1) && run.stderr.contains("the layer is not stated at the beginning"), "{run:?}");
    let run = tl(folder.path(), &["fmt", "--sort", "--check", "--diff", "a.tl"]);
    assert!(run.code == Some(1) && run.stdout.contains("+chat = Chat;"), "{run:?}");
    assert_eq!(tl(folder.path(), &["fmt", "--sort", "a.tl"]).stdout, "a.tl\n");
    assert_eq!(read(folder.path(), "a.tl"), sorted);
    for arguments in [&["fmt", "--check", "--sort", "a.tl"][..], &["check", "--deny", "declaration-order", "a.tl"]] {
        assert_eq!(tl(folder.path(), arguments).code, Some(0), "{arguments:?}");
    }
}

#[test]
fn layers_in_one_file_are_not_sorted() {
    for text in ["===8===\nb = B;\n===17===\na = A;\n", "// tl:layer(51)\nb = B;\n// tl:layer(52)\na = A;\n"] {
        let folder = folder(&[("a.tl", text)]);
        let run = tl(folder.path(), &["fmt", "--sort", "a.tl"]);
        let is_located = run.stderr.contains("cannot be sorted") && run.stderr.contains("a.tl:1:1");
        assert!(run.code == Some(1) && is_located, "{run:?}");
        assert_eq!(read(folder.path(), "a.tl"), text);
        assert_eq!(tl(folder.path(), &["check", "--deny", "declaration-order", "a.tl"]).code, Some(0));
    }
}

/// The order that `schema/README.md` describes.
#[test]
fn the_schemas_of_this_repository_are_sorted() {
    let names = ["api", "mtproto", "secret"].map(|name| format!("../schema/{name}.tl"));
    let paths: Vec<&str> = names.iter().map(String::as_str).collect();
    let run = tl(Path::new("."), &[&["fmt", "--sort", "--check"], &paths[..]].concat());
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run:?}");
    let run = tl(Path::new("."), &[&["check", "--deny", "declaration-order"], &paths[..]].concat());
    assert_eq!(run.code, Some(0), "{run:?}");
}
