//! Literals and paths as tokens.

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;

use crate::names::{ItemName, value_ident};

/// An id, always with eight digits.
pub(crate) fn id_literal(id: u32) -> Literal {
    format!("0x{id:08x}").parse().unwrap_or_else(|_| Literal::u32_unsuffixed(id))
}

/// A number of bytes.
pub(crate) fn length_literal(length: u32) -> Literal {
    Literal::u32_unsuffixed(length)
}

/// A mask of bits: hexadecimal, with as many digits as it needs.
pub(crate) fn mask_literal(mask: u32) -> Literal {
    if mask == 0 {
        return Literal::u32_unsuffixed(0);
    }
    format!("0x{mask:x}").parse().unwrap_or_else(|_| Literal::u32_unsuffixed(mask))
}

/// A type as it must be written before `::`: `i32`, `types::help::Config`, but `<Vec<i32>>`.
pub(crate) fn qualified(ty: &TokenStream) -> TokenStream {
    let is_path = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == ':',
        _ => false,
    };
    if ty.clone().into_iter().all(|token| is_path(&token)) { ty.clone() } else { quote!(<#ty>) }
}

/// The path of a type beside an item.
pub(crate) fn beside(root: &str, item: &ItemName, ident: &Ident) -> TokenStream {
    path(root, &ItemName { ident: ident.clone(), ..item.clone() })
}

/// Expands to: `enums::help::Config`
pub(crate) fn path(root: &str, item: &ItemName) -> TokenStream {
    let root = Ident::new(root, Span::call_site());
    let modules = item.modules.iter().map(|module| value_ident(module));
    let ident = &item.ident;
    quote!(#root #(:: #modules)* :: #ident)
}

/// The tokens of a text that was checked when the options were set.
pub(crate) fn parse(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}
