//! Any text as a path through any bytes.

use typelang::reflect::Path;

use super::input::Input;
use crate::parts::{selected, tree};

/// Selects by a text, whose length one byte tells, from the bytes behind it. A value has the parts that its tree has; from other
/// bytes parts are selected as far as they can be read.
pub(super) fn select(data: &[u8]) -> bool {
    let Some(Input { subject, options, bytes }) = Input::new(data) else { return false };
    let Some((&length, rest)) = bytes.split_first() else { return false };
    let Some((text, bytes)) = rest.split_at_checked(usize::from(length)) else { return false };
    let Ok(text) = str::from_utf8(text) else { return false };
    let path = match Path::parse(&subject.table, subject.ty, text) {
        Ok(path) => path,
        Err(error) => {
            assert!(error.offset() <= text.len() && !error.to_string().is_empty(), "{text}: {error}");
            return false;
        }
    };
    let found = selected(&path, bytes, options);
    let Ok(tree) = tree(&subject.table, subject.ty, bytes, options) else { return found.is_ok() };
    // In the tree a boolean has no constructors.
    if text.contains("(bool") {
        return false;
    }
    let found = found.unwrap_or_else(|error| panic!("{}: {text}: {error}", subject.name));
    assert_eq!(found.iter().collect::<Vec<_>>(), tree.selected(text), "{}: {text}", subject.name);
    true
}

/// The bytes that say the same, for seeds.
pub(super) fn joined(index: usize, path: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let length = u8::try_from(path.len()).ok()?;
    Some(Input::joined(index, &[&[length], path.as_bytes(), bytes].concat()))
}
