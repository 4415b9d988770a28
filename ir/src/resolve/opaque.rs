//! Types that are declared as built in, and that no implementation knows.

use typelang_parser::Diagnostic;

use super::collect::label;
use crate::codes;
use crate::schema::{Combinator, ConstructorKind, Schema};

/// Reports each one that is used.
pub(super) fn opaque_builtins(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let mut opaque = schema.constructor_ids().filter(|&id| schema[id].kind == ConstructorKind::Opaque).peekable();
    if opaque.peek().is_some() {
        let used = schema.used_constructors();
        diagnostics.extend(opaque.filter(|id| used[id.index()]).map(|id| report(&schema[id].combinator)));
    }
}

fn report(combinator: &Combinator) -> Diagnostic {
    let name = &combinator.name;
    let message = format!("`{name}` is declared as built in, but it is not a type that has a Rust type");
    let help = format!("give it one when code is generated: `--extern-path {name}=PATH`, `Builder::extern_path`");
    Diagnostic::new(&codes::OPAQUE_BUILTIN, message, label(combinator.origin)).with_help(help)
}
