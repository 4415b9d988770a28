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
        "expected-type",
        "A number stands where a type is needed",
        "Numbers are arguments of types, as in `Tuple int 3`; they are not types themselves.",
    ),
    error(
        "flag-bit-range",
        "A condition tests a bit above 31",
        "A `#` has 32 bits, numbered 0 to 31. Add a second flags field, `flags2:#`.",
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
        "unsupported-boxed-builtin",
        "The boxed form of a built-in type is not supported yet",
        "`Int` is an `int` with its id before it. Use the bare form unless the wire really has the id.",
    ),
    error("unsupported-condition", "This form of condition is not supported yet", "Write the bit: `x:flags.0?int`."),
    error(
        "unsupported-conditional-flags",
        "A condition that tests a conditional field is not supported yet",
        "A `#` that may be absent decides on another field.",
    ),
    error(
        "unsupported-finality",
        "`New`, `Final` and `Empty` are not supported yet",
        "These declarations add nothing to the data; they can be left out.",
    ),
    error(
        "unsupported-object",
        "`Object`, a value of any type, is not supported yet",
        "Name the types that can be meant: a type with a constructor for each of them.",
    ),
    error(
        "unsupported-optional-argument",
        "This optional argument is not supported yet",
        "Supported is one `{X:Type}` of a function that has a field `!X`.",
    ),
    error(
        "unsupported-partial-application",
        "A partial application is not supported yet",
        "`Tuple int 3;` asks for an instance of a type by name. Use the type in a field instead.",
    ),
    error(
        "unsupported-repetition",
        "A repetition is not supported yet",
        "`n*[ … ]` is supported only in the declarations of built-in types.",
    ),
    error(
        "unsupported-type-argument-use",
        "A type argument is used in a way that is not supported yet",
        "`X` of `{X:Type}` can stand behind `!` and as the result.",
    ),
    error(
        "unsupported-type-arguments",
        "A type with arguments is not supported yet",
        "Only vectors can have arguments: `Vector<int>`.",
    ),
    Code {
        name: "unused-type-argument",
        default: Default::Warning,
        summary: "An optional argument is not used",
        explanation: "Neither a field nor the result speaks of it, so it changes nothing. Remove it.",
    },
    error(
        "wrong-arity",
        "A type has too many or too few arguments",
        "Write as many arguments as the type is declared with: `Vector<int>`.",
    ),
];
