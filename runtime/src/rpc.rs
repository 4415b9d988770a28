//! Errors that a server answers with in place of a result, and who can call functions.
//!
//! Such an error is a code and a message: `400 CHAT_ID_INVALID`, `420 FLOOD_WAIT_30`. Where the errors of a schema are
//! known, generated code has an enum of them, `RpcErrorKind`; this module has what it is made of.

use core::cmp::Ordering;
use core::fmt;

/// What stands for the number in the name of an error: `FLOOD_WAIT_%d`.
pub const NUMBER: &str = "%d";

/// An error that is known: an entry of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KnownError {
    /// The message, with [`NUMBER`] in place of a number: `FLOOD_WAIT_%d`.
    pub name: &'static str,
    /// The codes that it comes with, in ascending order.
    pub codes: &'static [i32],
}

/// Who can call a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Callers {
    /// Users, and no bots.
    Users,
    /// Bots, and no users.
    Bots,
    /// Users and bots.
    Both,
}

impl Callers {
    /// Whether users can call the function.
    #[must_use]
    pub fn has_users(self) -> bool {
        self != Self::Bots
    }

    /// Whether bots can call the function.
    #[must_use]
    pub fn has_bots(self) -> bool {
        self != Self::Users
    }
}

/// Finds a message in a table that is sorted by name: the position of its entry, and the number in the message if the entry
/// has one. An entry without a number goes before one with a number that fits as well. A number has no sign and no leading
/// zeros and fits 32 bits, so that writing it gives the message back.
///
/// Costs one binary search, and another one for each run of digits in the message.
#[must_use]
pub fn find_error(known: &[KnownError], message: &str) -> Option<(usize, Option<u32>)> {
    // A message that looks like an entry with a number still lacks its number.
    if message.contains('%') {
        return None;
    }
    if let Ok(index) = known.binary_search_by(|entry| entry.name.cmp(message)) {
        return Some((index, None));
    }
    numbers(message).find_map(|(before, number, after)| {
        let index = known.binary_search_by(|entry| compare(entry.name, before, after)).ok()?;
        Some((index, Some(number)))
    })
}

/// Compares a name with a message whose number was cut out.
fn compare(name: &str, before: &str, after: &str) -> Ordering {
    name.bytes().cmp(before.bytes().chain(NUMBER.bytes()).chain(after.bytes()))
}

/// Every number in a text, with what is before and after it.
fn numbers(text: &str) -> impl Iterator<Item = (&str, u32, &str)> {
    let mut from = 0;
    core::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(|it: char| it.is_ascii_digit())?;
        let digits = text.get(start..)?;
        let end = start + digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len());
        from = end;
        Some((start, end))
    })
    .filter_map(move |(start, end)| {
        let digits = text.get(start..end)?;
        let is_canonical = digits.len() == 1 || !digits.starts_with('0');
        let number = digits.parse().ok().filter(|_| is_canonical)?;
        Some((text.get(..start)?, number, text.get(end..)?))
    })
}

/// Writes the message of an error whose name has a number in it.
///
/// # Errors
///
/// If the formatter has one.
pub fn write_error(name: &str, number: u32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match name.split_once(NUMBER) {
        Some((before, after)) => write!(f, "{before}{number}{after}"),
        None => f.write_str(name),
    }
}

#[cfg(test)]
mod tests {
    use super::{KnownError, find_error};

    #[test]
    fn messages_are_found_with_their_number() {
        let names = ["2FA_WAIT_%d", "A", "CODE2", "FILE_%d_MISSING", "FLOOD_WAIT_%d", "FLOOD_WAIT_0", "WAIT_%dMIN"];
        let mut known = names.map(|name| KnownError { name, codes: &[400] });
        known.sort_by_key(|entry| entry.name);
        let find = |message: &str| find_error(&known, message).map(|(index, number)| (known[index].name, number));
        for (message, expected) in [
            ("A", Some(("A", None))),
            ("CODE2", Some(("CODE2", None))),
            ("2FA_WAIT_30", Some(("2FA_WAIT_%d", Some(30)))),
            ("FILE_0_MISSING", Some(("FILE_%d_MISSING", Some(0)))),
            ("FLOOD_WAIT_4294967295", Some(("FLOOD_WAIT_%d", Some(u32::MAX)))),
            ("FLOOD_WAIT_0", Some(("FLOOD_WAIT_0", None))),
            ("WAIT_5MIN", Some(("WAIT_%dMIN", Some(5)))),
            ("FLOOD_WAIT_4294967296", None),
            ("FLOOD_WAIT_030", None),
            ("FLOOD_WAIT_-3", None),
            ("FLOOD_WAIT_", None),
            ("FLOOD_WAIT_%d", None),
            ("FLOOD_WAIT_3 ", None),
            ("a", None),
            ("", None),
            ("7", None),
            ("é7", None),
        ] {
            assert_eq!(find(message), expected, "{message}");
        }
    }
}
