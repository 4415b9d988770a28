//! Words that a generated name must not be, and the marks of names that come from a schema.
//!
//! The emitters write names of their own and names of the schema side by side. Names of the schema are *marked*: they are raw
//! identifiers (`r#Vec`), which no emitter writes itself, and local variables end with a character that no name of a schema has.
//! [`hygiene`](crate::output::hygiene) takes the marks away and, since it sees which is which, keeps the two apart.

use proc_macro2::{Ident, Span};
use typelang_project::is_device;

/// Keywords that `r#` makes into names.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be names in any form.
const STRICT: &[&str] = &["crate", "self", "super", "Self"];

/// Types of the language, which a module of the same name hides.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16", "u32", "u64", "u8",
    "usize",
];

/// The modules of the root module that items refer to and therefore import.
pub(crate) const ROOTS: [&str; 3] = ["enums", "functions", "types"];

/// The other items of the root module that items import.
pub(crate) const ITEMS: [&str; 5] = ["AnyConstructor", "AnyFunction", "RpcErrorKind", "SCHEMA", "TABLE"];

/// The module that has the parts of a divided namespace.
pub(crate) const DIVISION: &str = "root";

/// Most characters of the name of a type or a module before numbers that keep it apart: `struct.NAME.html` and `NAME.rs` then
/// are file names that every system has room for.
const LONGEST: usize = 72;

/// The last character of the mark of a local variable.
const LOCAL: char = '\u{b7}';

/// A marked name. It must be [`valid`].
fn marked(name: &str) -> Ident {
    Ident::new_raw(name, Span::call_site())
}

/// The name of an identifier, marked or not, as documentation has it: never raw.
pub(crate) fn text(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").unwrap_or(&text).trim_end_matches(LOCAL).to_owned()
}

/// An identifier as the hygiene of an item sees it.
pub(crate) enum Mark<'t> {
    /// The emitter's own.
    Own,
    /// Of the schema: its name.
    Schema(&'t str),
    /// Of the schema, for a local variable: its name.
    Local(&'t str),
}

impl<'t> Mark<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        match text.strip_prefix("r#") {
            None => Self::Own,
            Some(name) => match name.strip_suffix(LOCAL) {
                Some(name) => Self::Local(name),
                None => Self::Schema(name),
            },
        }
    }
}

/// A name of the schema as it is written at the end: raw only if it is a keyword.
pub(crate) fn unmarked(name: &str, span: Span) -> Ident {
    if KEYWORDS.contains(&name) { Ident::new_raw(name, span) } else { Ident::new(name, span) }
}

/// Returns whether a word is a type of the language.
pub(crate) fn is_primitive(word: &str) -> bool {
    PRIMITIVES.contains(&word)
}

/// A name of a field or a method.
pub(crate) fn value_ident(name: &str) -> Ident {
    marked(&value_name(name))
}

/// A name of a field or a method, unmarked: with an underscore where not even `r#` makes it a name.
pub(crate) fn value_name(name: &str) -> String {
    if STRICT.contains(&name) { format!("{name}_") } else { valid(name, "unnamed") }
}

/// The local variable for a field.
pub(crate) fn local_ident(field: &Ident) -> Ident {
    marked(&format!("{}{LOCAL}", text(field)))
}

/// A name of a module. A raw name would not do for the file, so keywords get an underscore, as do names that some systems do not
/// allow for files and those of the modules that generated code has anyway.
pub(crate) fn module_name(name: &str) -> String {
    let name = bounded(name, "_");
    let lists = [STRICT, KEYWORDS, &ROOTS, &[DIVISION]];
    if is_device(&name) || lists.iter().any(|list| list.contains(&name.as_str())) {
        return format!("{name}_");
    }
    // An underscore before the digit would make the name of a type out of it.
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("n{name}") } else { valid(&name, "unnamed") }
}

/// A name of a type or a generic parameter, unmarked.
pub(crate) fn type_name(name: &str) -> String {
    let name = bounded(name, "");
    let is_taken = STRICT.contains(&name.as_str()) || ITEMS.contains(&name.as_str());
    if is_taken { format!("{name}_") } else { valid(&name, "Unnamed") }
}

/// A name of a type or a generic parameter.
pub(crate) fn type_ident(name: &str) -> Ident {
    marked(&type_name(name))
}

/// A name of a variant, unmarked.
pub(crate) fn variant_name(name: &str) -> String {
    if STRICT.contains(&name) { format!("{name}_") } else { valid(name, "Unnamed") }
}

/// A name of a variant.
pub(crate) fn variant_ident(name: &str) -> Ident {
    marked(&variant_name(name))
}

/// A name that starts as names must: `nothing` for nothing, an underscore before a digit.
fn valid(name: &str, nothing: &str) -> String {
    match name.chars().next() {
        None => nothing.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name.to_owned(),
    }
}

/// A name of at most [`LONGEST`] characters: of a longer one the beginning, and a number that depends on all of it.
fn bounded(name: &str, before_number: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    // FNV-1a.
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let number = format!("{before_number}{:08x}", name.bytes().fold(0x811c_9dc5, step));
    let beginning: String = name.chars().take(LONGEST - number.len()).collect();
    beginning.trim_end_matches('_').to_owned() + &number
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Mark, local_ident, module_name, text, type_name, unmarked, value_ident, variant_name};

    #[test]
    fn keywords() {
        let settled = |name: &str| unmarked(&text(&value_ident(name)), proc_macro2::Span::call_site()).to_string();
        assert_eq!(settled("type"), "r#type");
        assert_eq!(settled("self"), "self_");
        assert_eq!(settled("peer"), "peer");
        assert_eq!(settled(""), "unnamed");
        assert_eq!(module_name("pub"), "pub_");
        assert_eq!(type_name("Self"), "Self_");
        assert_eq!(type_name("Vec"), "Vec");
        assert_eq!(variant_name("Self"), "Self_");
    }

    #[test]
    fn no_module_is_a_device() {
        assert_eq!(module_name("con"), "con_");
        assert_eq!(module_name("lpt1"), "lpt1_");
        assert_eq!(module_name("console"), "console");
    }

    #[test]
    fn long_names_keep_their_beginning() {
        let name = |last: &str| module_name(&("a".repeat(5_000) + last));
        assert_eq!(name("b").len(), LONGEST);
        assert_ne!(name("b"), name("c"));
        assert_eq!(type_name(&"A".repeat(LONGEST)), "A".repeat(LONGEST));
        assert_eq!(type_name(&"A".repeat(LONGEST + 1)).len(), LONGEST);
    }

    #[test]
    fn marks_tell_names_apart() {
        let (field, own) = (value_ident("reader"), "reader");
        assert!(matches!(Mark::of(own), Mark::Own));
        assert!(matches!(Mark::of(&field.to_string()), Mark::Schema(name) if name == "reader"));
        assert!(matches!(Mark::of(&local_ident(&field).to_string()), Mark::Local(name) if name == "reader"));
    }
}
