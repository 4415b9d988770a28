//! Where the input of a command comes from.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use crate::exit::Failure;
use crate::schemas::read_bytes;

/// The input of a command that takes schemas as well: the argument after the options, or the last of the schemas, which take all
/// that follows them; standard input if there is neither.
pub(crate) fn split<'a>(
    schemas: &'a [PathBuf],
    input: Option<&'a PathBuf>,
) -> Result<(&'a [PathBuf], &'a Path), Failure> {
    let is_schema = |path: &Path| path.extension().is_some_and(|extension| extension == "tl");
    match (input, schemas.split_last()) {
        (Some(input), _) => Ok((schemas, input)),
        (None, Some((last, schemas))) if !schemas.is_empty() && !is_schema(last) => Ok((schemas, last)),
        (None, _) if io::stdin().is_terminal() => Err(no_input()),
        (None, _) => Ok((schemas, Path::new(STANDARD_INPUT))),
    }
}

const STANDARD_INPUT: &str = "-";

fn no_input() -> Failure {
    Failure::Message("no input: pass it after the schemas, name a file, or pipe it to standard input".to_owned())
}

/// The content of the input: of standard input, of the file that is named, or the argument itself.
pub(crate) fn content(input: &Path) -> Result<Vec<u8>, Failure> {
    if is_argument(input) {
        return Ok(input.as_os_str().as_encoded_bytes().to_vec());
    }
    let content = read_bytes(input).map_err(|error| Failure::read(input, &error))?;
    if content.is_empty() && input == Path::new(STANDARD_INPUT) { Err(no_input()) } else { Ok(content) }
}

/// The argument as messages show it.
pub(crate) fn shown(input: &Path) -> String {
    const SHOWN: usize = 40;
    let text = input.to_string_lossy();
    match text.char_indices().nth(SHOWN) {
        None => format!("`{text}`"),
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
    }
}

/// Returns whether the input is the argument itself.
pub(crate) fn is_argument(input: &Path) -> bool {
    // A pipe can be an input as well: `<(…)` of a shell.
    let is_there = || input.metadata().is_ok_and(|there| !there.is_dir());
    input != Path::new(STANDARD_INPUT) && !is_there()
}
