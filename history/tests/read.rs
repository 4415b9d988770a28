//! Reading histories: replay, and what is wrong in those that are not right.

use typelang_history::{History, Mark, parse};
use typelang_parser::ast::Section;
use typelang_parser::{Code, Sources, is_history, render_all};

const HEAD: &str = "// tl:history(example)\n";

fn read(text: &str) -> History {
    let mut sources = Sources::new();
    let source = sources.add("history.tl", text);
    let parsed = parse(source, text);
    assert!(parsed.diagnostics.is_empty(), "{}", render_all(&parsed.diagnostics, &sources));
    parsed.history
}

/// The codes of the findings, with their lines.
fn findings(text: &str) -> Vec<(&'static Code, usize)> {
    let line = |offset: u32| text[..offset as usize].matches('\n').count() + 1;
    parse(Default::default(), text).diagnostics.iter().map(|it| (it.code, line(it.primary.span.start))).collect()
}

fn names(history: &History, layer: u32) -> Vec<String> {
    let layer = history.layer(layer).expect("a layer of the history");
    layer.declarations().map(|it| format!("{}#{:08x}", it.name, it.id)).collect()
}

const THREE_LAYERS: &str = "\
// An example.
// tl:history(example)

// tl:layer(1) 2024-01-31 our server, first
---types---
a#00000001 = A;
b#00000002 x:int = B;
c#00000003 = C;
---functions---
a#00000004 = A;
gone#00000005 = A;

// tl:layer(3)
// tl:removed(c#00000003)
// tl:removed(gone#00000005)
---types---
b#00000006 x:long = B;

// tl:layer(3) another source
// tl:dropped(wrong#00000009)
---types---
renamed#00000001 = A;
c#00000003 = C; // tl:pinned tl:repaired(the source has `c#00000008 = C`) tl:meaning(2: x, was y)
";

#[test]
fn a_layer_is_the_one_before_and_what_follows() {
    let history = read(THREE_LAYERS);
    assert_eq!(history.name, "example");
    assert_eq!(names(&history, 1), ["a#00000001", "b#00000002", "c#00000003", "a#00000004", "gone#00000005"]);
    // The last revision counts: the same id under another name replaces, a function of the same name stays.
    assert_eq!(names(&history, 3), ["a#00000004", "b#00000006", "renamed#00000001", "c#00000003"]);
    let first_revision: Vec<u32> = history.revision(1).unwrap().declarations().map(|it| it.id).collect();
    assert_eq!(first_revision, [1, 4, 6]);
    assert!(history.layer(2).is_none() && history.layer(4).is_none());
    assert_eq!(history.newest().unwrap().number(), 3);
    assert_eq!(history.layer(3).unwrap().find_id(4).unwrap().section(), Section::Functions);
    assert!(history.layer(3).unwrap().find_id(5).is_none());
}

#[test]
fn dates_sources_and_marks_are_read() {
    let history = read(THREE_LAYERS);
    let [first, second, third] = history.revisions() else { panic!("three revisions") };
    assert_eq!((first.date.as_deref(), first.source.as_str()), (Some("2024-01-31"), "our server, first"));
    assert_eq!((second.date.as_deref(), second.source.as_str()), (None, ""));
    assert_eq!((third.date.as_deref(), third.source.as_str()), (None, "another source"));
    assert_eq!(second.removed.len(), 2);
    assert_eq!((third.dropped[0].name.as_str(), third.dropped[0].id), ("wrong", 9));
    let newest = history.declarations().last().unwrap();
    let repaired = Mark::Repaired("the source has `c#00000008 = C`".to_owned());
    assert_eq!(newest.marks, [Mark::Pinned, repaired, Mark::Meaning("2: x, was y".to_owned())]);
    assert!(newest.is_pinned());
    assert_eq!(newest.text(), "c#00000003 = C;");
}

#[test]
fn the_layers_of_an_id() {
    let mut text = HEAD.to_owned();
    for (layer, what) in [(51, "types"), (52, ""), (61, "removed"), (62, ""), (70, "types"), (71, "")] {
        text += &format!("// tl:layer({layer})\n");
        text += match what {
            "types" => "---types---\na#00000001 = A;\n",
            "removed" => "// tl:removed(a#00000001)\n",
            _ => "",
        };
    }
    let history = read(&text);
    let layers = history.layers_of(1);
    assert_eq!(layers.to_string(), "layers 51 to 52 and 70 to 71");
    assert!(layers.contains(52) && !layers.contains(61) && layers.contains(71));
    assert_eq!((layers.first(), layers.last()), (Some(51), Some(71)));
    assert_eq!(layers.iter().collect::<Vec<_>>(), [51..=52, 70..=71]);
    assert!(history.layers_of(2).is_empty());
    assert_eq!(history.layers_of(2).to_string(), "no layer");
}

#[test]
fn an_id_whose_text_changed_is_in_one_range_of_layers() {
    let text = format!(
        "{HEAD}// tl:layer(1)\n---types---\na#00000001 flags:# = A;\n// tl:layer(2)\n---types---\n\
         a#00000001 flags:# x:flags.0?true = A;\n"
    );
    let history = read(&text);
    assert_eq!(history.layers_of(1).to_string(), "layers 1 to 2");
    assert_eq!(history.with_id(1).count(), 2);
    let forms: Vec<String> = history.with_id(1).map(|it| history.layers_of_declaration(it).to_string()).collect();
    assert_eq!(forms, ["layer 1", "layer 2"]);
}

#[test]
fn a_history_is_told_by_its_head() {
    assert!(is_history("\u{feff}\n// Layers.\n\n//tl:history(a)\n"));
    for other in ["", "a = A;", "// tl:layer(1)\na = A;", "a = A;\n// tl:history(a)", "// about tl:history(x)\n"] {
        assert!(!is_history(other), "{other}");
    }
}

#[test]
fn what_is_wrong_has_a_code_and_a_place() {
    use typelang_history::codes::*;
    let layer = |rest: &str| format!("{HEAD}// tl:layer(1)\n---types---\na#00000001 = A;\n{rest}");
    type Case<'c> = (&'c str, String, &'c [(&'c Code, usize)]);
    let cases: &[Case<'_>] = &[
        ("no head", "// tl:layer(1)\n".to_owned(), &[(&HISTORY_COMMENT, 1)]),
        ("two heads", format!("{HEAD}{HEAD}"), &[(&HISTORY_COMMENT, 2)]),
        ("no number", format!("{HEAD}// tl:layer(x)\n"), &[(&HISTORY_COMMENT, 2)]),
        ("unknown word", format!("{HEAD}// tl:layers(1)\n"), &[(&HISTORY_COMMENT, 2)]),
        ("no layer", format!("{HEAD}a#00000001 = A;\n"), &[(&HISTORY_DECLARATION, 2)]),
        ("no id", layer("b = B;"), &[(&HISTORY_DECLARATION, 5)]),
        ("finality", layer("Final A;"), &[(&HISTORY_DECLARATION, 5)]),
        ("earlier layer", layer("// tl:layer(0)\n"), &[(&HISTORY_LAYER_ORDER, 5)]),
        ("name twice", layer("a#00000002 = A;"), &[(&HISTORY_REPEATED, 5)]),
        ("id twice", layer("b#00000001 = A;"), &[(&HISTORY_REPEATED, 5)]),
        ("unchanged", layer("// tl:layer(2)\na#00000001 = A;"), &[(&HISTORY_REPEATED, 6)]),
        ("removes nothing", layer("// tl:layer(2)\n// tl:removed(b#00000001)"), &[(&HISTORY_REMOVED, 6)]),
        ("removes what it declares", layer("// tl:removed(a#00000001)"), &[(&HISTORY_REMOVED, 5)]),
        (
            "removal too late",
            layer("// tl:layer(2)\nb#00000002 = B;\n// tl:removed(a#00000001)"),
            &[(&HISTORY_COMMENT, 7)],
        ),
        ("removes no id", layer("// tl:layer(2)\n// tl:removed(a)"), &[(&HISTORY_COMMENT, 6)]),
        ("mark on its own line", layer("// tl:pinned\n"), &[(&HISTORY_COMMENT, 5)]),
        ("unknown mark", layer("b#00000002 = B; // tl:pined\n"), &[(&HISTORY_COMMENT, 5)]),
        ("unfinished mark", layer("b#00000002 = B; // tl:repaired(\n"), &[(&HISTORY_COMMENT, 5)]),
    ];
    for (what, text, expected) in cases {
        assert_eq!(findings(text), *expected, "{what}");
    }
}

#[test]
fn declarations_that_cannot_be_read_are_reported_by_the_parser() {
    let text = format!("{HEAD}// tl:layer(1)\na#00000001 x:flags.0?int\nb#00000002 = B;\n");
    assert!(parse(Default::default(), &text).has_errors());
}
