//! Facts about schemas, worked out by hand.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use support::{beneath_root, constructor, function, schema, schema_of_file, ty};
use typelang_ir::{Facts, MAX_CALLERS, Schema};

/// Least and fixed length of a constructor's fields.
fn lengths(schema: &Schema, name: &str) -> (u32, Option<u32>) {
    let facts = Facts::new(schema);
    let facts = facts.constructor(constructor(schema, name));
    (facts.least_length, facts.fixed_length)
}

#[test]
fn lengths_of_fields() {
    let schema = schema(
        "empty = Empty;
         numbers a:int b:long c:double d:# e:Bool f:int128 g:int256 h:int512 = Numbers;
         texts a:string b:bytes = Texts;
         vectors a:Vector<long> b:vector<int512> = Vectors;
         flagged flags:# a:flags.0?true b:flags.1?int = Flagged;
         onlyTrue flags:# a:flags.0?true b:flags.1?true = OnlyTrue;
         boxed a:Empty b:Numbers = Boxed;
         bare a:empty b:%Numbers = BareOnes;
         shortest a:int = Several;
         longer a:int b:string = Several;
         same a:long = Same;
         alike a:double = Same;
         holder a:Several b:Same = Holder;",
    );
    let numbers = 4 + 8 + 8 + 4 + 4 + 16 + 32 + 64;
    for (name, least, fixed) in [
        ("empty", 0, Some(0)),
        ("numbers", numbers, Some(numbers)),
        ("texts", 8, None),
        ("vectors", 8 + 4, None),
        ("flagged", 4, None),
        ("onlyTrue", 4, Some(4)),
        ("boxed", 4 + 4 + numbers, Some(4 + 4 + numbers)),
        ("bare", numbers, Some(numbers)),
        ("holder", (4 + 4) + (4 + 8), None),
    ] {
        assert_eq!(lengths(&schema, name), (least, fixed), "{name}");
    }
    let facts = Facts::new(&schema);
    let same = facts.ty(ty(&schema, "Same"));
    assert_eq!((same.least_length, same.fixed_length), (12, Some(12)));
    let several = facts.ty(ty(&schema, "Several"));
    assert_eq!((several.least_length, several.fixed_length), (8, None));
}

#[test]
fn lengths_of_what_contains_itself() {
    let schema = schema(
        "plain text:string = Text;
         bold text:Text = Text;
         both a:Text b:Text id:int = Text;
         list flags:# head:long tail:flags.0?List = List;
         forest trees:Vector<Forest> = Forest;",
    );
    assert_eq!(lengths(&schema, "bold"), (4 + 4, None));
    assert_eq!(lengths(&schema, "both"), (8 + 8 + 4, None));
    assert_eq!(lengths(&schema, "list"), (12, None));
    assert_eq!(lengths(&schema, "forest"), (8, None));
}

#[test]
fn lengths_of_functions() {
    let schema = schema(
        "user id:long = User;
         ---functions---
         get id:long flags:# x:flags.0?int = User;
         wrap {X:Type} id:int query:!X = X;
         ping id:long = User;",
    );
    let facts = Facts::new(&schema);
    let lengths = |name| {
        let facts = facts.function(function(&schema, name));
        (facts.least_length, facts.fixed_length)
    };
    assert_eq!(lengths("get"), (12, None));
    assert_eq!(lengths("wrap"), (8, None));
    assert_eq!(lengths("ping"), (8, Some(8)));
}

/// Names of the constructors that are recursive.
fn recursive(schema: &Schema) -> Vec<String> {
    let facts = Facts::new(schema);
    let found = schema.constructor_ids().filter(|&id| facts.constructor(id).recursive);
    found.map(|id| schema[id].combinator.name.to_string()).collect()
}

#[test]
fn recursion_is_found_along_every_way() {
    let schema = schema(
        "plain text:string = Text;
         bold text:Text = Text;
         many texts:vector<Vector<Text>> = Text;
         user friend:Friend = User;
         nobody = User;
         friend user:User = Friend;
         bareList flags:# tail:flags.3?%BareList = BareList;
         outside text:Text user:User = Outside;",
    );
    assert_eq!(recursive(&schema), ["bold", "many", "user", "friend", "bareList"]);
    let facts = Facts::new(&schema);
    let types = schema.type_ids().filter(|&id| facts.ty(id).recursive).map(|id| schema[id].name.to_string());
    assert_eq!(types.collect::<Vec<_>>(), ["Text", "User", "Friend", "BareList"]);
}

#[test]
fn nothing_is_assumed_of_what_is_defined_elsewhere() {
    let mut schema = schema(
        "point x:int = Point;
         circle center:Point = Circle;
         part x:int = Whole;
         none = Whole;
         holder whole:Whole = Holder;",
    );
    schema.make_external(ty(&schema, "Point"));
    schema.make_constructor_external(constructor(&schema, "part"));
    let facts = Facts::new(&schema);
    for name in ["circle", "holder"] {
        let facts = facts.constructor(constructor(&schema, name));
        assert_eq!((facts.least_length, facts.fixed_length), (4, None), "{name}");
    }
}

#[test]
fn seventeen_types_of_the_telegram_api_are_recursive() {
    let schema = schema_of_file(&beneath_root("schema/api.tl"));
    let facts = Facts::new(&schema);
    let types: Vec<String> =
        schema.type_ids().filter(|&id| facts.ty(id).recursive).map(|id| schema[id].name.to_string()).collect();
    println!("{} recursive types: {}", types.len(), types.join(", "));
    assert_eq!(types.len(), 17, "{types:?}");
    for name in ["RichText", "PageBlock", "InputMedia", "JSONValue"] {
        assert!(types.iter().any(|it| it == name), "{name}");
    }
}

#[test]
fn callers_are_counted_up_to_a_limit() {
    let mut text = String::from(
        "leaf = Leaf;
         inner leaf:Vector<Leaf> inner:Vector<Inner> = Inner;
         outer inner:Inner = Outer;
         alone = Alone;
         argument = Argument;
         ---functions---
         getOuter argument:Argument = Outer;
         getOuters = Vector<Outer>;
         getInner = Inner;
         getAlone = Alone;\n",
    );
    let callers = |schema: &Schema| {
        let facts = Facts::new(schema);
        ["Leaf", "Inner", "Outer", "Alone", "Argument"].map(|name| facts.ty(ty(schema, name)).callers)
    };
    assert_eq!(callers(&schema(&text)), [3, 3, 2, 1, 0]);
    for number in 0..MAX_CALLERS {
        text.push_str(&format!("more{number} = Inner;\n"));
    }
    assert_eq!(callers(&schema(&text)), [MAX_CALLERS, MAX_CALLERS, 2, 1, 0]);
}
