//! With which constructor a value ends soonest, worked out by hand.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use support::{constructor, function, resolve_texts, schema, ty};
use typelang_ir::{Facts, Schema};

/// The constructor that a type ends with.
fn simplest(schema: &Schema, name: &str) -> Option<String> {
    let simplest = Facts::new(schema).ty(ty(schema, name)).simplest?;
    Some(schema[simplest].combinator.name.to_string())
}

#[track_caller]
fn check(schema: &Schema, expected: &[(&str, Option<&str>)]) {
    for (name, expected) in expected {
        assert_eq!(simplest(schema, name).as_deref(), *expected, "{name}");
    }
}

#[track_caller]
fn check_heights(schema: &Schema, expected: &[(&str, Option<u32>)]) {
    for (name, expected) in expected {
        assert_eq!(Facts::new(schema).constructor(constructor(schema, name)).height, *expected, "{name}");
    }
}

#[test]
fn the_least_height_wins_and_then_the_first() {
    let schema = schema(
        "deeper inner:Expression = Expression;
         sum left:Expression right:Expression = Expression;
         number value:int = Expression;
         other value:int text:string = Expression;
         far step:Step = Way;
         near id:Point = Way;
         nearer = Way;
         step way:Way = Step;
         point x:int y:int = Point;",
    );
    check(&schema, &[("Expression", Some("number")), ("Way", Some("nearer")), ("Step", Some("step"))]);
    check(&schema, &[("Point", Some("point"))]);
    check_heights(&schema, &[("nearer", Some(0)), ("number", Some(1)), ("other", Some(1)), ("point", Some(1))]);
    check_heights(&schema, &[("near", Some(3)), ("deeper", Some(3)), ("step", Some(2)), ("far", Some(4))]);
}

#[test]
fn what_may_be_absent_or_empty_counts_for_nothing() {
    let schema = schema(
        "int ? = Int;
         tree flags:# left:flags.0?Tree also:flags.1?%Tree children:Vector<Tree> = Tree;
         rows n:# cells:n*[Rows] bare:n*[ a:Rows b:Tree ] = Rows;
         day {mask:#} next:mask.0?(Day mask) = Day mask;
         fixed cells:2*[ 3*[ Cell ] ] = Fixed;
         none cells:0*[ Fixed ] = None;
         cell value:Point = Cell;
         point x:int = Point;",
    );
    // An element of a constant repetition of fields counts, since it is there.
    check_heights(&schema, &[("tree", Some(1)), ("rows", Some(1)), ("day", Some(0)), ("none", Some(1))]);
    check_heights(&schema, &[("point", Some(1)), ("cell", Some(3)), ("fixed", Some(5))]);
    check(&schema, &[("Tree", Some("tree")), ("Rows", Some("rows")), ("Day", Some("day"))]);
}

#[test]
fn types_that_hold_each_other() {
    let schema = schema(
        "even odd:Odd = Even;
         odd even:Even = Odd;
         oddEnd third:Third = Odd;
         third odd:Odd = Third;
         thirdEnd = Third;",
    );
    check(&schema, &[("Even", Some("even")), ("Odd", Some("oddEnd")), ("Third", Some("thirdEnd"))]);
    check_heights(&schema, &[("thirdEnd", Some(0)), ("oddEnd", Some(2)), ("even", Some(4)), ("odd", Some(6))]);
}

#[test]
fn parameters_are_as_high_as_their_arguments() {
    let schema = schema(
        "resultTrue {t:Type} result:t = Maybe t;
         resultFalse {t:Type} = Maybe t;
         pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;
         first {X:Type} {Y:Type} x:X = First X Y;
         chain next:(Maybe (Pair int Chain)) = Chain;
         deep inner:(Pair int Chain) = Deep;
         other inner:(First int Deep) = Other;
         cons {X:Type} head:X tail:(List X) = List X;
         nil {X:Type} = List X;
         lists list:(List (List Lists)) = Lists;",
    );
    check(&schema, &[("Maybe", Some("resultFalse")), ("Pair", Some("pair")), ("List", Some("nil"))]);
    check(&schema, &[("Chain", Some("chain")), ("Lists", Some("lists")), ("Other", Some("other"))]);
    // A maybe of whatever is two levels, an `int` none.
    check_heights(&schema, &[("resultFalse", Some(0)), ("chain", Some(2)), ("lists", Some(2)), ("cons", Some(2))]);
    let facts = Facts::new(&schema);
    let height = |name| facts.constructor(constructor(&schema, name)).height;
    // `deep` holds a chain; the second argument of `First` is in no value.
    assert!(height("deep") > height("chain"), "{:?}", height("deep"));
    assert!(height("other") < height("deep"), "{:?}", height("other"));
}

#[test]
fn a_choice_between_parameters_has_an_end_of_its_own_where_it_may_have_none() {
    let either = "left {X:Type} {Y:Type} value:X = Either X Y;
                  right {X:Type} {Y:Type} value:Y = Either X Y;
                  pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;";
    // The first choice ends wherever it is used.
    let fine = schema(&format!("{either} holder a:(Either int Holder) b:(Pair int string) = Holder;"));
    check(&fine, &[("Either", Some("left")), ("Pair", Some("pair")), ("Holder", Some("holder"))]);
    // Here it would not: the type itself is the first argument.
    let endless = schema(&format!("{either} turn next:(Either Turn int) = Turn; back next:(Either int Back) = Back;"));
    check(&endless, &[("Either", None), ("Turn", Some("turn")), ("Back", Some("back"))]);
    check_heights(&endless, &[("turn", Some(1)), ("back", Some(1))]);
    // What has one constructor is no end, although it is not known to have one as long as `Either` has none: through the first
    // constructor, the nearer one if that were so, values of both types would be infinite.
    let through = schema(&format!(
        "{either} near train:Train = Engine; far deep:Deep = Engine; train engine:Engine next:(Either Train int) = Train;
         deep deeper:Deeper = Deep; deeper deepest:Deepest = Deeper; deepest value:int = Deepest;"
    ));
    check(&through, &[("Engine", Some("far")), ("Train", Some("train")), ("Either", None)]);
    // A constructor that needs no parameter is preferred to a lower one that does.
    let third = schema(
        "left {X:Type} {Y:Type} value:X = Either X Y;
         neither {X:Type} {Y:Type} why:(Maybe Point) = Either X Y;
         some {t:Type} value:t = Maybe t;
         point x:int = Point;
         turn next:(Either Turn int) = Turn;",
    );
    check(&third, &[("Either", Some("neither")), ("Turn", Some("turn"))]);
}

#[test]
fn default_constructors_need_not_end() {
    let schema = schema(
        "_ next:Default = Default;
         end = Default;
         _ x:int = Coordinates;
         _ = Absent;
         some value:int = Absent;
         _ inner:Default way:Coordinates = Both;",
    );
    check(&schema, &[("Default", Some("end")), ("Absent", Some("_")), ("Both", Some("_"))]);
    check(&schema, &[("Coordinates", Some("_"))]);
}

#[test]
fn objects_and_calls() {
    let some = schema(
        "object ? = Object; function ? = Function;
         anything value:Object = Anything;
         both call:Function value:Object = Both;
         bothEnd text:Text = Both;
         text text:string = Text;
         ---functions---
         ask call:Function = Object;
         get id:int = Both;
         invoke {X:Type} query:!X = X;",
    );
    // What has any value only where it holds no other is no end of an `Object`.
    check_heights(&some, &[("anything", None), ("both", None), ("bothEnd", Some(3)), ("text", Some(1))]);
    let heights = ["ask", "get", "invoke"].map(|name| Facts::new(&some).function(function(&some, name)).height);
    assert_eq!(heights, [None, Some(1), None]);
    check(&some, &[("Both", Some("bothEnd")), ("Anything", Some("anything"))]);

    let only = schema(
        "object ? = Object; function ? = Function;
         wrap value:Object = Wrap;
         ---functions---
         ask call:Function = Object;",
    );
    check_heights(&only, &[("wrap", None)]);
    assert_eq!(Facts::new(&only).function(function(&only, "ask")).height, None);
    // The object that it holds can be nothing, so the type needs no end of its own.
    check(&only, &[("Wrap", Some("wrap"))]);
}

#[test]
fn types_without_constructors_end_themselves() {
    let schema = resolve_texts(&["Empty Nothing; holder nothing:Nothing = Holder; other id:int = Holder;"]).schema;
    check(&schema, &[("Nothing", None), ("Holder", Some("holder"))]);
}

#[test]
fn what_is_defined_elsewhere_is_the_last_resort() {
    let mut schema = schema(
        "mine own:Own = Choice;
         deeper step:Step = Choice;
         step next:Further = Step;
         further value:int = Further;
         theirs value:int = Other;
         own value:int = Own;
         holder own:Own = Holder;",
    );
    check(&schema, &[("Choice", Some("mine"))]);
    check_heights(&schema, &[("mine", Some(3))]);
    schema.make_external(ty(&schema, "Own"));
    schema.make_constructor_external(constructor(&schema, "theirs"));
    check(&schema, &[("Choice", Some("deeper")), ("Other", Some("theirs")), ("Holder", Some("holder"))]);
    let facts = Facts::new(&schema);
    let height = |name| facts.constructor(constructor(&schema, name)).height;
    assert!(height("theirs") > height("deeper") && height("mine") > height("deeper"));
}

#[test]
fn nothing_ends_by_way_of_itself() {
    // `right` needs no parameter, but only since `Either` has `left`.
    let around = schema(
        "left {X:Type} x:X = Either X;
         right {X:Type} turn:Turn = Either X;
         turn next:(Either int) = Turn;",
    );
    check(&around, &[("Either", Some("left")), ("Turn", Some("turn"))]);
    check_heights(&around, &[("turn", Some(3))]);
}
