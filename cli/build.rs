//! Packs the history of Telegram's API, which the command has with it.

use std::env;
use std::fs;
use std::path::Path;

/// How hard the packer tries, of 10: the last steps take long and gain little.
const LEVEL: u8 = 8;

fn main() {
    let root = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    let path = Path::new(&root).join("../schema/history.tl");
    println!("cargo::rerun-if-changed={}", path.display());
    // Outside of the repository the command is without a history of its own.
    let text = fs::read(path).unwrap_or_default();
    let packed = miniz_oxide::deflate::compress_to_vec(&text, LEVEL);
    fs::write(Path::new(&out).join("history.deflate"), packed).expect("the folder for results is writable");
}
