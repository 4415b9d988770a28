//! Small schemas at the edges of rules, each of which a change of one condition would read in another way.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use typelang_ir::codes::{DUPLICATE_NAME, GROWING_ARGUMENTS, UNKNOWN_FLAGS, UNKNOWN_TYPE};
use typelang_ir::{Builtin, Profile, ResolveOptions, SubsetOptions, ValueType, resolve};
use typelang_parser::codes::INVALID_RESULT;
use typelang_parser::{Diagnostic, SourceId, parse};

use support::{constructor, resolve_texts, schema};

fn only(text: &str) -> Diagnostic {
    let mut found = resolve_texts(&[text]).diagnostics;
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

#[test]
fn a_subset_keeps_profile_and_layer() {
    let whole = schema("// tl:profile(vk)\n// LAYER 7\na x:string = A;\nb = B;\n---functions---\nf x:string = A;");
    let part = whole.subset(&["f"], SubsetOptions::default()).expect("it has the function");
    assert_eq!((part.profile, part.layer, part.types.len()), (Some(Profile::Vk), Some(7), 1));
}

#[test]
fn only_a_number_without_a_name_is_swallowed_by_the_repetition_behind_it() {
    let fields = |text: &str| {
        let schema = schema(text);
        let fields = &schema[constructor(&schema, "a")].combinator.fields;
        fields.iter().map(|it| (it.name.to_string(), it.ty.clone())).collect::<Vec<_>>()
    };
    let nat = ValueType::Builtin(Builtin::Nat);
    let named = fields("a n:# [ int ] = A;");
    assert_eq!((named.len(), &named[0]), (2, &("n".to_owned(), nat.clone())));
    assert!(matches!(named[1].1, ValueType::Tuple { .. }), "{named:?}");
    let unnamed = fields("a # [ int ] = A;");
    assert!(matches!(&unnamed[..], [(_, ValueType::Vector { boxed: false, .. })]), "{unnamed:?}");
    // One that counts more than the next, or is counted by another, stays.
    assert_eq!(fields("a # [ int ] [ long ] = A;").len(), 3);
    assert_eq!(fields("a # 2*[ int ] = A;").len(), 2);
    assert_eq!(fields("a m:# # m*[ int ] = A;").len(), 3);
}

#[test]
fn arguments_grow_by_bare_types_as_well() {
    let pair = "pair {X:Type} {Y:Type} a:X b:Y = Pair X Y;\n";
    for inner in ["%(T (Pair X X))", "(t (Pair X X))", "(T (Pair X X))", "%(T %(Pair X X))"] {
        let text = format!("{pair}t {{X:Type}} x:X a:(vector {inner}) = T X;");
        assert_eq!(only(&text).code, &GROWING_ARGUMENTS, "{text}");
    }
    let text = format!("{pair}t {{X:Type}} x:X a:(vector %(T X)) = T X;");
    assert_eq!(resolve_texts(&[&text]).diagnostics, []);
}

#[test]
fn a_built_in_type_has_no_namespace() {
    for (text, help) in [("a x:ns.Bool = A;", "Bool"), ("a x:ns.true = A;", "true"), ("a x:ns.int = A;", "int")] {
        let error = only(text);
        assert_eq!(error.code, &UNKNOWN_TYPE, "{text}");
        assert_eq!(error.help.as_deref(), Some(format!("did you mean `{help}`?").as_str()), "{text}");
    }
}

#[test]
fn the_type_of_a_constructor_begins_with_a_capital_letter() {
    for text in ["a {t:Type} x:t = b t;", "a {n:#} x:n*[int] = ns.b n;", "a x:int = 5;", "a x:int = b; b = B;"] {
        let parsed = parse(SourceId::default(), text);
        let found = resolve(&[parsed.file], ResolveOptions::default()).diagnostics;
        let all: Vec<_> = parsed.diagnostics.iter().chain(&found).map(|it| it.code).collect();
        assert_eq!(all, [&INVALID_RESULT], "{text}");
    }
}

#[test]
fn a_field_cannot_test_itself() {
    let error = only("a x:x.0?int = A;");
    assert_eq!((error.code, error.primary.span.range()), (&UNKNOWN_FLAGS, 4..5));
}

#[test]
fn what_could_not_be_read_is_not_missed_in_a_repetition() {
    let text = "a flgs:( many:2*[ x:flgs.0?int y:int ] = A;";
    let parsed = parse(SourceId::default(), text);
    assert!(!parsed.diagnostics.is_empty(), "the field is broken");
    let found = resolve(&[parsed.file], ResolveOptions::default()).diagnostics;
    assert_eq!(found, [], "{:?}", parsed.diagnostics);
}

/// A function with the name that an older form of another one has is a second one of that name, as among constructors.
#[test]
fn an_older_form_of_a_function_takes_its_name() {
    let text = "===8===\n---functions---\nf x:int = Int;\n===17===\nf x:int y:int = Int;\n---types---\nint ? = Int;\n\
                ---functions---\nf8 z:long = Int;";
    let found = resolve_texts(&[text]).diagnostics;
    assert!(found.iter().any(|it| it.code == &DUPLICATE_NAME && it.primary.span.start > 80), "{found:?}");
}

/// A type without a finite value is counted to the bound and no further, whatever else the schema has.
#[test]
fn what_has_no_finite_value_is_one_error() {
    let text = "x x:X = X; fine y:(Maybe Fine) = Fine; none {t:Type} = Maybe t; some {t:Type} value:t = Maybe t;";
    let names: Vec<_> =
        resolve_texts(&[text]).diagnostics.iter().map(|it| (it.code.name, it.primary.span.start)).collect();
    assert_eq!(names, [("infinite-type", 0)], "said once");
}

#[test]
fn a_constructor_with_more_parameters_than_its_type_is_an_error_alone() {
    let text = "b {X:Type} x:X = B X;\na {X:Type} {Y:Type} x:(B X) y:(B (B Y)) z:(B Y X) = A Y;";
    let found = resolve_texts(&[text]).diagnostics;
    assert!(found.iter().any(|it| it.severity == typelang_parser::Severity::Error), "{found:?}");
    assert!(found.iter().all(|it| it.code != &GROWING_ARGUMENTS), "{found:?}");
}
