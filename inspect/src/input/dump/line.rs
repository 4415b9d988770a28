//! One line of a dump.

use std::fmt;

use crate::input::hexadecimal::digit;

/// A line that begins with an offset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// The digits of the offset.
    pub(super) label: &'t str,
    /// Whether a colon is behind the offset.
    has_colon: bool,
    /// What is behind the offset.
    pub(super) groups: &'t str,
}

/// How numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Radix {
    Hexadecimal,
    Octal,
}

/// How the lines of a dump are to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// The radix of the offsets.
    pub(super) radix: Radix,
    /// The radix of the groups.
    pub(super) radix_of_groups: Radix,
    /// How many bytes a group has whose lowest byte comes last in its digits; 1 if the digits are in the order of the bytes.
    pub(super) word: usize,
}

impl fmt::Display for Radix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Hexadecimal => "hexadecimal",
            Self::Octal => "octal",
        })
    }
}

impl Radix {
    fn number(self) -> u32 {
        match self {
            Self::Hexadecimal => 16,
            Self::Octal => 8,
        }
    }
}

impl<'t> Line<'t> {
    /// Splits a line; nothing if it does not begin with an offset of at least four digits.
    pub(super) fn read(line: &'t str) -> Option<Self> {
        /// No program writes longer ones.
        const LONGEST: usize = 1 << 12;
        let line = line.trim_start();
        if line.len() > LONGEST {
            return None;
        }
        let digits = line.strip_prefix("0x").or_else(|| line.strip_prefix("0X")).unwrap_or(line);
        let end = digits.find(|it: char| !it.is_ascii_hexdigit()).unwrap_or(digits.len());
        let (label, groups) = digits.split_at_checked(end)?;
        let after_colon = groups.strip_prefix(':');
        let groups = after_colon.unwrap_or(groups);
        let is_separate = groups.is_empty() || groups.starts_with([' ', '\t']);
        let is_offset = (4..=16).contains(&label.len()) && is_separate;
        is_offset.then_some(Self { label, has_colon: after_colon.is_some(), groups })
    }

    /// Returns whether the offset can be nothing else.
    pub(super) fn begins_a_dump(&self) -> bool {
        self.has_colon || self.label.bytes().all(|byte| byte == b'0')
    }

    pub(super) fn offset(&self, radix: Radix) -> Option<u64> {
        u64::from_str_radix(self.label, radix.number()).ok()
    }

    /// Returns whether the line looks like a dump without others beside it.
    pub(super) fn is_dump_by_itself(&self) -> bool {
        let shape = Shape { radix: Radix::Hexadecimal, radix_of_groups: Radix::Hexadecimal, word: 1 };
        let has_content = || self.bytes(shape).is_some_and(|bytes| !bytes.is_empty());
        // An offset and groups of digits can be mere groups of digits, unless more blanks than one are between them.
        let is_apart = self.groups.starts_with("  ") && self.groups.split_whitespace().all(|group| group.len() == 2);
        let has_characters = self.groups.contains('|') || self.has_characters(shape);
        has_content() && (self.has_colon || self.offset(Radix::Hexadecimal) == Some(0) && (is_apart || has_characters))
    }

    fn has_characters(&self, shape: Shape) -> bool {
        Groups::of(self.groups, shape).is_some_and(|groups| groups.ended_early)
    }

    /// The bytes of the line; nothing if a group is not of the shape.
    pub(super) fn bytes(&self, shape: Shape) -> Option<Vec<u8>> {
        Groups::of(self.groups, shape).map(|groups| groups.bytes)
    }

    /// The digits of the first group.
    fn first_group(&self) -> &'t str {
        let group = self.groups.split_whitespace().next().unwrap_or_default();
        group.strip_prefix("0x").unwrap_or(group)
    }
}

impl Shape {
    /// The shapes that lines can have, the likeliest first.
    pub(super) fn possible(lines: &[Line<'_>]) -> Vec<Self> {
        let width = lines.first().map_or(0, |line| line.first_group().len());
        let has_colon = lines.iter().any(|line| line.has_colon);
        let mut shapes = Vec::new();
        let mut add = |radix_of_groups, word| {
            for radix in [Radix::Hexadecimal, Radix::Octal] {
                shapes.push(Self { radix, radix_of_groups, word });
            }
        };
        match (width, has_colon) {
            (3, false) => add(Radix::Octal, 1),
            (6, false) => add(Radix::Octal, 2),
            (4 | 8, false) => add(Radix::Hexadecimal, width / 2),
            (4 | 8, true) if !Self::are_in_order(lines) => add(Radix::Hexadecimal, width / 2),
            _ => add(Radix::Hexadecimal, 1),
        }
        shapes
    }

    /// Returns whether the characters beside the digits are those of the digits as they are: `xxd -e` has words instead.
    fn are_in_order(lines: &[Line<'_>]) -> bool {
        let shape = Self { radix: Radix::Hexadecimal, radix_of_groups: Radix::Hexadecimal, word: 1 };
        let word = Self { word: lines.first().map_or(0, |line| line.first_group().len()) / 2, ..shape };
        let fits =
            |shape| lines.iter().filter(|line| Groups::of(line.groups, shape).is_some_and(|it| it.verified)).count();
        fits(shape) >= fits(word)
    }
}

/// The groups of a line up to the characters beside them.
struct Groups {
    bytes: Vec<u8>,
    /// Whether something is behind the groups.
    ended_early: bool,
    /// Whether it is the bytes as characters.
    verified: bool,
}

impl Groups {
    fn of(text: &str, shape: Shape) -> Option<Self> {
        let mut bytes = Vec::new();
        let mut rest = text;
        loop {
            let trimmed = rest.trim_start();
            let gap = rest.len() - trimmed.len();
            if trimmed.is_empty() {
                return Some(Self { bytes, ended_early: false, verified: false });
            }
            let is_bar = trimmed.starts_with('|');
            let are_bytes = gap >= 2 && is_text_of(trimmed, &bytes);
            if is_bar || are_bytes {
                return Some(Self { bytes, ended_early: true, verified: are_bytes });
            }
            let end = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
            let (group, after) = trimmed.split_at_checked(end)?;
            match group_bytes(group, shape) {
                Some(group) => bytes.extend(group),
                // Characters that are not those of the bytes, such as in another encoding.
                None if gap >= 2 && !bytes.is_empty() => {
                    return Some(Self { bytes, ended_early: true, verified: false });
                }
                None => return None,
            }
            rest = after;
        }
    }
}

/// Returns whether a text is bytes as characters, with a dot or a blank for those that are not printable. Blanks at both ends get
/// lost.
fn is_text_of(text: &str, bytes: &[u8]) -> bool {
    let blanks = bytes.iter().take_while(|byte| !byte.is_ascii_graphic()).count();
    let length = text.chars().count();
    !bytes.is_empty()
        && length <= bytes.len()
        && (0..=blanks.min(bytes.len() - length))
            .any(|lost| bytes.get(lost..).is_some_and(|rest| is_start_of(text, length, rest)))
}

/// Returns whether a text is the first of some bytes as characters, and the others are not printable.
fn is_start_of(text: &str, length: usize, bytes: &[u8]) -> bool {
    let is_shown = |(character, byte): (char, &u8)| {
        let printable = byte.is_ascii_graphic().then(|| char::from(*byte));
        printable == Some(character) || printable.is_none() && matches!(character, '.' | ' ')
    };
    let lost = bytes.iter().skip(length).all(|byte| !byte.is_ascii_graphic());
    lost && text.chars().zip(bytes).all(is_shown)
}

/// The bytes of a group of digits.
fn group_bytes(group: &str, shape: Shape) -> Option<Vec<u8>> {
    let digits = group.strip_prefix("0x").unwrap_or(group);
    let mut bytes = match shape.radix_of_groups {
        Radix::Hexadecimal => hexadecimal(digits)?,
        Radix::Octal => {
            let number = u16::from_str_radix(digits, 8).ok().filter(|_| !digits.starts_with('+'))?;
            let [high, low] = number.to_be_bytes();
            if shape.word == 1 && high != 0 {
                return None;
            }
            if shape.word == 1 { vec![low] } else { vec![high, low] }
        }
    };
    if shape.word > 1 {
        bytes.reverse();
    }
    Some(bytes)
}

fn hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = digits.chars().map(digit).collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
