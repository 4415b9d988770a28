//! All layers of the schema as bytes, and functions that read by them.

use crate::model::Model;
use crate::options::History;
use crate::output::bytes::BytesItem;

/// The items of the module `history`. The bytes are in a file of their own, where code is written as files.
///
/// Expands to:
///
/// ```text
/// pub use typelang::history::{Error, History, HistoryOptions, …};
///
/// pub fn decode<T>(bytes: &[u8]) -> Result<Upgraded<T>, Error>
/// where
///     T: typelang::DecodeOwned + Wanted,
/// {
///     HISTORY.decode(bytes)
/// }
///
/// pub fn decode_at …
/// pub fn transcode …
/// pub fn layers_of …
///
/// pub static HISTORY: History = History::generated(include_bytes!("history.bin"));
/// ```
pub(crate) fn history(model: &Model<'_>, history: &History) -> BytesItem {
    let runtime = &model.options.runtime_path;
    let mut before = format!("pub use {runtime}::history::{{\n    {NAMES},\n}};\n\n");
    for (docs, signature, body) in functions(runtime) {
        before += &documented(model, &docs);
        let space = if signature.ends_with('\n') { "" } else { " " };
        before += &format!("{signature}{space}{{\n    {body}\n}}\n\n");
    }
    before += &documented(model, &["All layers of the schema, and rules for what changed between them.".to_owned()]);
    before += "pub static HISTORY: History =\n    History::generated(";
    BytesItem { before, bytes: history.bytes.clone(), after: ");".to_owned() }
}

/// The items of the runtime that programs for values of other layers need.
const NAMES: &str = "CodeRule, Error, History, HistoryOptions, Layers, Loss, LossKind, NotConvertible, Policy, Reason, Transcoded, \
                     Upgraded, Wanted";

/// Documentation, signature and body of each function.
fn functions(runtime: &str) -> Vec<(Vec<String>, String, &'static str)> {
    let lines = |docs: &[&str]| docs.iter().map(|&line| line.to_owned()).collect::<Vec<String>>();
    let where_clause = format!("where\n    T: {runtime}::DecodeOwned + Wanted,\n");
    vec![
        (
            lines(&[
                "Decodes a value of any layer. Bytes of this layer cost no more than elsewhere.",
                "",
                "# Errors",
                "",
                "Returns an error if the bytes are not a value of the type in any layer, or if part of it cannot be one of this layer.",
            ]),
            format!("pub fn decode<T>(bytes: &[u8]) -> Result<Upgraded<T>, Error>\n{where_clause}"),
            "HISTORY.decode(bytes)",
        ),
        (
            lines(&[
                "Decodes a value of a known layer: some ids have bits with another meaning in some layers.",
                "",
                "# Errors",
                "",
                "As [`decode`], and if the history does not have the layer.",
            ]),
            format!("pub fn decode_at<T>(layer: u32, bytes: &[u8]) -> Result<Upgraded<T>, Error>\n{where_clause}"),
            "HISTORY.decode_at(layer, bytes)",
        ),
        (
            lines(&[
                "Writes a value of one layer as one of another. `ty` is the name of its type: `Message`, `Vector<Message>`, or the",
                "empty text for a value of any type.",
                "",
                "# Errors",
                "",
                "As [`History::transcode`].",
            ]),
            "pub fn transcode(bytes: &[u8], ty: &str, from: u32, to: u32, policy: Policy) -> Result<Transcoded, Error>"
                .to_owned(),
            "HISTORY.transcode(bytes, ty, from, to, policy)",
        ),
        (
            lines(&["The layers that have a constructor with this id."]),
            "#[must_use]\npub fn layers_of(id: u32) -> Option<Layers>".to_owned(),
            "HISTORY.layers_of(id)",
        ),
    ]
}

fn documented(model: &Model<'_>, docs: &[String]) -> String {
    if !model.options.documentation {
        return String::new();
    }
    docs.iter().map(|line| format!("/// {line}").trim_end().to_owned() + "\n").collect()
}
