//! `tl history` and `tl layer`.

use std::process::Command;

use super::{folder, read, tl, write};

const ONE: &str = "user#d23c81a3 id:int first_name:string last_name:string = User;\nold = Old;\n";
const TWO: &str = "// LAYER 7\nuser id:long = User;\nuserEmpty = User;\n";

/// A folder with a history of two layers, made by the command.
fn two_layers() -> tempfile::TempDir {
    let folder = folder(&[("one.tl", ONE), ("two.tl", TWO)]);
    let first = ["history", "append", "--history", "h.tl", "--name", "Example", "--layer", "5", "one.tl"];
    let run = tl(folder.path(), &first);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.ends_with("layer 5: 2 added, 0 changed, 0 removed; 5 lines appended\n"), "{run:?}");
    let second = ["history", "append", "--history", "h.tl", "--layer", "7", "--date", "2026-01-31"];
    let run = tl(folder.path(), &[&second[..], &["--source", "our server", "two.tl"]].concat());
    assert_eq!(run.code, Some(0), "{run:?}");
    folder
}

#[test]
fn layers_are_appended_listed_and_printed() {
    let folder = two_layers();
    let text = read(folder.path(), "h.tl");
    let (head, layers) = text.split_once("\n\n").expect("a head");
    assert!(head.ends_with("// tl:history(Example)"), "{text}");
    assert_eq!(
        layers,
        "// tl:layer(5)\n---types---\nold#9b101af1 = Old;\n\
         user#d23c81a3 id:int first_name:string last_name:string = User;\n\n\
         // tl:layer(7) 2026-01-31 our server\n// tl:removed(old#9b101af1)\n---types---\n\
         user#74e5ad7d id:long = User;\nuserEmpty#ed979fa1 = User;\n"
    );
    let list = tl(folder.path(), &["history", "list", "--history", "h.tl"]);
    assert_eq!(
        list.stdout, "  5  -              2  +2 ~0 -0\n  7  2026-01-31     2  +1 ~1 -1  our server\n",
        "{list:?}"
    );
    let layer = tl(folder.path(), &["layer", "7", "--history", "h.tl"]);
    assert_eq!(
        layer.stdout, "// Example.\n// LAYER 7\n\nuser#74e5ad7d id:long = User;\nuserEmpty#ed979fa1 = User;\n",
        "{layer:?}"
    );
    assert_eq!(tl(folder.path(), &["layer", "--history", "h.tl"]).stdout, layer.stdout);
    write(folder.path(), "seven.tl", &layer.stdout);
    assert_eq!(tl(folder.path(), &["check", "seven.tl"]).code, Some(0));
}

#[test]
fn a_layer_that_is_not_there_has_neighbours() {
    let folder = two_layers();
    let run = tl(folder.path(), &["layer", "6", "--history", "h.tl"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("the history `Example` has no layer 6; nearest: 5 and 7"), "{run:?}");
    let run = tl(folder.path(), &["layer", "7", "--revision", "2", "--history", "h.tl"]);
    assert_eq!(run.code, Some(2), "{run:?}");
}

#[test]
fn a_second_form_of_a_layer_is_a_revision() {
    let folder = two_layers();
    let run = tl(folder.path(), &["history", "append", "--history", "h.tl", "--layer", "7", "one.tl"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let layer = |revision: &[&str]| {
        tl(folder.path(), &[&["layer", "7", "--history", "h.tl"], revision].concat()).stdout.contains("userEmpty")
    };
    assert!(layer(&["--revision", "1"]) && !layer(&["--revision", "2"]) && !layer(&[]));
}

#[test]
fn the_same_layer_again_changes_nothing() {
    let folder = two_layers();
    let before = read(folder.path(), "h.tl");
    let run = tl(folder.path(), &["history", "append", "--history", "h.tl", "--layer", "7", "two.tl"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), "layer 7: h.tl has it already\n"), "{run:?}");
    assert_eq!(read(folder.path(), "h.tl"), before);
}

#[test]
fn what_cannot_be_appended_changes_nothing() {
    let folder = two_layers();
    let before = read(folder.path(), "h.tl");
    write(folder.path(), "wrong.tl", "user#00000001 id:long = User;\n");
    write(folder.path(), "unknown.tl", "user id:Name = User;\n");
    write(folder.path(), "broken.tl", "user id:\n");
    for (layer, file, code, words) in [
        ("8", "wrong.tl", 1, "error[history-source]: the text of `user` gives the id 74e5ad7d, not 00000001"),
        ("8", "unknown.tl", 1, "unknown type `Name`"),
        ("8", "broken.tl", 1, "error"),
        ("6", "two.tl", 2, "has layer 7 already"),
        ("8", "missing.tl", 2, "cannot read"),
    ] {
        let run = tl(folder.path(), &["history", "append", "--history", "h.tl", "--layer", layer, file]);
        assert_eq!(run.code, Some(code), "{file}: {run:?}");
        assert!(run.stderr.contains(words), "{file}: {run:?}");
        assert_eq!(read(folder.path(), "h.tl"), before, "{file}");
    }
    let run = tl(folder.path(), &["history", "append", "--history", "new.tl", "--layer", "1", "one.tl"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("--name"), "{run:?}");
}

#[test]
fn wrong_sources_are_repaired_by_what_is_proven() {
    let folder = two_layers();
    write(
        folder.path(),
        "wrong.tl",
        "user#74e5ad7d id:int = User;\nuserEmpty#ed979fa1 = User;\nnone#00000007 = User;\n",
    );
    let arguments = ["history", "append", "--history", "h.tl", "--layer", "8", "wrong.tl", "--proof", "h7.tl"];
    let seven = tl(folder.path(), &["layer", "7", "--history", "h.tl"]).stdout;
    write(folder.path(), "h7.tl", &seven);
    let run = tl(folder.path(), &arguments);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.contains("repaired: user#74e5ad7d (fields)\ndropped: none#00000007\n"), "{run:?}");
    assert!(read(folder.path(), "h.tl").ends_with("\n// tl:layer(8)\n// tl:dropped(none#00000007)\n"));
    assert_eq!(tl(folder.path(), &["history", "check", "--history", "h.tl"]).code, Some(0));
}

#[test]
fn a_history_is_checked_against_a_revision() {
    let folder = two_layers();
    let git = |arguments: &[&str]| {
        let run = Command::new("git").args(arguments).current_dir(folder.path()).output().expect("git");
        assert!(run.status.success(), "{run:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "h.tl"]);
    git(&["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "one"]);
    let check = || tl(folder.path(), &["history", "check", "--history", "h.tl", "--against", "HEAD"]);
    let run = check();
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "Example: 2 layers, 4 ids, 4 declarations\n"), "{run:?}");
    let text = read(folder.path(), "h.tl");
    write(folder.path(), "h.tl", &format!("{text}\n// tl:layer(8)\n"));
    assert_eq!(check().code, Some(0));
    write(folder.path(), "h.tl", &text.replace("// tl:layer(5)", "// tl:layer(4)"));
    let run = check();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("error[history-rewritten]") && run.stderr.contains("// tl:layer(5)"), "{run:?}");
}

#[test]
fn layers_that_are_not_schemas_are_found() {
    let folder = two_layers();
    let text = read(folder.path(), "h.tl");
    write(
        folder.path(),
        "h.tl",
        &format!("{text}\n// tl:layer(8)\n---types---\na#8a6feea7 x:Nothing = A; // tl:pinned\n"),
    );
    let run = tl(folder.path(), &["history", "check", "--history", "h.tl"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("unknown type `Nothing`") && run.stderr.contains("layer 8"), "{run:?}");
}

#[test]
fn layers_are_compared() {
    let folder = two_layers();
    let run = tl(folder.path(), &["diff", "h.tl:5", "h.tl:7"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.stdout.contains("+ constructor userEmpty#ed979fa1 = User\n- constructor old#9b101af1 = Old\n"),
        "{run:?}"
    );
    assert_eq!(tl(folder.path(), &["diff", "h.tl:7", "two.tl"]).stdout, "");
    let run = tl(folder.path(), &["breaking", "--level", "wire", "--against", "h.tl:5", "h.tl:7"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    // The places of findings are those of the history.
    assert!(run.stderr.contains("h.tl:"), "{run:?}");
    let run = tl(folder.path(), &["diff", "h.tl:5", "h.tl:6"]);
    assert!(run.code == Some(2) && run.stderr.contains("no layer 6"), "{run:?}");
    // `layer:N` is a layer of schema/history.tl.
    write(folder.path(), "schema/history.tl", &read(folder.path(), "h.tl"));
    assert_eq!(tl(folder.path(), &["diff", "layer:5", "h.tl:5"]).stdout, "");
    assert_eq!(
        tl(folder.path(), &["layer", "5"]).stdout,
        tl(folder.path(), &["layer", "5", "--history", "h.tl"]).stdout
    );
}

#[test]
fn a_history_is_not_a_schema() {
    let folder = two_layers();
    let run = tl(folder.path(), &["check", "h.tl"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("error[not-a-schema]") && run.stderr.contains("`tl layer`"), "{run:?}");
    // In a folder it is passed over.
    let run = tl(folder.path(), &["fmt", "--check", "."]);
    assert!(!run.stdout.contains("h.tl"), "{run:?}");
}
