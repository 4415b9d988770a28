//! Texts as they come: bytes, line ends, comments, documentation.

use typelang_parser::ast::{Documentation, File};
use typelang_parser::codes::{INVALID_UTF8, LAYER_CONFLICT, UNKNOWN_DOCUMENTED_FIELD};
use typelang_parser::{Severity, SourceId, Sources, parse, print};

fn file(text: &str) -> File {
    let parsed = parse(SourceId::default(), text);
    assert_eq!(parsed.diagnostics, [], "{text:?}");
    parsed.file
}

fn documentation(text: &str) -> Option<Documentation> {
    file(text).combinators().last().and_then(|combinator| combinator.documentation.as_deref().cloned())
}

/// Description, and name and text of each field.
fn texts(text: &str) -> (Option<String>, Vec<(String, String)>) {
    let found = documentation(text).expect("documentation");
    let fields = found.fields.into_iter().map(|field| (field.name, field.text)).collect();
    (found.description, fields)
}

fn pair(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

#[test]
fn line_ends_and_blanks() {
    let plain = file("a x:int = A;\nb y:int = B;\n").without_spans();
    for text in [
        "a x:int = A;\r\nb y:int = B;\r\n",
        "\u{feff}a x:int = A;\nb y:int = B;",
        "a x:int = A;\u{c}\tb y:int = B;// end",
        "// first\r\na x:int // é\r\n= A;\r\nb\ty:int = B;\r\n// last",
        "/* a; */ a/**/x:int = A; /* é\n // */ b y:int = B; //",
        "a x:int = A;b y:int = B;\0",
    ] {
        assert!(file(text).without_spans() == plain, "{text:?}");
    }
    assert_eq!(file("").items, []);
    assert_eq!(file(" \r\n// only a comment").items, []);
}

#[test]
fn comments_are_kept() {
    let comments = file("// one\r\na = A; /* two\n */ // three; // é").comments;
    let texts: Vec<(&str, bool)> = comments.iter().map(|comment| (comment.text.as_str(), comment.block)).collect();
    assert_eq!(texts, [(" one", false), (" two\n ", true), (" three; // é", false)]);
    assert_eq!(comments[0].span.range(), 0..6, "without the line end");
}

#[test]
fn the_layer() {
    for (text, layer) in [
        ("// LAYER 230\na = A;", Some(230)),
        ("a = A;\n//LAYER  7", Some(7)),
        ("// this is LAYER 12, the last", Some(12)),
        ("// layer 12", None),
        ("// PLAYER 12", None),
        ("// LAYER", None),
        ("// LAYER x", None),
        ("// LAYER 99999999999", None),
        ("a x:LAYER = A;", None),
    ] {
        assert_eq!(file(text).layer.map(|layer| layer.number), layer, "{text}");
    }
    let text = "// LAYER 230";
    let span = file(text).layer.map(|layer| layer.span.range());
    assert_eq!(span.and_then(|range| text.get(range)), Some("230"));
    let found = parse(SourceId::default(), "// LAYER 1\n// LAYER 1\n// LAYER 2").diagnostics;
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), [&LAYER_CONFLICT]);
}

#[test]
fn tags_on_several_lines() {
    let text = "//@description A user @id The id;\n//-of the user\n//@name The name\n//- and more\n\
                user id:int name:string = User;";
    let (description, fields) = texts(text);
    assert_eq!(description.as_deref(), Some("A user"));
    assert_eq!(fields, [pair("id", "The id; of the user"), pair("name", "The name and more")]);
    let span = documentation(text).expect("documentation").span;
    assert!(text[span.range()].starts_with("//@description") && text[span.range()].ends_with("and more"));
}

#[test]
fn what_only_looks_like_a_tag_is_text() {
    let text = "//@description Write to a@b.c or @name, // or @someone or @id; @id The @ id @user\n\
                user id:int = User;";
    let (description, fields) = texts(text);
    assert_eq!(description.as_deref(), Some("Write to a@b.c or @name, // or @someone or @id;"));
    assert_eq!(fields, [pair("id", "The @ id @user")]);
}

#[test]
fn a_field_named_description() {
    let text =
        "//@description A bot @param_description Its text @param_x Another\nbot description:string param_x:int = Bot;";
    let (description, fields) = texts(text);
    assert_eq!(description.as_deref(), Some("A bot"));
    assert_eq!(fields, [pair("description", "Its text"), pair("param_x", "Another")]);
}

#[test]
fn classes() {
    let text = "//@class Kind @description A kind\n//-of thing\n\n//@description One @x Two\none x:int = Kind;";
    let found = documentation(text).expect("documentation");
    let class = found.class.expect("a class");
    assert_eq!((class.name.as_str(), class.description.as_str()), ("Kind", "A kind of thing"));
    assert_eq!(found.description.as_deref(), Some("One"));
    assert_eq!(found.fields[0].name, "x");
}

#[test]
fn what_documentation_belongs_to() {
    // Blank lines and other comments do not part it from its declaration; a continuation must follow at once.
    let (description, _) = texts("//@description One\n\n// other\n//-not this\n//----\n\na = A;");
    assert_eq!(description.as_deref(), Some("One"));
    // It speaks of the next declaration alone, and never of one before it.
    assert_eq!(documentation("//@description One\na = A;\nb = B;"), None);
    assert_eq!(documentation("a = A; //@description One\nb = B;"), None);
    assert_eq!(documentation("//@description One\n---types---\na = A;"), None);
    assert_eq!(documentation("a //@description One\n = A;"), None);
    assert_eq!(documentation("/*@description One*/ a = A;"), None);
    assert_eq!(documentation("//@read a = A;\na = A;"), None, "a declaration in a comment");
    let annotated = texts("//@description One\n@read a = A;");
    assert_eq!(annotated.0.as_deref(), Some("One"));
}

#[test]
fn documentation_of_no_field_is_warned_of() {
    let text = "//@description A user\n//@nane The name\nuser name:string = User;";
    let found = parse(SourceId::default(), text).diagnostics;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].severity, found[0].code), (Severity::Warning, &UNKNOWN_DOCUMENTED_FIELD));
    assert_eq!(&text[found[0].primary.span.range()], "@nane");
    assert_eq!(found[0].help.as_deref(), Some("did you mean `name`?"));
}

#[test]
fn documentation_is_printed() {
    let text = "//@class Kind @description A kind\n//@description One\n//@param_description Two\n//@x Three @id\n\
                one description:string x:int = Kind;\n";
    assert_eq!(print(&file(text)), text);
}

#[test]
fn layers_are_printed() {
    let text = "===8===\n\na x:int = A;\n\n---functions---\n\n===17===\n\n//@description One\nf = A;\n\n===20===\n\n";
    // That declarations belong to a layer is noted.
    let printed = |text: &str| print(&parse(SourceId::default(), text).file);
    assert_eq!(printed(text), text);
    assert_eq!(printed("a = A;\n===8===//@description One\nb = A;"), "a = A;\n\n===8===\n\nb = A;\n");
}

#[test]
fn places() {
    let mut sources = Sources::new();
    let source = sources.add("a.tl", "\u{feff}a é\r\n\tb\n");
    let at = |needle: &str| {
        let offset = sources.text(source).find(needle).expect("there");
        sources.line_column(source, u32::try_from(offset).expect("small"))
    };
    assert_eq!((at("a"), at("é"), at("\r"), at("b"), at("\t")), ((1, 1), (1, 3), (1, 4), (2, 2), (2, 1)));
    assert_eq!(sources.line_column(source, 6), (1, 3), "inside of a character");
    assert_eq!(sources.line_column(source, 9_999), (3, 1));
    assert_eq!((sources.line(source, 2), sources.line(source, 3), sources.line(source, 4)), ("\tb", "", ""));
    assert_eq!((sources.name(source), sources.name(SourceId(5)), sources.text(SourceId(5))), ("a.tl", "", ""));
}

#[test]
fn bytes_that_are_not_utf8() {
    let mut sources = Sources::new();
    let (source, found) = sources.add_bytes("a.tl", b"// \xe9\xe8t\xe9\na \xff\xfe x:int = A;\n\xc3".to_vec());
    let places: Vec<(Severity, (usize, usize), usize)> = found
        .iter()
        .map(|found| {
            assert_eq!(found.code, &INVALID_UTF8);
            let span = found.primary.span;
            (found.severity, sources.line_column(source, span.start), span.range().len())
        })
        .collect();
    let expected = [
        (Severity::Warning, (1, 4), 2),
        (Severity::Warning, (1, 7), 1),
        (Severity::Error, (2, 3), 2),
        (Severity::Error, (3, 1), 1),
    ];
    assert_eq!(places, expected);
    assert_eq!(sources.text(source), "//   t \na    x:int = A;\n ");
    assert_eq!(parse(source, sources.text(source)).diagnostics, []);
    let (source, found) = sources.add_bytes("b.tl", "a é".into());
    assert_eq!((sources.text(source), found.len()), ("a é", 0));
}
