//! Errors that Telegram answers with in place of results.

use alloc::format;
use core::fmt;

use crate::RpcErrorKind;

/// An error that the server answered with in place of a result: its code, and its kind with the number in its message.
///
/// ```
/// use typelang_telegram::{RpcErrorKind, RpcFailure};
///
/// let failure = RpcFailure::new(420, "FLOOD_WAIT_30");
/// assert_eq!(failure.kind, RpcErrorKind::FloodWait(30));
/// assert_eq!(failure.to_string(), "420 FLOOD_WAIT_30");
/// // Some libraries take the number out of the message.
/// assert_eq!(RpcFailure::from_parts(420, "FLOOD_WAIT", Some(30)), failure);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RpcFailure {
    /// The code, such as 400 for a wrong request.
    pub code: i32,
    /// The kind of error.
    pub kind: RpcErrorKind,
}

impl RpcFailure {
    /// Returns the error of a code and a message as the server sends them.
    #[must_use]
    #[inline]
    pub fn new(code: i32, message: &str) -> Self {
        Self { code, kind: RpcErrorKind::parse(code, message) }
    }

    /// Returns the error of a code, a message without its number, and the number. Where the number was can be marked by `X` or
    /// `%d`: `FILE_PART_X_MISSING`. A message that no number fits into is kept as it is, with the number behind it.
    #[must_use]
    #[inline]
    pub fn from_parts(code: i32, name: &str, number: Option<u32>) -> Self {
        let Some(number) = number else { return Self::new(code, name) };
        let with_number = |before: &str, after: &str| Self::new(code, &format!("{before}{number}{after}"));
        let is_right = |failure: &Self| failure.kind.number() == Some(number);
        if let Some((before, after)) = around_mark(name) {
            let failure = with_number(before, after);
            if is_right(&failure) {
                return failure;
            }
        }
        let behind = Self::new(code, &format!("{name}_{number}"));
        if is_right(&behind) {
            return behind;
        }
        for (before, word) in words_from_the_end(name) {
            let apart = Self::new(code, &format!("{before}{number}_{word}"));
            if is_right(&apart) {
                return apart;
            }
            let attached = with_number(before, word);
            if is_right(&attached) {
                return attached;
            }
        }
        behind
    }
}

/// The two sides of the first mark of a number in a name: `%d`, or the word `X`.
fn around_mark(name: &str) -> Option<(&str, &str)> {
    let is_mark = |before: &str, mark: &str| {
        mark.starts_with("%d")
            || mark.starts_with('X') && is_end_of_word(before) && matches!(mark.as_bytes().get(1), None | Some(b'_'))
    };
    let (before, mark) = splits(name).find(|(before, mark)| is_mark(before, mark))?;
    Some((before, mark.strip_prefix("%d").or_else(|| mark.strip_prefix('X'))?))
}

/// The beginning of each word of a name: what is before it, and the name from there on. The last word first.
fn words_from_the_end(name: &str) -> impl Iterator<Item = (&str, &str)> {
    splits(name).rev().filter(|(before, _)| is_end_of_word(before))
}

/// Returns `true` for what ends before a word of a name.
fn is_end_of_word(text: &str) -> bool {
    text.is_empty() || text.ends_with('_')
}

/// A name divided before each of its characters.
fn splits(name: &str) -> impl DoubleEndedIterator<Item = (&str, &str)> {
    (0..name.len()).filter_map(|place| name.split_at_checked(place))
}

impl fmt::Display for RpcFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.code, self.kind)
    }
}

impl core::error::Error for RpcFailure {}

#[cfg(feature = "mtproto")]
impl From<&crate::mtproto::types::RpcError> for RpcFailure {
    fn from(error: &crate::mtproto::types::RpcError) -> Self {
        Self::new(error.error_code, &error.error_message)
    }
}

#[cfg(feature = "mtproto")]
impl From<crate::mtproto::types::RpcError> for RpcFailure {
    fn from(error: crate::mtproto::types::RpcError) -> Self {
        Self::from(&error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_find_their_place() {
        for (name, message) in [
            ("FLOOD_WAIT", "FLOOD_WAIT_30"),
            ("FLOOD_WAIT_X", "FLOOD_WAIT_30"),
            ("FLOOD_WAIT_%d", "FLOOD_WAIT_30"),
            ("FILE_PART_%d_MISSING", "FILE_PART_30_MISSING"),
            ("2FA_CONFIRM_WAIT", "2FA_CONFIRM_WAIT_30"),
            ("FILE_PART_MISSING", "FILE_PART_30_MISSING"),
            ("FILE_PART_X_MISSING", "FILE_PART_30_MISSING"),
            ("INTERDC_CALL_ERROR", "INTERDC_30_CALL_ERROR"),
            ("PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_MIN", "PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_30MIN"),
        ] {
            let failure = RpcFailure::from_parts(420, name, Some(30));
            assert_eq!(failure, RpcFailure::new(420, message), "{name}");
            assert_eq!(failure.kind.number(), Some(30), "{name}");
        }
        let text = |failure: &RpcFailure| format!("{failure}");
        assert_eq!(text(&RpcFailure::from_parts(400, "NEW_ERROR", Some(3))), "400 NEW_ERROR_3");
        assert_eq!(text(&RpcFailure::from_parts(400, "ÄX_X", Some(3))), "400 ÄX_X_3");
        assert_eq!(text(&RpcFailure::from_parts(400, "CHAT_ID_INVALID", None)), "400 CHAT_ID_INVALID");
        assert_eq!(text(&RpcFailure::new(400, "ENCRYPTION_DECLINED")), "400 ENCRYPTION_DECLINED");
    }
}
