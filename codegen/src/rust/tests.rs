//! Sizes, pointers and traits, worked out by hand.

use typelang_ir::{ConstructorId, Nat, NatVariable, ResolveOptions, Schema, TypeId, resolve};

use super::constant_length;
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
    assert_eq!(constant_length(Nat::Constant(256)), Some(256));
    assert_eq!(constant_length(Nat::Constant(257)), None);
    assert_eq!(constant_length(Nat::Variable(NatVariable::Field(0), 0)), None);
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
fn an_option_leaves_room_for_another_around_it() {
    // Types of Rust with the same fields.
    type Plain = [i64; 5];
    type Inner = (Option<i64>, [i64; 3]);
    let subject = Subject::new(
        "plain a:long b:long c:long d:long e:long = Plain;
         inner flags:# a:flags.0?long b:long c:long d:long = Inner;
         outer flags:# inner:flags.0?Inner = Outer;
         outermost flags:# outer:flags.0?Outer = Outermost;
         besidePlain flags:# plain:flags.0?Plain last:long = Several;
         besideInner flags:# inner:flags.0?Inner last:long = Several;
         wide flags:# inner:flags.0?Inner a:long b:long c:long = Wide;
         wider flags:# plain:flags.0?Plain a:long b:long c:long = Wider;
         optional flags:# wide:flags.0?Wide wider:flags.1?Wider = Optional;",
    );
    for (constructor, bytes) in [
        ("plain", size_of::<Plain>()),
        ("inner", size_of::<Inner>()),
        ("outer", size_of::<Option<Inner>>()),
        ("outermost", size_of::<Option<Option<Inner>>>()),
        ("besidePlain", size_of::<(Option<Plain>, i64)>()),
        ("besideInner", size_of::<(Option<Inner>, i64)>()),
        ("wide", size_of::<(Option<Inner>, [i64; 3])>()),
        ("wider", size_of::<(Option<Plain>, [i64; 3])>()),
        ("optional", size_of::<(Option<(Option<Inner>, [i64; 3])>, Option<Box<Plain>>)>()),
    ] {
        assert_eq!(subject.memory(constructor) as usize, bytes, "{constructor}");
    }
    // 48 bytes in an enum and 64 in an optional field are not too much; 8 more are.
    assert!(!subject.is_boxed_variant("besideInner") && subject.is_boxed_variant("besidePlain"));
    assert_eq!(boxed_fields(&subject), ["optional.wider"]);
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

/// Every field behind a pointer, as `constructor.field`.
fn boxed_fields(subject: &Subject) -> Vec<String> {
    let mut boxed = Vec::new();
    for id in subject.schema.constructor_ids() {
        let combinator = &subject.schema[id].combinator;
        let fields = combinator.fields.iter().enumerate();
        let fields = fields.filter(|(position, _)| subject.layout.is_boxed_field(id, *position));
        boxed.extend(fields.map(|(_, field)| format!("{}.{}", combinator.name, field.name)));
    }
    boxed
}

#[test]
fn arrays_of_arrays_are_bounded_as_a_whole() {
    let subject = Subject::new(
        "nothing = Nothing;
         small a:16*[16*[long]] = Small;
         wide a:256*[256*[long]] b:3*[256*[256*[256*[nothing]]]] = Wide;
         big a:100*[int512] = Big;
         optional flags:# a:flags.0?256*[256*[long]] b:flags.1?16*[16*[long]] = Optional;
         tower a:16*[%Small] = Tower;",
    );
    let is_array = |constructor: &str, field: usize| {
        let field = &subject.schema[subject.constructor(constructor)].combinator.fields[field];
        let typelang_ir::ValueType::Tuple { element, count, .. } = &field.ty else { panic!("a tuple") };
        subject.layout.array_length(element, *count).is_some()
    };
    assert!(is_array("small", 0) && !is_array("big", 0) && !is_array("tower", 0));
    // The inner arrays are small enough; elements that take no memory count as if they did.
    assert!(!is_array("wide", 0) && is_array("wide", 1) && !is_array("optional", 1) && is_array("optional", 2));
    assert_eq!(subject.memory("small"), 2048);
    assert!(subject.memory("wide") <= 96 && subject.memory("big") <= 24);
    // A vector needs no pointer; an optional array has one.
    assert_eq!(boxed_fields(&subject), ["optional.b"]);
}

#[test]
fn structs_within_structs_are_bounded() {
    // Each level has the one below twice: 2^11 times the lowest without a pointer in between.
    let levels = (0..11).map(|level| format!("a{level} flags:# x:%A{0} y:%A{0} = A{level};\n", level + 1));
    let subject = Subject::new(&(levels.collect::<String>() + "a11 x:int = A11;\n"));
    let largest = subject.schema.constructor_ids().map(|id| subject.layout.constructor(id)).max();
    assert!(largest <= Some(2 * 4096), "{largest:?}");
    assert!(!boxed_fields(&subject).is_empty());
}

#[test]
fn types_that_double_with_each_parameter_are_bounded() {
    let levels = (1..11).map(|level| format!("l{level} {{X:Type}} a:(L{0} X) b:(L{0} X) = L{level} X;\n", level - 1));
    let text = "l0 {X:Type} a:X b:X = L0 X;\n".to_owned() + &levels.collect::<String>();
    let nested = (0..11).fold("int".to_owned(), |inner, _| format!("(L0 {inner})"));
    let subject = Subject::new(
        &(text
            + "pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;\nuse a:(L10 int) b:"
            + &nested
            + " c:(Pair int string) = Use;\n"),
    );
    for id in subject.schema.constructor_ids() {
        let bytes = subject.layout.most_of_constructor(id);
        assert!(bytes <= 2 * 4096, "{}: {bytes}", subject.schema[id].combinator.name);
    }
    // The first levels are as they are without a limit, and so is what is small.
    let boxed = boxed_fields(&subject);
    assert!(
        !boxed.iter().any(|it| it.starts_with("l0.") || it.starts_with("l1.") || it.starts_with("use.c")),
        "{boxed:?}"
    );
    assert!(boxed.iter().any(|it| it.starts_with("l3.")), "{boxed:?}");
    // Arguments that have grown too large are behind pointers of their own.
    let field = &subject.schema[subject.constructor("use")].combinator.fields[1];
    let mut pointers = 0;
    field.ty.walk(&mut |ty| {
        if let typelang_ir::ValueType::Boxed(_, arguments) = ty
            && let Some(typelang_ir::Argument::Type(argument)) = arguments.first()
        {
            pointers += usize::from(subject.layout.is_boxed_argument(argument));
        }
    });
    assert!((1..8).contains(&pointers), "{pointers}");
}

#[test]
fn what_takes_more_of_the_stack_counts_as_several_levels() {
    let optional =
        |count: usize| (0..count).map(|it| format!("f{}:# s{it}:f{}.{}?string ", it, it, it % 32)).collect::<String>();
    let strings = (0..300).map(|it| format!("s{it}:string ")).collect::<String>();
    let variants = (0..900).map(|it| format!("v{it} a:long b:long c:long d:long e:long = Many;\n")).collect::<String>();
    let chain = (0..99).map(|it| format!("c{it} next:%C{} a:string = C{it};\n", it + 1)).collect::<String>();
    let subject = Subject::new(&format!(
        "thin flags:# next:flags.0?Thin = Thin;
         wide flags:# next:flags.31?Wide {} = Wide;
         list next:Vector<List> {strings} = List;
         {variants} many next:Many = Many;
         gen {{X:Type}} {strings} x:X = Gen X;
         through flags:# next:flags.0?%(Gen %(Gen Through)) = Through;
         leaf {strings} = Leaf;
         {chain} c99 = C99;",
        optional(150)
    ));
    let facts = typelang_ir::Facts::new(&subject.schema);
    let levels = super::stack::Levels::new(&subject.schema, &facts, &subject.layout);
    let of = |name: &str| levels.constructor(subject.constructor(name));
    assert_eq!((of("thin"), of("leaf"), of("v0")), (1, 0, 0));
    assert_eq!([of("wide"), of("list"), of("many"), of("through")].map(|it| (2..=8).contains(&it)), [true; 4]);
    // A long chain of types that cannot contain themselves counts here and there.
    let counted = (0..99).filter(|it| of(&format!("c{it}")) > 0).count();
    assert!((1..40).contains(&counted), "{counted}");
}

#[test]
fn arrays_in_arrays_take_no_longer_with_each_level() {
    let ty = (0..60).fold("int".to_owned(), |inner, _| format!("1*[{inner}]"));
    let subject = Subject::new(&format!("deep a:{ty} = Deep;"));
    assert_eq!(subject.memory("deep"), 4);
}
