//! Types that clippy finds very complex. A schema may ask for them: `(Pair (Pair int string) (Vector (Pair int long)))`.

use proc_macro2::{Spacing, TokenStream, TokenTree};

/// The lint that reports them.
pub(crate) const LINT: &str = "clippy::type_complexity";

/// Returns whether a type among the tokens is so complex that clippy may report it. The lint adds 10 for each path, times the levels
/// that it is nested in, and reports more than 250; what is a little below counts as well, since paths are told from the tokens alone.
pub(crate) fn has_complex_type(tokens: &TokenStream) -> bool {
    const MOST: usize = 200;
    let (mut level, mut score) = (0_usize, 0_usize);
    let mut tokens = tokens.clone().into_iter().peekable();
    let mut last = ' ';
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Group(group) => {
                if has_complex_type(&group.stream()) {
                    return true;
                }
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                '<' => level += 1,
                '>' if last != '-' && last != '=' => level = level.saturating_sub(1),
                ';' | '=' => level = 0,
                _ => {}
            },
            TokenTree::Ident(_) if level > 0 && !is_followed_by_path(tokens.peek()) => score += 10 * (level + 1),
            TokenTree::Ident(_) | TokenTree::Literal(_) => {}
        }
        if score > MOST {
            return true;
        }
        if level == 0 {
            score = 0;
        }
        last = if let TokenTree::Punct(punct) = &token { punct.as_char() } else { ' ' };
    }
    false
}

/// Returns whether the token is the first of `::`.
fn is_followed_by_path(next: Option<&TokenTree>) -> bool {
    matches!(next, Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
}

#[cfg(test)]
mod tests {
    use super::has_complex_type;

    fn is_complex(text: &str) -> bool {
        has_complex_type(&text.parse().expect("tokens"))
    }

    #[test]
    fn deep_and_wide_types_are_complex() {
        let deep = |levels: usize| (0..levels).fold("i32".to_owned(), |inner, _| format!("types::Pair<{inner}>"));
        assert!(!is_complex(&format!("pub struct A {{ pub a: {}, pub b: Vec<u8> }}", deep(4))));
        assert!(is_complex(&format!("pub struct A {{ pub a: {} }}", deep(6))));
        let wide = (0..3).fold("i32".to_owned(), |inner, _| format!("Pair<{inner}, {inner}>"));
        assert!(is_complex(&format!("type Value = {wide};")));
        assert!(!is_complex("fn a(x: Option<u8>) -> Option<u8> { x.len() < y && b > c }"));
    }
}
