//! Published schemas: nothing is lost, nothing is wrong, and printing and parsing again changes nothing.

use std::fs;

use typelang_parser::ast::{Body, Item, Section};
use typelang_parser::ids::{Dialect, compute_id};
use typelang_parser::{SourceId, parse, print, print_combinator};
use typelang_tests::published::Published;
use typelang_tests::schemas;
use typelang_tests::trials::{Needed, Trial, for_each, needing};

use crate::damage::{Random, check_damaged, damage};

pub(crate) fn trials() -> Vec<Trial> {
    let each = |group, choose: fn(&Published) -> bool, run| {
        let chosen = |all: Vec<Published>| all.into_iter().filter(choose).collect();
        for_each(group, schemas::published().map(chosen), |schema| schema.name.clone(), run)
    };
    let groups = [
        each("parser::nothing_is_lost", |_| true, nothing_is_lost),
        each("parser::printed", |_| true, printed),
        each("parser::spans", |_| true, every_span_is_its_text),
        each("parser::layer", |schema| numbered(schema).is_some(), the_layer_is_that_of_the_name),
        each("parser::documented", |schema| schema.family() == "tdlib", documented_throughout),
    ];
    let damaged = needing("parser::damaged_schemas_do_no_harm", small_schemas(), damaged_schemas_do_no_harm);
    groups.into_iter().flatten().chain([damaged]).collect()
}

fn text_of(schema: &Published) -> String {
    fs::read_to_string(schema.path()).expect("UTF-8")
}

/// Counts declarations without the parser: no published schema has a block comment or a second slash outside of comments.
fn semicolons(text: &str) -> usize {
    text.lines().filter_map(|line| line.split("//").next()).map(|code| code.matches(';').count()).sum()
}

fn nothing_is_lost(schema: Published) {
    let text = text_of(&schema);
    let parsed = parse(SourceId::default(), &text);
    assert_eq!(parsed.diagnostics, []);
    let declarations = parsed.file.items.iter().filter(|item| !matches!(item, Item::Section(_))).count();
    assert_eq!(declarations, semicolons(&text));
    let headers = parsed.file.items.len() - declarations;
    assert_eq!(headers, text.lines().filter(|line| line.starts_with("---")).count());
}

/// The printed schema parses to the same tree, with the same ids.
fn printed(schema: Published) {
    let first = parse(SourceId(0), &text_of(&schema)).file;
    let printed = print(&first);
    let second = parse(SourceId(1), &printed);
    assert_eq!(second.diagnostics, []);
    assert!(first.without_spans() == second.file.without_spans());
    assert_eq!(printed, print(&second.file));
    for (one, other) in first.combinators().zip(second.file.combinators()) {
        for dialect in Dialect::ALL {
            assert_eq!(compute_id(one, dialect), compute_id(other, dialect), "{}", one.name);
        }
    }
}

fn every_span_is_its_text(schema: Published) {
    let text = text_of(&schema);
    let file = parse(SourceId::default(), &text).file;
    for combinator in file.combinators() {
        let source = &text[combinator.span.range()];
        assert!(source.ends_with(';'), "{source}");
        assert_eq!(&text[combinator.name.span.range()], combinator.name.to_string());
        // The text of the span alone is the same declaration.
        let alone = parse(SourceId::default(), source);
        assert_eq!(print_combinator(alone.file.combinators().next().expect("one")), print_combinator(combinator));
    }
}

/// The layer in the name of a schema: 230 for `telegram/api-230`.
fn numbered(schema: &Published) -> Option<u32> {
    schema.stem().strip_prefix("api-")?.parse().ok()
}

/// The layer is the one in the name, and what follows the header of functions is functions.
fn the_layer_is_that_of_the_name(schema: Published) {
    let text = text_of(&schema);
    let file = parse(SourceId::default(), &text).file;
    assert_eq!(file.layer.map(|layer| layer.number), numbered(&schema));
    let mut functions = 0;
    let mut section = Section::Types;
    for line in text.lines() {
        match line.trim_end() {
            "---functions---" => section = Section::Functions,
            "---types---" => section = Section::Types,
            line if section == Section::Functions => functions += semicolons(line),
            _ => {}
        }
    }
    assert!(functions > 0);
    assert_eq!(file.combinators().filter(|it| it.section == Section::Functions).count(), functions);
}

fn documented_throughout(schema: Published) {
    let text = text_of(&schema);
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
        let Body::Fields(fields) = &combinator.body else { panic!("{}", combinator.name) };
        let documented = combinator.documentation.iter().flat_map(|d| &d.fields).map(|field| &field.name);
        let declared = fields.iter().filter_map(|field| field.name.as_ref()).map(|name| &name.text);
        assert!(documented.eq(declared), "{}", combinator.name);
    }
}

/// The texts of the schemas that are small enough.
fn small_schemas() -> Needed<Vec<String>> {
    let texts = schemas::published()?.iter().map(text_of).filter(|text| text.len() < 60_000).collect();
    Ok(texts)
}

fn damaged_schemas_do_no_harm(texts: Vec<String>) {
    let mut random = Random(0x1cb5_c415);
    for text in texts {
        for _ in 0..8 {
            check_damaged(&damage(&text, &mut random));
        }
    }
}
