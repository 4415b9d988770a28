//! From tokens to text. Items are formatted one at a time, which keeps memory small: a whole layer at once takes 357 MB.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The text of one item, without a line end.
pub(crate) fn item(tokens: TokenStream, pretty: bool) -> String {
    if pretty { formatted(tokens) } else { unformatted(tokens) }
}

/// Tokens with a line break at each brace: an `if` behind the block of another one is taken for a forgotten `else` otherwise.
fn unformatted(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut line: Vec<TokenTree> = Vec::new();
    let flush = |line: &mut Vec<TokenTree>, text: &mut String| {
        text.push_str(&line.drain(..).collect::<TokenStream>().to_string());
    };
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                flush(&mut line, &mut text);
                text.push_str(" {\n");
                text.push_str(&unformatted(group.stream()));
                text.push_str("\n}\n");
            }
            token => line.push(token),
        }
    }
    flush(&mut line, &mut text);
    text.truncate(text.trim_end().len());
    text
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
                    long_lists_by_line(&blank_lines_between_members(prettyplease::unparse(&file).trim_end()))
                }
            });
            texts.collect::<Vec<_>>().join("\n")
        }
        // Text that users pass in (types, attributes) may be no Rust; rustc then says so better than we could.
        Err(_) => unformatted(tokens),
    }
}

#[cfg(not(feature = "pretty"))]
fn formatted(tokens: TokenStream) -> String {
    unformatted(tokens)
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

/// Returns whether a line begins an associated constant or type.
#[cfg(feature = "pretty")]
fn is_constant(line: &str) -> bool {
    ["    const ", "    pub const ", "    type "].iter().any(|start| line.starts_with(start))
}

/// Lines of numbers above which each number of a list has a line of its own.
#[cfg(feature = "pretty")]
const LONG_LIST: usize = 16;

/// Gives each number of a long list a line of its own, so that one more number changes one line.
#[cfg(feature = "pretty")]
fn long_lists_by_line(item: &str) -> String {
    let lines: Vec<&str> = item.lines().collect();
    let runs = lines.chunk_by(|line, next| is_of_numbers(line) && is_of_numbers(next));
    let texts = runs.map(|run| {
        if run.len() <= LONG_LIST {
            return run.join("\n");
        }
        let indentation = &run[0][..run[0].len() - run[0].trim_start().len()];
        run.join("\n").replace(", ", &format!(",\n{indentation}"))
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// Returns whether a line has hexadecimal numbers alone.
#[cfg(feature = "pretty")]
fn is_of_numbers(line: &str) -> bool {
    let numbers = line.trim_start().strip_suffix(',').map(|numbers| numbers.split(", "));
    numbers.is_some_and(|mut numbers| numbers.all(|number| number.starts_with("0x") && number.len() == 10))
}

#[cfg(all(test, feature = "pretty"))]
mod tests {
    use super::long_lists_by_line;

    #[test]
    fn numbers_of_long_lists_have_lines_of_their_own() {
        let line = "        0x1cb5c415, 0x997275b5,\n";
        let list = |lines: usize| format!("    &[\n{}    ]", line.repeat(lines));
        assert_eq!(long_lists_by_line(&list(16)), list(16));
        assert_eq!(long_lists_by_line(&list(17)), list(17).replace(", ", ",\n        "));
    }
}
