use typelang::history::History;

use crate::{FALSE, Layers, TRUE, VECTOR, bytes_of, compiled, letter};

#[test]
fn fields_are_found_by_name() {
    let layers = Layers::new(&["a#00000001 x:int y:int = A;", "a#00000002 y:int x:long = A;"]);
    assert_eq!(layers.upgrade("A", &[1, 7, 8]), Ok((vec![2, 8, 7, 0], vec![])));
    assert_eq!(layers.upgrade("A", &[1, -7_i32 as u32, 8]), Ok((vec![2, 8, -7_i32 as u32, u32::MAX], vec![])));
    // The newest layer's own bytes stay as they are.
    assert_eq!(layers.upgrade("A", &[2, 8, 7, 0]), Ok((vec![2, 8, 7, 0], vec![])));
}

#[test]
fn what_has_no_place_is_dropped_and_reported() {
    let layers = Layers::new(&["a#00000001 x:int y:int = A;", "a#00000002 x:int = A;"]);
    assert_eq!(layers.upgrade("A", &[1, 7, 8]), Ok((vec![2, 7], vec!["a.y: dropped".to_owned()])));
    let optional = Layers::new(&["a#00000001 f:# x:f.0?int y:f.1?true = A;", "a#00000002 f:# z:f.3?int = A;"]);
    assert_eq!(optional.upgrade("A", &[1, 0]), Ok((vec![2, 0], vec![])));
    let both = vec!["a.x: dropped".to_owned(), "a.y: dropped".to_owned()];
    assert_eq!(optional.upgrade("A", &[1, 3, 5]), Ok((vec![2, 0], both)));
}

#[test]
fn what_is_new_is_neutral_where_nothing_is_dropped() {
    let new = "a#00000002 x:int n:long s:string v:Vector<int> b:Bool = A;";
    let layers = Layers::new(&["a#00000001 x:int = A;", new]);
    let losses = ["n", "s", "v", "b"].map(|name| format!("a.{name}: made up"));
    assert_eq!(layers.upgrade("A", &[1, 7]), Ok((vec![2, 7, 0, 0, 0, VECTOR, 0, FALSE], losses.to_vec())));
    let empty = "b#00000003 f:# x:f.0?int = B;";
    let layers = Layers::new(&[&format!("a#00000001 x:int = A;\n{empty}"), "a#00000002 x:int b:B = A;"]);
    assert_eq!(layers.upgrade("A", &[1, 7]), Ok((vec![2, 7, 3, 0], vec!["a.b: made up".to_owned()])));
    let dropping = Layers::new(&["a#00000001 x:int y:int = A;", "a#00000002 x:int z:int = A;"]);
    let refused = "a.z: `a#00000001` of layer 1 cannot be converted to layer 2: the value of this new field is unknown, \
                   and no rule gives it";
    assert_eq!(dropping.upgrade("A", &[1, 7, 8]), Err(refused.to_owned()));
    let object = Layers::new(&["a#00000001 x:int = A;\nb#00000003 = B;\nc#00000004 = B;", "a#00000002 x:int b:B = A;"]);
    assert!(object.upgrade("A", &[1, 7]).unwrap_err().starts_with("a.b: `a#00000001` of layer 1 cannot"));
}

#[test]
fn bits_follow_what_is_there() {
    let old = "a#00000001 f:# x:f.0?int t:f.1?true b:Bool y:int = A;";
    let new = "a#00000002 g:# y:g.4?int x:g.2?int b:g.3?true t:g.0?true h:# w:h.0?int = A;";
    let layers = Layers::new(&[old, new]);
    assert_eq!(layers.upgrade("A", &[1, 3, 7, TRUE, 9]), Ok((vec![2, 0b11101, 9, 7, 0], vec![])));
    assert_eq!(layers.upgrade("A", &[1, 0, FALSE, 9]), Ok((vec![2, 0b10000, 9, 0], vec![])));
    // Values on one bit are there together, or the missing ones are neutral.
    let group = Layers::new(&["a#00000001 x:int = A;", "a#00000002 f:# x:f.0?int y:f.0?int = A;"]);
    assert_eq!(group.upgrade("A", &[1, 7]), Ok((vec![2, 1, 7, 0], vec!["a.y: made up".to_owned()])));
}

#[test]
fn values_inside_of_values_change() {
    let old = "b#00000010 x:int = B;\nc#00000011 b:Vector<B> last:B = C;";
    let layers = Layers::new(&[old, "b#00000020 x:long y:int = B;"]);
    let made_up = |path: &str| format!("{path}.y: made up");
    let expected = (
        vec![0x11, VECTOR, 2, 0x20, 1, 0, 0, 0x20, 2, 0, 0, 0x20, 3, 0, 0],
        vec![made_up("c.b[0]"), made_up("c.b[1]"), made_up("c.last")],
    );
    let old = [0x11, VECTOR, 2, 0x10, 1, 0x10, 2, 0x10, 3];
    assert_eq!(layers.upgrade("C", &old), Ok(expected));
    // New and old ones side by side, as a server can send them.
    let mixed = [0x11, VECTOR, 1, 0x20, 1, 0, 5, 0x10, 3];
    let expected = (vec![0x11, VECTOR, 1, 0x20, 1, 0, 5, 0x20, 3, 0, 0], vec![made_up("c.last")]);
    assert_eq!(layers.upgrade("C", &mixed), Ok(expected));
    let vector = (vec![VECTOR, 1, 0x20, 9, 0, 0], vec![made_up("[0]")]);
    assert_eq!(layers.upgrade("Vector<B>", &[VECTOR, 1, 0x10, 9]), Ok(vector.clone()));
    assert_eq!(layers.upgrade("", &[VECTOR, 1, 0x10, 9]), Ok(vector));
}

#[test]
fn numbers_keep_their_value_or_are_refused() {
    let layers = Layers::new(&["a#00000001 x:int v:Vector<int> = A;", "a#00000002 x:double v:Vector<long> = A;"]);
    let one_and_a_half = 2.0_f64.to_bits();
    let words = vec![2, one_and_a_half as u32, (one_and_a_half >> 32) as u32, VECTOR, 2, 3, 0, 4, 0];
    assert_eq!(layers.upgrade("A", &[1, 2, VECTOR, 2, 3, 4]), Ok((words, vec![])));
    let narrow = Layers::new(&["a#00000001 x:long = A;", "a#00000002 x:int = A;"]);
    assert_eq!(narrow.upgrade("A", &[1, 5, 0]), Ok((vec![2, 5], vec![])));
    assert!(narrow.upgrade("A", &[1, 5, 1]).unwrap_err().contains("another type"));
    let text = Layers::new(&["a#00000001 x:string = A;", "a#00000002 x:bytes = A;"]);
    assert_eq!(text.upgrade("A", &[1, letter(b'x')]), Ok((vec![2, letter(b'x')], vec![])));
}

#[test]
fn bits_whose_meaning_changed_need_the_layer() {
    let layers = Layers::new(&[
        "a#00000001 f:# one:f.0?true two:f.1?true = A;",
        "a#00000001 f:# two:f.0?true one:f.1?true = A;",
        "a#00000002 f:# one:f.4?true two:f.5?true = A;",
    ]);
    assert_eq!(layers.upgrade_at(1, "A", &[1, 1]), Ok((vec![2, 1 << 4], vec![])));
    assert_eq!(layers.upgrade_at(2, "A", &[1, 1]), Ok((vec![2, 1 << 5], vec![])));
    // Without the layer the newest meaning is a guess, unless the bits mean the same.
    assert_eq!(layers.upgrade("A", &[1, 1]), Ok((vec![2, 1 << 5], vec!["a: guessed".to_owned()])));
    assert_eq!(layers.upgrade("A", &[1, 0]), Ok((vec![2, 0], vec![])));
    let added = Layers::new(&[
        "a#00000001 f:# one:f.0?true = A;",
        "a#00000001 f:# one:f.0?true two:f.1?true = A;",
        "a#00000002 f:# one:f.4?true two:f.5?true = A;",
    ]);
    assert_eq!(added.upgrade("A", &[1, 1]), Ok((vec![2, 1 << 4], vec![])));
    assert_eq!(added.upgrade("A", &[1, 3]), Ok((vec![2, 3 << 4], vec![])));
    let gone = Layers::new(&[
        "a#00000001 f:# one:f.0?true two:f.1?true = A;",
        "a#00000001 f:# one:f.0?true = A;",
        "a#00000002 f:# one:f.4?true two:f.5?true = A;",
    ]);
    assert_eq!(gone.upgrade("A", &[1, 3]), Ok((vec![2, 3 << 4], vec![])));
}

#[test]
fn layers_are_known_by_id() {
    let bytes = compiled(
        &[
            "a#00000001 = A;\nb#00000002 = A;",
            "a#00000003 = A;",
            "a#00000001 = A;",
            "c#00000004 = A;",
            "c#00000005 = A;",
        ],
        "",
    );
    let history = History::generated(bytes.unwrap().leak());
    let layers = |id| history.layers_of(id).map(|it| it.to_string());
    assert_eq!(layers(1).as_deref(), Some("`a#00000001` of layers 1, 3 to 5"));
    assert_eq!(layers(2).as_deref(), Some("`b#00000002` of layers 1 to 5"));
    assert_eq!(layers(4).as_deref(), Some("`c#00000004` of layer 4"));
    assert_eq!(layers(9), None);
    assert!(history.layers_of(1).is_some_and(|it| it.contains(4) && !it.contains(2)));
    assert_eq!(history.newest(), 5);
    assert_eq!(history.ids().collect::<Vec<u32>>(), [1, 2, 3, 4, 5]);
}

#[test]
fn what_no_layer_has_is_an_error_with_a_path() {
    let layers = Layers::new(&["a#00000001 x:int = A;\nc#00000005 a:A = C;", "b#00000002 x:int = A;\n"]);
    let error = layers.upgrade("C", &[5, 9]).unwrap_err();
    assert_eq!(error, "c.a: unknown constructor 0x00000009 at byte 4; expected A");
    assert_eq!(layers.upgrade("D", &[5]).unwrap_err(), "the type is not in the history");
    assert_eq!(layers.upgrade_at(7, "C", &[5]).unwrap_err(), "layer 7 is not in the history");
    let gone = Layers::new(&["a#00000001 x:int = A;\nb#00000002 = A;", "// tl:removed(a#00000001)"]);
    let error = "a: `a#00000001` of layer 1 cannot be converted to layer 2: `A` has no such constructor there, and no rule converts it";
    assert_eq!(gone.upgrade("A", &[1, 2]).unwrap_err(), error);
}

/// Whatever is wrong with a history or with bytes, there is an error and never a panic, and no more memory than is allowed.
#[test]
fn damaged_histories_and_bytes_are_errors() {
    let layers = ["a#00000001 f:# x:f.0?int v:Vector<A> s:string = A;", "a#00000002 f:# w:Vector<A> t:f.1?string = A;"];
    let rules = "[[rule]]\nof = \"a#00000001\"\nfields = { w = \"[a{w: v}, v...]\", t = \"or(nonempty(before(s, \\\":\\\")), decimal(x))\" }\n"
        .replace("a{w: v}", "a{w: []}");
    let bytes = compiled(&layers, &rules).unwrap();
    let old = bytes_of(&[1, 1, 7, VECTOR, 1, 1, 0, VECTOR, 0, letter(b'b'), letter(b'a')]);
    let whole = History::generated(bytes.clone().leak());
    assert!(whole.upgrade(&old, "A", Default::default()).is_ok());
    for at in 0..old.len() {
        let _ = whole.upgrade(&old[..at], "A", Default::default());
        let mut damaged = old.clone();
        damaged[at] ^= 0xff;
        let _ = whole.upgrade(&damaged, "A", Default::default());
    }
    for at in 0..bytes.len() {
        for change in [0xff, 0x01, 0x80] {
            let mut damaged = bytes.clone();
            damaged[at] ^= change;
            let history = History::generated(damaged.leak());
            let _ = history.upgrade(&old, "A", Default::default());
            let _ = history.layers_of(1).map(|it| it.to_string());
        }
        let history = History::generated(bytes[..at].to_vec().leak());
        let _ = history.upgrade(&old, "A", Default::default());
    }
}

#[test]
fn depth_is_limited_as_in_the_decoder() {
    let layers = Layers::new(&["a#00000001 x:int = A;\nn#00000003 next:A = A;", "a#00000002 x:long = A;"]);
    let nested = |depth: usize| [vec![3; depth], vec![1, 5]].concat();
    assert_eq!(layers.upgrade("A", &nested(120)).unwrap().0, [vec![3; 120], vec![2, 5, 0]].concat());
    assert!(layers.upgrade("A", &nested(200)).unwrap_err().contains("128"));
}
