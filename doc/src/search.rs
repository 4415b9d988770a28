//! What the search in the browser looks through.

use crate::context::Context;
use crate::places::{Item, name};
use typelang_parser::visible;

/// A script that sets the list of everything with a page: `[kind, name, path, description]`. A script and not data that is
/// fetched, because browsers fetch nothing for pages that are opened from a disk.
pub(crate) fn data(contexts: &[Context<'_>]) -> String {
    let entries = contexts.iter().flat_map(|context| context.items().into_iter().map(|item| entry(context, item)));
    format!("window.tlNames = [\n{}];\n", entries.collect::<String>())
}

fn entry(context: &Context<'_>, item: Item) -> String {
    let kind = match item {
        Item::Method(_) => "method",
        Item::Constructor(_) => "constructor",
        Item::Type(_) => "type",
    };
    let kind = context.part_name().map_or_else(|| kind.to_owned(), |part| format!("{kind} · {part}"));
    let path = context.places.path(item).unwrap_or_default();
    let fields = [&kind, &name(context.schema, item), path, context.description(item).unwrap_or_default()];
    format!("[{}],\n", fields.map(quoted).join(","))
}

/// A text as JavaScript has it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in visible(text).chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            // Line separators end a line in JavaScript; `<` could end a script.
            '\u{2028}' | '\u{2029}' | '<' => quoted.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ if character.is_control() => quoted.push(' '),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_text_ends_the_script() {
        assert_eq!(quoted("a \"b\" \\ </script>\n"), "\"a \\\"b\\\" \\\\ \\u003c/script> \"");
    }
}
