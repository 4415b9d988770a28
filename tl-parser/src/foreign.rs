//! Files that are not schemas, which are named by mistake: a schema in JSON, a compiled one, a page that says that there is none.
//!
//! Reading them as TL would find a fault in every line of them. One finding that says what the file looks like helps more.

use crate::ast::Item;
use crate::{Diagnostic, Label, Parsed, Severity, SourceId, Sources, Span, codes, parse};

/// What a file looks like that is not a schema, and what to do about it.
struct Foreign {
    /// `JSON`, as in "this looks like JSON, not like a TL schema".
    what: &'static str,
    help: &'static str,
}

const JSON: Foreign = Foreign {
    what: "JSON",
    help: "give the schema in TL's own text form; Telegram publishes it beside the JSON form of each layer",
};
const COMPILED: Foreign = Foreign {
    what: "a compiled schema (`.tlo`)",
    help: "give the text that it was compiled from, usually a file `.tl` beside it",
};
const COMPRESSED: Foreign = Foreign { what: "a compressed file or an archive", help: "unpack it first" };
const UTF_16: Foreign = Foreign { what: "text in UTF-16 or UTF-32", help: "convert it to UTF-8" };
const BINARY: Foreign = Foreign { what: "a binary file", help: "a schema is text in UTF-8, usually a file `.tl`" };
const HTML: Foreign = Foreign {
    what: "a page in HTML",
    help: "a download may have given a page about the file, or about an error, in place of the file",
};
const XML: Foreign =
    Foreign { what: "XML", help: "a schema is text with a declaration such as `user id:long = User;` a line" };
const TL2: Foreign =
    Foreign { what: "TL2, another language", help: "TL2 is not supported; give the schema in TL, if there is one" };
const TL_B: Foreign =
    Foreign { what: "TL-B, another language", help: "TL-B describes cells of a blockchain; this is a tool for TL" };
const HISTORY: Foreign = Foreign {
    what: "a history, a file with all layers of a schema",
    help: "`tl layer` prints one of its layers, `tl history check` checks it",
};
const EMPTY: Foreign = Foreign { what: "an empty file", help: "a schema has at least a declaration or a comment" };
const OTHER: Foreign = Foreign {
    what: "something else",
    help: "a schema is text with declarations such as `user id:long name:string = User;`",
};

/// How many bytes of a file tell what it is.
const BEGINNING: usize = 8192;

impl Sources {
    /// Takes in a text and parses it. A file that is something else than a schema has one error that says what it looks like,
    /// and no declarations; of one that is told by its first bytes, no more than its beginning is kept.
    pub fn parse_bytes(&mut self, name: impl Into<String>, bytes: Vec<u8>) -> Parsed {
        if let Some(foreign) = by_content(&bytes) {
            // Nothing looks at it but for its first line.
            let beginning = bytes.get(..bytes.len().min(BEGINNING)).unwrap_or_default();
            let source = self.add(name, String::from_utf8_lossy(beginning));
            return not_a_schema(source, &foreign);
        }
        let (source, mut diagnostics) = self.add_bytes(name, bytes);
        let text = self.text(source);
        let parsed = parse(source, text);
        if let Some(foreign) = by_findings(&parsed, text) {
            return not_a_schema(source, &foreign);
        }
        diagnostics.extend(parsed.diagnostics);
        Parsed { file: parsed.file, diagnostics }
    }
}

fn not_a_schema(source: SourceId, foreign: &Foreign) -> Parsed {
    let message = format!("this looks like {}, not like a TL schema", foreign.what);
    let diagnostic = Diagnostic::new(&codes::NOT_A_SCHEMA, message, Label::new(source, Span::default()));
    let file = crate::ast::File { source, ..Default::default() };
    Parsed { file, diagnostics: vec![diagnostic.with_help(foreign.help)] }
}

/// What content is that no schema has.
fn by_content(bytes: &[u8]) -> Option<Foreign> {
    const COMPILED_BEGINNINGS: [u32; 3] = [0x3a2f_9be2, 0xe4a8_604b, 0x90ac_88d7];
    const COMPRESSED_BEGINNINGS: [&[u8]; 7] =
        [b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c", b"\x1f\x9d"];
    let word = bytes.first_chunk().map(|word| u32::from_le_bytes(*word));
    if word.is_some_and(|word| COMPILED_BEGINNINGS.contains(&word)) {
        return Some(COMPILED);
    }
    if COMPRESSED_BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning)) {
        return Some(COMPRESSED);
    }
    let beginning = bytes.get(..bytes.len().min(BEGINNING)).unwrap_or_default();
    if is_wide(beginning) {
        return Some(UTF_16);
    }
    if is_binary(beginning) {
        return Some(BINARY);
    }
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    match text.first() {
        None => Some(EMPTY),
        Some(b'{' | b'[' | b'"') => is_json(text).then_some(JSON),
        Some(b'<') if is_page(text) => Some(HTML),
        Some(b'/') if is_history(&String::from_utf8_lossy(beginning)) => Some(HISTORY),
        Some(b'<') if text.get(1).is_some_and(|next| next.is_ascii_alphabetic() || b"?!/".contains(next)) => Some(XML),
        Some(_) => None,
    }
}

/// Returns whether a text is a history: a file with all layers of a schema. A comment before everything else begins with `tl:history(`.
#[must_use]
pub fn is_history(text: &str) -> bool {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
    let mut comments = lines.map_while(|line| line.strip_prefix("//"));
    comments.any(|comment| comment.trim_start().starts_with("tl:history("))
}

/// Returns whether the characters of a text have two or four bytes each: it begins with a byte order mark, or every other byte of ASCII is zero.
fn is_wide(bytes: &[u8]) -> bool {
    let zeros_at = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = bytes.len() / 2;
    let is_half_zero = |odd: usize| half > 4 && zeros_at(odd) * 10 > half * 9 && zeros_at(1 - odd) * 10 < half * 9;
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || is_half_zero(0) || is_half_zero(1)
}

/// Returns whether there are more control characters than slips of an editor leave behind.
fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(**byte, 0..=8 | 14..=31 | 127);
    let count = bytes.iter().filter(is_control).count();
    count > 8 && count * 20 > bytes.len()
}

/// What begins as an object, an array or a text with a key does in JSON. Braces and brackets of TL come after a name.
fn is_json(text: &[u8]) -> bool {
    let (Some(first), rest) = (text.first(), text.get(1..).unwrap_or_default().trim_ascii_start()) else {
        return false;
    };
    match (first, rest.first()) {
        (b'{', next) => next.is_none_or(|next| b"\"}".contains(next)),
        (b'[', next) => next.is_none_or(|next| b"{[\"]-tfn".contains(next) || next.is_ascii_digit()),
        _ => true,
    }
}

fn is_page(text: &[u8]) -> bool {
    let beginning = text.get(..text.len().min(1024)).unwrap_or_default().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| contains(&beginning, tag))
}

fn contains(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

/// What a text is that reads as a schema nowhere, or nearly so.
fn by_findings(parsed: &Parsed, text: &str) -> Option<Foreign> {
    const MANY: usize = 50;
    let errors = parsed.diagnostics.iter().filter(|it| it.severity == Severity::Error).count();
    if errors == 0 {
        return None;
    }
    let is_whole = |item: &&Item| !matches!(item, Item::Combinator(combinator) if combinator.incomplete);
    let whole = parsed.file.items.iter().filter(is_whole).count();
    let combinators = parsed.file.combinators().filter(|it| !it.incomplete).count();
    if errors > whole && outside_comments(parsed, text).any(is_tl2) {
        return Some(TL2);
    }
    if errors > whole && outside_comments(parsed, text).any(is_tl_b) {
        return Some(TL_B);
    }
    (errors >= MANY && combinators == 0).then_some(OTHER)
}

/// The pieces of a text between its comments.
fn outside_comments<'t>(parsed: &'t Parsed, text: &'t str) -> impl Iterator<Item = &'t str> {
    let ends = parsed.file.comments.iter().map(|comment| comment.span.start).chain([u32::MAX]);
    let starts = std::iter::once(0).chain(parsed.file.comments.iter().map(|comment| comment.span.end));
    starts.zip(ends).filter_map(|(start, end)| text.get(start as usize..text.len().min(end as usize)))
}

/// Arrays `[]int`, optional fields `x?:int`, and parameters `<t:type>`, which TL writes otherwise.
fn is_tl2(text: &str) -> bool {
    let has_parameters = || {
        text.match_indices(":type").any(|(at, _)| {
            let before =
                text.get(..at).unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
            before.trim_end().ends_with(['<', ','])
        })
    };
    text.contains("[]") || text.contains("?:") || has_parameters()
}

/// Prefixes of constructors in bits, `some$01`, and references to cells, `^Cell`.
fn is_tl_b(text: &str) -> bool {
    let is_prefix = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + 1..).unwrap_or_default();
        before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') && after.starts_with(['0', '1', '_'])
    };
    text.contains(":^") || text.contains("## ") || text.match_indices('$').any(|(at, _)| is_prefix(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one finding in a file, or how many there are.
    fn found(bytes: &[u8]) -> Result<String, usize> {
        let parsed = Sources::new().parse_bytes("schema.tl", bytes.to_vec());
        match parsed.diagnostics.as_slice() {
            [only] if only.code == &codes::NOT_A_SCHEMA => {
                assert!(only.help.is_some() && parsed.file.items.is_empty());
                Ok(only.message.clone())
            }
            several => Err(several.len()),
        }
    }

    #[test]
    fn what_is_not_a_schema_is_told_in_one_finding() {
        let wide: Vec<u8> = "user id:int = User;\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wide_other: Vec<u8> = "user id:int = User;\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let random: Vec<u8> = (0..5000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let code = "fn main() { let x = 5; println!(\"{x}\"); }\n".repeat(40);
        let cases: [(&[u8], &str); 24] = [
            (b"{\"constructors\": [{\"id\": \"1\", \"params\": []}]}", "JSON"),
            (b"\xef\xbb\xbf\n [\n {\"id\": 1}]", "JSON"),
            (b"[]", "JSON"),
            (b"{", "JSON"),
            (b"\"text\"", "JSON"),
            (b"\xe2\x9b\x2f\x3a\x01\0\0\0", "compiled"),
            (b"\x4b\x60\xa8\xe4rest", "compiled"),
            (b"\xd7\x88\xac\x90", "compiled"),
            (b"\x1f\x8b\x08\0\0\0", "compressed"),
            (b"PK\x03\x04rest", "compressed"),
            (b"\xff\xfeu\0", "UTF-16"),
            (&wide, "UTF-16"),
            (&wide_other, "UTF-16"),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0", "binary"),
            (&random, "binary"),
            (b"<!DOCTYPE html><html>", "HTML"),
            (b"\n<html lang=\"en\">", "HTML"),
            (b"<?xml version=\"1.0\"?><a/>", "XML"),
            (b"<schema><type/></schema>", "XML"),
            (b"", "empty"),
            (b" \n\xef\xbb\xbf", "empty"),
            (b"user#12345678 = id:int32 names:[]string nick?:string;\npair<x:type, y:type> = a:x b:y;\n", "TL2"),
            (b"nothing$0 {X:Type} = Maybe X;\njust$1 {X:Type} value:X = Maybe X;\nref$_ cell:^Cell = Ref;\n", "TL-B"),
            (code.as_bytes(), "something else"),
        ];
        for (bytes, expected) in cases {
            let shown = String::from_utf8_lossy(bytes.get(..bytes.len().min(40)).unwrap_or_default()).into_owned();
            match found(bytes) {
                Ok(message) => assert!(message.contains(expected), "{shown:?}: {message}, not {expected}"),
                // Only a mark, with nothing behind it, is both.
                Err(count) if expected == "empty" && shown.contains('\u{feff}') => assert_eq!(count, 0, "{shown:?}"),
                Err(count) => panic!("{shown:?}: {count} findings, not {expected}"),
            }
        }
    }

    #[test]
    fn schemas_with_faults_are_read_as_such() {
        let cyrillic =
            b"// \xef\xf0\xe8\xe2\xe5\xf2 \xef\xf0\xe8\xe2\xe5\xf2 \xef\xf0\xe8\xe2\xe5\xf2\nuser id:int = User;\n";
        let cases: [&[u8]; 9] = [
            b"user id:int = User",
            b"// only a comment\n",
            b"---functions---\n",
            b"user id:int\0 = User;\n",
            cyrillic,
            b"{X:Type} = User;",
            b"user names:[]string = User;\na = A;\nb = B;\n",
            b"// tuple<t:type> = [] x?:\nuser id:int User;",
            b"user id: = User;\nuser id: = User;\n",
        ];
        for bytes in cases {
            assert!(found(bytes).is_err(), "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
