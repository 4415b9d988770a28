//! From tokens to text. Items are formatted one at a time, which keeps memory small: a whole layer at once takes 357 MB.

use proc_macro2::TokenStream;

/// The text of one item, without a line end.
pub(crate) fn item(tokens: TokenStream, pretty: bool) -> String {
    if pretty { formatted(tokens) } else { tokens.to_string() }
}

#[cfg(feature = "pretty")]
fn formatted(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(mut file) => {
            let items = std::mem::take(&mut file.items);
            let texts = items.into_iter().map(|item| match item {
                syn::Item::Macro(item) => super::invocation::invocation(&item),
                item => {
                    file.items = vec![item];
                    blank_lines_between_members(prettyplease::unparse(&file).trim_end())
                }
            });
            texts.collect::<Vec<_>>().join("\n")
        }
        // Text that users pass in (types, attributes) may be no Rust; rustc then says so better than we could.
        Err(_) => tokens.to_string(),
    }
}

#[cfg(not(feature = "pretty"))]
fn formatted(tokens: TokenStream) -> String {
    tokens.to_string()
}

/// A blank line between the members of an `impl`, as people write it; prettyplease puts none.
#[cfg(feature = "pretty")]
fn blank_lines_between_members(item: &str) -> String {
    const MEMBER_END: &str = "    }";
    const LIST_ENDS: [&str; 2] = ["    ];", "    >;"];
    let in_impl = item.lines().any(|line| line.starts_with("impl"));
    let mut text = String::with_capacity(item.len() + 64);
    let mut lines = item.lines().peekable();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let next = lines.peek().copied().unwrap_or_default();
        let last_constant = is_constant(line) && line.ends_with(';') && !is_constant(next);
        let ends = line == MEMBER_END || LIST_ENDS.contains(&line) || last_constant;
        if in_impl && ends && next.starts_with("    ") {
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// Whether a line begins an associated constant or type.
#[cfg(feature = "pretty")]
fn is_constant(line: &str) -> bool {
    ["    const ", "    pub const ", "    type "].iter().any(|start| line.starts_with(start))
}
