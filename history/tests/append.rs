//! Appending layers: what is written, what is repaired, and what is refused.

use typelang_history::{Appended, History, NewLayer, SourceOptions, parse};
use typelang_parser::ast::File;
use typelang_parser::ids::Dialect;

const HEAD: &str = "// tl:history(Example)\n";

fn file(text: &str) -> File {
    let parsed = typelang_parser::parse(Default::default(), text);
    assert!(!parsed.has_errors(), "{:?}", parsed.diagnostics);
    parsed.file
}

fn history(text: &str) -> History {
    let parsed = parse(Default::default(), text);
    assert!(parsed.diagnostics.is_empty(), "{:?}\n{text}", parsed.diagnostics);
    parsed.history
}

/// The text of a declaration with the id that it gives.
fn with_id(declaration: &str) -> String {
    let combinator = file(declaration).combinators().next().expect("a declaration").clone();
    let id = typelang_parser::ids::compute_id(&combinator, Dialect::Telegram);
    typelang_parser::print_combinator_with_id(&combinator, id)
}

fn append(before: &str, layer: u32, source: &str, proofs: &[&str]) -> Appended {
    let proofs: Vec<File> = proofs.iter().map(|text| file(text)).collect();
    let options = SourceOptions { dialect: Dialect::Telegram, proofs: proofs.iter().collect(), ..Default::default() };
    let layer = NewLayer { number: layer, date: Some("2024-02-01".to_owned()), source: "us".to_owned() };
    history(before).append(&layer, &[&file(source)], &options)
}

/// The history with one more layer, which must have exactly these declarations.
fn grown(before: &str, layer: u32, source: &str, proofs: &[&str]) -> String {
    let appended = append(before, layer, source, proofs);
    assert!(appended.diagnostics.is_empty(), "{:?}", appended.diagnostics);
    let text = format!("{before}{}", appended.text);
    let found = history(&text).check(&text, Dialect::Telegram);
    assert!(found.is_empty(), "{found:?}\n{text}");
    text
}

#[test]
fn a_layer_is_written_as_the_difference_to_the_one_before() {
    let (user, id) = (with_id("user id:int = User;"), with_id("user id:long = User;"));
    let (gone, get) = (with_id("gone = Gone;"), with_id("---functions---\ngetUser = User;"));
    let ns = with_id("help.user x:User = help.User;");
    let first = format!("{gone}\n{ns}\n{user}\n---functions---\n{get}\n");
    let one = grown(HEAD, 1, &first, &[]);
    let expected =
        format!("{HEAD}\n// tl:layer(1) 2024-02-01 us\n---types---\n{gone}\n{user}\n{ns}\n---functions---\n{get}\n");
    assert_eq!(one, expected);

    let second = format!("---functions---\n{get}\n---types---\n{id}\n{ns}\n");
    let two = grown(&one, 2, &second, &[]);
    let removed = gone.replace(" = Gone;", "");
    assert_eq!(two, format!("{one}\n// tl:layer(2) 2024-02-01 us\n// tl:removed({removed})\n---types---\n{id}\n"));
    // The order of the source makes no difference, and a layer without changes is a line.
    let three = grown(&two, 3, &second, &[]);
    assert_eq!(three, format!("{two}\n// tl:layer(3) 2024-02-01 us\n"));
    let counts = append(&one, 2, &second, &[]);
    assert_eq!((counts.added, counts.changed, counts.removed), (0, 1, 1));
}

#[test]
fn every_layer_is_given_again() {
    let layers = [
        vec!["a = A;", "b x:int = B;"],
        vec!["b x:int = B;", "c = A;"],
        vec!["b x:long = B;", "a = A;"],
        vec!["a x:int = A;", "b x:int = B;", "c = A;"],
    ];
    let sources: Vec<String> = layers.iter().map(|layer| layer.iter().map(|it| with_id(it) + "\n").collect()).collect();
    let mut text = HEAD.to_owned();
    for (number, source) in (1..).zip(&sources) {
        text = grown(&text, number, source, &[]);
    }
    let history = history(&text);
    for (number, source) in (1..).zip(&sources) {
        let mut expected: Vec<&str> = source.lines().collect();
        let mut found: Vec<String> = history.layer(number).unwrap().declarations().map(|it| it.text()).collect();
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "layer {number}");
        let printed = history.layer(number).unwrap().schema_text();
        assert!(printed.starts_with(&format!("// Example.\n// LAYER {number}\n\n")), "{printed}");
        assert!(expected.iter().all(|line| printed.contains(line)), "{printed}");
    }
}

#[test]
fn a_wrong_id_is_refused() {
    let appended = append(HEAD, 1, "a#00000001 = A;", &[]);
    let [found] = &appended.diagnostics[..] else { panic!("{:?}", appended.diagnostics) };
    assert_eq!(found.code.name, "history-source");
    assert!(appended.text.is_empty());
}

#[test]
fn what_a_proof_has_is_repaired_and_the_rest_is_dropped() {
    let right = with_id("user id:long name:string = User;");
    let id = right.split(' ').next().unwrap();
    let source = format!("{id} id:long = User;\nb#00000005 = B;\n");
    let appended = append(HEAD, 1, &source, &[&right]);
    assert!(appended.diagnostics.is_empty());
    assert_eq!(appended.repaired.len(), 1);
    assert_eq!(appended.dropped, [("b".to_owned(), 5)]);
    let text = grown(HEAD, 1, &source, &[&right]);
    assert!(
        text.contains(&format!("// tl:dropped(b#00000005)\n---types---\n{right} // tl:repaired(fields)\n")),
        "{text}"
    );
    // A proof whose own text is wrong proves nothing.
    let wrong = format!("{id} id:int = User;");
    assert_eq!(append(HEAD, 1, &source, &[&wrong]).dropped.len(), 2);
}

#[test]
fn a_repaired_declaration_keeps_the_flags_of_its_source() {
    let one = with_id("a flags:# x:flags.0?true y:int = A;");
    let two = with_id("a flags:# x:flags.0?true z:flags.1?true y:int = A;");
    let id = one.split(' ').next().unwrap();
    assert!(two.starts_with(id));
    let source = format!("{id} flags:# x:flags.0?true y:long = A;");
    for proofs in [[one.as_str(), two.as_str()], [two.as_str(), one.as_str()]] {
        let text = grown(HEAD, 1, &source, &proofs);
        assert!(text.contains(&one) && !text.contains("z:flags"), "{text}");
    }
}

#[test]
fn of_two_forms_of_a_name_the_one_stays_that_a_proof_has() {
    let (old, new) = (with_id("a x:int = A;"), with_id("a x:long = A;"));
    let source = format!("{old}\n{new}\n");
    assert!(!append(HEAD, 1, &source, &[]).diagnostics.is_empty());
    assert!(!append(HEAD, 1, &source, &[&source]).diagnostics.is_empty());
    for (proof, wrong) in [(&old, &new), (&new, &old)] {
        let text = grown(HEAD, 1, &source, &[&source, proof]);
        assert!(text.contains(proof.as_str()) && !text.contains(wrong.as_str()), "{text}");
        assert!(text.contains("// tl:dropped(a#"), "{text}");
    }
}

#[test]
fn an_id_of_another_layout_is_refused() {
    // Without a proof an id that is known to be kept is taken as it is.
    let pinned = "channel#c88974ac id:int = Chat;";
    let text = grown(HEAD, 1, pinned, &[]);
    assert!(text.contains(&format!("{pinned} // tl:pinned\n")), "{text}");
    let before = format!("{HEAD}// tl:layer(1)\n---types---\na#00000001 x:int = A;\n");
    let proof = "a#00000001 = A;";
    assert!(!append(&before, 2, proof, &[]).diagnostics.is_empty());
}

#[test]
fn a_bit_that_means_something_else_is_marked() {
    let form = |flag: &str| with_id(&format!("a flags:# {flag}:flags.0?true x:flags.1?int = A;"));
    let one = grown(HEAD, 1, &form("old"), &[]);
    let two = grown(&one, 2, &form("new"), &[]);
    assert!(two.ends_with("// tl:meaning(flags.0 is new, was old)\n"), "{two}");
    // One that comes back is a change as well; one more is none.
    let three = grown(&two, 3, &form("old"), &[]);
    assert!(three.ends_with("// tl:meaning(old is flags.0, was new)\n") || three.contains("flags.0 is old, was new"));
    let more = with_id("a flags:# old:flags.0?true other:flags.2?true x:flags.1?int = A;");
    assert!(!grown(&one, 2, &more, &[]).contains("tl:meaning"));
    let moved = with_id("a flags:# old:flags.3?true x:flags.1?int = A;");
    assert!(grown(&one, 2, &moved, &[]).ends_with("// tl:meaning(old is flags.3, was flags.0)\n"));
}

#[test]
fn other_schemas_can_be_left_out() {
    let (vector, ping, user) = (
        "vector#1cb5c415 {t:Type} # [ t ] = Vector t;",
        with_id("ping id:long = Pong;"),
        with_id("user id:int = User;"),
    );
    let other = file(&format!("{vector}\nping id:int = Pong;"));
    let options = SourceOptions { dialect: Dialect::Telegram, without: vec![&other], ..Default::default() };
    let source = file(&format!("{vector}\n{ping}\n{user}"));
    let appended = history(HEAD).append(&NewLayer { number: 1, ..Default::default() }, &[&source], &options);
    assert_eq!(appended.text, format!("\n// tl:layer(1)\n---types---\n{vector}\n{user}\n"));
}
