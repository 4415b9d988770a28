//! Where a type stands in the table of the schema.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::model::Model;
use crate::options::Availability;
use crate::tokens::parse;

/// The table, for the impl of `Combinator`.
///
/// Expands to:
///
/// ```text
/// #[cfg(feature = "reflect")]
/// const TABLE: Option<&'static typelang::reflect::Table<'static>> = Some(&TABLE);
/// ```
pub(crate) fn table_of_combinator(model: &Model<'_>) -> Option<TokenStream> {
    let (condition, reflect) = condition_and_path(model)?;
    Some(quote!(#condition const TABLE: Option<&'static #reflect::Table<'static>> = Some(&TABLE);))
}

/// The type of an enum, for its impls of `Encode` and `Decode`.
///
/// Expands to:
///
/// ```text
/// #[cfg(feature = "reflect")]
/// #[inline]
/// fn reflected() -> Option<typelang::reflect::Reflected> {
///     Some(typelang::reflect::Reflected::ty(&TABLE, "InputPeer"))
/// }
/// ```
pub(crate) fn reflected_type(model: &Model<'_>, name: &str) -> Option<TokenStream> {
    reflected(model, &quote!(ty(&TABLE, #name)))
}

/// The same for `AnyConstructor` and `AnyFunction`, with the name of the function that says it.
pub(crate) fn reflected_any(model: &Model<'_>, which: &str) -> Option<TokenStream> {
    let which = Ident::new(which, Span::call_site());
    reflected(model, &quote!(#which(&TABLE)))
}

fn reflected(model: &Model<'_>, place: &TokenStream) -> Option<TokenStream> {
    let (condition, reflect) = condition_and_path(model)?;
    Some(quote! {
        #condition
        #[inline]
        fn reflected() -> Option<#reflect::Reflected> {
            Some(#reflect::Reflected::#place)
        }
    })
}

fn condition_and_path(model: &Model<'_>) -> Option<(TokenStream, TokenStream)> {
    let condition = match model.options.reflect_or_serde() {
        Availability::Never => return None,
        Availability::Always => TokenStream::new(),
        Availability::Feature(feature) => quote!(#[cfg(feature = #feature)]),
    };
    let runtime = parse(&model.options.runtime_path);
    Some((condition, quote!(#runtime::reflect)))
}
