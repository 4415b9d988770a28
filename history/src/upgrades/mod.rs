//! A history as bytes by which the runtime reads values of any layer: its module `history` describes what it does with them.
//!
//! [`compile`] makes one table of the constructors of all layers, with the layers that each is of, and turns rules into programs.
//!
//! # Rules
//!
//! A file of rules is TOML. Fields are found by their names; a rule is for what names do not tell:
//!
//! ```toml
//! [[rule]]
//! of = ["message#c09be45f", "message#90dddc11"]
//! fields = { from_id = "peerUser{user_id: from_id}" }
//! ```
//!
//! | key | value |
//! |---|---|
//! | `of` | old constructors with their ids, one or several |
//! | `as` | the wanted type; without it, the type of the old constructor |
//! | `to` | the new constructor; without it, the one with the name of the old constructor |
//! | `fields` | for fields of the new constructor, an expression each |
//! | `guess` | `true` if the layouts do not prove the rule: values that it made are reported so |
//!
//! | expression | value |
//! |---|---|
//! | `field`, `a.b` | a field of the old value, a field of it; nothing if it is not there |
//! | `constructor{field: e, …}` | a new value; nothing if a field that must be there is not |
//! | `[e, x…]` | a vector of elements and of all elements of vectors |
//! | `each(x, e)` | `e` for each element of the vector `x`, which is `it` in `e` |
//! | `first(x)` | the first element of a vector |
//! | `or(a, b, …)` | the first of them that is there |
//! | `ifset(x, e)` | `e` if `x` is there |
//! | `flag(x)` | a `true`, if `x` is there and is not `false` |
//! | `bool(x)` | a `Bool`: whether `x` is there and is not `false` |
//! | `case(x, constructor: e, "text": e, 1: e, _: e)` | by the constructor, the text or the number of `x` |
//! | `decimal(x)` | a number as text |
//! | `nonempty(x)` | a text, unless it is empty |
//! | `before(x, "…")`, `after(x, "…")` | the text before or after the first place of another one |
//! | `1`, `"text"`, `true`, `false` | itself |
//! | `none` | nothing |
//! | `neutral` | 0, empty, or `false`, which is reported as made up: for a new field where old ones are dropped that do not tell it |

mod check;
mod expression;
mod layouts;
mod rules;
mod union;
mod write;

use typelang_ir::Schema;
use typelang_parser::{Diagnostic, SourceId};

use crate::History;

/// The result of [`compile`].
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    /// The history as bytes. Incomplete if a diagnostic is an error.
    pub bytes: Vec<u8>,
    /// The findings in the rules and the layouts.
    pub diagnostics: Vec<Diagnostic>,
    /// The layer that values are upgraded to.
    pub newest: u32,
}

/// Compiles a history for a schema of one of its layers, with the text of a file of rules if there is one.
///
/// `newest` is the layer of the schema; without it, it is the newest of the history.
#[must_use]
pub fn compile(history: &History, newest: Option<u32>, rules: Option<(SourceId, &str)>) -> Compiled {
    let newest = newest.or_else(|| history.newest().map(|it| it.number())).unwrap_or_default();
    let union = union::union(history);
    let mut diagnostics = union.diagnostics.clone();
    let table = typelang_ir::table(&union.schema, union.long_strings);
    let mut programs = Vec::new();
    if let Some((source, text)) = rules {
        let (read, found) = rules::read(source, text);
        diagnostics.extend(found);
        programs = check::check(&union, &table, newest, &read, &mut diagnostics);
    }
    let bytes = write::write(&union, &table, newest, programs);
    Compiled { bytes, diagnostics, newest }
}

/// The constructors of all layers as one schema, for tests and tools: those of the same name have names with their ids.
#[must_use]
pub fn all_layouts(history: &History) -> Schema {
    union::union(history).schema
}
