//! What else a file is stays as it is when it is written.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use typelang_project::{is_written, write_file, write_source};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_written_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deep/er/a.rs");
    assert!(!is_written(&path, b"a").expect("nothing there"));
    assert!(write_file(&path, b"a").expect("written"));
    let before = fs::metadata(&path).expect("a file").ino();
    assert!(is_written(&path, b"a").expect("readable"));
    assert!(!write_file(&path, b"a").expect("the same"));
    assert_eq!(fs::metadata(&path).expect("a file").ino(), before);
    assert!(write_file(&path, b"b").expect("written"));
    assert_eq!(fs::read(&path).expect("a file"), b"b");
    assert_eq!(names(&folder.path().join("deep/er")), ["a.rs"], "no temporary file is left");
}

#[test]
fn all_names_of_a_file_get_the_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    fs::write(&one, "a longer text").expect("a file");
    fs::hard_link(&one, &other).expect("a link");
    assert!(write_file(&one, b"b").expect("written"));
    assert_eq!(fs::read(&other).expect("a file"), b"b");
    assert_eq!(fs::metadata(&one).expect("a file").nlink(), 2);
}

#[test]
fn links_stay_links() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("elsewhere")).expect("a folder");
    for target in ["elsewhere/old", "elsewhere/new"] {
        let link = folder.path().join(format!("{}.link", target.len() + usize::from(target.ends_with("old"))));
        if target.ends_with("old") {
            fs::write(folder.path().join(target), "old").expect("a file");
        }
        symlink(target, &link).expect("a link");
        assert!(write_file(&link, target.as_bytes()).expect("written"));
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink(), "{target}");
        assert_eq!(fs::read(folder.path().join(target)).expect("a file"), target.as_bytes());
    }
    let (one, other) = (folder.path().join("circle1"), folder.path().join("circle2"));
    symlink(&other, &one).expect("a link");
    symlink(&one, &other).expect("a link");
    assert!(write_file(&one, b"x").is_err());
}

#[test]
fn permissions_stay_and_read_only_files_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a");
    fs::write(&path, "old").expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o750)).expect("permissions");
    assert!(write_file(&path, b"new").expect("written"));
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o750);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).expect("permissions");
    let error = write_file(&path, b"newer").expect_err("read-only");
    assert!(error.to_string().contains("read-only"), "{error}");
    assert_eq!(fs::read(&path).expect("a file"), b"new");
    assert!(!write_file(&path, b"new").expect("nothing to write"));
    assert_eq!(names(folder.path()), ["a"]);
}

#[test]
fn folders_are_refused_and_devices_are_never_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = write_file(folder.path(), b"x").expect_err("a folder");
    assert!(error.to_string().contains("folder"), "{error}");
    assert!(write_file(Path::new("/dev/null"), b"x").expect("taken"));
    assert!(!is_written(Path::new("/dev/zero"), &[0; 4]).expect("not read"));
    if Path::new("/dev/full").exists() {
        assert!(write_file(Path::new("/dev/full"), b"x").is_err());
    }
}

#[test]
fn long_names_have_room_for_a_temporary_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ä".repeat(125));
    assert!(write_file(&path, b"x").expect("written"));
    assert!(write_file(&path, b"y").expect("written"));
    assert_eq!(fs::read(&path).expect("a file"), b"y");
}

/// A folder of files in memory is below `/dev`, where links to open files are as well.
#[test]
fn what_is_shorter_leaves_nothing_of_the_longer_behind() {
    let in_memory = tempfile::tempdir_in("/dev/shm");
    let folders = [Ok(tempfile::tempdir().expect("a folder")), in_memory];
    for folder in folders.into_iter().flatten() {
        let path = folder.path().join("a.tl");
        for write in [write_file, write_source] {
            fs::write(&path, "longer by far").expect("written");
            assert!(write(&path, b"short").expect("written"));
            assert_eq!(fs::read(&path).expect("a file"), b"short", "{}", path.display());
        }
    }
}
