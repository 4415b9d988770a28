//! The layout of published schemas.

use std::fs;

use typelang_ir::is_prelude;
use typelang_parser::ast::File;
use typelang_parser::ids::{Dialect, compute_id};
use typelang_parser::{Document, Entry, SourceId, format, order_matters, parse, print_combinator, sort};
use typelang_tests::published::Published;
use typelang_tests::random::Random;
use typelang_tests::schemas;
use typelang_tests::trials::{Trial, for_each};

/// Blanks and line ends that mean the same as any other.
const BLANKS: [&str; 9] = [" ", "  ", "\t", " \u{c}", "\n", "\r\n", "\n\t ", " \n\n\n", "\r\n  \r\n"];
/// Comments between two tokens.
const COMMENTS: [&str; 9] = [
    "/**/",
    " /* one */",
    "\n/* own */\n",
    "/* two\r\n  lines */",
    " // behind \r\n",
    "\n//@description Own @x Field\n",
    "//@description Behind @x Field\n",
    "/* x */ //@description In a run\n",
    "// one\n// two\n/* three */ // four\n",
];
/// Schemas of this length get comments between their tokens.
const SHORT: usize = 30_000;

pub(crate) fn trials() -> Vec<Trial> {
    let each = |group, run| for_each(group, schemas::published(), |schema: &Published| schema.name.clone(), run);
    let as_they_are = each("formatter::as_it_is", stays_what_it_is);
    let respaced = each("formatter::respaced", survives_other_blanks);
    as_they_are.into_iter().chain(respaced).chain(each("formatter::sorted", is_sorted_from_any_order)).collect()
}

fn stays_what_it_is(schema: Published) {
    let text = fs::read_to_string(schema.path()).expect("UTF-8");
    let before = parse(SourceId::default(), &text);
    let result = check(&text);
    let after = parse(SourceId::default(), &result);
    assert_eq!(after.diagnostics, []);
    assert!(result.lines().all(|line| line.trim_end() == line));
    let mut on_one_line = 0;
    for (one, other) in before.file.combinators().zip(after.file.combinators()) {
        for dialect in Dialect::ALL {
            assert_eq!(compute_id(one, dialect), compute_id(other, dialect), "{}", one.name);
        }
        let (old, new) = (&text[one.span.range()], &result[other.span.range()]);
        assert_eq!(old.contains('\n'), new.contains('\n'), "{}", one.name);
        if !new.contains('\n') {
            assert_eq!(new, print_combinator(other));
            on_one_line += 1;
        }
    }
    assert!(on_one_line > 0);
}

/// Other blanks between tokens change nothing; comments between them are kept.
fn survives_other_blanks(schema: Published) {
    let text = fs::read_to_string(schema.path()).expect("UTF-8");
    let tree = parse(SourceId::default(), &text).file.without_spans();
    let mut random = Random::new(3);
    for _ in 0..(100_000 / text.len()).clamp(1, 5) {
        let formatted = check(&respaced(&text, &BLANKS, &mut random));
        assert!(parse(SourceId::default(), &formatted).file.without_spans() == tree);
    }
    if text.len() < SHORT {
        let separators = [&BLANKS[..], &COMMENTS[..]].concat();
        (0..3).for_each(|_| _ = check(&respaced(&text, &separators, &mut random)));
    }
}

/// Sorting loses nothing, has one result whatever the order was, and changes nothing a second time.
fn is_sorted_from_any_order(schema: Published) {
    let text = fs::read_to_string(schema.path()).expect("UTF-8");
    let before = parse(SourceId::default(), &text);
    let Some(mut document) = Document::read(&before, &text) else {
        assert!(order_matters(&before.file).is_some());
        return;
    };
    let sorted = document.sorted(is_prelude);
    assert!(sort(&before, &text, is_prelude).as_ref() == Some(&sorted));
    let after = parse(SourceId::default(), &sorted);
    assert!(sort(&after, &sorted, is_prelude).as_ref() == Some(&sorted));
    assert!(check(&sorted) == sorted);
    let declared = |file: &File| {
        let mut texts: Vec<String> = file.combinators().map(print_combinator).collect();
        texts.sort_unstable();
        texts
    };
    assert!(declared(&before.file) == declared(&after.file));
    let is_title = |comment: &String| comment.starts_with(" namespace ");
    let own = |file: &File| comments(file).into_iter().filter(|it| !is_title(it)).collect::<Vec<_>>();
    assert_eq!(own(&before.file), own(&after.file));
    let is_builtin = |entry: &Entry| entry.combinator().is_some_and(is_prelude);
    let (builtin, mut others): (Vec<Entry>, Vec<Entry>) = document.entries.drain(..).partition(is_builtin);
    let mut random = Random::new(7);
    for place in (1..others.len()).rev() {
        others.swap(place, random.below(place + 1));
    }
    document.entries = others.into_iter().chain(builtin).collect();
    assert!(document.sorted(is_prelude) == sorted);
}

/// The text with other separators in the place of the blanks between tokens.
fn respaced(text: &str, separators: &[&str], random: &mut Random) -> String {
    let mut respaced = String::new();
    for line in text.split_inclusive('\n') {
        let (code, comment) = line.split_at(line.find("//").unwrap_or(line.trim_end().len()));
        for part in code.split_inclusive(' ') {
            match part.strip_suffix(' ').filter(|part| !part.is_empty() && !line.starts_with("--")) {
                Some(part) => respaced.extend([part, separators[random.below(separators.len())]]),
                None => respaced.push_str(part),
            }
        }
        respaced.push_str(comment);
    }
    respaced
}

/// Formats a text, which changes neither what it declares nor its comments, and a second time nothing at all.
fn check(text: &str) -> String {
    let before = parse(SourceId::default(), text);
    let formatted = format(&before, text).unwrap_or_else(|| panic!("{:?}\n{text}", before.diagnostics));
    let after = parse(SourceId::default(), &formatted);
    assert!(before.file.without_spans() == after.file.without_spans(), "{text:?}\nbecame\n{formatted}");
    assert_eq!(comments(&before.file), comments(&after.file), "{text:?}\nbecame\n{formatted}");
    assert!(format(&after, &formatted).as_ref() == Some(&formatted), "{text:?}\nbecame\n{formatted}");
    formatted
}

/// The texts of all comments, sorted, without blanks at their ends.
fn comments(file: &File) -> Vec<String> {
    let texts = file.comments.iter().map(|comment| comment.text.trim_end().replace("\r\n", "\n"));
    let mut texts: Vec<String> = texts.collect();
    texts.sort_unstable();
    texts
}
