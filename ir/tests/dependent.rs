//! Types with arguments, numbers, repetitions: what they resolve to.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use typelang_ir::codes::{GROWING_ARGUMENTS, KIND_MISMATCH, UNKNOWN_TYPE, WRONG_ARITY};
use typelang_ir::{
    Argument, Builtin, Condition, ConstructorKind, Field, Nat, NatRole, NatVariable, Parameter, ParameterKind,
    ResolveOptions, Schema, ValueType, resolve,
};

use support::{constructor, function, names, resolve_texts, schema, ty};

fn fields<'a>(schema: &'a Schema, name: &str) -> &'a [Field] {
    &schema[constructor(schema, name)].combinator.fields
}

fn types(schema: &Schema, name: &str) -> Vec<ValueType> {
    fields(schema, name).iter().map(|field| field.ty.clone()).collect()
}

const INT: ValueType = ValueType::Builtin(Builtin::Int);
const STRING: ValueType = ValueType::Builtin(Builtin::String);
const NAT: ValueType = ValueType::Builtin(Builtin::Nat);

fn field(position: usize) -> Nat {
    Nat::Variable(NatVariable::Field(position), 0)
}

fn parameter(position: usize) -> Nat {
    Nat::Variable(NatVariable::Parameter(position), 0)
}

fn tuple(count: Nat, element: ValueType) -> ValueType {
    ValueType::Tuple { id: None, element: Box::new(element), count }
}

fn vector(boxed: bool, element: ValueType) -> ValueType {
    ValueType::Vector { boxed, element: Box::new(element) }
}

#[test]
fn parameters_are_in_the_order_of_the_type() {
    let schema = schema(
        "entry {n:#} {V:Type} {K:Type} key:K value:V rest:n*[V] = Entry K V n;
         holder a:(Entry int string 3) b:%(Entry string int 4) c:(entry int int 5) = Holder;",
    );
    let entry = constructor(&schema, "entry");
    let named = |name: &str, kind| Parameter { name: name.into(), kind };
    let expected = [named("K", ParameterKind::Type), named("V", ParameterKind::Type), named("n", ParameterKind::Nat)];
    assert_eq!(schema[entry].combinator.parameters, expected);
    assert_eq!(schema[ty(&schema, "Entry")].parameters, expected);
    let value = ValueType::Parameter(1);
    assert_eq!(types(&schema, "entry"), [ValueType::Parameter(0), value.clone(), tuple(parameter(2), value)]);
    let arguments =
        |key, value, count| vec![Argument::Type(key), Argument::Type(value), Argument::Nat(Nat::Constant(count))];
    assert_eq!(
        types(&schema, "holder"),
        [
            ValueType::Boxed(ty(&schema, "Entry"), arguments(INT, STRING, 3)),
            ValueType::Bare(entry, arguments(STRING, INT, 4)),
            ValueType::Bare(entry, arguments(INT, INT, 5)),
        ]
    );
}

#[test]
fn every_spelling_of_an_application() {
    let schema = schema(
        "pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;
         ways a:(Pair int string) b:Pair<int,string> c:((Pair int) string) d:(Pair (int) (string)) e:(Pair<int> string)
             = Ways;
         bareWays a:%(Pair int string) b:%Pair<int,string> c:(%Pair int string) d:(pair int string) e:pair<int,string>
             f:%%(Pair int string) = BareWays;",
    );
    let arguments = vec![Argument::Type(INT), Argument::Type(STRING)];
    let boxed = ValueType::Boxed(ty(&schema, "Pair"), arguments.clone());
    assert_eq!(types(&schema, "ways"), vec![boxed; 5]);
    let bare = ValueType::Bare(constructor(&schema, "pair"), arguments);
    assert_eq!(types(&schema, "bareWays"), vec![bare; 6]);
}

#[test]
fn counts() {
    let schema = schema(
        "a n:# m:# first:n*[int] second:[int] third:(n+2+1)*[int] fourth:3*[int] = A;
         b {k:#} [int] x:int [string] = B k;
         c {k:#} n:# inner:(B n+1) other:(B k) = C k;
         d # [int] # [x:int] = D;
         e n:# x:n*[m:# m*[int] y:int] = E;",
    );
    let plus = Nat::Variable(NatVariable::Field(0), 3);
    let expected =
        [NAT, NAT, tuple(field(0), INT), tuple(field(1), INT), tuple(plus, INT), tuple(Nat::Constant(3), INT)];
    assert_eq!(types(&schema, "a"), expected);
    assert_eq!(types(&schema, "b"), [tuple(parameter(0), INT), INT, tuple(parameter(0), STRING)]);
    let b = |nat| ValueType::Boxed(ty(&schema, "B"), vec![Argument::Nat(nat)]);
    let next = Nat::Variable(NatVariable::Field(0), 1);
    assert_eq!(types(&schema, "c"), [NAT, b(next), b(parameter(0))]);
    // A `#` that only counts what follows makes a vector, of single values as they are.
    assert_eq!(types(&schema, "d"), [vector(false, INT), vector(false, INT)]);
    let group = constructor(&schema, "e_x");
    assert_eq!(types(&schema, "e"), [NAT, tuple(field(0), ValueType::Bare(group, vec![]))]);
    assert_eq!(types(&schema, "e_x"), [NAT, tuple(field(0), INT), INT]);
}

#[test]
fn tuples_have_names_of_their_own() {
    let schema = schema("a n:# x:(tuple int n) y:%(Tuple int 2) z:(Tuple int n) v:(Vector %(Tuple int 3)) = A;");
    let boxed = ValueType::Tuple { id: Some(0x9770_768a), element: Box::new(INT), count: field(0) };
    let of = |count| tuple(Nat::Constant(count), INT);
    assert_eq!(types(&schema, "a"), [NAT, tuple(field(0), INT), of(2), boxed, vector(true, of(3))]);
}

#[test]
fn groups_take_the_variables_that_they_mention() {
    let schema = schema(
        "outer {t:Type} {k:#} mask:# n:# other:# rows:n*[ id:int extra:mask.5?t cells:k*[ a:int b:mask.6?int ] ]
             = Outer t k;",
    );
    let rows = constructor(&schema, "outer_rows");
    assert_eq!(schema[rows].kind, ConstructorKind::Group);
    let names = |name: &str| {
        let parameters = &schema[constructor(&schema, name)].combinator.parameters;
        parameters.iter().map(|it| it.name.as_str()).collect::<Vec<_>>()
    };
    // The last ones first: the nearest variable of a name is meant.
    assert_eq!(names("outer_rows"), ["mask", "k", "t"]);
    assert_eq!(names("outer_rows_cells"), ["mask"]);
    let arguments = vec![Argument::Nat(field(0)), Argument::Nat(parameter(1)), Argument::Type(ValueType::Parameter(0))];
    assert_eq!(types(&schema, "outer")[3], tuple(field(1), ValueType::Bare(rows, arguments)));
    let tested = Condition { variable: NatVariable::Parameter(0), bit: Some(5) };
    assert_eq!(fields(&schema, "outer_rows")[1].condition, Some(tested));
    assert_eq!(schema.declared_constructors(), 1);
}

#[test]
fn conditions_on_parameters_and_on_conditional_numbers() {
    let schema = schema(
        "a {mask:#} x:mask.31?int = A mask;
         b mask:# n:mask.0?# x:n.3?int y:mask.1?n*[int] = B;",
    );
    let tested = |variable, bit| Some(Condition { variable, bit });
    assert_eq!(fields(&schema, "a")[0].condition, tested(NatVariable::Parameter(0), Some(31)));
    let b: Vec<_> = fields(&schema, "b").iter().map(|it| it.condition).collect();
    let field = NatVariable::Field;
    assert_eq!(b, [None, tested(field(0), Some(0)), tested(field(1), Some(3)), tested(field(0), Some(1))]);
    // What may be absent is a number of its own, whatever is tested.
    assert_eq!(fields(&schema, "b")[1].nat, Some(NatRole::Number));
    // Without a bit, which the parser warns of, the whole number is tested and given, whatever it is called.
    let whole = typelang_parser::parse(Default::default(), "c flags:# x:flags?int y:flags?string = C;");
    let schema = resolve(&[whole.file], ResolveOptions::default()).schema;
    assert_eq!(fields(&schema, "c")[1].condition, tested(field(0), None));
    assert_eq!(fields(&schema, "c")[0].nat, Some(NatRole::Number));
}

#[test]
fn default_constructors_have_no_name() {
    let schema = schema("a = T; _ x:int = T; _ = U; New V; v = V; Final V; Empty W;");
    let kinds: Vec<ConstructorKind> = schema.constructors.iter().map(|it| it.kind).collect();
    use ConstructorKind::{Default, Named};
    assert_eq!(kinds, [Named, Default, Default, Named]);
    let of = |name: &str| schema[ty(&schema, name)].constructors.len();
    assert_eq!([of("T"), of("U"), of("V"), of("W")], [2, 1, 1, 0]);
}

#[test]
fn objects_calls_and_arrows() {
    let schema = schema(
        "a x:Object y:object z:Function w:function v:(vector Object) = A;
         @read @any early id:int => A;
         ---functions---
         invoke {X:Type} id:int query:!X = X;
         many {X:Type} query:!X = Vector (Maybe X);
         ---types---
         resultFalse {t:Type} = Maybe t;
         resultTrue {t:Type} result:t = Maybe t;",
    );
    use ValueType::{Function, Object};
    assert_eq!(types(&schema, "a"), [Object, Object, Function, Function, vector(false, Object)]);
    let [early, invoke, many] = ["early", "invoke", "many"].map(|name| &schema[function(&schema, name)]);
    assert_eq!((&early.result, early.call()), (&ValueType::Boxed(ty(&schema, "A"), vec![]), None));
    assert_eq!(early.combinator.annotations, ["read", "any"]);
    assert_eq!((&invoke.result, invoke.call()), (&ValueType::Output(0), Some(1)));
    assert_eq!(invoke.combinator.fields[1].ty, ValueType::Call(0));
    let maybe = ValueType::Boxed(ty(&schema, "Maybe"), vec![Argument::Type(ValueType::Output(0))]);
    assert_eq!((&many.result, many.call()), (&vector(true, maybe), Some(0)));
}

#[test]
fn results_that_depend_on_arguments() {
    let schema = schema(
        "user {mask:#} id:int name:mask.0?string = User mask;
         ---functions---
         getUser id:int mask:# = User mask;
         getNumbers n:# = %(Tuple int n+1);",
    );
    let mask = Argument::Nat(field(1));
    let user = ValueType::Boxed(ty(&schema, "User"), vec![mask]);
    assert_eq!(schema[function(&schema, "getUser")].result, user);
    let next = Nat::Variable(NatVariable::Field(0), 1);
    assert_eq!(schema[function(&schema, "getNumbers")].result, tuple(next, INT));
}

#[test]
fn boxed_built_in_types_need_their_declaration() {
    let declared = schema("int ? = Int; string#01020304 ? = String; a x:Int y:%Int z:(vector String) = A;");
    let text = ValueType::BoxedBuiltin(Builtin::String, 0x0102_0304);
    let expected = [ValueType::BoxedBuiltin(Builtin::Int, 0xa850_9bda), INT, vector(false, text)];
    assert_eq!(types(&declared, "a"), expected);
    let missing = resolve_texts(&["a x:Int = A;"]);
    assert_eq!(missing.diagnostics.iter().map(|it| it.code).collect::<Vec<_>>(), [&UNKNOWN_TYPE]);
}

#[test]
fn partial_applications_are_checked_and_change_nothing() {
    let text = "pair {X:Type} {Y:Type} x:X y:Y = Pair X Y; matrix {t:Type} {n:#} [ t ] = Matrix t n;";
    for application in
        ["Pair int string;", "Pair int;", "Pair<int,(Pair int int)>;", "Matrix int 3;", "Tuple int;", "Tuple int 3;"]
    {
        let with = schema(&format!("{text} {application}"));
        assert_eq!(names(&with), [vec!["Pair", "Matrix"], vec!["pair", "matrix"], vec![]]);
    }
    for (application, code) in [
        ("Pair int int int;", &WRONG_ARITY),
        ("Pair 3;", &KIND_MISMATCH),
        ("Pair int 3;", &KIND_MISMATCH),
        ("Pair (Pair int);", &WRONG_ARITY),
        ("Matrix int int;", &KIND_MISMATCH),
        ("Matrix Strng;", &UNKNOWN_TYPE),
        ("Tuple 3;", &KIND_MISMATCH),
        ("Pare int;", &UNKNOWN_TYPE),
    ] {
        let found = resolve_texts(&[&format!("{text} {application}")]).diagnostics;
        assert_eq!(found.iter().map(|it| it.code).collect::<Vec<_>>(), [code], "{application}");
    }
    // The parser warns of the small letter: more likely, a declaration has lost its result.
    let lower = typelang_parser::parse(Default::default(), &format!("{text} pair int; matrix 3;"));
    let found = resolve(&[lower.file], ResolveOptions::default()).diagnostics;
    assert_eq!(found.iter().map(|it| it.code).collect::<Vec<_>>(), [&KIND_MISMATCH]);
}

#[test]
fn arguments_that_come_to_an_end_do_not_grow() {
    let grows = |text: &str| {
        let found = resolve_texts(&[&format!("pair {{X:Type}} {{Y:Type}} x:X y:Y = Pair X Y; {text}")]).diagnostics;
        let codes: Vec<_> = found.iter().map(|it| it.code).collect();
        assert!(codes.is_empty() || codes == vec![&GROWING_ARGUMENTS; codes.len()], "{text}: {codes:?}");
        !codes.is_empty()
    };
    // A cycle on which no parameter is handed on: by an argument of a use elsewhere, by a type without parameters, by `Object`.
    assert!(!grows("box {X:Type} a:(Pair (vector X) int) = Box X; use a:(Pair (Box int) int) = Use;"));
    assert!(!grows("box {X:Type} f:# a:f.0?(Pair (vector X) End) = Box X; end f:# a:f.0?(Box int) = End;"));
    assert!(!grows("leaf any:Object = Leaf; box {X:Type} a:(Pair (vector X) Leaf) = Box X; use a:(Box int) = Use;"));
    assert!(!grows("swap {X:Type} {Y:Type} f:# a:f.0?(Swap Y X) = Swap X Y;"));
    // A parameter becomes a part of its own argument, directly, through another type, or in a repetition.
    assert!(grows("box {X:Type} f:# a:f.0?(Box (vector X)) = Box X;"));
    assert!(grows("box {X:Type} f:# a:f.0?(Other (vector X)) = Box X; other {Y:Type} a:(Box Y) = Other Y;"));
    assert!(grows("box {X:Type} f:# a:f.0?2*[ b:int c:(vector %(Box (Pair X int))) ] = Box X;"));
    assert!(grows("swap {X:Type} {Y:Type} f:# a:f.0?(Swap Y (vector X)) = Swap X Y;"));
}

#[test]
fn a_number_of_which_only_a_result_depends_is_given() {
    let role = |result: &str| {
        let schema = schema(&format!(
            "day {{mask:#}} a:mask.3?int = Day mask; ---functions--- get flags:# a:flags.0?int = {result};"
        ));
        schema[function(&schema, "get")].combinator.fields[0].nat
    };
    assert_eq!(role("Day flags"), Some(NatRole::Mask));
    assert_eq!(role("Vector (Day flags)"), Some(NatRole::Mask));
    assert_eq!(role("Tuple int flags"), Some(NatRole::Mask));
    assert_eq!(role("Vector int"), Some(NatRole::Flags));
}
