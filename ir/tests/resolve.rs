//! What names mean, across one or several files.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use typelang_ir::NatRole::{self, Flags, Mask, Number};
use typelang_ir::codes::{
    BARE_USE, DUPLICATE_ID, DUPLICATE_NAME, LAYER_MISMATCH, MISSING_ARGUMENT, OPAQUE_BUILTIN, REPEATED_DEFINITION,
    SEVERAL_CALLS, TOO_MANY_VALUES, UNDEFINED_RESULT, UNKNOWN_TYPE, UNKNOWN_TYPE_ARGUMENT, UNUSED_ARGUMENT,
};
use typelang_ir::{
    Argument, Builtin, Condition, ConstructorKind, NatVariable, ResolveOptions, Schema, ValueType, resolve,
};
use typelang_parser::ids::Dialect;
use typelang_parser::{Code, Severity, Span, parse};

use support::{constructor, function, names, resolve_texts, schema, ty};

const NOTHING: [&Code; 0] = [];

/// What each `#` of a constructor is for, in order.
fn nat_roles(schema: &Schema, name: &str) -> Vec<NatRole> {
    schema[constructor(schema, name)].combinator.fields.iter().filter_map(|field| field.nat).collect()
}

/// A constructor with so many fields, each on a bit of its own.
fn full_mask(bits: usize) -> Schema {
    let fields: Vec<String> = (0..bits).map(|bit| format!("f{bit}:mask.{bit}?int")).collect();
    schema(&format!("full mask:# {} = Full;", fields.join(" ")))
}

fn codes(texts: &[&str]) -> Vec<&'static Code> {
    resolve_texts(texts).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn built_in_types_need_no_declaration() {
    let schema = schema(
        "all a:int b:int32 c:long d:int53 e:int64 f:double g:int128 h:int256 i:int512 j:string k:secureString
             l:bytes m:secureBytes n:Bool o:# = All;",
    );
    let fields = &schema[constructor(&schema, "all")].combinator.fields;
    let found: Vec<Builtin> = fields
        .iter()
        .map(|field| match field.ty {
            ValueType::Builtin(builtin) => builtin,
            ref other => panic!("{other:?}"),
        })
        .collect();
    use Builtin::{Bool, Bytes, Double, Int, Int128, Int256, Int512, Long, Nat, String};
    let expected =
        [Int, Int, Long, Long, Long, Double, Int128, Int256, Int512, String, String, Bytes, Bytes, Bool, Nat];
    assert_eq!(found, expected);
}

#[test]
fn declarations_of_built_in_types_are_kept_apart() {
    let schema = schema(
        "int ? = Int;
         int128 4*[ int ] = Int128;
         int512 = Int512;
         vector#1cb5c415 {t:Type} # [ t ] = Vector t;
         boolTrue#997275b5 = Bool;
         boolFalse#bc799737 = Bool;
         true#3fedd339 = True;",
    );
    let builtins: Vec<(String, u32)> = schema.builtins.iter().map(|it| (it.name.to_string(), it.id)).collect();
    let names: Vec<&str> = builtins.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["int", "int128", "int512", "vector", "boolTrue", "boolFalse"]);
    assert_eq!(builtins[0].1, 0xa8509bda, "computed where none is declared");
    assert_eq!(builtins[3].1, 0x1cb5c415);
    // `True` is a type like any other: its boxed form has an id.
    assert_eq!(schema.constructors.len(), 1);
}

#[test]
fn boxed_and_bare_are_settled_for_each_field() {
    let schema = schema(
        "user id:long = User;
         other = Several;
         more = Several;
         holder a:User b:user c:%User d:Vector<User> e:vector<user> f:(vector %User) g:%Vector<int> h:%(Vector User)
             i:Several = Holder;",
    );
    let user = ty(&schema, "User");
    let bare = ValueType::Bare(constructor(&schema, "user"), Vec::new());
    let vector = |boxed, element: &ValueType| ValueType::Vector { boxed, element: Box::new(element.clone()) };
    let expected = [
        ValueType::Boxed(user, Vec::new()),
        bare.clone(),
        bare.clone(),
        vector(true, &ValueType::Boxed(user, Vec::new())),
        vector(false, &bare),
        vector(false, &bare),
        vector(false, &ValueType::Builtin(Builtin::Int)),
        vector(false, &ValueType::Boxed(user, Vec::new())),
        ValueType::Boxed(ty(&schema, "Several"), Vec::new()),
    ];
    let fields = schema[constructor(&schema, "holder")].combinator.fields.iter().map(|field| &field.ty);
    assert!(fields.eq(&expected));
}

#[test]
fn conditions_point_at_their_flags() {
    let schema = schema(
        "user flags:# a:flags.31?true b:string flags2:# c:flags2.0?string d:flags.0?Bool mode:# n:# = User;
         hidden n:# x:n.1?int = Hidden;",
    );
    let user = &schema[constructor(&schema, "user")].combinator.fields;
    let tested = |field, bit| Some(Condition { variable: NatVariable::Field(field), bit: Some(bit) });
    let conditions: Vec<Option<Condition>> = user.iter().map(|field| field.condition).collect();
    assert_eq!(conditions, [None, tested(0, 31), None, None, tested(3, 0), tested(0, 0), None, None]);
    assert!(user[1].is_flag() && !user[5].is_flag());
    // A `#` that nothing tests is a number, unless its name says otherwise.
    assert_eq!(nat_roles(&schema, "user"), [Flags, Flags, Number, Number]);
    // Its other bits are the user's, unless a profile says that they are not.
    assert_eq!(nat_roles(&schema, "hidden"), [Mask]);
    // There are no other bits.
    assert_eq!(nat_roles(&full_mask(32), "full"), [Flags]);
    assert_eq!(nat_roles(&full_mask(31), "full"), [Mask]);
}

#[test]
fn fields_without_names_get_some() {
    let schema = schema("point int int value:int _:string = Point;");
    let fields = schema[constructor(&schema, "point")].combinator.fields.iter().map(|field| field.name.to_string());
    let mut fields: Vec<String> = fields.collect();
    fields.sort();
    fields.dedup();
    assert_eq!(fields.len(), 4, "{fields:?}");
}

#[test]
fn wrapping_functions() {
    let schema = schema(
        "user id:long = User;
         ---functions---
         wrap {X:Type} query:!X = X;
         apart {X:Type} query:!X = User;
         many {X:Type} id:int query:!X = Vector<X>;
         plain id:int = Vector<user>;",
    );
    let [wrap, apart, many, plain] = ["wrap", "apart", "many", "plain"].map(|name| &schema[function(&schema, name)]);
    assert_eq!((wrap.call(), &wrap.result), (Some(0), &ValueType::Output(0)));
    assert_eq!((apart.call(), &apart.result), (Some(0), &ValueType::Boxed(ty(&schema, "User"), Vec::new())));
    let outputs = ValueType::Vector { boxed: true, element: Box::new(ValueType::Output(0)) };
    assert_eq!((many.call(), &many.result), (Some(1), &outputs));
    assert_eq!(plain.call(), None);
    assert_eq!(codes(&["---functions---\nunused {X:Type} id:int = Bool;"]), [&UNUSED_ARGUMENT]);
}

#[test]
fn a_constructor_and_a_function_can_share_a_name() {
    let schema = schema("user id:long = User;\n---functions---\nuser id:int = User;");
    assert_eq!(names(&schema), [vec!["User"], vec!["user"], vec!["user"]]);
}

#[test]
fn files_see_each_other_whatever_their_order() {
    let (types, functions) = ("user id:long = User;", "---functions---\ngetUser id:int = User;");
    assert!(codes(&[types, functions]).is_empty());
    assert!(codes(&[functions, types]).is_empty());
    assert_eq!(codes(&[functions]), [&UNDEFINED_RESULT]);
}

#[test]
fn what_files_repeat_is_kept_once() {
    let text = "int ? = Int;\nuser id:long = User;\n---functions---\ngetUser id:int = User;";
    let resolution = resolve_texts(&[text, text]);
    assert!(!resolution.has_errors());
    assert_eq!(resolution.diagnostics.len(), 3);
    for diagnostic in &resolution.diagnostics {
        assert_eq!((diagnostic.code, diagnostic.severity), (&REPEATED_DEFINITION, Severity::Note));
        assert_ne!(diagnostic.primary.source, diagnostic.secondary[0].source);
    }
    assert_eq!(names(&resolution.schema), [vec!["User"], vec!["user"], vec!["getUser"]]);
    // Spelling does not matter, content does.
    assert_eq!(codes(&["user id:long = User;", "user   id:long\n = User;"]), [&REPEATED_DEFINITION]);
    assert_eq!(codes(&["user id:long = User;", "user id:int = User;"]), [&DUPLICATE_NAME]);
    assert_eq!(codes(&["user id:long = User;\nuser id:long = User;"]), [&DUPLICATE_NAME]);
}

#[test]
fn types_can_grow_across_files() {
    let resolution = resolve_texts(&["a = Several;\nb = Several;", "c = Several;"]);
    assert!(resolution.diagnostics.is_empty());
    assert_eq!(resolution.schema[ty(&resolution.schema, "Several")].constructors.len(), 3);
    // Bare use depends on all of them.
    assert_eq!(codes(&["a = Several;\nholder x:%Several = Holder;", "c = Several;"]), [&BARE_USE]);
}

#[test]
fn a_constructor_of_several_is_bare_by_its_name() {
    let schema = schema(
        "ping id:int = o.Msg;
         o.data {t:Type} body:t = o.Full t;
         o.none {t:Type} = o.Full t;
         user a:ping b:%ping c:(vector ping) d:(o.data int) e:%(o.data ping) f:2*[ping] g:o.Msg = User;
         pong = o.Msg;",
    );
    let fields = &schema[constructor(&schema, "user")].combinator.fields;
    let bare = |name| ValueType::Bare(constructor(&schema, name), Vec::new());
    assert_eq!((&fields[0].ty, &fields[1].ty), (&bare("ping"), &bare("ping")));
    assert_eq!(fields[2].ty, ValueType::Vector { boxed: false, element: Box::new(bare("ping")) });
    let data = |argument| ValueType::Bare(constructor(&schema, "o.data"), vec![Argument::Type(argument)]);
    assert_eq!(fields[3].ty, data(ValueType::Builtin(Builtin::Int)));
    assert_eq!(fields[4].ty, data(bare("ping")));
    assert_eq!(fields[6].ty, ValueType::Boxed(ty(&schema, "o.Msg"), Vec::new()));
    // The name of a constructor says nothing about its type.
    assert_eq!(codes(&["a = T;\nb = T;\nc x:%T = C;"]), [&BARE_USE]);
    assert_eq!(codes(&["a = T;\n_ = T;\nc x:%T y:a = C;"]), [&BARE_USE]);
}

#[test]
fn a_call_in_a_constructor_is_one_of_any_function() {
    let schema = schema(
        "query {X:Type} query:!X flags:# more:flags.0?!X = Query;
         typed {X:Type} query:!X = Typed X;
         many {X:Type} {Y:Type} n:# n*[ first:!X second:!Y ] = Many;
         holder a:Query b:(Typed int) = Holder;
         ---functions---
         ping = Query;",
    );
    let query = &schema[constructor(&schema, "query")].combinator;
    assert_eq!(query.parameters, []);
    assert_eq!((&query.fields[0].ty, &query.fields[2].ty), (&ValueType::Function, &ValueType::Function));
    assert_eq!(schema[constructor(&schema, "typed")].combinator.parameters.len(), 1);
    let ValueType::Tuple { element, .. } = &schema[constructor(&schema, "many")].combinator.fields[1].ty else {
        panic!()
    };
    let ValueType::Bare(group, _) = **element else { panic!() };
    assert_eq!(schema[group].combinator.fields[1].ty, ValueType::Function);
    assert_eq!(schema[group].combinator.parameters, []);
    // The result of the call is nowhere in the value.
    assert_eq!(codes(&["query {X:Type} query:!X result:X = Query;"]), [&UNUSED_ARGUMENT]);
    assert_eq!(codes(&["query {n:#} query:!n = Query n;"]), [&UNKNOWN_TYPE_ARGUMENT]);
    // A function has a result, so that it can wrap only one call, once.
    let wrapper = "a = A;\n---functions---\nf {X:Type} query:!X n:# n*[ more:!X other:int ] = X;";
    assert_eq!(codes(&[wrapper]), [&SEVERAL_CALLS]);
}

#[test]
fn lost_arguments_are_one_error() {
    let find = |text: &str| resolve_texts(&[text]).diagnostics;
    let [error] = &find("ok = Ok;\n---functions---\ninvokeAfterMsg#cb9f372d msg_id:long query:!X = Vector X;")[..]
    else {
        panic!("more than one finding");
    };
    assert_eq!((error.code, &error.notes[..]), (&MISSING_ARGUMENT, &[][..]));
    let [error] = &find("ok = Ok;\n---functions---\ninvokeAfterMsg#cb9f372d msg_id:long query:!X = X;")[..] else {
        panic!("more than one finding");
    };
    assert_eq!(error.message, "`X` is used, but not declared as an argument");
    assert_eq!(error.notes, ["the text with it gives the declared id"]);
    let texts = &["pair#1234 a:X b:Y = Pair X Y;\nholder x:(Pair int %(Pair int long)) = Holder;"];
    let found = resolve_texts(texts).diagnostics;
    assert_eq!(found.iter().map(|it| it.code).collect::<Vec<_>>(), [&MISSING_ARGUMENT]);
    assert_eq!(found[0].message, "`X`, `Y` are used, but not declared as arguments");
}

#[test]
fn the_layer_is_that_of_the_file_that_states_one() {
    assert_eq!(resolve_texts(&["// LAYER 7\na = A;", "b = B;"]).schema.layer, Some(7));
    assert_eq!(resolve_texts(&["a = A;"]).schema.layer, None);
    assert_eq!(codes(&["// LAYER 7\na = A;", "// LAYER 8\nb = B;"]), [&LAYER_MISMATCH]);
}

#[test]
fn the_dialect_is_found_in_each_file_or_given() {
    // With `bytes` as it is (reference) or as `string` (Telegram).
    let implicit = "data value:bytes = Data;";
    let id = |texts: &[&str]| {
        let schema = resolve_texts(texts).schema;
        schema[constructor(&schema, "data")].combinator.id
    };
    let reference = id(&[implicit]);
    let telegram = id(&[&format!(
        "{implicit}\nresPQ#05162463 nonce:int128 server_nonce:int128 pq:bytes \
         server_public_key_fingerprints:Vector<long> = ResPQ;"
    )]);
    assert_ne!(reference, telegram);
    let parsed = parse(Default::default(), implicit);
    let options = ResolveOptions { dialect: Some(Dialect::Telegram), ..ResolveOptions::default() };
    assert_eq!(resolve(&[parsed.file], options).schema.constructors[0].combinator.id, telegram);
}

#[test]
fn documentation_comes_along() {
    let schema = schema(
        "//@class Shape @description A shape
         //@description A circle @radius Its radius
         circle radius:double = Shape;",
    );
    assert_eq!(schema[ty(&schema, "Shape")].documentation.as_deref(), Some("A shape"));
    let documentation = schema.constructors[0].combinator.documentation.as_ref().expect("documented");
    assert_eq!(documentation.description.as_deref(), Some("A circle"));
    assert_eq!(documentation.fields[0].text, "Its radius");
    assert_eq!(
        schema.constructors[0].combinator.text,
        format!("circle#{:08x} radius:double = Shape;", schema.constructors[0].combinator.id)
    );
}

#[test]
fn a_schema_with_errors_is_still_a_schema() {
    let resolution = resolve_texts(&["a x:Nothing y:int = A;\nb = B;\n---functions---\nget = Nothing;"]);
    assert!(resolution.has_errors());
    assert_eq!(names(&resolution.schema), [vec!["A", "B", "Nothing"], vec!["a", "b"], vec!["get"]]);
}

#[test]
fn deep_nesting_needs_no_stack() {
    let mut text = String::from("t0 x:int = T0;\n");
    for level in 1..20_000 {
        text.push_str(&format!("t{level} flags:# x:flags.0?T{} = T{level};\n", level - 1));
    }
    let resolution = resolve_texts(&[&text]);
    assert!(!resolution.has_errors());
}

/// What every value contains is bounded: decoders make whole values, also where the input ends.
#[test]
fn a_value_does_not_contain_thousands_of_others() {
    let too_many = |text: &str| codes(&[text]).into_iter().filter(|it| *it == &TOO_MANY_VALUES).count();
    let levels = |count: usize, level: &dyn Fn(usize) -> String| (1..=count).map(level).collect::<String>();
    let twice = |count| {
        "a0 x:int = A0;\n".to_owned() + &levels(count, &|it| format!("a{it} x:A{0} y:%A{0} = A{it};\n", it - 1))
    };
    // 2^11 - 1 and 2^13 - 1 values; of all that are too large the innermost is reported.
    assert_eq!([10, 11, 12, 24, 60].map(|count| too_many(&twice(count))), [0, 0, 1, 1, 1]);
    let chain = |count| "c0 = C0;\n".to_owned() + &levels(count, &|it| format!("c{it} x:C{} = C{it};\n", it - 1));
    assert_eq!([50, 100, 101, 20_000].map(|count| too_many(&chain(count))), [0, 0, 1, 1]);
    let pairs = |count| {
        let nested = (0..count).fold("int".to_owned(), |inner, _| format!("(Pair {inner})"));
        format!("pair {{X:Type}} a:X b:X = Pair X;\nuse x:{nested} = Use;\n")
    };
    assert_eq!([5, 12, 13, 30].map(|count| too_many(&pairs(count))), [0, 0, 1, 1]);
    // What may be absent does not count, nor does the larger of two constructors.
    let vector = "vector#1cb5c415 {t:Type} # [ t ] = Vector t;\n";
    let absent = levels(30, &|it| format!("v{it} x:(vector V{0}) y:9*[ V{0} ] = V{it};\n", it - 1));
    assert_eq!(too_many(&format!("{vector}v0 = V0;\n{absent}")), 0);
    let choices = levels(200, &|it| format!("d{it} x:D{0} y:D{0} = D{it};\ne{it} = D{it};\n", it - 1));
    assert_eq!(too_many(&format!("d0 = D0;\n{choices}")), 0);
}

#[test]
fn an_id_is_shared_where_the_place_tells() {
    let same = |text: &str| codes(&[text]).into_iter().filter(|it| *it == &DUPLICATE_ID).count();
    let pair = "fault#1 code:int = Fault;\nprefix#2 key:string = Fault;\nother#1 = Other;\n";
    let functions = "---functions---\nwrap#2 {X:Type} key:string query:!X = X;\nget#1 = Fault;\n";
    assert_eq!(same(&format!("{pair}{functions}")), 0);
    // In a type, and among calls, only the id tells.
    assert_eq!(same("a#1 = A;\nb#1 = A;\nc#1 = C;\nd#1 = C;"), 2);
    assert_eq!(same(&format!("{pair}{functions}find#1 = Fault;\n")), 1);
    // An `Object` can be a value of any type, or a call.
    assert_eq!(same(&format!("{pair}holder any:Object = Holder;")), 1);
    assert_eq!(same(&format!("{pair}{functions}send any:Vector<Object> = Fault;\n")), 3);
    // But not one whose arguments are not known, unless they make no difference.
    assert_eq!(same("a#1 {t:Type} x:t = A t;\nb#1 = B;\nholder any:Object = Holder;"), 0);
    assert_eq!(same("a#1 {t:Type} = A t;\nb#1 = B;\nholder any:Object = Holder;"), 1);
    // A generated type is found by both.
    assert_eq!(same("a#1 = A;\n---functions---\na#1 = A;"), 1);
    let found = resolve_texts(&["a#1 = A;\nb#1 = B;\nholder any:Object = Holder;"]).diagnostics;
    let error = found.iter().find(|it| it.code == &DUPLICATE_ID).expect("an `Object` can be both");
    assert_eq!(error.message, "`b` and `a` have the same id #00000001");
    assert!(error.notes[0].contains("`Object`"), "{error:?}");
}

#[test]
fn an_id_that_several_have_is_shown_where_it_is_used_first() {
    let text = "a#1 = A;\nb#1 = A;\nc#1 = A;\n---functions---\nf#1 = A;\ng#1 = A;\nh#1 = A;\na#1 = A;";
    let first_of = |text: &str| -> Vec<String> {
        let found = resolve_texts(&[text]).diagnostics;
        let shared = found.iter().filter(|it| it.code == &DUPLICATE_ID);
        let name = |span: Span| text[span.range()].to_owned();
        shared.map(|it| format!("{} {}", name(it.primary.span), name(it.secondary[0].span))).collect()
    };
    // The last one shares its name as well, with what is first of all.
    assert_eq!(first_of(text), ["b a", "c a", "g f", "h f", "a a"]);
    let objects = format!("x o:Object = X;\n{text}");
    assert_eq!(first_of(&objects), ["b a", "c a", "f a", "g f", "h f", "a a"]);
}

#[test]
fn a_result_that_nothing_constructs_has_a_type_without_values() {
    let text = "ok = Ok;\n---functions---\nwait delay:int = HttpWait;\nall = Vector<ns.Nothing>;\nagain = HttpWait;";
    let resolution = resolve_texts(&[text]);
    assert!(!resolution.has_errors());
    let found: Vec<_> = resolution.diagnostics.iter().map(|it| (it.code, it.primary.span.range())).collect();
    assert_eq!(found, [(&UNDEFINED_RESULT, 42..50), (&UNDEFINED_RESULT, 65..75)]);
    let help = resolution.diagnostics[0].help.as_deref().expect("a remedy");
    assert!(help.contains("Empty HttpWait;") && help.contains("extern_path"), "{help}");
    let schema = resolution.schema;
    let wait = ty(&schema, "HttpWait");
    assert_eq!(schema[wait].constructors, []);
    assert_eq!(schema[function(&schema, "wait")].result, ValueType::Boxed(wait, Vec::new()));
    // A name that is like another one is misspelt, and a field must have a type.
    let misspelt = "user = User;\nns.chat = ns.Chat;\n---functions---\n";
    assert_eq!(codes(&[&format!("{misspelt}get = Usre;")]), [&UNKNOWN_TYPE]);
    assert_eq!(codes(&[&format!("{misspelt}get = Chat;")]), [&UNKNOWN_TYPE]);
    assert_eq!(codes(&["a x:Nothing = A;\n---functions---\nget = Nothing;"]), [&UNKNOWN_TYPE, &UNDEFINED_RESULT]);
    assert_eq!(codes(&["a = A;\n---functions---\nget x:(%Nothing) = %Nothing;"]), [&UNKNOWN_TYPE, &UNKNOWN_TYPE]);
    assert_eq!(codes(&["Empty Nothing;\n---functions---\nget = Nothing;"]), NOTHING);
}

#[test]
fn a_built_in_type_of_the_schemas_own_is_opaque() {
    let texts =
        ["bigBytes ? = BigBytes;\nns.big#445f9be2 ? = ns.Big;\nblock id:int data:bigBytes more:BigBytes = Block;"];
    let resolution = resolve_texts(&texts);
    assert!(!resolution.has_errors());
    let [warning] = &resolution.diagnostics[..] else { panic!("{:?}", resolution.diagnostics) };
    assert_eq!((warning.code, warning.primary.span.range()), (&OPAQUE_BUILTIN, 0..8));
    assert!(warning.help.as_deref().is_some_and(|it| it.contains("--extern-path bigBytes=")), "{warning:?}");
    let schema = resolution.schema;
    let big = constructor(&schema, "bigBytes");
    assert_eq!((schema[big].kind, schema[big].external), (ConstructorKind::Opaque, true));
    let fields = &schema[constructor(&schema, "block")].combinator.fields;
    assert_eq!(fields[1].ty, ValueType::Bare(big, Vec::new()));
    assert_eq!(fields[2].ty, ValueType::Boxed(ty(&schema, "BigBytes"), Vec::new()));
    assert_eq!(schema[constructor(&schema, "ns.big")].combinator.id, 0x445f_9be2);
    // One that is known under another name is known.
    assert_eq!(codes(&["int ? = Integer;\nobject ? = Object;\na x:int = A;"]), NOTHING);
}

#[test]
fn one_file_has_several_layers() {
    let text = "\
        ===8===\nnote#1f814f1f id:long text:string = Note;\nkept#1 = Kept;\n\
        ===17===\nnote#204d3878 id:long ttl:int text:string = Note;\nkept#1 = Kept;\nholder#2 x:Note y:kept = Holder;\n\
        ===45===\nnote#36b091de id:long = Note;\n---functions---\nget#3 = Note;\n===46===\nget#4 id:int = Note;";
    let resolution = resolve_texts(&[text]);
    assert!(!resolution.has_errors(), "{:?}", resolution.diagnostics);
    let schema = resolution.schema;
    let [_, constructors, functions] = &names(&schema)[..] else { panic!() };
    assert_eq!(constructors, &["note8", "kept", "note17", "holder", "note"]);
    assert_eq!(functions, &["get45", "get"]);
    let note = |name| schema[constructor(&schema, name)].combinator.id;
    assert_eq!([note("note8"), note("note17"), note("note")], [0x1f81_4f1f, 0x204d_3878, 0x36b0_91de]);
    assert_eq!(schema[ty(&schema, "Note")].constructors.len(), 3);
    // The order of the lines does not matter, only the numbers.
    let turned = "===17===\na#1 x:int = A;\n===8===\na#2 = A;\n===9===\na#3 y:int = A;";
    let resolution = resolve_texts(&[turned]);
    assert!(!resolution.has_errors(), "{:?}", resolution.diagnostics);
    assert_eq!(names(&resolution.schema)[1], ["a", "a8", "a9"]);
    let errors = |text: &str| {
        let found = resolve_texts(&[text]).diagnostics.into_iter();
        found.filter(|it| it.severity == Severity::Error).map(|it| it.code).collect::<Vec<_>>()
    };
    // The same id with other fields, a name that is taken, a layer that says it twice, a bare use of any form, no layer at all.
    assert_eq!(errors("===8===\na#1 = A;\n===9===\na#1 x:int = A;"), [&DUPLICATE_NAME]);
    assert_eq!(errors("===8===\na#1 = A;\na8#3 = A;\n===9===\na#2 x:int = A;"), [&DUPLICATE_NAME]);
    assert_eq!(errors("===8===\na#1 = A;\n===9===\na#2 x:int = A;\na8#3 = A;"), [&DUPLICATE_NAME]);
    assert_eq!(errors("===8===\na#1 = A;\na#2 x:int = A;"), [&DUPLICATE_NAME]);
    assert_eq!(errors("===8===\na#1 = A;\nb#3 x:a = B;\n===9===\na#2 x:int = A;"), [&BARE_USE]);
    assert_eq!(errors("a#1 = A;\n===9===\na#2 x:int = A;"), [&DUPLICATE_NAME]);
}
