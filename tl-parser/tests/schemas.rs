//! Real schemas: nothing is lost, nothing is wrong, and printing and parsing again changes nothing.

mod support;

use typelang_parser::ast::{Item, Section};
use typelang_parser::ids::{Dialect, compute_id};
use typelang_parser::{Severity, SourceId, parse, print, print_combinator};

/// Counts declarations without the parser: no real schema has a block comment or a second slash outside of comments.
fn semicolons(text: &str) -> usize {
    text.lines().filter_map(|line| line.split("//").next()).map(|code| code.matches(';').count()).sum()
}

#[test]
fn nothing_is_lost_and_nothing_is_wrong() {
    for (path, bytes) in support::real_schemas("") {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let parsed = parse(SourceId::default(), &text);
        assert_eq!(parsed.diagnostics, [], "{}", path.display());
        let declarations = parsed.file.items.iter().filter(|item| !matches!(item, Item::Section(_))).count();
        assert_eq!(declarations, semicolons(&text), "{}", path.display());
        let headers = parsed.file.items.len() - declarations;
        assert_eq!(headers, text.lines().filter(|line| line.starts_with("---")).count(), "{}", path.display());
    }
}

#[test]
fn printing_and_parsing_again_gives_the_same_tree_and_ids() {
    for (path, bytes) in support::real_schemas("") {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let first = parse(SourceId(0), &text).file;
        let printed = print(&first);
        let second = parse(SourceId(1), &printed);
        assert_eq!(second.diagnostics, [], "{}", path.display());
        assert!(first.without_spans() == second.file.without_spans(), "{}", path.display());
        assert_eq!(printed, print(&second.file), "{}", path.display());
        for (one, other) in first.combinators().zip(second.file.combinators()) {
            for dialect in Dialect::ALL {
                assert_eq!(compute_id(one, dialect), compute_id(other, dialect), "{}", one.name);
            }
        }
    }
}

#[test]
fn every_span_of_a_combinator_is_its_text() {
    for (path, bytes) in support::real_schemas("") {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let file = parse(SourceId::default(), &text).file;
        for combinator in file.combinators() {
            let source = &text[combinator.span.range()];
            assert!(source.ends_with(';'), "{}: {source}", path.display());
            assert_eq!(&text[combinator.name.span.range()], combinator.name.to_string());
            // The text of the span alone is the same declaration.
            let alone = parse(SourceId::default(), source);
            assert_eq!(print_combinator(alone.file.combinators().next().expect("one")), print_combinator(combinator));
        }
    }
}

#[test]
fn api_230() {
    for (_, bytes) in support::real_schemas("telegram").into_iter().filter(|(path, _)| path.ends_with("api-230.tl")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let file = parse(SourceId::default(), &text).file;
        assert_eq!(file.layer.map(|layer| layer.number), Some(230));
        let functions = file.combinators().filter(|c| c.section == Section::Functions).count();
        assert_eq!((file.combinators().count() - functions, functions), (1704, 850));
    }
}

#[test]
fn td_api_is_documented_throughout() {
    for (_, bytes) in support::real_schemas("tdlib") {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let file = parse(SourceId::default(), &text).file;
        let (mut descriptions, mut classes) = (0, 0);
        for documentation in file.combinators().filter_map(|c| c.documentation.as_ref()) {
            descriptions += usize::from(documentation.description.is_some());
            classes += usize::from(documentation.class.as_ref().is_some_and(|class| !class.description.is_empty()));
            assert!(documentation.fields.iter().all(|field| !field.text.is_empty()));
        }
        // Each declaration has one `@description`, and each `@class` another one.
        assert_eq!(descriptions + classes, text.matches("@description ").count());
        assert_eq!(classes, text.matches("@class ").count());
        assert_eq!(descriptions, file.combinators().count() - 9, "all but the prelude");
        for combinator in file.combinators().filter(|c| c.documentation.is_some()) {
            let typelang_parser::ast::Body::Fields(fields) = &combinator.body else { panic!("{}", combinator.name) };
            let documented = combinator.documentation.iter().flat_map(|d| &d.fields).map(|field| &field.name);
            let declared = fields.iter().filter_map(|field| field.name.as_ref()).map(|name| &name.text);
            assert!(documented.eq(declared), "{}", combinator.name);
        }
    }
}

/// Schemas that are always there.
const OWN_SCHEMAS: [&str; 5] = [
    include_str!("bad/ten_faults.tl"),
    include_str!("bad/brackets.tl"),
    include_str!("bad/ends.tl"),
    include_str!("bad/garbage.tl"),
    include_str!("bad/columns.tl"),
];

/// Parses a damaged schema. Nothing may panic, every place must lie in the text, and what was read without an error
/// must print as what it is.
fn check_damaged(damaged: &str) {
    let parsed = parse(SourceId::default(), damaged);
    for found in &parsed.diagnostics {
        assert!(damaged.get(found.primary.span.range()).is_some(), "{found:?} in {damaged}");
    }
    let errors = parsed.diagnostics.iter().any(|found| found.severity == Severity::Error);
    let again = parse(SourceId::default(), &print(&parsed.file));
    assert!(errors || again.file.without_spans() == parsed.file.without_spans(), "{damaged}");
}

#[test]
fn damaged_schemas_do_no_harm() {
    let mut random = Random(0x1cb5_c415);
    let real = support::real_schemas("").into_iter().filter_map(|(_, bytes)| String::from_utf8(bytes).ok());
    let real = real.filter(|text| text.len() < 60_000);
    for text in OWN_SCHEMAS.into_iter().map(str::to_owned).chain(real) {
        for _ in 0..8 {
            check_damaged(&damage(&text, &mut random));
        }
    }
}

#[test]
fn every_beginning_of_a_schema_does_no_harm() {
    for text in OWN_SCHEMAS {
        for (end, _) in text.char_indices() {
            check_damaged(&text[..end]);
        }
    }
}

/// A small generator of numbers that look random (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or(0)
    }
}

fn damage(text: &str, random: &mut Random) -> String {
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
