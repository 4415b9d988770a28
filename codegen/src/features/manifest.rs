//! The features as they stand in a `Cargo.toml`.

use super::Features;
use crate::options::NamespaceFeatures;

/// Longest line, in characters.
const LINE: usize = 112;

/// Lines for the section `[features]`, without a line break at the end.
///
/// ```toml
/// api = [
///     "help", "messages",
/// ]
/// help = ["_api"]
/// messages = ["_api"]
/// _api = []
/// ```
pub(crate) fn lines(choice: &NamespaceFeatures, features: &Features) -> String {
    let names: Vec<String> = features.names().iter().map(|name| format!("\"{name}\"")).collect();
    let base = choice.base.as_ref().map(|base| format!("\"{base}\""));
    let mut text = format!("{} = [\n", key(&choice.all));
    // Without any function the whole still needs the base.
    let all = if names.is_empty() { base.iter().cloned().collect() } else { names };
    text.push_str(&wrapped(&all));
    text.push_str("]\n");
    for name in features.names() {
        text.push_str(&format!("{} = [{}]\n", key(name), base.as_deref().unwrap_or_default()));
    }
    if let Some(base) = &choice.base {
        text.push_str(&format!("{} = []\n", key(base)));
    }
    text.truncate(text.trim_end().len());
    text
}

/// Items of a list, as many as there is room for on each line.
fn wrapped(items: &[String]) -> String {
    let mut text = String::new();
    let mut line = String::new();
    for item in items {
        if !line.is_empty() && 4 + line.len() + item.len() + 2 > LINE {
            text.push_str(&format!("    {}\n", line.trim_end()));
            line.clear();
        }
        line.push_str(&format!("{item}, "));
    }
    if line.is_empty() { text } else { text + &format!("    {}\n", line.trim_end()) }
}

/// A key, in quotation marks if it has a dot.
fn key(name: &str) -> String {
    if name.contains('.') { format!("\"{name}\"") } else { name.to_owned() }
}
