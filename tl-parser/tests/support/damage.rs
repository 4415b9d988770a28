//! Damages schemas. The tests of published schemas use it as well.

use typelang_parser::{Severity, SourceId, parse, print};

/// Parses a damaged schema. Nothing may panic, every place must lie in the text, and what was read without an error
/// must print as what it is.
pub(crate) fn check_damaged(damaged: &str) {
    let parsed = parse(SourceId::default(), damaged);
    for found in &parsed.diagnostics {
        assert!(damaged.get(found.primary.span.range()).is_some(), "{found:?} in {damaged}");
    }
    let errors = parsed.diagnostics.iter().any(|found| found.severity == Severity::Error);
    let again = parse(SourceId::default(), &print(&parsed.file));
    assert!(errors || again.file.without_spans() == parsed.file.without_spans(), "{damaged}");
}

/// A small generator of numbers that look random (xorshift), so that a failure can be repeated.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or(0)
    }
}

/// A piece of a schema with some scraps in it, and some characters missing.
pub(crate) fn damage(text: &str, random: &mut Random) -> String {
    const SCRAPS: [&str; 16] =
        ["", ";", "=", "(", ")", "<", "[", "{", "}", "#", "é", "/*", "---", "@", "flags.0?", "99999999999"];
    let mut characters: Vec<char> = text.chars().collect();
    let start = random.below(characters.len());
    let length = 1 + random.below(4_000);
    characters = characters.into_iter().skip(start).take(length).collect();
    // Little damage often leaves a sound schema that says something else.
    let rarity = [60, 3_000][random.below(2)];
    let mut damaged = String::new();
    for character in characters {
        match random.below(rarity) {
            0 => damaged.push_str(SCRAPS[random.below(SCRAPS.len())]),
            1 => {}
            _ => damaged.push(character),
        }
    }
    damaged
}
