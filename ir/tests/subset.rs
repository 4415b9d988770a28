//! What a subset keeps, and in which direction.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use support::{constructor, function, names, schema, ty};
use typelang_ir::{Directions, Schema, SubsetOptions, ValueType};

const TEXT: &str = "
    inputPeer id:long = InputPeer;
    inputPeerEmpty = InputPeer;
    shared id:int = Shared;
    result shared:Shared many:Vector<Inner> = Result;
    resultEmpty = Result;
    inner id:int = Inner;
    tree children:Vector<Tree> leaf:leaf = Tree;
    leaf id:int = Leaf;
    unused id:int = Unused;
    ---functions---
    messages.send peer:InputPeer shared:Vector<Shared> = Result;
    messages.get = Vector<Tree>;
    messages.deep.get = Unused;
    other.get = Leaf;
    wrap {X:Type} peer:InputPeer query:!X = X;
";

fn subset(roots: &[&str]) -> Schema {
    schema(TEXT).subset(roots, SubsetOptions::default()).unwrap()
}

const ENCODE: Directions = Directions { encode: true, decode: false };
const DECODE: Directions = Directions { encode: false, decode: true };

#[test]
fn arguments_are_encoded_and_results_decoded() {
    let kept = subset(&["messages.send"]);
    assert_eq!(
        names(&kept),
        [
            vec!["InputPeer", "Shared", "Result", "Inner"],
            vec!["inputPeer", "inputPeerEmpty", "shared", "result", "resultEmpty", "inner"],
            vec!["messages.send"],
        ]
    );
    for (name, expected) in [
        ("inputPeer", ENCODE),
        ("inputPeerEmpty", ENCODE),
        ("shared", Directions::BOTH),
        ("result", DECODE),
        ("resultEmpty", DECODE),
        ("inner", DECODE),
    ] {
        let constructor = &kept[constructor(&kept, name)];
        assert_eq!(constructor.directions, expected, "{name}");
        assert_eq!(kept[constructor.result].directions, expected, "the type of {name}");
    }
}

#[test]
fn ids_of_the_subset_are_its_own() {
    let kept = subset(&["messages.get"]);
    assert_eq!(names(&kept), [vec!["Tree", "Leaf"], vec!["tree", "leaf"], vec!["messages.get"]]);
    let tree = ValueType::Boxed(ty(&kept, "Tree"), Vec::new());
    let vector = ValueType::Vector { boxed: true, element: Box::new(tree) };
    assert_eq!(kept[function(&kept, "messages.get")].result, vector);
    let fields = &kept[constructor(&kept, "tree")].combinator.fields;
    assert_eq!(fields[0].ty, vector);
    assert_eq!(fields[1].ty, ValueType::Bare(constructor(&kept, "leaf"), Vec::new()));
    // The type of a constructor that is used bare comes along, though nothing speaks of it.
    assert_eq!(kept[ty(&kept, "Leaf")].constructors, [constructor(&kept, "leaf")]);
}

#[test]
fn constructors_and_types_are_roots_in_both_directions() {
    let kept = subset(&["leaf"]);
    assert_eq!(names(&kept), [vec!["Leaf"], vec!["leaf"], vec![]]);
    assert_eq!(kept[constructor(&kept, "leaf")].directions, Directions::BOTH);
    let kept = subset(&["InputPeer"]);
    assert_eq!(names(&kept)[1], ["inputPeer", "inputPeerEmpty"]);
    assert_eq!(kept[ty(&kept, "InputPeer")].directions, Directions::BOTH);
}

#[test]
fn a_namespace_is_a_root_without_those_inside() {
    assert_eq!(names(&subset(&["messages.*"]))[2], ["messages.send", "messages.get"]);
    assert_eq!(names(&subset(&["messages.deep.*", "other.get"]))[2], ["messages.deep.get", "other.get"]);
}

#[test]
fn a_call_inside_of_another_is_no_concern_of_it() {
    let kept = subset(&["wrap"]);
    assert_eq!(names(&kept), [vec!["InputPeer"], vec!["inputPeer", "inputPeerEmpty"], vec!["wrap"]]);
    assert_eq!(kept[function(&kept, "wrap")].result, ValueType::Output(0));
}

#[test]
fn both_directions_of_everything() {
    let kept = schema(TEXT).subset(&["messages.send"], SubsetOptions { both_directions: true }).unwrap();
    assert!(kept.constructors.iter().all(|it| it.directions == Directions::BOTH));
    assert!(kept.types.iter().all(|it| it.directions == Directions::BOTH));
    assert_eq!(kept.constructors.len(), 6);
}

#[test]
fn the_order_is_that_of_the_schema() {
    assert_eq!(subset(&["other.get", "messages.send"]), subset(&["messages.send", "other.get"]));
    assert_eq!(subset(&["other.get", "other.get"]), subset(&["other.get"]));
}

#[test]
fn roots_that_name_nothing() {
    let unknown = schema(TEXT)
        .subset(&["messages.sned", "messages.send", "send", "zzz.*", "Tre"], SubsetOptions::default())
        .unwrap_err();
    let shown: Vec<String> = unknown.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "no function, constructor or type is called `messages.sned`, did you mean `messages.send`?",
            "no function, constructor or type is called `send`, did you mean `messages.send`?",
            "no function, constructor or type is called `zzz.*`",
            "no function, constructor or type is called `Tre`, did you mean `Tree`?",
        ]
    );
}

#[test]
fn what_is_defined_elsewhere_is_not_followed() {
    let mut whole = schema(TEXT);
    whole.make_external(ty(&whole, "Tree"));
    let kept = whole.subset(&["messages.get"], SubsetOptions::default()).unwrap();
    assert_eq!(names(&kept), [vec!["Tree"], vec![], vec!["messages.get"]]);

    let mut whole = schema(TEXT);
    whole.make_constructor_external(constructor(&whole, "result"));
    let kept = whole.subset(&["messages.send"], SubsetOptions::default()).unwrap();
    assert!(!names(&kept)[1].contains(&"inner".to_owned()));
    assert!(names(&kept)[1].contains(&"result".to_owned()));
}
