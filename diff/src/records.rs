//! Texts that name the layer of a schema and how much it declares: a changelog, a page about the schema.

use std::fmt::Write;

use typelang_parser::ast::{File, Section};

use crate::change::{Changes, Kind, Status};
use crate::changelog::changes_calls;

/// The layer of a schema, and how much it declares, as texts about it have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The layer that it states.
    pub layer: Option<u32>,
    /// How many constructors it declares.
    pub constructors: usize,
    /// How many functions it declares.
    pub functions: usize,
}

impl Counts {
    /// Counts the declarations of a file, built-in ones included.
    #[must_use]
    pub fn of(file: &File) -> Self {
        let count = |section| file.combinators().filter(|it| it.section == section).count();
        let (constructors, functions) = (count(Section::Types), count(Section::Functions));
        Self { layer: file.layer.map(|layer| layer.number), constructors, functions }
    }

    /// Replaces the layer and the counts of an older schema in a text: `layer 230`, `| 230 |` in the row of a table that names `file`,
    /// `1,704 constructors`, `850 functions`, with the comma or without. Everything else stays.
    #[must_use]
    pub fn replaced_in(self, text: &str, older: Self, file: &str) -> String {
        let mut text = text.to_owned();
        if let (Some(old), Some(new)) = (older.layer, self.layer) {
            for word in ["layer", "Layer", "LAYER"] {
                text = replaced(&text, &format!("{word} {old}"), &format!("{word} {new}"));
            }
            let in_row = |line: &str| match line.starts_with('|') && line.contains(file) {
                true => line.replace(&format!("| {old} |"), &format!("| {new} |")),
                false => line.to_owned(),
            };
            text = text.split_inclusive('\n').map(in_row).collect();
        }
        let words =
            [(older.constructors, self.constructors, "constructor"), (older.functions, self.functions, "function")];
        for (old, new, word) in words {
            for write in [with_commas, |count: usize| count.to_string()] {
                text = replaced(&text, &counted(&write(old), old, word), &counted(&write(new), new, word));
            }
        }
        text
    }
}

fn counted(number: &str, count: usize, word: &str) -> String {
    format!("{number} {word}{}", if count == 1 { "" } else { "s" })
}

/// `1,704`
fn with_commas(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Replaces whole words: `850 functions` is not in `1,850 functions`, nor `layer 23` in `layer 230`.
fn replaced(text: &str, old: &str, new: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let (before, after) = (&rest[..at], &rest[at + old.len()..]);
        let is_part = |c: char| c.is_alphanumeric() || c == ',' || c == '_';
        let is_whole = !before.ends_with(is_part) && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        result.push_str(before);
        result.push_str(if is_whole { new } else { old });
        rest = after;
    }
    result + rest
}

/// Adds an entry about a new layer to a changelog: at the end of the list `### Changed` under the first heading of the second level,
/// which is begun if it is not there. A changelog that has the entry stays as it is.
#[must_use]
pub fn with_entry(text: &str, changes: &Changes, file: &str) -> String {
    let entry = entry(changes, file);
    let lines: Vec<&str> = text.lines().collect();
    if text.contains(&entry) {
        return text.to_owned();
    }
    let is_release = |line: &&str| line.starts_with("## ");
    let begin = lines.iter().position(is_release).map_or(lines.len(), |at| at + 1);
    let end = lines[begin..].iter().position(is_release).map_or(lines.len(), |at| begin + at);
    let heading = lines[begin..end].iter().position(|line| line.trim_end() == "### Changed").map(|at| begin + at + 1);
    let (at, is_new) = match heading {
        Some(from) => {
            let to = lines[from..end].iter().position(|line| line.starts_with("### ")).map_or(end, |at| from + at);
            (after_text(&lines, from, to), false)
        }
        None => (after_text(&lines, begin, end), true),
    };
    let mut out = String::new();
    for line in &lines[..at] {
        let _ = writeln!(out, "{line}");
    }
    if is_new {
        out.push_str(if out.is_empty() { "### Changed\n\n" } else { "\n### Changed\n\n" });
    } else if lines[at - 1].starts_with("### ") {
        out.push('\n');
    }
    out.push_str(&entry);
    for line in &lines[at..] {
        let _ = writeln!(out, "{line}");
    }
    out
}

/// The line behind the last one that has a text.
fn after_text(lines: &[&str], from: usize, to: usize) -> usize {
    lines[from..to].iter().rposition(|line| !line.trim().is_empty()).map_or(from, |at| from + at + 1)
}

/// The entry, as lines of a list.
fn entry(changes: &Changes, file: &str) -> String {
    let layers = match (changes.old_layer, changes.new_layer) {
        (Some(old), Some(new)) if old != new => format!("Layer {new} of `{file}`, after {old}"),
        _ => format!("`{file}`"),
    };
    let count = |kind: Kind| {
        let [new, changed, gone] =
            [Status::Added, Status::Changed, Status::Removed].map(|status| changes.with(kind, status).count());
        format!(
            "{} {new} new, {changed} changed, {gone} gone",
            match kind {
                Kind::Constructor => "constructors:",
                Kind::Function => "functions:",
            }
        )
    };
    let mut words = format!("{layers}: {}; {}.", count(Kind::Constructor), count(Kind::Function));
    let both = changes.types.iter().filter(|it| it.status() == Status::Changed);
    let grown = both.filter(|it| !it.added.is_empty() || !it.removed.is_empty()).map(|it| format!("`{}`", it.name()));
    let grown: Vec<String> = grown.collect();
    if !grown.is_empty() {
        let _ = write!(words, " Types with other constructors: {}.", grown.join(", "));
    }
    let calls = changes.with(Kind::Function, Status::Changed).filter(|it| it.details.iter().any(changes_calls));
    let calls: Vec<String> = calls.filter_map(|it| Some(format!("`{}`", it.newest()?.name))).collect();
    if !calls.is_empty() {
        let _ = write!(words, " Calls with other arguments or results: {}.", calls.join(", "));
    }
    wrapped(&words)
}

/// Breaks an entry into lines.
fn wrapped(words: &str) -> String {
    const WIDTH: usize = 120;
    let (mut text, mut width) = (String::from("-"), 1);
    for word in words.split(' ') {
        if width + 1 + word.len() > WIDTH {
            text.push_str("\n ");
            width = 1;
        }
        text.push(' ');
        text.push_str(word);
        width += 1 + word.len();
    }
    text.push('\n');
    text
}
