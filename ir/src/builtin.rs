//! Built-in types: their names, lengths and codes, and which declarations declare them.

use typelang_parser::ast::{Body, Combinator, ExpressionKind, QualifiedName};

use crate::Name;
use crate::table::codes;

/// Declares [`Builtin`] with all that is known about each type:
///
/// - `doc`, its documentation;
/// - `names`, the usual one first;
/// - `boxed`, whether the type has a boxed form that is named like it but with a capital letter, `Int`, if it is declared;
/// - `length`, the number of bytes, if it is the same for all values;
/// - `code` of the table of a schema.
macro_rules! builtins {
    ($($variant:tt {
        doc: $doc:literal, names: $names:expr, boxed: $boxed:literal, length: $length:expr, code: $code:expr
    })*) => {
        /// Types that every runtime knows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Builtin {
            $(#[doc = $doc] $variant,)*
        }

        impl Builtin {
            /// All built-in types.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// All names of the bare type, the usual one first.
            #[must_use]
            pub const fn names(self) -> &'static [&'static str] {
                match self {
                    $(Self::$variant => &$names,)*
                }
            }

            /// Returns whether a declaration such as `int ? = Int` gives the type a boxed form.
            const fn can_be_boxed(self) -> bool {
                match self {
                    $(Self::$variant => $boxed,)*
                }
            }

            /// The number of bytes of a value, if all values have the same.
            #[must_use]
            pub const fn fixed_length(self) -> Option<u32> {
                match self {
                    $(Self::$variant => $length,)*
                }
            }

            /// The code in the table of a schema.
            pub(crate) const fn code(self) -> u8 {
                match self {
                    $(Self::$variant => $code,)*
                }
            }
        }
    };
}

builtins! {
    Nat {
        doc: "`#`: 4 bytes, unsigned.",
        names: ["#"], boxed: false, length: Some(4), code: codes::NAT
    }
    Int {
        doc: "`int`, `int32`: 4 bytes.",
        names: ["int", "int32"], boxed: true, length: Some(4), code: codes::INT
    }
    Long {
        doc: "`long`, `int64`, `int53`: 8 bytes.",
        names: ["long", "int53", "int64"], boxed: true, length: Some(8), code: codes::LONG
    }
    Double {
        doc: "`double`: 8 bytes.",
        names: ["double"], boxed: true, length: Some(8), code: codes::DOUBLE
    }
    Float {
        doc: "`float`: 4 bytes.",
        names: ["float"], boxed: true, length: Some(4), code: codes::FLOAT
    }
    Int128 {
        doc: "`int128`: 16 bytes as they are.",
        names: ["int128"], boxed: true, length: Some(16), code: codes::INT128
    }
    Int256 {
        doc: "`int256`: 32 bytes as they are.",
        names: ["int256"], boxed: true, length: Some(32), code: codes::INT256
    }
    Int512 {
        doc: "`int512`: 64 bytes as they are.",
        names: ["int512"], boxed: true, length: Some(64), code: codes::INT512
    }
    String {
        doc: "`string`: length and UTF-8 text.",
        names: ["string", "secureString"], boxed: true, length: None, code: codes::STRING
    }
    Bytes {
        doc: "`bytes`: length and bytes.",
        names: ["bytes", "secureBytes"], boxed: true, length: None, code: codes::BYTES
    }
    Bool {
        doc: "`Bool`: one of two ids.",
        names: ["Bool"], boxed: false, length: Some(4), code: codes::BOOL
    }
    True {
        doc: "`true` under a condition: no bytes, its presence is the value.",
        names: ["true"], boxed: false, length: Some(0), code: codes::TRUE
    }
}

impl Builtin {
    /// The usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.names()[0]
    }

    /// The name of the boxed form: `Int` for `int`.
    #[must_use]
    pub fn boxed_name(self) -> String {
        let (first, rest) = self.name().split_at(1);
        first.to_ascii_uppercase() + rest
    }

    /// The built-in type that a type of a schema declares: `int` for `Int` of `int ? = Int`.
    #[must_use]
    pub fn of_type(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|builtin| if builtin.can_be_boxed() { builtin.boxed_name() == name } else { builtin.name() == name })
    }

    /// The least number of bytes of a value. A text has a length in front and is padded to a multiple of four bytes.
    #[must_use]
    pub fn least_length(self) -> u32 {
        self.fixed_length().unwrap_or(4)
    }
}

/// Bare names of built-in types that can be boxed, with their types.
fn boxable_names() -> impl Iterator<Item = (&'static str, Builtin)> {
    let boxable = Builtin::ALL.iter().filter(|builtin| builtin.can_be_boxed());
    boxable.flat_map(|&builtin| builtin.names().iter().map(move |&name| (name, builtin)))
}

/// The built-in type of a bare name.
pub(crate) fn bare(name: &QualifiedName) -> Option<Builtin> {
    if !name.namespace.is_empty() {
        return None;
    }
    boxable_names().find(|(text, _)| *text == name.name).map(|(_, builtin)| builtin)
}

/// The built-in type whose boxed form has a name, and its bare name: `int` for `Int`, `secureString` for `SecureString`.
pub(crate) fn boxed(name: &QualifiedName) -> Option<(&'static str, Builtin)> {
    if !name.namespace.is_empty() {
        return None;
    }
    boxable_names().find(|(text, _)| *text != name.name && text.eq_ignore_ascii_case(&name.name))
}

/// Returns whether a name is that of a built-in type, bare or boxed.
pub(crate) fn is_name(name: &QualifiedName) -> bool {
    let is_special = || ["Object", "object", "Function", "function"].contains(&name.name.as_str());
    let is_built_in = || is_special() || boxed(name).is_some() || names().any(|builtin| builtin == name.name);
    name.namespace.is_empty() && is_built_in()
}

/// The built-in type that a declaration gives an id: `int` for `int ? = Int`, `Bool` for `boolTrue = Bool`.
pub(crate) fn declared(name: &Name) -> Option<Builtin> {
    if !name.namespace.is_empty() {
        return None;
    }
    match name.name.as_str() {
        "boolTrue" | "boolFalse" => Some(Builtin::Bool),
        name => boxable_names().find(|(text, _)| *text == name).map(|(_, builtin)| builtin),
    }
}

/// The constructors of `Bool`, with the ids that every runtime knows.
pub(crate) const BOOLS: [(&str, u32); 2] = [("boolTrue", 0x9972_75b5), ("boolFalse", 0xbc79_9737)];

/// Every name of a built-in type, for "did you mean".
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let names = Builtin::ALL.iter().flat_map(|builtin| builtin.names()).copied();
    names.filter(|name| *name != Builtin::Nat.name()).chain(["Vector", "vector", "Tuple", "tuple"])
}

/// Returns whether a declaration of the types section declares a built-in type: `int ? = Int`, `int128 4*[ int ] = Int128`,
/// `int53 = Int53`, `vector {t:Type} # [ t ] = Vector t`, `boolTrue = Bool`.
pub(crate) fn is_declaration(combinator: &Combinator) -> bool {
    if !combinator.name.namespace.is_empty() {
        return false;
    }
    let ExpressionKind::Name(result) = &head(&combinator.result).kind else {
        return false;
    };
    if !result.namespace.is_empty() {
        return false;
    }
    match combinator.name.name.as_str() {
        "boolTrue" | "boolFalse" => result.name == "Bool",
        "vector" => result.name == "Vector",
        "tuple" => result.name == "Tuple",
        _ if matches!(combinator.body, Body::Builtin(_)) => is_name(&combinator.name),
        name => bare(&combinator.name).is_some() && name.eq_ignore_ascii_case(&result.name),
    }
}

/// Returns whether a declaration of the types section declares a built-in type without constructors that programs name: all but
/// those of `Bool`. Schemas begin with them.
#[must_use]
pub fn is_prelude(combinator: &Combinator) -> bool {
    is_declaration(combinator) && declared(&Name::from(&combinator.name)) != Some(Builtin::Bool)
}

/// What an application applies, or the expression itself.
pub(crate) fn head(expression: &typelang_parser::ast::Expression) -> &typelang_parser::ast::Expression {
    match &expression.kind {
        ExpressionKind::Application { function, .. } => head(function),
        _ => expression,
    }
}
