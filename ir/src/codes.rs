//! The codes of the resolver.

use typelang_parser::declare_codes;

declare_codes! {
    ASSIGNED_IDS {
        name: "assigned-ids",
        level: Note,
        summary: "Ids of a schema are assigned by hand, as its family does",
        explanation:
            "In VK's schemas an id is kept when fields are added, or is chosen at will, so that a difference to the checksum of the \
            text says nothing. With the profile `vk` all of them are one note in place of a warning `id-mismatch` for each.",
    }
    BARE_USE {
        name: "bare-use",
        level: Error,
        summary: "A type of several constructors is used bare",
        explanation:
            "A bare value has no id before it that tells which of the constructors it is. Use the boxed type, `Shape` \
            instead of `%Shape`, or name the constructor: `circle` is always a circle.",
        fix: "writes the boxed type",
    }
    CONDITION_BEFORE_FLAGS {
        name: "condition-before-flags",
        level: Error,
        summary: "A condition tests a field that comes later",
        explanation:
            "Whoever reads the data must know the flags before the fields that they decide on. Move `flags:#` \
            to the front.",
    }
    CONDITION_NOT_NAT {
        name: "condition-not-nat",
        level: Error,
        summary: "A condition tests a field that is no `#`",
        explanation: "Only the bits of a natural number can be tested. `flags:int` should be `flags:#`.",
        fix: "makes a `#` of a field that is an `int`",
    }
    CONDITIONAL_CALL {
        name: "conditional-call",
        level: Error,
        summary: "A field `!X` depends on a condition",
        explanation:
            "The result of a function that wraps a call is the result of that call. If the call may be absent, \
            nobody knows what comes back. Declare a second function without the call.",
    }
    DUPLICATE_ARGUMENT {
        name: "duplicate-argument",
        level: Error,
        summary: "Two arguments in braces have the same name",
        explanation: "Whoever reads `X` could not tell which one is meant. Rename one of them.",
    }
    DUPLICATE_DEFAULT {
        name: "duplicate-default",
        level: Error,
        summary: "A type has two default constructors `_`",
        explanation:
            "A value that begins with the id of no other constructor is one of the default constructor. With \
            two of them nobody could tell which. Give one of them a name.",
    }
    DUPLICATE_FIELD {
        name: "duplicate-field",
        level: Error,
        summary: "Two fields of a declaration have the same name",
        explanation:
            "Rename one of them. Names are not part of the data, but they are part of the text that the id is \
            computed from.",
    }
    DUPLICATE_ID {
        name: "duplicate-id",
        level: Error,
        summary: "Two declarations of a schema have the same id where only the id tells them apart",
        explanation:
            "That is so for two functions, for two constructors of a type, and, if the schema has an `Object`, for everything \
            that an `Object` can be. One of the two was probably copied, and its id left as it was. Elsewhere the place tells \
            them apart; then it is the lint `reused-id`.",
    }
    DUPLICATE_NAME {
        name: "duplicate-name",
        level: Error,
        summary: "A name is defined twice",
        explanation:
            "A name has one definition. Rename one of the two; a definition that another file repeats word for \
            word is fine.",
    }
    FLAG_BIT_RANGE {
        name: "flag-bit-range",
        level: Error,
        summary: "A condition tests a bit above 31",
        explanation: "A `#` has 32 bits, numbered 0 to 31. Add a second flags field, `flags2:#`.",
    }
    GROWING_ARGUMENTS {
        name: "growing-arguments",
        level: Error,
        summary: "A type contains itself with larger and larger arguments",
        explanation:
            "Each level of such a value is a type of its own, so that there would be infinitely many: `nest \
            {X:Type} next:(Nest (Pair X X)) = Nest X;`. A type may contain itself with the same arguments.",
    }
    INFINITE_TYPE {
        name: "infinite-type",
        level: Error,
        summary: "Every value of a type would be infinite",
        explanation:
            "The constructor contains itself, and nothing on the way is optional or a vector. Such a value can \
            neither be built nor sent. Make a field conditional, or give the type a second constructor that \
            ends it.",
    }
    INTERNAL_ERROR {
        name: "internal-error",
        level: Error,
        summary: "A declaration was read, and then lost or counted twice",
        explanation:
            "This is a fault of `tl`, not of the schema: it counts what it resolves, so that nothing is dropped \
            in silence. Please report it with the schema.",
    }
    KIND_MISMATCH {
        name: "kind-mismatch",
        level: Error,
        summary: "A number stands where a type belongs, or a type where a number belongs",
        explanation:
            "The arguments of a type are of the kinds that its constructors declare, in that order: `Tuple int \
            3`, not `Tuple 3 int`. All constructors of a type declare the same kinds. How often something is \
            repeated is a number: `n*[ int ]` needs `n:#`.",
    }
    LAYER_MISMATCH {
        name: "layer-mismatch",
        level: Warning,
        summary: "Files that make one schema state different layers",
        explanation: "The layer of the first file counts. Files of different layers seldom fit together.",
    }
    MISSING_ARGUMENT {
        name: "missing-argument",
        level: Error,
        summary: "An argument is used, but not declared in braces",
        explanation:
            "A variable is declared before the fields: `invoke {X:Type} query:!X = X;`, `pair {X:Type} {Y:Type} a:X \
            b:Y = Pair X Y;`. Schemas that were converted to JSON and back have lost these declarations. Since they are \
            part of the text that the id is computed from, the id of such a declaration is not compared.",
        fix: "declares the arguments",
    }
    OPAQUE_BUILTIN {
        name: "opaque-builtin",
        level: Warning,
        summary: "A type is declared as built in, but no implementation knows it",
        explanation:
            "`int ? = Int;` declares a type that every implementation knows. Of another one, `bigBytes ? = BigBytes;`, only \
            the name is known, not the bytes. Generated code can use a Rust type of your own for it, which implements \
            `EncodeBare`, `DecodeBare` and `Combinator`: `tl generate --extern-path bigBytes=crate::BigBytes`, or \
            `Builder::extern_path`. Without one no code is generated. `tl decode` stops where such a value begins.",
    }
    REPEATED_DEFINITION {
        name: "repeated-definition",
        level: Note,
        summary: "A definition is repeated word for word in another file",
        explanation: "The first one is kept. Files that share built-in types and a few common ones do this.",
    }
    SEVERAL_CALLS {
        name: "several-calls",
        level: Error,
        summary: "A function wraps more than one call",
        explanation: "A function has at most one field `!X`, since its result is that of the call.",
    }
    TOO_MANY_VALUES {
        name: "too-many-values",
        level: Error,
        summary: "Every value of a type contains thousands of others, or others that are nested deeply",
        explanation:
            "Types that contain the next one twice, level after level, have values of any size: `a x:B y:B = A; b x:C \
            y:C = B;`. A value must have at most 4,096 others in its fields and in theirs, at most 100 levels deep; what is \
            optional, in a vector or repeated does not count. Make a field optional, or put its values into a vector.",
    }
    UNDEFINED_RESULT {
        name: "undefined-result",
        level: Warning,
        summary: "A function returns a type that nothing constructs",
        explanation:
            "The calls can be made, but what they return cannot be decoded: the generated type has no values. Add the file \
            that constructs the type, declare its constructors, or give generated code a type of your own: `tl generate \
            --extern-path HttpWait=crate::HttpWait`, or `Builder::extern_path`. If nothing is ever returned, `Empty \
            HttpWait;` declares that. A field of such a type, and a name that is like another one, are the error \
            `unknown-type`.",
    }
    UNKNOWN_BUILTIN {
        name: "unknown-builtin",
        level: Error,
        summary: "`?` declares a function",
        explanation:
            "`int ? = Int;` declares a type that every implementation knows. There are no built-in functions.",
    }
    UNKNOWN_FLAGS {
        name: "unknown-flags",
        level: Error,
        summary: "A condition tests a field that is not there",
        explanation:
            "The name before the dot must be that of a `#` field before this one: `chat flags:# \
            title:flags.0?string = Chat;`.",
        fix: "writes the name that was probably meant, or adds the field where there is no `#` at all",
    }
    UNKNOWN_RESULT {
        name: "unknown-result",
        level: Error,
        summary: "A function results in a type argument that no field gives",
        explanation:
            "`{X:Type} query:!X = X` results in what the inner call results in. Without a field `!X` nobody \
            knows what that is.",
    }
    UNKNOWN_TYPE {
        name: "unknown-type",
        level: Error,
        summary: "A type is not declared",
        explanation:
            "The name is neither built in nor declared in the files that were given together. If another file \
            declares it, give that file, too: `tl check common.tl memcache.tl`.",
        fix: "writes the type that was probably meant",
    }
    UNKNOWN_TYPE_ARGUMENT {
        name: "unknown-type-argument",
        level: Error,
        summary: "`!` stands before something that is not a type argument",
        explanation:
            "`!X` is a call, and `X` its result: a variable that the same declaration declares, `invoke {X:Type} \
            query:!X = X;`. A call of a function with a certain result cannot be declared; `Function` is a call of any \
            function.",
    }
    UNKNOWN_VARIABLE {
        name: "unknown-variable",
        level: Error,
        summary: "A number is neither a `#` field that stands before, nor an argument",
        explanation:
            "How often something is repeated, and the numbers that types depend on, must be known before the \
            data that depends on them: a constant, a `#` field that stands before, or an argument `{n:#}`.\n\n\
            ```text\nmatrix rows:# columns:# rows*[columns*[int]] = Matrix;\n```\n\n\
            A repetition that says no number, `[ int ]`, is counted by the last `#` field before it in the \
            same brackets.",
        fix: "writes the name that was probably meant",
    }
    UNNAMED_FUNCTION {
        name: "unnamed-function",
        level: Error,
        summary: "A function is called `_`",
        explanation:
            "`_` is a constructor without an id, for whatever begins with no other id. A function needs a name: its id is \
            computed from it, and a call begins with the id.",
    }
    UNSUPPORTED_SUM {
        name: "unsupported-sum",
        level: Error,
        summary: "A sum has several variables, or does not fit into 32 bits",
        explanation:
            "`n+1` is a number of which one part is constant. A sum of two variables is in none of the grammars \
            in use; give the sum a `#` field of its own.",
    }
    UNUSED_ARGUMENT {
        name: "unused-argument",
        level: Error,
        summary: "An argument in braces is not used where it must be",
        explanation:
            "Every `{…}` argument of a constructor is an argument of the type that it constructs, `pair \
            {X:Type} {Y:Type} a:X b:Y = Pair X Y;`, or else nobody could tell what it stands for; only the `X` of a call, \
            `{X:Type} query:!X`, need not be. That of a function is the result of a call, `{X:Type} query:!X`; a number that whoever calls gives is a \
            field, `n:#`.",
    }
    WRONG_ARITY {
        name: "wrong-arity",
        level: Error,
        summary: "A type has too many or too few arguments",
        explanation:
            "Write as many arguments as the type is declared with: `Vector<int>`, `Tuple int 3`. All \
            constructors of a type have the same number of arguments. A type parameter takes none.",
    }
    WRONG_FINALITY {
        name: "wrong-finality",
        level: Error,
        summary: "`New`, `Final` or `Empty` contradicts the constructors of a type",
        explanation:
            "`New T;` says that there is no constructor of `T` before, `Final T;` that there is none after, and \
            `Empty T;` that there is none at all.",
    }
}
