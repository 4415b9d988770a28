//! Examples of calls: how deep values are written out.

use typelang_build::{Examples, Options};
use typelang_ir::{ResolveOptions, resolve};
use typelang_parser::SourceId;

/// The example of the function `name`.
fn example(text: &str, name: &str) -> Option<String> {
    let parsed = typelang_parser::parse(SourceId::default(), text);
    let resolution = resolve(&[parsed.file], ResolveOptions::default());
    assert!(parsed.diagnostics.is_empty() && !resolution.has_errors(), "{:?}", resolution.diagnostics);
    let schema = resolution.schema;
    let function = schema.function_ids().find(|id| schema[*id].combinator.name.to_string() == name);
    let options = Options::default();
    Examples::new(&schema, &options, "own::tl").of(function.expect("a function"))
}

#[test]
fn elements_are_written_out_near_the_call_alone() {
    let text = "box ids:Vector<int> = Box;\n\
         ---functions---\n\
         send ids:Vector<int> box:Box = Bool;\n\
         invoke {X:Type} query:!X = X;\n";
    let alone = example(text, "send").expect("an example");
    assert!(alone.contains("ids: vec![43],") && alone.contains("ids: vec![43] }"), "{alone}");
    // A call within a call is two levels further down: its fields, and the values in them, are written shorter.
    let wrapped = example(text, "invoke").expect("an example");
    assert!(wrapped.contains("functions::Send"), "{wrapped}");
    assert_eq!(wrapped.matches("ids: Vec::new()").count(), 2, "{wrapped}");
}

#[test]
fn values_that_are_too_deep_have_no_example() {
    // The first function is the one that `invoke` wraps.
    let has_example = |levels: usize, name: &str| {
        let level = |it| format!("level{it} x:Level{} = Level{it};\n", it + 1);
        let types = (0..levels).map(level).collect::<String>() + &format!("level{levels} x:int = Level{levels};\n");
        let functions = "---functions---\nsend x:Level0 = Bool;\ninvoke {X:Type} query:!X = X;\n";
        example(&(types + functions), name).is_some()
    };
    let deepest = |name: &str| (0..24).take_while(|&levels| has_example(levels, name)).count();
    let alone = deepest("send");
    assert!((8..24).contains(&alone), "{alone}");
    assert_eq!(deepest("invoke"), alone - 2);
}
