use typelang::history::{CodeRule, HistoryOptions};

use crate::{FALSE, Layers, TRUE, VECTOR, bytes_of, compiled, letter};

/// The outcome for a value by a rule for its fields, without the loss that tells of the rule.
fn by_rule(layers: &[&str], fields: &str, words: &[u32]) -> Vec<u32> {
    let rule = format!("[[rule]]\nof = \"a#00000001\"\nfields = {{ {fields} }}\n");
    let (words, losses) = Layers::with_rules(layers, &rule).upgrade("A", words).unwrap();
    assert_eq!(losses.first().map(String::as_str), Some("a: by a rule"));
    words
}

#[test]
fn expressions_give_values() {
    let peer = "peer#00000010 id:long = Peer;\n";
    let build = [&format!("{peer}a#00000001 id:int = A;"), "a#00000002 from:Peer = A;"];
    assert_eq!(by_rule(&build, "from = 'peer{id: id}'", &[1, 7]), [2, 0x10, 7, 0]);

    let optional = [&format!("{peer}a#00000001 f:# id:f.0?int = A;"), "a#00000002 f:# from:f.3?Peer = A;"];
    assert_eq!(by_rule(&optional, "from = 'peer{id: id}'", &[1, 1, 7]), [2, 8, 0x10, 7, 0]);
    assert_eq!(by_rule(&optional, "from = 'peer{id: id}'", &[1, 0]), [2, 0]);

    let inner = [&format!("{peer}b#00000011 = Peer;\na#00000001 p:Peer = A;"), "a#00000002 id:long = A;"];
    assert_eq!(by_rule(&inner, "id = 'or(p.id, 5)'", &[1, 0x10, 7, 0]), [2, 7, 0]);
    assert_eq!(by_rule(&inner, "id = 'or(p.id, 5)'", &[1, 0x11]), [2, 5, 0]);

    let list = ["a#00000001 x:int v:Vector<int> = A;", "a#00000002 w:Vector<long> = A;"];
    assert_eq!(by_rule(&list, "w = '[x, v..., 9]'", &[1, 7, VECTOR, 1, 8]), [2, VECTOR, 3, 7, 0, 8, 0, 9, 0]);

    let each = [&format!("{peer}a#00000001 v:Vector<int> = A;"), "a#00000002 w:Vector<Peer> = A;"];
    let words = [2, VECTOR, 2, 0x10, 7, 0, 0x10, 8, 0];
    assert_eq!(by_rule(&each, "w = 'each(v, peer{id: it})'", &[1, VECTOR, 2, 7, 8]), words);

    let first = ["a#00000001 v:Vector<int> = A;", "a#00000002 f:# x:f.0?int = A;"];
    assert_eq!(by_rule(&first, "x = 'first(v)'", &[1, VECTOR, 2, 7, 8]), [2, 1, 7]);
    assert_eq!(by_rule(&first, "x = 'first(v)'", &[1, VECTOR, 0]), [2, 0]);
}

#[test]
fn expressions_decide() {
    let flags = ["a#00000001 b:Bool = A;", "a#00000002 f:# set:f.2?true c:Bool = A;"];
    let fields = "set = 'flag(b)', c = 'bool(b)'";
    assert_eq!(by_rule(&flags, fields, &[1, TRUE]), [2, 4, TRUE]);
    assert_eq!(by_rule(&flags, fields, &[1, FALSE]), [2, 0, FALSE]);

    let set = ["a#00000001 f:# t:f.1?true = A;", "a#00000002 f:# x:f.0?int b:Bool = A;"];
    let fields = "x = 'ifset(t, 6)', b = 'bool(t)'";
    assert_eq!(by_rule(&set, fields, &[1, 2]), [2, 1, 6, TRUE]);
    assert_eq!(by_rule(&set, fields, &[1, 0]), [2, 0, FALSE]);

    let kinds = "one#00000010 = K;\ntwo#00000011 = K;\n";
    let case = [&format!("{kinds}a#00000001 b:Bool = A;"), "a#00000002 k:K = A;"];
    let fields = "k = 'case(b, boolTrue: one{}, boolFalse: two{})'";
    assert_eq!(by_rule(&case, fields, &[1, TRUE]), [2, 0x10]);
    assert_eq!(by_rule(&case, fields, &[1, FALSE]), [2, 0x11]);

    let text = [&format!("{kinds}a#00000001 s:string = A;"), "a#00000002 k:K = A;"];
    let fields = "k = 'case(s, \"x\": one{}, _: two{})'";
    assert_eq!(by_rule(&text, fields, &[1, letter(b'x')]), [2, 0x10]);
    assert_eq!(by_rule(&text, fields, &[1, letter(b'y')]), [2, 0x11]);

    let number = ["a#00000001 n:int = A;", "a#00000002 f:# x:f.0?int = A;"];
    assert_eq!(by_rule(&number, "x = 'case(n, 0: none, -1: 5, _: n)'", &[1, 0]), [2, 0]);
    assert_eq!(by_rule(&number, "x = 'case(n, 0: none, -1: 5, _: n)'", &[1, u32::MAX]), [2, 1, 5]);
    assert_eq!(by_rule(&number, "x = 'case(n, 0: none, -1: 5, _: n)'", &[1, 7]), [2, 1, 7]);

    let constructor = [&format!("{kinds}a#00000001 k:K = A;"), "a#00000002 x:int = A;"];
    assert_eq!(by_rule(&constructor, "x = 'case(k, two: 2, _: 9)'", &[1, 0x11]), [2, 2]);
    assert_eq!(by_rule(&constructor, "x = 'case(k, two: 2, _: 9)'", &[1, 0x10]), [2, 9]);
}

#[test]
fn expressions_make_texts() {
    let texts = ["a#00000001 n:int s:string = A;", "a#00000002 f:# n:string s:f.0?string b:f.1?string = A;"];
    let fields = "n = 'decimal(n)', s = 'nonempty(s)', b = 'before(after(s, \"-\"), \":\")'";
    assert_eq!(by_rule(&texts, fields, &[1, 7, 0]), [2, 0, letter(b'7')]);
    // The text `-a:` has three letters.
    let three = u32::from_le_bytes([3, b'-', b'a', b':']);
    assert_eq!(by_rule(&texts, fields, &[1, 7, three]), [2, 3, letter(b'7'), three, letter(b'a')]);
}

#[test]
fn rules_are_for_an_old_constructor_and_a_wanted_type() {
    let old = "b#00000001 x:int = B;\na#00000005 b:B = A;\nc#00000006 b:B = C;";
    let new = "b#00000002 x:long = B;\nb2#00000003 x:long = B2;\na#00000007 b:B2 = A;";
    let rules = "[[rule]]\nof = \"b#00000001\"\nas = \"B2\"\nto = \"b2\"\nguess = true\n";
    let layers = Layers::with_rules(&[old, new], rules);
    assert_eq!(layers.upgrade("A", &[5, 1, 9]), Ok((vec![7, 3, 9, 0], vec!["a.b: guessed".to_owned()])));
    assert_eq!(layers.upgrade("C", &[6, 1, 9]), Ok((vec![6, 2, 9, 0], vec![])));
}

/// A field that a rule settles is not a loss, and neutral values are for rules only where something is dropped.
#[test]
fn rules_settle_what_they_use() {
    let layers = ["a#00000001 x:int y:int = A;", "a#00000002 z:int w:int = A;"];
    let rule = |fields: &str| format!("[[rule]]\nof = \"a#00000001\"\nfields = {{ {fields} }}\n");
    let one = Layers::with_rules(&layers, &rule("z = \"x\", w = \"0\""));
    let losses = vec!["a: by a rule".to_owned(), "a.y: dropped".to_owned()];
    assert_eq!(one.upgrade("A", &[1, 7, 8]), Ok((vec![2, 7, 0], losses)));
    let missing = Layers::with_rules(&layers, &rule("z = \"x\""));
    assert!(missing.upgrade("A", &[1, 7, 8]).unwrap_err().starts_with("a.w: "));
    let neutral =
        Layers::with_rules(&["a#00000001 x:int y:int = A;", "a#00000002 x:int w:int = A;"], &rule("w = \"neutral\""));
    let losses = vec!["a.w: made up".to_owned(), "a.y: dropped".to_owned()];
    assert_eq!(neutral.upgrade("A", &[1, 7, 8]), Ok((vec![2, 7, 0], losses)));
    let all = Layers::with_rules(&layers, &rule("z = \"x\", w = \"y\""));
    assert_eq!(all.upgrade("A", &[1, 7, 8]), Ok((vec![2, 7, 8], vec!["a: by a rule".to_owned()])));
}

#[test]
fn code_can_be_a_rule() {
    struct Swapped;
    impl CodeRule for Swapped {
        fn id(&self) -> u32 {
            1
        }

        fn wanted(&self) -> &str {
            "A"
        }

        fn apply(&self, old: &[u8], layer: u32) -> Option<Vec<u8>> {
            assert_eq!(layer, 2);
            let [_, x] = old.as_chunks::<4>().0 else { return None };
            Some([bytes_of(&[2]), x.iter().rev().copied().collect()].concat())
        }
    }
    let layers = Layers::new(&["a#00000001 x:int = A;", "a#00000002 y:int b:Bool = A;"]);
    let options = HistoryOptions::new().rules(&[&Swapped]);
    let words = layers.upgrade_with("A", &[1, 0x0102_0304], options).unwrap();
    assert_eq!(words, (vec![2, 0x0403_0201], vec!["a: by a rule".to_owned()]));
}

/// Errors in rules are found when they are compiled, at its place.
#[test]
fn rules_are_checked() {
    let layers = [
        "peer#00000010 id:long = Peer;\na#00000001 from_id:int v:Vector<int> s:string = A;",
        "a#00000002 from:Peer n:int = A;",
    ];
    let found = |rules: &str| match compiled(&layers, rules) {
        Ok(_) => String::new(),
        Err(text) => text,
    };
    let field =
        |expression: &str| found(&format!("[[rule]]\nof = \"a#00000001\"\nfields = {{ from = '{expression}' }}\n"));
    for (text, expected) in [
        (found("[[rule]]\nof = \"a#00000009\"\n"), &["no layer has the constructor `a#00000009`", "2 | of"][..]),
        (
            found("[[rule]]\nof = \"peers#00000010\"\n"),
            &["the constructor `peers` is not known", "did you mean `peer`?"],
        ),
        (found("[[rule]]\nof = \"a#00000001\"\nas = \"Per\"\n"), &["the type `Per`", "did you mean `Peer`?"]),
        (found("[[rule]]\nof = \"a#00000001\"\nto = \"peer\"\n"), &["`A` has no constructor `peer` in layer 2"]),
        (found("[[rule]]\nof = \"a#00000001\"\nfield = 1\n"), &["unknown key `field`", "fields"]),
        (found("[[rule]]\nas = \"A\"\n"), &["no old constructor"]),
        (found("[[rule]]\nof = \"a#00000001\"\nfields = { form = 'none' }"), &["`form`", "did you mean `from`?"]),
        (found("[[rules]]\nof = 1\n"), &["unknown key `rules`"]),
        (found("of = "), &["history-rule"]),
        (field("peer{id: from_di}"), &["the field `from_di`", "did you mean `from_id`?", "^^^^^^^"]),
        (field("peer{ids: from_id}"), &["the field `ids`", "did you mean `id`?"]),
        (field("peer{}"), &["`peer` lacks the field `id`"]),
        (field("per{id: from_id}"), &["`per` is not known", "did you mean `peer`?"]),
        (field("from_id"), &["expected a value of `Peer`, found one of `int`"]),
        (field("peer{id: s}"), &["expected a value of `long`, found one of `string`"]),
        (field("peer{id: \"7\"}"), &["found a text"]),
        (field("peer{id: firts(v)}"), &["the function `firts`", "did you mean `first`?"]),
        (field("each(v, peer{id: it})"), &["found a vector"]),
        (field("peer{id: it}"), &["the field `it`"]),
        (field("peer{id: or()}"), &["`or` has another number of arguments"]),
        (field("peer{id: s.length}"), &["the field `length`"]),
        (field("peer{id: decimal(from_id)}"), &["found a text"]),
        (field("peer{id 1}"), &["expected `:`"]),
        (field(&format!("or({})", "none, ".repeat(256))), &["256 parts are more than 255"]),
        (field(&format!("peer{{id: from_id{}}}", ".id".repeat(20))), &["deep inside of one another"]),
    ] {
        for part in expected {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
        assert!(text.contains("history.toml:"), "{text}");
    }
    let twice = "[[rule]]\nof = [\"a#00000001\", \"a#00000001\"]\nfields = { from = 'peer{id: from_id}', n = '0' }\n";
    assert!(found(twice).contains("there is a rule for this constructor already"));
}
