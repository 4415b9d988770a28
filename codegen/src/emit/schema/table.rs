//! The schema as a table of bytes, for the walker of the runtime.

use crate::model::Model;
use crate::output::bytes::BytesItem;

/// The item with the table. Its bytes are in a file of their own, where code is written as files: one more constructor moves most
/// of them.
///
/// Expands to:
///
/// ```text
/// pub static TABLE: typelang::reflect::Table<'static> = typelang::reflect::Table::generated(include_bytes!("table.bin"));
/// ```
///
/// or, where all code is one file, to:
///
/// ```text
/// pub static TABLE: typelang::reflect::Table<'static> = typelang::reflect::Table::generated(b"\
///     TLTB\x01\0\0\0\xe6\0\0\0\
///     ");
/// ```
pub(crate) fn table(model: &Model<'_>) -> BytesItem {
    let ty = format!("{}::reflect::Table", model.options.runtime_path);
    let docs = if model.options.documentation {
        "/// The schema as a table: for values without generated types, text, JSON, and errors with paths.\n"
    } else {
        ""
    };
    BytesItem {
        before: format!("{docs}pub static TABLE: {ty}<'static> =\n    {ty}::generated("),
        bytes: typelang_ir::table_with_levels(
            model.schema,
            &model.facts,
            model.has_long_strings(),
            model.levels.in_table(),
        ),
        after: ");".to_owned(),
    }
}
