//! The `tl` command as users run it: arguments in, text and exit code out.

mod breaking;
mod check;
mod decode;
mod diff;
mod doc;
mod explain;
mod facts;
mod files;
mod fix;
mod fmt;
mod generate;
mod help;
mod history;
mod id;
mod import;
mod language;
mod levels;
mod limit;
mod message;
mod regenerate;
mod select;
mod show;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run gave.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs `tl` in a folder with a text on its standard input.
fn tl_with_input(folder: &Path, arguments: &[&str], input: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tl"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("OUT_DIR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // A run that does not read its input may have ended already.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("the command ends");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Runs `tl` in a folder.
fn tl(folder: &Path, arguments: &[&str]) -> Run {
    tl_with_input(folder, arguments, "")
}

/// A new folder with files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a new folder");
    std::fs::write(path, text).expect("a new file");
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
