//! The checked-in crate is what its schemas give.

use std::path::Path;
use std::process::Command;

#[test]
fn the_generated_crate_is_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let run = Command::new(env!("CARGO_BIN_EXE_tl"))
        .args(["regenerate", "--check", "--root"])
        .arg(root)
        .output()
        .expect("the command can be run");
    let (listed, message) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "`cargo regenerate` would change:\n{listed}{message}");
    assert_eq!(listed, "");
}
