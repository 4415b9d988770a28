//! Texts laid out at random: the layout must not change what they say, nor lose a comment.

use super::format;
use crate::ast::File;
use crate::lexer::{Lexed, lex};
use crate::token::TokenKind;
use crate::{Parsed, SourceId, parse};

#[path = "../../tests/support/mod.rs"]
#[allow(dead_code, reason = "each test uses a part")]
mod support;

/// A schema with all forms of declarations, and a comment of each kind.
const ALL_FORMS: &str = "\
// LAYER 7
int#a8509BDA ? = Int; // built in
vector#1cb5c415 {t:Type} # [ t ] = Vector t;
//@class Kind @description A kind
//@description One of a kind @p A number
//-of something
@read @write kind#1 {t u:Type} {n:#} (p q:int) x:flags.0?vector<int,(long)> m*[ n:# n*[ [ t ] ] ] (n+1)*[ ] = Kind t u n;
/* block */ _ (vector int) self:!t y:%(%Kind t u 3) = Other (Vector t);
New Kind; Final Other;
Tuple int 3;;
; // stray
===8===
--- functions ---
get {X:Type} query:!X = X; call a:x?int => %Kind<int,long,(1+n)>;
---types---
last = Last;
";

/// A small generator of numbers that look random (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or(0)
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// What may stand between two tokens; in a section header, nothing with a line end may.
const BLANKS: [&str; 4] = [" ", "  ", "\t", " \u{c}"];
const LINE_ENDS: [&str; 5] = ["\n", "\r\n", "\n\t ", " \n\n\n", "\r\n  \r\n"];
const BLOCKS: [&str; 4] = ["/**/", " /* one */", " /* two */\t/* three */", "/*@description no*/ "];
const COMMENTS: [&str; 12] = [
    "\n/* own */\n",
    " /* behind */\n",
    "/* two\r\n  lines */",
    "\n\n/* two\n  lines */ /* more */\n",
    " // behind \r\n",
    "\n// own\t\n",
    "\n  // own\n\n",
    "\n//@description Own @x Field\n",
    "//@description Behind @x Field\n",
    "/* x */ //@description In a run\n",
    "\n//- continued\n",
    "// one\n// two\n/* three */ // four\n",
];

/// How much a text is changed.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    Blanks,
    BlanksAndComments,
}

/// The tokens of a text with other blanks between them, and the comments that were there.
fn respaced(text: &str, change: Change, random: &mut Random) -> String {
    let tokens = lex(SourceId::default(), text).tokens;
    let mut respaced = random.one_of(&["", "\u{feff}", "\n\n "]).to_owned();
    let mut end = 0;
    let mut in_header = false;
    for (index, token) in tokens.iter().enumerate() {
        let range = token.span.range();
        let gap = &text[end..range.start];
        let touches = gap.is_empty() && index > 0;
        let is_part = token.kind.is_id() || token.kind == TokenKind::Dot || text[..end].ends_with('.');
        if touches && (is_part || random.below(3) > 0) {
            // `name#id` must touch; other tokens may.
        } else if !gap.trim_matches(|c: char| c <= ' ').is_empty() {
            respaced.push_str(gap);
        } else if in_header {
            respaced.push_str(random.one_of(&BLANKS));
        } else {
            respaced.push_str(&separator(change, random));
        }
        respaced.push_str(&text[range.clone()]);
        in_header = token.kind == TokenKind::Minuses && !in_header || token.kind == TokenKind::Name && in_header;
        end = range.end;
    }
    respaced.push_str(&text[end..]);
    if random.below(3) == 0 { respaced.replace("\r\n", "\n").replace('\n', "\r\n") } else { respaced }
}

fn separator(change: Change, random: &mut Random) -> String {
    match random.below(if change == Change::Blanks { 8 } else { 14 }) {
        0..5 => random.one_of(&BLANKS).to_owned(),
        5..8 => random.one_of(&LINE_ENDS).to_owned(),
        8..10 => random.one_of(&BLOCKS).to_owned(),
        _ => format!("{}{}", random.one_of(&COMMENTS), random.one_of(&["", "\n", "// next\n", "/* next */"])),
    }
}

fn parsed(text: &str) -> Parsed {
    let parsed = parse(SourceId::default(), text);
    assert!(!parsed.has_errors(), "{:?}\n{text}", parsed.diagnostics);
    parsed
}

/// Comments and layer markers, sorted, as far as the layout leaves them alone.
fn comments(text: &str) -> Vec<String> {
    let Lexed { comments, layer_markers, .. } = lex(SourceId::default(), text);
    let spans = comments.iter().map(|comment| comment.span).chain(layer_markers);
    let mut texts: Vec<String> = spans.map(|span| text[span.range()].trim_end().replace("\r\n", "\n")).collect();
    texts.sort_unstable();
    texts
}

/// Formats a text and checks whatever must hold for every text. Gives the result.
fn check(text: &str) -> String {
    let before = parsed(text);
    let formatted = format(&before, text).expect("no errors");
    let after = parsed(&formatted);
    assert!(before.file.without_spans() == after.file.without_spans(), "{text:?}\nbecame\n{formatted}");
    assert_eq!(comments(text), comments(&formatted), "{text:?}\nbecame\n{formatted}");
    let again = format(&after, &formatted).expect("no errors");
    let changed = formatted.lines().zip(again.lines()).position(|(one, other)| one != other);
    assert!(again == formatted, "line {changed:?} changed again: {text:?}\nbecame\n{formatted}\nand then\n{again}");
    check_layout(&formatted, &after.file);
    formatted
}

/// What holds for every line, whatever the text.
fn check_layout(formatted: &str, file: &File) {
    let blocks = file.comments.iter().filter(|comment| comment.block);
    let blocks: Vec<std::ops::Range<usize>> = blocks.map(|comment| comment.span.range()).collect();
    assert!(formatted.is_empty() || formatted.ends_with('\n') && !formatted.ends_with("\n\n"), "{formatted:?}");
    assert!(!formatted.starts_with(['\n', ' ', '\u{feff}']), "{formatted:?}");
    let in_block = |at: usize| blocks.iter().any(|block| block.contains(&at));
    for bad in ["\r", "\t", " \n", "\n\n\n"] {
        let found = formatted.match_indices(bad).find(|(at, _)| !in_block(*at));
        assert_eq!(found, None, "{formatted}");
    }
}

/// The schemas of the repository and small ones of all families.
fn schemas() -> Vec<String> {
    let paths = ["../schema", "../tests/families/schemas"].into_iter().flat_map(support::schemas);
    paths.map(|path| std::fs::read_to_string(path).expect("a schema of the repository")).collect()
}

#[test]
fn any_blanks_and_comments_between_all_forms() {
    let mut random = Random(0x1cb5_c415);
    let tree = parsed(ALL_FORMS).file.without_spans();
    for _ in 0..800 {
        let text = respaced(ALL_FORMS, Change::Blanks, &mut random);
        assert!(parsed(&text).file.without_spans() == tree, "the test itself is wrong: {text}");
        check(&text);
        check(&respaced(ALL_FORMS, Change::BlanksAndComments, &mut random));
    }
}

#[test]
fn any_blanks_in_real_schemas() {
    let mut random = Random(0x9770_768a);
    for text in schemas() {
        let tree = parsed(&text).file.without_spans();
        for _ in 0..(100_000 / text.len()).clamp(1, 5) {
            let formatted = check(&respaced(&text, Change::Blanks, &mut random));
            assert!(parsed(&formatted).file.without_spans() == tree);
        }
    }
}

#[test]
fn any_comments_in_real_schemas() {
    let mut random = Random(0xa850_9bda);
    for text in schemas().into_iter().filter(|text| text.len() < 30_000) {
        for _ in 0..3 {
            check(&respaced(&text, Change::BlanksAndComments, &mut random));
        }
    }
}

/// The same declarations are laid out alike, wherever blanks stood, as long as the line ends are the same.
#[test]
fn blanks_within_lines_make_no_difference() {
    let mut random = Random(0x2210_c154);
    let expected = check(ALL_FORMS);
    for _ in 0..50 {
        let lines = ALL_FORMS.split_inclusive('\n').map(|line| match line.split_once("//") {
            None if !line.starts_with(['-', '/']) => line.replace(' ', random.one_of(&["  ", "\t", " \u{c}"])),
            _ => line.replace('\n', random.one_of(&["\n", " \r\n"])),
        });
        assert_eq!(check(&lines.collect::<String>()), expected);
    }
}

#[test]
fn a_text_with_errors_is_not_formatted() {
    for text in ["a x:int = A", "a = A; b = ;", "/* open", "a = A; é"] {
        let parsed = parse(SourceId::default(), text);
        assert_eq!(format(&parsed, text), None, "{text}");
    }
}

/// Whatever the text is, there is no panic, even if the tree is that of another text.
#[test]
fn a_tree_of_another_text_does_no_harm() {
    let foreign = parse(SourceId::default(), ALL_FORMS);
    for text in ["", "é", "a = A; // x\n/* é */ b = B;", &ALL_FORMS[100..]] {
        assert!(format(&foreign, text).is_some());
        assert!(format(&Parsed { file: File::default(), diagnostics: Vec::new() }, text).is_some());
    }
}

/// Sorts a text and checks whatever must hold for every text. Gives the result.
fn check_sorted(text: &str, is_builtin: fn(&crate::ast::Combinator) -> bool) -> String {
    let sorted = super::sort(&parsed(text), text, is_builtin).expect("no errors");
    let titled = |text: &String| text.starts_with("// namespace ");
    let untitled = |text: &str| comments(text).into_iter().filter(|it| !titled(it)).collect::<Vec<_>>();
    assert_eq!(untitled(text), untitled(&sorted), "{text:?}\nbecame\n{sorted}");
    let (before, after) = (declarations(text), declarations(&sorted));
    assert_eq!(before, after, "{text:?}\nbecame\n{sorted}");
    let layer = |text: &str| parsed(text).file.layer.map(|layer| layer.number);
    assert_eq!(layer(text), layer(&sorted), "{text:?}\nbecame\n{sorted}");
    assert_eq!(check(&sorted), sorted, "the layout of single declarations");
    let again = super::sort(&parsed(&sorted), &sorted, is_builtin).expect("no errors");
    assert!(again == sorted, "{text:?}\nbecame\n{sorted}\nand then\n{again}");
    sorted
}

/// The declarations of a text with their documentation, sorted, and the texts about types.
fn declarations(text: &str) -> Vec<String> {
    let file = parsed(text).file.without_spans();
    let mut all = Vec::new();
    for item in file.items {
        match item {
            crate::ast::Item::Section(_) => {}
            crate::ast::Item::Combinator(mut combinator) => {
                let class = combinator.documentation.as_ref().and_then(|it| it.class.clone());
                all.extend(class.map(|class| format!("{:?} {class:?}", combinator.result)));
                let documentation = combinator.documentation.take();
                let own = documentation.map(|it| (it.description.clone(), it.fields.clone()));
                let own = own.filter(|(description, fields)| description.is_some() || !fields.is_empty());
                all.push(format!("{combinator:?} {own:?}"));
            }
            other => all.push(format!("{other:?}")),
        }
    }
    all.sort();
    all
}

fn has_question_mark(combinator: &crate::ast::Combinator) -> bool {
    matches!(combinator.body, crate::ast::Body::Builtin(_))
}

#[test]
fn any_comments_around_sorted_declarations() {
    let forms = ALL_FORMS
        .replace("===8===\n", "// namespace b.c\n\n//@class Other @description Others\n//- and more\n")
        + "z.y a:int = b.C;\nz.x = b.C;\nb.a = Z; // LAYER 7\n//@description last\nlast2 = Last;";
    let mut random = Random(0x5a0e_11b7);
    check_sorted(&forms, has_question_mark);
    for _ in 0..300 {
        check_sorted(&respaced(&forms, Change::BlanksAndComments, &mut random), has_question_mark);
    }
}

/// The schemas of the repository, their declarations in another order. Those of one place keep their order.
#[test]
fn shuffled_schemas_are_sorted_alike() {
    let mut random = Random(0xbadc_0ffe);
    let mut count = 0;
    for text in schemas().into_iter().filter(|text| parsed(text).file.layer_markers.is_empty()) {
        let sorted = check_sorted(&text, |_| false);
        let mut document = super::Document::read(&parsed(&text), &text).expect("no errors");
        let names: std::collections::BTreeSet<String> =
            document.entries.iter().filter_map(|it| Some(it.combinator()?.name.to_string())).collect();
        if names.len() == document.entries.len() {
            for place in (1..document.entries.len()).rev() {
                document.entries.swap(place, random.below(place + 1));
            }
            assert_eq!(document.sorted(|_| false), sorted);
            count += 1;
        }
    }
    assert!(count > 5, "{count}");
}
