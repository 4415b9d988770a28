//! Characters of texts that nobody sees, and that make others look like something else.

use std::borrow::Cow;

/// Returns whether a character changes the direction of the text around it, so that a line does not look like what it is.
#[must_use]
pub fn is_directional(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether a character is shown by its number: it has no width, changes the direction, or controls a terminal. Those that
/// join the letters of scripts and emoji are shown as they are.
fn is_hidden(character: char) -> bool {
    let is_space = matches!(character, '\t' | '\n' | '\r');
    is_directional(character)
        || character.is_control() && !is_space
        || matches!(character, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2065}')
        || matches!(character, '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns whether a character takes no place of its own in a line, so that marks beneath it would be shifted: it is hidden, is wider
/// than one place, or joins others.
pub(crate) fn has_no_place(character: char) -> bool {
    is_hidden(character) || character.is_control() || matches!(character, '\u{200c}' | '\u{200d}')
}

/// A text in which each character that nobody would see is shown by its number: `\u{202e}`.
///
/// ```
/// assert_eq!(typelang_parser::visible("to\u{202e}left"), "to\\u{202e}left");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|character| {
        if is_hidden(character) { character.escape_unicode().to_string() } else { character.to_string() }
    });
    Cow::Owned(shown.collect())
}

#[cfg(test)]
mod tests {
    use super::{has_no_place, visible};

    #[test]
    fn what_nobody_sees_is_shown() {
        assert_eq!(visible("a\u{202e}b\u{7}c\u{200b}\u{feff}"), "a\\u{202e}b\\u{7}c\\u{200b}\\u{feff}");
        // Words of Persian, and a family of emoji.
        for text in ["a\tb\nc", "می\u{200c}خواهم", "👩\u{200d}👧"] {
            assert_eq!(visible(text), text);
        }
        for character in ['\t', '\u{200d}', '\u{feff}', '\u{e0041}', '\u{61c}', '\u{ad}'] {
            assert!(has_no_place(character), "{}", character.escape_unicode());
        }
        assert!(!"aа中 ".contains(has_no_place));
    }
}
