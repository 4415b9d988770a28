//! Texts where they are not the subject.

use std::borrow::Cow;

/// The most characters of a text that is repeated at everything that it has to do with.
const MOST: usize = 500;

/// The beginning of a text, as far as it is repeated elsewhere than at what it describes: a text of any length about something that
/// any number of others have to do with would be there as often as there are others.
///
/// ```
/// assert_eq!(typelang_facts::summary("The user does not exist."), "The user does not exist.");
/// let long = typelang_facts::summary(&"word ".repeat(1000)).into_owned();
/// assert!(long.len() <= 503 && long.ends_with("word …"));
/// ```
#[must_use]
pub fn summary(text: &str) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(MOST) else { return Cow::Borrowed(text) };
    let beginning = text.get(..end).unwrap_or_default();
    let words = beginning.rfind(char::is_whitespace).and_then(|end| beginning.get(..end)).unwrap_or(beginning);
    Cow::Owned(format!("{} …", words.trim_end()))
}
