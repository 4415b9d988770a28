//! Facts about types with parameters, repetitions and objects, worked out by hand; and what a subset keeps of them.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use support::{constructor, function, names, resolve_texts, schema, ty};
use typelang_ir::codes::INFINITE_TYPE;
use typelang_ir::{Argument, Directions, Facts, Schema, SubsetOptions, ValueType};

/// Least and fixed length of a constructor's fields.
fn lengths(schema: &Schema, name: &str) -> (u32, Option<u32>) {
    let facts = Facts::new(schema);
    let facts = facts.constructor(constructor(schema, name));
    (facts.least_length, facts.fixed_length)
}

#[test]
fn parameters_that_make_a_difference() {
    let schema = schema(
        "user {mask:#} {unused:#} id:int name:mask.0?string = User mask unused;
         tagged {T:Type} {n:#} id:int = Tagged T n;
         through {a:#} {b:#} {c:#} {T:Type} x:(User b a) y:(Tagged T c) = Through a b c T;
         loop {a:#} {b:#} flags:# next:flags.0?(Loop b a) x:a.0?int = Loop a b;
         idle {T:Type} flags:# next:flags.0?(Idle T) = Idle T;
         left {X:Type} {Y:Type} value:X = Either X Y;
         right {X:Type} {Y:Type} value:Y = Either X Y;
         group {n:#} {m:#} rows:2*[ cells:m*[int] id:int ] = Group n m;",
    );
    let facts = Facts::new(&schema);
    for (name, expected) in [
        ("user", &[0][..]),
        ("tagged", &[]),
        ("through", &[1]),
        // `b` is `a` one level further down.
        ("loop", &[0, 1]),
        ("idle", &[]),
        ("left", &[0]),
        ("right", &[1]),
        ("group", &[1]),
    ] {
        assert_eq!(facts.used_by_constructor(constructor(&schema, name)), expected, "{name}");
    }
    assert_eq!(facts.used_by_type(ty(&schema, "Either")), [0, 1]);
    assert_eq!(facts.used_by_type(ty(&schema, "Tagged")), [0usize; 0]);
}

#[test]
fn lengths_of_repetitions_and_tuples() {
    let schema = schema(
        "int ? = Int; true = True;
         pair a:int b:long = Pair;
         text a:string = Text;
         fixed a:3*[int] b:2*[2*[pair]] c:(tuple Pair 2) d:(Tuple int 2) e:0*[string] = Fixed;
         least a:3*[string] b:2*[Text] c:2*[x:int y:string] = Least;
         variable n:# a:n*[int] b:(Tuple int n) = Variable;
         inPlace # [ int ] = InPlace;
         boxed a:Int b:True c:%True = Boxed;
         lengthy a:1000*[int128] = Lengthy;",
    );
    let fixed = 3 * 4 + 4 * 12 + 2 * 16 + (4 + 8);
    assert_eq!(lengths(&schema, "fixed"), (fixed, Some(fixed)));
    assert_eq!(lengths(&schema, "least"), (3 * 4 + 2 * 8 + 2 * 8, None));
    assert_eq!(lengths(&schema, "variable"), (4 + 4, None));
    assert_eq!(lengths(&schema, "inPlace"), (4, None));
    assert_eq!(lengths(&schema, "boxed"), (8 + 4, Some(12)));
    assert_eq!(lengths(&schema, "lengthy"), (16_000, Some(16_000)));
}

#[test]
fn lengths_with_parameters() {
    let schema = schema(
        "cell {X:Type} id:int value:X = Cell X;
         user {mask:#} id:int name:mask.0?string = User mask;
         plain {n:#} id:int = Plain n;
         holder a:(Cell long) b:%(Cell string) c:(User 0) d:(Plain 3) = Holder;
         only d:%(Plain 3) = Only;
         _ text:string = Chosen;
         chosen = Chosen;
         _ = Nothing;
         object a:Object b:Function = ObjectHolder;",
    );
    // What stands for a parameter may take no bytes at all.
    assert_eq!(lengths(&schema, "cell"), (4, None));
    assert_eq!(lengths(&schema, "holder"), (8 + 4 + 8 + 8, None));
    assert_eq!(lengths(&schema, "only"), (4, Some(4)));
    assert_eq!(lengths(&schema, "object"), (8, None));
    let facts = Facts::new(&schema);
    let of = |name: &str| (facts.ty(ty(&schema, name)).least_length, facts.ty(ty(&schema, name)).fixed_length);
    // A default constructor has no id before it.
    assert_eq!(of("Chosen"), (4, None));
    assert_eq!(of("Nothing"), (0, Some(0)));
}

#[test]
fn infinite_through_arguments() {
    let infinite = |text: &str| {
        let diagnostics = resolve_texts(&[text]).diagnostics;
        diagnostics
            .into_iter()
            .map(|it| (it.code, it.message.split('`').nth(1).unwrap_or_default().to_owned()))
            .collect::<Vec<_>>()
    };
    let common = "pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;
         no {X:Type} = Maybe X; yes {X:Type} x:X = Maybe X;
         left {X:Type} {Y:Type} value:X = Either X Y; right {X:Type} {Y:Type} value:Y = Either X Y;
         optional {X:Type} flags:# x:flags.0?X = Optional X;
         many {X:Type} x:(Vector X) = Many X;
         counted {X:Type} n:# x:n*[X] = Counted X;
         more {X:Type} n:# x:(n+1)*[X] = More X;
         nested {X:Type} x:(Pair int (Pair X int)) = Nested X;
         twice {X:Type} x:2*[X] none:0*[X] = Twice X;";
    for (field, is_infinite) in [
        ("(Pair int Loop)", true),
        ("%(Pair Loop int)", true),
        ("(Maybe Loop)", false),
        ("(Either Loop int)", false),
        ("(Optional Loop)", false),
        ("(Many Loop)", false),
        ("(Counted Loop)", false),
        ("(More Loop)", true),
        ("int n:# y:n*[Loop]", false),
        ("int n:# y:(n+1)*[Loop]", true),
        ("int n:# y:(tuple (Pair int Loop) 2+n)", true),
        ("(Nested Loop)", true),
        ("(Twice Loop)", true),
        ("(Maybe (Pair Loop Loop))", false),
        ("(Pair int (Maybe Loop))", false),
        ("3*[(Pair int Loop)]", true),
        ("0*[Loop]", false),
        ("2*[a:int b:(Pair Loop int)]", true),
        ("(Vector (Pair int Loop))", false),
    ] {
        let expected = if is_infinite { vec![(&INFINITE_TYPE, "loop".to_owned())] } else { vec![] };
        assert_eq!(infinite(&format!("{common} loop x:{field} = Loop;")), expected, "{field}");
    }
}

#[test]
fn recursion_through_arguments_and_repetitions() {
    let schema = schema(
        "no {X:Type} = Maybe X; yes {X:Type} x:X = Maybe X;
         chain next:(Maybe Chain) = Chain;
         tuple1 next:(Maybe (tuple Tuple1 3)) = Tuple1;
         group n:# items:n*[ a:Group b:int ] = Group;
         list {X:Type} flags:# head:X tail:flags.0?(List X) = List X;
         object body:Object = ObjectHolder;
         inside object:ObjectHolder = Inside;
         outside chain:Chain list:(List int) = Outside;",
    );
    let facts = Facts::new(&schema);
    let recursive = schema.constructor_ids().filter(|&id| facts.constructor(id).recursive);
    let recursive: Vec<String> = recursive.map(|id| schema[id].combinator.name.to_string()).collect();
    // Whatever holds an object can hold itself, as an object can be anything.
    assert_eq!(recursive, ["chain", "tuple1", "group", "list", "object", "inside", "group_items"]);
}

#[test]
fn a_call_brings_arguments_and_results_of_all_functions() {
    let text = "
        argument id:int = Argument;
        result id:int = Result;
        unused id:int = Unused;
        ---functions---
        get argument:Argument = Result;
        forward call:Function = int;
    ";
    let kept = schema(text).subset(&["forward"], SubsetOptions::default()).unwrap();
    assert_eq!(names(&kept)[1..], [vec!["argument", "result"], vec!["get", "forward"]]);
    // A call that came in is decoded with all that it holds; its result is not sent back.
    assert_eq!(kept[constructor(&kept, "argument")].directions, Directions::BOTH);
    assert_eq!(kept[constructor(&kept, "result")].directions, DECODE);
}

#[test]
fn what_can_hold_a_call_counts_depth() {
    let text = "
        pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;
        object body:Object = Holder;
        objects bodies:(Vector Object) = Holder;
        inner pair:(Pair int Object) = Holder;
        call call:(Pair Function int) = Holder;
        calls calls:(Vector Function) = Holder;
        flat id:int names:(Vector string) = Flat;
        ---functions---
        plain flat:Flat = Object;
        wrap {X:Type} query:!X = X;
        object.send data:Object = int;
        objects.send data:(Vector Object) = int;
        calls.send data:(Vector Function) = int;
        call.send data:(Pair int Function) = int;
    ";
    let schema = schema(text);
    let facts = Facts::new(&schema);
    let constructors = schema.constructor_ids().filter(|&id| facts.constructor(id).recursive);
    let constructors: Vec<String> = constructors.map(|id| schema[id].combinator.name.to_string()).collect();
    assert_eq!(constructors, ["object", "objects", "inner", "call", "calls"]);
    let functions = schema.function_ids().filter(|&id| facts.function(id).recursive);
    let functions: Vec<String> = functions.map(|id| schema[id].combinator.name.to_string()).collect();
    assert_eq!(functions, ["wrap", "object.send", "objects.send", "calls.send", "call.send"]);
}

const TEXT: &str = "
    no {X:Type} = Maybe X;
    yes {X:Type} x:X = Maybe X;
    user {mask:#} id:int name:mask.0?string photo:mask.1?Photo = User mask;
    photo id:int = Photo;
    row n:# cells:n*[ a:int cell:Cell ] = Row;
    cell id:int = Cell;
    key id:int = Key;
    unused id:int = Unused;
    ---functions---
    getUser mask:# key:(Maybe Key) = Maybe (User mask);
    getRows = Vector Row;
    send data:Object = Key;
    receive = Object;
    forward call:Function = Key;
";

const ENCODE: Directions = Directions { encode: true, decode: false };
const DECODE: Directions = Directions { encode: false, decode: true };

#[test]
fn subsets_follow_arguments() {
    let kept = schema(TEXT).subset(&["getUser"], SubsetOptions::default()).unwrap();
    let expected = [vec!["Maybe", "User", "Photo", "Key"], vec!["no", "yes", "user", "photo", "key"], vec!["getUser"]];
    assert_eq!(names(&kept), expected);
    let directions = |name: &str| kept[constructor(&kept, name)].directions;
    assert_eq!(directions("yes"), Directions::BOTH);
    assert_eq!([directions("key"), directions("user"), directions("photo")], [ENCODE, DECODE, DECODE]);
    // Ids inside of arguments are those of the subset.
    let ValueType::Boxed(maybe, arguments) = &kept[function(&kept, "getUser")].result else { panic!("a type") };
    assert_eq!(*maybe, ty(&kept, "Maybe"));
    let [Argument::Type(ValueType::Boxed(user, _))] = &arguments[..] else { panic!("{arguments:?}") };
    assert_eq!(*user, ty(&kept, "User"));
}

#[test]
fn subsets_keep_groups_of_fields() {
    let kept = schema(TEXT).subset(&["getRows"], SubsetOptions::default()).unwrap();
    assert_eq!(names(&kept)[1], ["row", "cell", "row_cells"]);
    assert_eq!(kept[constructor(&kept, "row_cells")].directions, DECODE);
    assert_eq!(kept.declared_constructors(), 2);
}

#[test]
fn an_object_can_be_anything() {
    let all = schema(TEXT);
    let kept = all.subset(&["send"], SubsetOptions::default()).unwrap();
    // A call of any function as well; and there is one type for both, which is encoded and decoded.
    assert_eq!(names(&kept), names(&all));
    assert!(kept.constructors.iter().all(|it| it.directions == Directions::BOTH));
    let kept = all.subset(&["receive"], SubsetOptions::default()).unwrap();
    assert_eq!(names(&kept), names(&all));
    assert!(kept.types.iter().all(|it| it.directions == Directions::BOTH));
}
