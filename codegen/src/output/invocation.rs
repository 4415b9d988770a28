//! Invocations of macros as people write them. A formatter leaves their arguments alone, or puts blanks between all tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// Columns of a line.
const WIDTH: usize = 100;

/// The text of one invocation, with its attributes.
///
/// Expands to: `variant!(InputPeer::User(Box<types::InputPeerUser>));`, or on several lines where that is too long:
///
/// ```text
/// variant!(
///     InputPeer::User(Box<types::InputPeerUser>)
/// );
/// debug_struct!(PeerUser<'a> {
///     name, about
/// });
/// ```
pub(crate) fn invocation(item: &syn::ItemMacro) -> String {
    let attributes: String = item.attrs.iter().map(|it| text(it.to_token_stream()) + "\n").collect();
    let name = text(item.mac.path.to_token_stream());
    let arguments = text(item.mac.tokens.clone());
    if name.len() + arguments.len() + "!();".len() <= WIDTH {
        return format!("{attributes}{name}!({arguments});");
    }
    match arguments.strip_suffix(" }").and_then(|rest| rest.split_once(" { ")) {
        Some((before, list)) => format!("{attributes}{name}!({before} {{\n{}}});", indented(list)),
        None => format!("{attributes}{name}!(\n    {arguments}\n);"),
    }
}

/// A list on as few lines as it needs.
fn indented(list: &str) -> String {
    let mut lines = String::new();
    let mut line = String::new();
    for entry in list.split_inclusive(", ") {
        if line.len() + entry.trim_end().len() + 4 > WIDTH {
            lines += &format!("    {}\n", line.trim_end());
            line.clear();
        }
        line += entry;
    }
    lines + &format!("    {line}\n")
}

fn text(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut before: Option<TokenTree> = None;
    for token in tokens {
        if before.is_some_and(|before| are_apart(&before, &token)) {
            text.push(' ');
        }
        match &token {
            TokenTree::Group(group) => {
                let inner = self::text(group.stream());
                text += &match group.delimiter() {
                    Delimiter::Parenthesis => format!("({inner})"),
                    Delimiter::Bracket => format!("[{inner}]"),
                    Delimiter::Brace => format!("{{ {inner} }}"),
                    Delimiter::None => inner,
                };
            }
            token => text += &token.to_string(),
        }
        before = Some(token);
    }
    text
}

/// Returns whether a blank goes between two tokens.
fn are_apart(before: &TokenTree, token: &TokenTree) -> bool {
    let is = |token: &TokenTree, characters: &str| matches!(token, TokenTree::Punct(punct) if characters.contains(punct.as_char()));
    let is_word = |token: &TokenTree| matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
    let is_block = matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let ends_piece = is(before, ",=");
    ends_piece || is(token, "=") || is_block || is_word(before) && is_word(token)
}

#[cfg(test)]
mod tests {
    use super::invocation;

    fn formatted(text: &str) -> String {
        invocation(&syn::parse_str(text).unwrap())
    }

    #[test]
    fn blanks_are_where_people_put_them() {
        for text in [
            "variant!(InputPeer::Empty = types::InputPeerEmpty);",
            "variant!(InputPeer<'a>::User(Box<types::InputPeerUser<'a>>));",
            "debug_struct!(PeerUser<'a> { name, r#type });",
            "#[cfg(feature = \"decode-functions\")]\narbitrary_value!(TABLE, combinator super::Call<super::AnyFunction>);",
        ] {
            assert_eq!(formatted(text), text);
        }
    }

    #[test]
    fn long_ones_have_several_lines() {
        let long = "a".repeat(60);
        let text = format!("variant!(\n    {long}::{long}(Box<types::{long}>)\n);");
        assert_eq!(formatted(&text), text);
        let text =
            format!("debug_struct!(Peer<'a> {{\n    {long}, {long}0,\n    {long}\n}});").replace(", aaa", ",\n    aaa");
        assert_eq!(formatted(&text), text);
    }
}
