//! Reading files, and at most as much as an input can have.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// How many bytes an input can have: far more than any schema has, and less than a file that never ends.
pub const MOST_BYTES: u64 = 1 << 30;

/// Reads a file.
///
/// # Errors
///
/// Returns an error if the path is that of a folder, if the file has more than [`MOST_BYTES`] bytes, or if the system refuses.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    read_input(file)
}

/// Reads everything from a reader.
///
/// # Errors
///
/// Returns an error if there are more than [`MOST_BYTES`] bytes, or if the reader fails.
pub fn read_input(reader: impl Read) -> io::Result<Vec<u8>> {
    read_at_most(reader, MOST_BYTES)
}

fn read_at_most(reader: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= most) {
        Ok(bytes)
    } else {
        Err(io::Error::new(io::ErrorKind::FileTooLarge, "it has more than 1 GiB"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_ends_is_an_error() {
        let ten = || io::repeat(b'a').take(10);
        assert_eq!(read_at_most(ten(), 10).expect("ten bytes").len(), 10);
        assert_eq!(read_at_most(ten(), 9).expect_err("one too many").kind(), io::ErrorKind::FileTooLarge);
        assert!(read_at_most(io::repeat(b'a'), 9).is_err());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(read_file(folder).expect_err("a folder").kind(), io::ErrorKind::IsADirectory);
        assert!(read_file(&folder.join("Cargo.toml")).is_ok_and(|text| text.starts_with(b"[package]")));
    }
}
