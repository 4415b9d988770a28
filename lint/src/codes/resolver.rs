//! Codes of the resolver, and of `tl check` itself.

use super::{Code, Default};

const fn error(name: &'static str, summary: &'static str, explanation: &'static str) -> Code {
    Code { name, default: Default::Error, summary, explanation }
}

pub(super) const CODES: &[Code] = &[
    error(
        "bare-use",
        "A type of several constructors is used bare",
        "A bare value has no id before it, so nobody could tell which of the constructors it is. Use the boxed type: \
         `Shape` instead of `circle` or `%Shape`.",
    ),
    error(
        "condition-before-flags",
        "A condition tests a field that comes later",
        "Whoever reads the data must know the flags before the fields that they decide on. Move `flags:#` to the front.",
    ),
    error(
        "condition-not-nat",
        "A condition tests a field that is no `#`",
        "Only the bits of a natural number can be tested. `flags:int` should be `flags:#`.",
    ),
    error(
        "conditional-call",
        "A field `!X` depends on a condition",
        "The result of a function that wraps a call is the result of that call. If the call may be absent, nobody knows \
         what comes back. Declare a second function without the call.",
    ),
    error(
        "duplicate-argument",
        "Two arguments in braces have the same name",
        "Whoever reads `X` could not tell which one is meant. Rename one of them.",
    ),
    error(
        "duplicate-default",
        "A type has two default constructors `_`",
        "A value that begins with the id of no other constructor is one of the default constructor. With two of them \
         nobody could tell which. Give one of them a name.",
    ),
    error(
        "duplicate-field",
        "Two fields of a declaration have the same name",
        "Rename one of them. Names are not part of the data, but they are part of the text that the id is computed from.",
    ),
    error(
        "duplicate-id",
        "Two declarations of a schema have the same id",
        "The id is all that tells them apart on the wire. One of them was probably copied, and its id left as it was.",
    ),
    error(
        "duplicate-name",
        "A name is defined twice",
        "A name has one definition. Rename one of the two; a definition that another file repeats word for word is fine.",
    ),
    error(
        "flag-bit-range",
        "A condition tests a bit above 31",
        "A `#` has 32 bits, numbered 0 to 31. Add a second flags field, `flags2:#`.",
    ),
    error(
        "growing-arguments",
        "A type contains itself with larger and larger arguments",
        "Each level of such a value is a type of its own, so that there would be infinitely many: \
         `nest {X:Type} next:(Nest (Pair X X)) = Nest X;`. A type may contain itself with the same arguments.",
    ),
    error(
        "infinite-type",
        "Every value of a type would be infinite",
        "The constructor contains itself, and nothing on the way is optional or a vector. Such a value can neither be \
         built nor sent. Make a field conditional, or give the type a second constructor that ends it.",
    ),
    error(
        "internal-error",
        "A declaration was read, and then lost or counted twice",
        "This is a fault of `tl`, not of the schema: it counts what it resolves, so that nothing is dropped in silence. \
         Please report it with the schema.",
    ),
    error(
        "kind-mismatch",
        "A number stands where a type belongs, or a type where a number belongs",
        "The arguments of a type are of the kinds that its constructors declare, in that order: `Tuple int 3`, not \
         `Tuple 3 int`. All constructors of a type declare the same kinds. How often something is repeated is a number: \
         `n*[ int ]` needs `n:#`.",
    ),
    Code {
        name: "layer-mismatch",
        default: Default::Warning,
        summary: "Files that make one schema state different layers",
        explanation: "The layer of the first file counts. Files of different layers seldom fit together.",
    },
    Code {
        name: "repeated-definition",
        default: Default::Note,
        summary: "A definition is repeated word for word in another file",
        explanation: "The first one is kept. Files that share built-in types and a few common ones do this.",
    },
    error(
        "several-calls",
        "A function wraps more than one call",
        "A function has at most one field `!X`, since its result is that of the call.",
    ),
    error(
        "unknown-builtin",
        "`?` stands for something that is not built in",
        "`int ? = Int;` declares a type that every implementation knows. There is no such type of this name.",
    ),
    error(
        "unknown-flags",
        "A condition tests a field that is not there",
        "The name before the dot must be that of a `#` field before this one: `chat flags:# title:flags.0?string = Chat;`.",
    ),
    error(
        "unknown-result",
        "A function results in a type argument that no field gives",
        "`{X:Type} query:!X = X` results in what the inner call results in. Without a field `!X` nobody knows what that is.",
    ),
    error(
        "unknown-type",
        "A type is not declared",
        "The name is neither built in nor declared in the files that were given together. If another file declares it, \
         give that file, too: `tl check common.tl memcache.tl`.",
    ),
    error(
        "unknown-type-argument",
        "`!` stands before something that is no type argument",
        "`!X` needs `{X:Type}` in the same declaration: `invoke {X:Type} query:!X = X;`.",
    ),
    error(
        "unknown-variable",
        "A number is neither a `#` field that stands before, nor an argument",
        "How often something is repeated, and the numbers that types depend on, must be known before the data that depends \
         on them: a constant, a `#` field that stands before, or an argument `{n:#}`.\n\n\
         ```text\nmatrix rows:# columns:# rows*[columns*[int]] = Matrix;\n```\n\n\
         A repetition that says no number, `[ int ]`, is counted by the last `#` field before it in the same brackets.",
    ),
    error(
        "unsupported-sum",
        "A sum has several variables, or does not fit into 32 bits",
        "`n+1` is a number of which one part is constant. A sum of two variables is in none of the grammars in use; give \
         the sum a `#` field of its own.",
    ),
    error(
        "unused-argument",
        "An argument in braces is not used where it must be",
        "Every `{…}` argument of a constructor is an argument of the type that it constructs, \
         `pair {X:Type} {Y:Type} a:X b:Y = Pair X Y;`, or else nobody could tell what it stands for. That of a function is \
         the result of a call, `{X:Type} query:!X`; a number that whoever calls gives is a field, `n:#`.",
    ),
    error(
        "wrong-arity",
        "A type has too many or too few arguments",
        "Write as many arguments as the type is declared with: `Vector<int>`, `Tuple int 3`. All constructors of a type \
         have the same number of arguments. A type parameter takes none.",
    ),
    error(
        "wrong-finality",
        "`New`, `Final` or `Empty` contradicts the constructors of a type",
        "`New T;` says that there is no constructor of `T` before, `Final T;` that there is none after, and `Empty T;` that \
         there is none at all.",
    ),
];
