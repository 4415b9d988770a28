//! What the root module says about the schema as a whole.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::docs::Docs;
use crate::model::Model;
use crate::tokens::id_literal;

/// Items of the root module: the layer and the names of ids.
///
/// Expands to:
///
/// ```text
/// pub const LAYER: i32 = 230;
///
/// pub fn name_of(id: u32) -> Option<&'static str> { … }
///
/// static NAMES: [(u32, &str); 2] = [(0x0949d9dc, "future_salt"), (0x1cb5c415, "vector")];
/// ```
pub(crate) fn lookup(model: &Model<'_>) -> Vec<TokenStream> {
    let schema = model.schema;
    let layer = schema.layer.map(|layer| {
        let docs = Docs::default().paragraph("The layer that the schema describes.").tokens(model.options);
        let layer = crate::tokens::length_literal(layer);
        quote!(#docs pub const LAYER: i32 = #layer;)
    });
    let has_id = |it: &&typelang_ir::Constructor| it.kind.has_id();
    let constructors = schema.constructors.iter().filter(has_id).map(|it| &it.combinator);
    let combinators = constructors.chain(schema.functions.iter().map(|it| &it.combinator));
    let mut names: Vec<(u32, String)> = combinators.map(|it| (it.id, it.name.to_string())).collect();
    names.extend(schema.builtins.iter().map(|it| (it.id, it.name.to_string())));
    let used = schema.boxed_builtins().into_iter().map(|it| (it.id, it.name));
    names.extend(used);
    // Of several that share an id, the first one.
    names.sort_by_key(|&(id, _)| id);
    names.dedup_by_key(|&mut (id, _)| id);
    let count = Literal::usize_unsuffixed(names.len());
    let entries = names.iter().map(|(id, name)| {
        let id = id_literal(*id);
        quote!((#id, #name))
    });
    let docs = Docs::default()
        .paragraph("Returns the name of the constructor or function with this id.")
        .tokens(model.options);
    let function = quote! {
        #docs
        #[must_use]
        pub fn name_of(id: u32) -> Option<&'static str> {
            NAMES.binary_search_by_key(&id, |&(id, _)| id).ok().map(|index| NAMES[index].1)
        }
    };
    let docs = Docs::default().paragraph("Ids in ascending order, with names.").tokens(model.options);
    let table = quote!(#docs static NAMES: [(u32, &str); #count] = [#(#entries),*];);
    layer.into_iter().chain([function, table]).collect()
}
