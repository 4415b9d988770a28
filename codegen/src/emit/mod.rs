//! One emitter a file: IR in, tokens out. Emitters are total; what can be wrong with a schema was found before.

mod any;
mod arbitrary;
mod catalog;
mod cross_references;
mod debug;
mod decode;
mod derives;
mod docs;
mod encode;
mod enums;
mod errors;
mod forms;
mod functions;
mod lookup;
mod parametric_enums;
mod reflected;
mod serde;
mod statements;
mod structs;
mod subject;
mod table;

pub(crate) use any::{any_constructor, any_function};
pub(crate) use arbitrary::arbitrary;
pub(crate) use catalog::catalog;
pub(crate) use enums::{enumeration, holds_struct};
pub(crate) use errors::rpc_errors;
pub(crate) use functions::function;
pub(crate) use lookup::lookup;
pub(crate) use parametric_enums::parametric_enumeration;
pub(crate) use serde::serde;
pub(crate) use structs::constructor;
pub(crate) use table::table;

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;

use crate::rust_type::Form;

/// An id, always with eight digits.
pub(crate) fn id_literal(id: u32) -> Literal {
    format!("0x{id:08x}").parse().unwrap_or_else(|_| Literal::u32_unsuffixed(id))
}

/// A number of bytes.
fn length_literal(length: u32) -> Literal {
    Literal::u32_unsuffixed(length)
}

/// A mask of bits: hexadecimal, with as many digits as it needs.
fn mask_literal(mask: u32) -> Literal {
    if mask == 0 {
        return Literal::u32_unsuffixed(0);
    }
    format!("0x{mask:x}").parse().unwrap_or_else(|_| Literal::u32_unsuffixed(mask))
}

/// Expands to: `reader.decode()`, `reader.decode_bare()` or `reader.decode_as(codec::BareVector(codec::Bare))`
fn decode_expression(form: &Form) -> TokenStream {
    match form {
        Form::Default => quote!(reader.decode()),
        Form::Bare => quote!(reader.decode_bare()),
        Form::Codec { value, .. } => quote!(reader.decode_as(#value)),
    }
}

/// What [`decode_expression`] calls, as a function of the reader.
///
/// Expands to: `AnyConstructor::decode`, `types::FutureSalt::decode_bare` or
/// `|reader| reader.decode_as(codec::BareVector(codec::Bare))`
fn decoder_expression(form: &Form, ty: &TokenStream) -> TokenStream {
    let ty = qualified(ty);
    match form {
        Form::Default => quote!(#ty::decode),
        Form::Bare => quote!(#ty::decode_bare),
        Form::Codec { value, .. } => quote!(|reader| reader.decode_as(#value)),
    }
}

/// A type as it must stand before `::`: `i32`, `types::help::Config`, but `<Vec<i32>>`.
fn qualified(ty: &TokenStream) -> TokenStream {
    let is_path = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == ':',
        _ => false,
    };
    if ty.clone().into_iter().all(|token| is_path(&token)) { ty.clone() } else { quote!(<#ty>) }
}
