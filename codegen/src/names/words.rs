//! Words that a generated name must not be.

use proc_macro2::{Ident, Span};

/// Keywords that `r#` makes into names.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be names in any form.
const STRICT: &[&str] = &["crate", "self", "super", "Self"];

/// Names that generated code uses without a path, so that no type may take them.
const USED_TYPES: &[&str] = &[
    "AnyConstructor",
    "AnyFunction",
    "Box",
    "Clone",
    "Combinator",
    "Copy",
    "Debug",
    "Decode",
    "DecodeAs",
    "DecodeBare",
    "DecodeError",
    "Default",
    "Encode",
    "EncodeAs",
    "EncodeBare",
    "Eq",
    "Err",
    "From",
    "Function",
    "Hash",
    "InSchema",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Reader",
    "Result",
    "RpcErrorKind",
    "SCHEMA",
    "SchemaPlace",
    "SchemaRef",
    "Some",
    "String",
    "TryFrom",
    "Vec",
    "Writer",
];

/// Names of items of the root module that other items use.
const USED_ITEMS: &[&str] = &["AnyConstructor", "AnyFunction", "RpcErrorKind", "SCHEMA"];

/// Names of modules that generated code uses.
const USED_MODULES: &[&str] =
    &["any_constructor", "any_function", "codec", "enums", "functions", "root", "typelang", "types"];

/// Names of local variables and arguments in generated functions.
const USED_LOCALS: &[&str] = &["enclosing", "reader", "writer"];

/// More of them in functions that encode.
const USED_BY_ENCODING: &[&str] = &["field", "group", "id", "len", "value"];

/// A name of a field, a method or a module: raw if it is a keyword, with an underscore where not even that helps.
pub(crate) fn value_ident(name: &str) -> Ident {
    if STRICT.contains(&name) {
        return Ident::new(&format!("{name}_"), Span::call_site());
    }
    if KEYWORDS.contains(&name) {
        return Ident::new_raw(name, Span::call_site());
    }
    Ident::new(&valid(name), Span::call_site())
}

/// A name of a module. A raw name would not do for the file, so keywords get an underscore.
pub(crate) fn module_name(name: &str) -> String {
    let taken = STRICT.contains(&name) || KEYWORDS.contains(&name) || USED_MODULES.contains(&name);
    if taken { format!("{name}_") } else { valid(name) }
}

/// A name of a type.
pub(crate) fn type_name(name: &str) -> String {
    let taken = STRICT.contains(&name) || USED_TYPES.contains(&name);
    if taken { format!("{name}_") } else { valid(name) }
}

/// A name of a variant. [`USED_ITEMS`] are imported wherever something is called like them.
pub(crate) fn variant_name(name: &str) -> String {
    if STRICT.contains(&name) || USED_ITEMS.contains(&name) { format!("{name}_") } else { valid(name) }
}

/// The local variable for a field.
pub(crate) fn local_ident(field: &Ident) -> Ident {
    let name = field.to_string();
    if USED_LOCALS.contains(&name.as_str()) {
        Ident::new(&format!("{name}_"), Span::call_site())
    } else {
        field.clone()
    }
}

/// The local variable for a number that is computed to be encoded.
pub(crate) fn computed_ident(field: &Ident) -> Ident {
    let name = field.to_string();
    if USED_BY_ENCODING.contains(&name.as_str()) {
        Ident::new(&format!("{name}_"), Span::call_site())
    } else {
        local_ident(field)
    }
}

/// A name that starts as names must: `_` for nothing, an underscore before a digit.
fn valid(name: &str) -> String {
    match name.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{module_name, type_name, value_ident};

    #[test]
    fn keywords() {
        assert_eq!(value_ident("type").to_string(), "r#type");
        assert_eq!(value_ident("self").to_string(), "self_");
        assert_eq!(module_name("pub"), "pub_");
        assert_eq!(type_name("Self"), "Self_");
        assert_eq!(type_name("Vec"), "Vec_");
        assert_eq!(value_ident("").to_string(), "unnamed");
    }
}
