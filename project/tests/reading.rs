//! Reading: names, the order of files, and files that cannot be read.

use std::io;
use std::path::Path;

use typelang_ir::ResolveOptions;
use typelang_project::Project;

/// Three files. A path elsewhere is not found.
fn content(path: &Path) -> io::Result<Vec<u8>> {
    match path.to_str() {
        Some("a.tl") => Ok(b"a x:int = A;\n".to_vec()),
        Some("b.tl") => Ok(b"b a:A = B;\n".to_vec()),
        Some("-") => Ok(b"c b:B = C;\n".to_vec()),
        _ => Err(io::ErrorKind::NotFound.into()),
    }
}

#[test]
fn files_are_read_once_and_in_order() {
    let mut paths = Vec::new();
    let read = |path: &Path| {
        paths.push(path.to_owned());
        content(path)
    };
    let project = Project::read(&["b.tl", "-", "a.tl"], read).expect("all can be read");
    assert_eq!(paths, ["b.tl", "-", "a.tl"].map(Path::new));
    let names: Vec<&str> = project.files().map(|file| project.sources.name(file.source)).collect();
    assert_eq!(names, ["b.tl", "<stdin>", "a.tl"]);
    assert!(project.facts.is_empty());
}

#[test]
fn all_files_that_cannot_be_read_are_listed() {
    let error =
        Project::read_with_facts(&["x.tl", "a.tl", "y.tl"], &["z.toml"], content).expect_err("three are missing");
    let paths: Vec<&Path> = error.files.iter().map(|file| file.path.as_path()).collect();
    assert_eq!(paths, ["x.tl", "y.tl", "z.toml"].map(Path::new));
    assert!(error.files.iter().all(|file| file.error.kind() == io::ErrorKind::NotFound));
    let text = error.to_string();
    assert_eq!(text.lines().count(), 3);
    assert!(text.starts_with("cannot read x.tl: "), "{text}");
}

#[test]
fn texts_can_be_added_to_files() {
    let mut project = Project::read(&["a.tl"], content).expect("it can be read");
    let source = project.add_schema("<type>", b"holder value:A = Holder;\n".to_vec());
    assert_eq!(project.sources.name(source), "<type>");
    let checked = project.as_one(ResolveOptions::default());
    assert_eq!(checked.diagnostics, []);
    assert_eq!(checked.schema.constructors.len(), 2);
}

#[test]
fn bytes_that_are_not_text_are_findings() {
    let mut project = Project::new();
    project.add_schema("a.tl", b"a x:int = A; // caf\xe9\n".to_vec());
    project.add_schema("b.tl", b"b \xffx:int = B;\n".to_vec());
    assert!(!project.schemas[0].has_errors());
    assert!(project.schemas[1].has_errors());
    assert_eq!(project.schemas[0].diagnostics.len(), 1);
}
