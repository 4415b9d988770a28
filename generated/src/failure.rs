//! Errors that Telegram answers with in place of results.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
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
    pub fn new(code: i32, message: &str) -> Self {
        Self { code, kind: RpcErrorKind::parse(code, message) }
    }

    /// Returns the error of a code, a message without its number, and the number. Where the number was can be marked by `X` or
    /// `%d`: `FILE_PART_X_MISSING`. A message that no number fits into is kept as it is, with the number behind it.
    #[must_use]
    pub fn from_parts(code: i32, name: &str, number: Option<u32>) -> Self {
        let Some(number) = number else { return Self::new(code, name) };
        let is_right = |failure: &Self| failure.kind.number() == Some(number);
        let found = messages(name, number).map(|message| Self::new(code, &message)).find(is_right);
        found.unwrap_or_else(|| Self::new(code, &format!("{name}_{number}")))
    }
}

/// The messages that a name without its number can come from, the likeliest first.
fn messages(name: &str, number: u32) -> impl Iterator<Item = String> {
    let words: Vec<String> = name.split('_').map(String::from).collect();
    let digits = format!("{number}");
    let marked = name.replace("%d", &digits);
    let marked = core::iter::once(marked).chain(words.iter().position(|word| word == "X").map(|place| {
        let mut words = words.clone();
        words.splice(place..=place, [digits.clone()]);
        words.join("_")
    }));
    let marked: Vec<String> = marked.collect();
    let between = (0..=words.len()).rev().flat_map(move |place| {
        let mut apart = words.clone();
        apart.insert(place, digits.clone());
        let mut attached = words.clone();
        if let Some(word) = attached.get_mut(place) {
            word.insert_str(0, &digits);
        }
        [apart.join("_"), attached.join("_")]
    });
    marked.into_iter().chain(between)
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
        assert_eq!(text(&RpcFailure::from_parts(400, "CHAT_ID_INVALID", None)), "400 CHAT_ID_INVALID");
        assert_eq!(text(&RpcFailure::new(400, "ENCRYPTION_DECLINED")), "400 ENCRYPTION_DECLINED");
    }
}
