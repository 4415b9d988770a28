//! Characters that look like ASCII and are not: they come with texts that were copied.

/// Cyrillic and Greek letters, full-width signs and blanks, with what they look like.
const LOOKALIKES: &[(char, &str)] = &[
    ('A', "\u{391}\u{410}"),
    ('B', "\u{392}\u{412}"),
    ('C', "\u{421}"),
    ('E', "\u{395}\u{415}"),
    ('H', "\u{397}\u{41d}"),
    ('I', "\u{399}\u{406}"),
    ('J', "\u{408}"),
    ('K', "\u{39a}\u{41a}"),
    ('M', "\u{39c}\u{41c}"),
    ('N', "\u{39d}"),
    ('O', "\u{39f}\u{41e}"),
    ('P', "\u{3a1}\u{420}"),
    ('S', "\u{405}"),
    ('T', "\u{3a4}\u{422}"),
    ('X', "\u{3a7}\u{425}"),
    ('Y', "\u{3a5}"),
    ('Z', "\u{396}"),
    ('a', "\u{430}"),
    ('c', "\u{441}"),
    ('e', "\u{435}"),
    ('i', "\u{456}"),
    ('j', "\u{458}"),
    ('o', "\u{3bf}\u{43e}"),
    ('p', "\u{440}"),
    ('s', "\u{455}"),
    ('x', "\u{445}"),
    ('y', "\u{443}"),
    (':', "\u{ff1a}"),
    (';', "\u{37e}\u{ff1b}"),
    ('=', "\u{ff1d}"),
    (' ', "\u{a0}\u{2009}\u{202f}\u{3000}"),
];

/// A text in ASCII that looks the same, if there is one for every character.
pub(crate) fn in_ascii(text: &str) -> Option<String> {
    text.chars().map(|c| if c.is_ascii() { Some(c) } else { lookalike(c) }).collect()
}

fn lookalike(c: char) -> Option<char> {
    LOOKALIKES.iter().find(|(_, lookalikes)| lookalikes.contains(c)).map(|(ascii, _)| *ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_ascii_becomes_ascii() {
        assert_eq!(in_ascii("\u{441}h\u{430}t").as_deref(), Some("chat"));
        assert_eq!(in_ascii("\u{a0}\u{ff1b}").as_deref(), Some(" ;"));
        assert_eq!(in_ascii("näme"), None);
    }

    #[test]
    fn nothing_is_listed_twice_and_nothing_is_ascii() {
        let all: String = LOOKALIKES.iter().map(|(_, lookalikes)| *lookalikes).collect();
        let mut letters: Vec<char> = all.chars().collect();
        assert!(letters.iter().all(|c| !c.is_ascii()));
        letters.sort_unstable();
        let count = letters.len();
        letters.dedup();
        assert_eq!(letters.len(), count);
    }
}
