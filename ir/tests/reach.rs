//! What functions reach.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use support::{function, schema};
use typelang_ir::{Reached, Schema};

const TEXT: &str = "
    inputPeer id:long = InputPeer;
    inputPeerEmpty = InputPeer;
    result shared:Shared many:Vector<Inner> = Result;
    shared id:int = Shared;
    inner id:int own:Inner = Inner;
    innerEmpty = Inner;
    leaf id:int = Leaf;
    leafEmpty = Leaf;
    pair {X:Type} a:X b:X = Pair X;
    unused id:Leaf = Unused;
    ---functions---
    send peer:InputPeer = Result;
    bare leaf:%Tree = Vector<int>;
    pairs = Pair Inner;
    wrap {X:Type} query:!X = X;
";

const TREE: &str = "tree children:Vector<Tree> = Tree;";

/// The names of all types and constructors that are reached.
fn names(schema: &Schema, reached: &Reached) -> (Vec<String>, Vec<String>) {
    let types = schema.type_ids().filter(|&id| reached.has_type(id)).map(|id| schema[id].name.to_string());
    let constructors = schema.constructor_ids().filter(|&id| reached.has_constructor(id));
    (types.collect(), constructors.map(|id| schema[id].combinator.name.to_string()).collect())
}

fn reached(functions: &[&str]) -> (Vec<String>, Vec<String>) {
    let schema = schema(&format!("{TREE}{TEXT}"));
    let reached = schema.reached_from(functions.iter().map(|name| function(&schema, name)));
    for id in schema.function_ids() {
        let name = schema[id].combinator.name.to_string();
        assert_eq!(reached.has_function(id), functions.contains(&name.as_str()), "{name}");
    }
    assert!(!reached.has_objects() && !reached.has_calls());
    names(&schema, &reached)
}

#[test]
fn arguments_results_and_all_that_they_hold_are_reached() {
    let (types, constructors) = reached(&["send"]);
    assert_eq!(types, ["InputPeer", "Result", "Shared", "Inner"]);
    assert_eq!(constructors, ["inputPeer", "inputPeerEmpty", "result", "shared", "inner", "innerEmpty"]);
}

#[test]
fn what_is_bare_is_reached_without_its_type() {
    let (types, constructors) = reached(&["bare"]);
    // The tree holds trees that are boxed.
    assert_eq!((types, constructors), (vec!["Tree".to_owned()], vec!["tree".to_owned()]));
    let schema = schema("leaf id:int = Leaf; ---functions--- get = Vector<leaf>;");
    let reached = schema.reached_from(schema.function_ids());
    assert_eq!(names(&schema, &reached), (Vec::new(), vec!["leaf".to_owned()]));
}

#[test]
fn type_arguments_are_reached() {
    let (types, constructors) = reached(&["pairs"]);
    assert_eq!(types, ["Inner", "Pair"]);
    assert_eq!(constructors, ["inner", "innerEmpty", "pair"]);
}

#[test]
fn several_functions_reach_what_each_of_them_does() {
    assert_eq!(reached(&[]), (Vec::new(), Vec::new()));
    assert_eq!(reached(&["wrap"]), (Vec::new(), Vec::new()));
    let (types, _) = reached(&["wrap", "pairs", "bare"]);
    assert_eq!(types, ["Tree", "Inner", "Pair"]);
}

#[test]
fn an_object_reaches_everything() {
    let schema = schema("a id:int = A; b object:Object = B; ---functions--- getA = A; getB = B;");
    let of_a = schema.reached_from([function(&schema, "getA")]);
    assert_eq!(names(&schema, &of_a), (vec!["A".to_owned()], vec!["a".to_owned()]));
    assert!(!of_a.has_objects() && !of_a.has_function(function(&schema, "getB")));
    let of_b = schema.reached_from([function(&schema, "getB")]);
    assert!(of_b.has_objects() && of_b.has_calls());
    assert!(schema.function_ids().all(|id| of_b.has_function(id)));
    assert!(schema.type_ids().all(|id| of_b.has_type(id)));
}
