//! Sizes, pointers and traits, worked out by hand.

use typelang_ir::{ConstructorId, Nat, NatVariable, ResolveOptions, Schema, TypeId, resolve};

use super::array_length;
use super::layout::{Layout, LayoutOptions};
use super::traits::{AllTraits, Traits};

/// A schema with its sizes and traits.
struct Subject {
    schema: Schema,
    layout: Layout,
    traits: AllTraits,
}

impl Subject {
    fn new(text: &str) -> Self {
        Self::of(schema(text), LayoutOptions::default())
    }

    fn of(schema: Schema, options: LayoutOptions) -> Self {
        let layout = Layout::new(&schema, options);
        let traits = AllTraits::new(&schema, &layout, options);
        Self { schema, layout, traits }
    }

    fn constructor(&self, name: &str) -> ConstructorId {
        self.schema.find_constructor(name).unwrap_or_else(|| panic!("no constructor {name}"))
    }

    fn ty(&self, name: &str) -> TypeId {
        self.schema.find_type(name).unwrap_or_else(|| panic!("no type {name}"))
    }

    fn memory(&self, constructor: &str) -> u32 {
        self.layout.constructor(self.constructor(constructor))
    }

    fn is_boxed_variant(&self, constructor: &str) -> bool {
        self.layout.is_boxed_variant(self.constructor(constructor))
    }

    fn is_boxed_field(&self, constructor: &str, field: usize) -> bool {
        self.layout.is_boxed_field(self.constructor(constructor), field)
    }

    /// The traits of a constructor by their first letters.
    fn letters(&self, constructor: &str) -> String {
        letters(self.traits.constructor(self.constructor(constructor)))
    }
}

fn schema(text: &str) -> Schema {
    let parsed = typelang_parser::parse(Default::default(), text);
    let resolution = resolve(&[parsed.file], ResolveOptions::default());
    assert!(parsed.diagnostics.is_empty() && !resolution.has_errors(), "{:?}", resolution.diagnostics);
    resolution.schema
}

fn letters(traits: Traits) -> String {
    let all = [(traits.copy, 'C'), (traits.eq, 'E'), (traits.hash, 'H'), (traits.default, 'D')];
    all.map(|(holds, letter)| if holds { letter } else { '-' }).iter().collect()
}

#[test]
fn tuples_of_constant_length_are_arrays_up_to_a_limit() {
    assert_eq!(array_length(Nat::Constant(256)), Some(256));
    assert_eq!(array_length(Nat::Constant(257)), None);
    assert_eq!(array_length(Nat::Variable(NatVariable::Field(0), 0)), None);
}

#[test]
fn recursion_by_value_is_broken_where_it_costs_least() {
    let subject = Subject::new(
        "plain text:string = Text;
         bold text:Text = Text;
         many texts:Vector<Text> = Text;
         page flags:# next:flags.0?Page id:int = Page;
         even odd:Odd = Even;
         evenEnd = Even;
         odd even:Even = Odd;
         first flags:# second:flags.0?Second = First;
         second first:First = Second;",
    );
    let boxed = subject.schema.constructor_ids().filter(|&id| subject.layout.is_boxed_variant(id));
    let boxed: Vec<String> = boxed.map(|id| subject.schema[id].combinator.name.to_string()).collect();
    // A vector is behind a pointer already; one pointer in a cycle is enough.
    assert_eq!(boxed, ["bold", "even"]);
    let is_boxed = |name, field| subject.is_boxed_field(name, field);
    assert!(is_boxed("page", 1) && !is_boxed("page", 2) && !is_boxed("bold", 0) && !is_boxed("odd", 0));
    assert!(is_boxed("first", 1) && is_boxed("second", 0));
}

#[test]
fn derivable_traits() {
    let subject = Subject::new(
        "empty = Empty;
         small a:int b:Bool c:long = Small;
         floating a:double = Floating;
         text a:string = Text;
         large a:int256 b:int = Large;
         widest a:int512 = Widest;
         list a:Vector<double> = List;
         texts a:Vector<string> = Texts;
         one a:int = Several;
         two = Several;
         optional flags:# a:flags.0?Several b:flags.1?Widest = Optional;
         required a:Several = Required;
         self flags:# a:flags.0?Self = Self;",
    );
    for (name, expected) in [
        ("empty", "CEHD"),
        ("small", "CEHD"),
        ("floating", "C--D"),
        ("text", "-E-D"),
        ("large", "-E-D"),
        ("widest", "-E--"),
        ("list", "---D"),
        ("texts", "-E-D"),
        ("optional", "-E-D"),
        ("required", "CEH-"),
        ("self", "-E-D"),
    ] {
        assert_eq!(subject.letters(name), expected, "{name}");
    }
    let letters_of_type = |name| letters(subject.traits.ty(subject.ty(name)));
    assert_eq!(letters_of_type("Several"), "CEH-", "an enum has no natural empty value");
    assert_eq!(letters_of_type("Small"), "CEHD");
}

#[test]
fn sizes_in_memory_are_those_of_rust() {
    let subject = Subject::new(
        "small a:int = Small;
         mixed a:int b:long c:Bool = Mixed;
         optional flags:# a:flags.0?int b:flags.1?long c:flags.2?string = Optional;
         six a:long b:long c:long d:long e:long f:long = Several;
         seven a:long b:long c:long d:long e:long f:long g:int = Several;
         three a:string b:string c:string = Several;
         none = Several;",
    );
    assert_eq!(subject.memory("small"), 4);
    assert_eq!(subject.memory("mixed"), 16);
    assert_eq!(subject.memory("optional"), 8 + 16 + 24);
    let boxed = |name| subject.is_boxed_variant(name);
    assert!(!boxed("six") && boxed("seven") && boxed("three") && !boxed("none"));
    let several = subject.ty("Several");
    assert_eq!(subject.layout.ty(several), 56);
    let wide = Subject::of(subject.schema, LayoutOptions { max_variant: 72, ..LayoutOptions::default() });
    assert!(!wide.is_boxed_variant("three"));
    assert_eq!(wide.layout.ty(several), 80);
}

#[test]
fn traits_and_sizes_of_parameters_and_tuples() {
    let subject = Subject::new(
        "pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;
         numbers a:(Pair int long) = Numbers;
         texts a:(Pair int string) = Texts;
         floats a:%(Pair double int) = Floats;
         array a:4*[int] b:2*[2*[Bool]] = Array;
         halves a:2*[float] = Halves;
         longArray a:33*[int] = LongArray;
         vector n:# a:n*[int] = AsVector;
         tooLong a:257*[int] = TooLong;
         _ x:int = Chosen;
         object a:Object = ObjectHolder;
         masked mode:# a:mode.0?int = Masked;",
    );
    for (name, expected) in [
        ("texts", "-E-D"),
        ("array", "CEHD"),
        ("halves", "C--D"),
        // The standard library has no `Default` for arrays of more than 32.
        ("longArray", "-E--"),
        ("vector", "-E-D"),
        ("tooLong", "-E-D"),
        ("object", "----"),
        ("masked", "CEHD"),
    ] {
        assert_eq!(subject.letters(name), expected, "{name}");
    }
    assert!(!subject.traits.constructor(subject.constructor("floats")).eq);
    // The enum of a type whose only constructor has no name has no natural empty value.
    assert!(!subject.traits.ty(subject.ty("Chosen")).default);
    assert_eq!(subject.memory("array"), 4 * 4 + 4);
    assert_eq!(subject.memory("longArray"), 33 * 4);
    assert_eq!(subject.memory("vector"), 4 + 24 + 4);
    assert_eq!(subject.memory("tooLong"), 24);
    assert_eq!(subject.memory("masked"), 4 + 8);
    assert_eq!(subject.memory("object"), 8);
}

#[test]
fn recursion_through_arguments_and_repetitions_is_broken_at_fields() {
    let subject = Subject::new(
        "no {X:Type} = Maybe X; yes {X:Type} x:X = Maybe X;
         chain next:(Maybe Chain) = Chain;
         tuple1 next:(Maybe (tuple Tuple1 3)) = Tuple1;
         group n:# items:n*[ a:Group b:int ] = Group;
         list {X:Type} flags:# head:X tail:flags.0?(List X) = List X;
         outside chain:Chain list:(List int) = Outside;",
    );
    // The value itself is in the middle of the `Maybe`, so a pointer must be somewhere.
    let is_boxed = |name, field| subject.is_boxed_field(name, field);
    assert!(is_boxed("chain", 0) && is_boxed("tuple1", 0) && is_boxed("list", 2));
    // Vectors are behind pointers anyway.
    assert!(!is_boxed("group", 1) && !is_boxed("outside", 0) && !is_boxed("outside", 1));
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
    schema.make_external(schema.find_type("Point").expect("a type"));
    schema.make_constructor_external(schema.find_constructor("part").expect("a constructor"));
    let subject = Subject::of(schema, LayoutOptions::default());
    for name in ["circle", "holder"] {
        assert_eq!(subject.letters(name), "----", "{name}");
    }
}

#[test]
fn enums_of_the_telegram_api_stay_within_the_limit() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/api.tl")).expect("a schema");
    let subject = Subject::new(&text);
    // Every variant but the large ones stays within the limit, and no enum is larger than the limit and its tag.
    let enums = subject.schema.type_ids().filter(|&id| subject.schema[id].constructors.len() > 1);
    assert!(enums.map(|id| subject.layout.ty(id)).max() <= Some(56));
    for id in subject.schema.constructor_ids() {
        let traits = subject.traits.constructor(id);
        assert!(!traits.hash || traits.eq);
    }
}
