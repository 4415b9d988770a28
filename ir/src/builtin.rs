//! The names of built-in types, and which declarations declare them.

use typelang_parser::ast::{Body, Combinator, ExpressionKind, QualifiedName};

use crate::Builtin;

/// Bare names of built-in types that take no argument.
const VALUES: &[(&str, Builtin)] = &[
    ("int", Builtin::Int),
    ("int32", Builtin::Int),
    ("long", Builtin::Long),
    ("int53", Builtin::Long),
    ("int64", Builtin::Long),
    ("double", Builtin::Double),
    ("float", Builtin::Float),
    ("int128", Builtin::Int128),
    ("int256", Builtin::Int256),
    ("int512", Builtin::Int512),
    ("string", Builtin::String),
    ("secureString", Builtin::String),
    ("bytes", Builtin::Bytes),
    ("secureBytes", Builtin::Bytes),
];

/// The built-in type of a bare name.
pub(crate) fn bare(name: &QualifiedName) -> Option<Builtin> {
    if !name.namespace.is_empty() {
        return None;
    }
    VALUES.iter().find(|(text, _)| *text == name.name).map(|&(_, builtin)| builtin)
}

/// Whether a boxed name is that of a built-in type other than `Bool`, `Vector` and `Tuple`: `Int`, `String`, ….
pub(crate) fn bare_name_of_boxed(name: &QualifiedName) -> Option<&'static str> {
    if !name.namespace.is_empty() {
        return None;
    }
    VALUES.iter().map(|&(text, _)| text).find(|text| *text != name.name && text.eq_ignore_ascii_case(&name.name))
}

/// Every name of a built-in type, for "did you mean".
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    VALUES.iter().map(|&(text, _)| text).chain(["Bool", "true", "Vector", "vector", "Tuple", "tuple"])
}

/// Whether a declaration of the types section declares a built-in type: `int ? = Int`, `int128 4*[ int ] = Int128`,
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
        _ if matches!(combinator.body, Body::Builtin(_)) => true,
        name => bare(&combinator.name).is_some() && name.eq_ignore_ascii_case(&result.name),
    }
}

/// What an application applies, or the expression itself.
pub(crate) fn head(expression: &typelang_parser::ast::Expression) -> &typelang_parser::ast::Expression {
    match &expression.kind {
        ExpressionKind::Application { function, .. } => head(function),
        _ => expression,
    }
}
