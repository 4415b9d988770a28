//! Names of errors.

/// What stands for a number in the name of an error: `FLOOD_WAIT_%d`.
pub const NUMBER: &str = "%d";

/// Whether a text can be the name of an error: printable ASCII with a letter in it, without blanks at its ends, with at
/// most one [`NUMBER`], which has no digit beside it, and no other `%`, `"`, `` ` ``, `|` or `\`.
#[must_use]
pub fn is_pattern(name: &str) -> bool {
    let (before, after) = name.split_once(NUMBER).unwrap_or((name, ""));
    let without_number = format!("{before}{after}");
    let is_digit = |it: char| it.is_ascii_digit();
    if name.contains(NUMBER) && (before.ends_with(is_digit) || after.starts_with(is_digit)) {
        return false;
    }
    let is_allowed = |byte: u8| matches!(byte, b' '..=b'~') && !b"%\"`|\\".contains(&byte);
    without_number.bytes().all(is_allowed)
        && without_number.bytes().any(|byte| byte.is_ascii_alphabetic())
        && name.trim() == name
}

#[cfg(test)]
mod tests {
    use super::is_pattern;

    #[test]
    fn names_of_errors() {
        for name in ["CHAT_ID_INVALID", "FLOOD_WAIT_%d", "2FA_CONFIRM_WAIT_%d", "FILE_PART_%d_MISSING", "Timeout"] {
            assert!(is_pattern(name), "{name}");
        }
        for name in ["", "%d", "400", "A_%s", "A_%d_%d", "A1%d", "A%d1B", "A%", " A", "A\n", "É", "A|B", "A`"] {
            assert!(!is_pattern(name), "{name}");
        }
    }
}
