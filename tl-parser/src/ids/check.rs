//! Compares declared ids with the ids that the text gives.

use super::{Dialect, canonical_text_as, compute_id};
use crate::ast::{Combinator, DeclaredId, File};
use crate::crc32::crc32;
use crate::{Diagnostic, Fix, Label, SourceId, codes};

/// A declaration whose id is known not to be the checksum of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinnedId {
    /// Name of the combinator.
    pub name: &'static str,
    /// The id that every implementation uses for it.
    pub id: u32,
    /// How it came about.
    pub reason: &'static str,
}

/// All declarations of Telegram's schemas whose ids no rule explains. Renamed ones are recognised by rule instead: the
/// name without its layer (`decryptedMessage23`), or without `Legacy` or `Prefix` at its end, gives the id.
pub static PINNED: &[PinnedId] = &[
    PinnedId { name: "accessPointRule", id: 0x4679_b65f, reason: "assigned by hand" },
    PinnedId { name: "help.configSimple", id: 0x5a59_2a6c, reason: "assigned by hand" },
    PinnedId { name: "ipPortSecret", id: 0x3798_2646, reason: "computed in the reference dialect" },
    PinnedId {
        name: "decryptedMessageMediaDocument",
        id: 0x6abd_9782,
        reason: "computed in the reference dialect, at layer 143",
    },
    PinnedId {
        name: "register.saveDeveloperInfo",
        id: 0x9a5f_6e95,
        reason: "that of `contest.saveDeveloperInfo` with its field `vk_id:int`, up to layer 51",
    },
    PinnedId { name: "msg_container", id: 0x73f1_f8dc, reason: "computed from `vector message`" },
    PinnedId { name: "gzip_packed", id: 0x3072_cfa1, reason: "computed in the Telegram dialect" },
    PinnedId { name: "channel", id: 0xc889_74ac, reason: "kept when fields were added, up to layer 82" },
];

/// Compares every id that a file declares with the one that the dialect gives.
///
/// A different one is the warning `id-mismatch`, or the note `pinned-id` if it is known to be an exception. An id that
/// readers use as a mark of their own, 0 or ffffffff, is the warning `reserved-id`. An incomplete declaration is passed over.
#[must_use]
pub fn check_ids(file: &File, dialect: Dialect) -> Vec<Diagnostic> {
    let complete = file.combinators().filter(|combinator| !combinator.incomplete);
    let declared = complete.filter_map(|combinator| Some((combinator, combinator.id?)));
    declared.filter_map(|(combinator, id)| check_id(file.source, combinator, id, dialect)).collect()
}

fn check_id(source: SourceId, combinator: &Combinator, id: DeclaredId, dialect: Dialect) -> Option<Diagnostic> {
    let expected = compute_id(combinator, dialect);
    let label = Label::new(source, id.span);
    let name = &combinator.name;
    if matches!(id.value, 0 | u32::MAX) {
        let message = format!("the id {:08x} of `{name}` is reserved", id.value);
        return Some(
            Diagnostic::new(&codes::RESERVED_ID, message, label)
                .with_help(format!("the text of the declaration gives {expected:08x}"))
                .with_fix(write_id(source, id, expected)),
        );
    }
    if id.value == expected {
        return None;
    }
    if let Some(reason) = pinned_reason(combinator, id.value, dialect) {
        let message = format!("the id of `{name}` is pinned to {:08x}: {reason}", id.value);
        return Some(
            Diagnostic::new(&codes::PINNED_ID, message, label).with_note(format!("its text would give {expected:08x}")),
        );
    }
    Some(mismatch(combinator, id, label, dialect, expected))
}

fn mismatch(combinator: &Combinator, id: DeclaredId, label: Label, dialect: Dialect, expected: u32) -> Diagnostic {
    let message = format!("the text of `{}` gives the id {expected:08x}, not {:08x}", combinator.name, id.value);
    let diagnostic =
        Diagnostic::new(&codes::ID_MISMATCH, message, label.with_message(format!("expected #{expected:08x}")));
    let other = Dialect::ALL.into_iter().find(|other| *other != dialect && compute_id(combinator, *other) == id.value);
    match other {
        Some(other) => diagnostic.with_note(format!("the {other} dialect gives the declared id")),
        None => {
            let fix = write_id(diagnostic.primary.source, id, expected);
            diagnostic.with_fix(fix)
        }
    }
}

fn write_id(source: SourceId, id: DeclaredId, expected: u32) -> Fix {
    Fix::write(source, id.span, format!("#{expected:08x}"))
}

/// Returns whether an id is known to be an exception: nobody computes it from the text of the declaration.
#[must_use]
pub fn is_pinned(combinator: &Combinator, id: u32, dialect: Dialect) -> bool {
    pinned_reason(combinator, id, dialect).is_some()
}

/// Why the id may differ from the checksum of the text, if it is a known exception.
fn pinned_reason(combinator: &Combinator, id: u32, dialect: Dialect) -> Option<String> {
    let name = combinator.name.to_string();
    if let Some(pinned) = PINNED.iter().find(|pinned| pinned.name == name && pinned.id == id) {
        return Some(pinned.reason.to_owned());
    }
    let gives_id = |name: &&str| crc32(canonical_text_as(name, combinator, dialect).as_bytes()) == id;
    former_names(&name).find(gives_id).map(|former| format!("it is that of its former name `{former}`"))
}

/// The names that a combinator may have had before it was renamed to make place for a newer one.
fn former_names(name: &str) -> impl Iterator<Item = &str> {
    let without_layer = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let without_suffix = ["Legacy", "Prefix"].into_iter().filter_map(|suffix| name.strip_suffix(suffix));
    std::iter::once(without_layer).filter(move |former| *former != name).chain(without_suffix)
}
