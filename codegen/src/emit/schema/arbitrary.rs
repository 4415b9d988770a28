//! Impls of `Arbitrary`, for fuzzing.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Model;
use crate::options::Availability;
use crate::tokens::path;

/// What the impls refer to, and the impls: one line for each type, constructor and function without parameters.
///
/// Expands to:
///
/// ```text
/// use super::TABLE;
/// use typelang::arbitrary_value;
///
/// arbitrary_value!(TABLE, type super::enums::Peer = "Peer");
/// arbitrary_value!(TABLE, combinator super::types::PeerUser);
/// #[cfg(feature = "any-constructor")]
/// arbitrary_value!(TABLE, any super::AnyConstructor = OBJECT);
/// #[cfg(feature = "decode-functions")]
/// arbitrary_value!(TABLE, combinator super::functions::GetPeer);
/// ```
///
/// Where a feature is needed for every impl, nothing is imported: each line has `typelang::arbitrary_value!(super::TABLE, …)`.
pub(crate) fn arbitrary(model: &Model<'_>) -> [Vec<TokenStream>; 2] {
    let runtime = crate::tokens::parse(&model.options.runtime_path);
    let always: Vec<TokenStream> = enums(model).into_iter().chain(constructors(model)).collect();
    let any_constructor = model.can_have_any_constructor().then(|| quote!(any super::AnyConstructor = OBJECT));
    let parts =
        [(model.any_constructor(), Vec::from_iter(any_constructor)), (model.function_decoding(), functions(model))];
    let is_there = |part: &(&Availability, Vec<_>)| *part.0 == Availability::Always && !part.1.is_empty();
    let is_imported = !always.is_empty() || parts.iter().any(is_there);
    let entry = |entry: &TokenStream| {
        if is_imported {
            quote!(arbitrary_value!(TABLE, #entry);)
        } else {
            quote!(#runtime::arbitrary_value!(super::TABLE, #entry);)
        }
    };
    let mut items: Vec<TokenStream> = always.iter().map(entry).collect();
    for (availability, part) in &parts {
        items.extend(where_available(availability, part.iter().map(entry)));
    }
    let import = is_imported.then(|| quote!(use #runtime::arbitrary_value;));
    [Vec::from_iter(import), items]
}

/// Nothing, the items, or the items behind a feature.
fn where_available(availability: &Availability, items: impl Iterator<Item = TokenStream>) -> Vec<TokenStream> {
    match availability {
        Availability::Never => Vec::new(),
        Availability::Always => items.collect(),
        Availability::Feature(feature) => items.map(|item| quote!(#[cfg(feature = #feature)] #item)).collect(),
    }
}

fn enums(model: &Model<'_>) -> Vec<TokenStream> {
    let is_here = |ty: &typelang_ir::TypeId| model.has_enum(*ty) && model.generics_of_type(*ty).is_empty();
    let entries = model.schema.type_ids().filter(is_here).map(|id| {
        let path = path("enums", model.names.ty(id));
        let name = model.schema[id].name.to_string();
        quote!(type super::#path = #name)
    });
    entries.collect()
}

fn constructors(model: &Model<'_>) -> Vec<TokenStream> {
    let entries = model.schema.constructor_ids().filter(|&id| model.stands_alone(id)).map(|id| {
        let path = path("types", model.names.constructor(id));
        quote!(combinator super::#path)
    });
    entries.collect()
}

fn functions(model: &Model<'_>) -> Vec<TokenStream> {
    let entries = model.schema.function_ids().map(|id| {
        let path = path("functions", model.names.function(id));
        let call = model.schema[id].call().map(|_| quote!(<super::AnyFunction>));
        quote!(combinator super::#path #call)
    });
    let any = model.can_have_any_function().then(|| quote!(any super::AnyFunction = FUNCTION));
    entries.chain(any).collect()
}
