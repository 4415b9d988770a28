//! How a type is found in the table of its schema.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::items::choice::Choice;
use crate::model::Model;
use crate::tokens::parse;

/// The schema as its types refer to it, in the root module: the one place where they get to the table.
///
/// Expands to:
///
/// ```text
/// #[cfg(feature = "reflect")]
/// pub const SCHEMA: typelang::SchemaRef = typelang::SchemaRef::new(&TABLE);
/// #[cfg(not(feature = "reflect"))]
/// pub const SCHEMA: typelang::SchemaRef = typelang::SchemaRef::WITHOUT_TABLE;
/// ```
pub(crate) fn schema(model: &Model<'_>) -> Vec<TokenStream> {
    let runtime = parse(&model.options.runtime_path);
    let item = |condition: TokenStream, value: TokenStream| quote!(#condition #[doc(hidden)] pub const SCHEMA: #runtime::SchemaRef = #runtime::SchemaRef::#value;);
    let with_table = |condition| item(condition, quote!(new(&TABLE)));
    match model.options.table() {
        None => Vec::new(),
        Some(None) => vec![with_table(TokenStream::new())],
        Some(Some(condition)) => {
            vec![with_table(parse(&condition.attribute())), item(parse(&condition.otherwise()), quote!(WITHOUT_TABLE))]
        }
    }
}

/// The schema, for the impl of `Combinator`.
///
/// Expands to: `const SCHEMA: SchemaRef = SCHEMA;`
pub(crate) fn schema_of_combinator(model: &Model<'_>) -> Option<TokenStream> {
    model.has_table().then(|| {
        quote!(
            const SCHEMA: SchemaRef = SCHEMA;
        )
    })
}

/// The impl that gives the place of an enum.
///
/// Expands to:
///
/// ```text
/// impl InSchema for InputPeer {
///     const PLACE: SchemaPlace = SCHEMA.ty("InputPeer");
/// }
/// ```
pub(crate) fn in_schema(choice: &Choice<'_>) -> Vec<TokenStream> {
    let (ident, arguments, place) = (&choice.ident, choice.parameters.elided(), &choice.place);
    let implementation = choice.model.has_table().then(|| {
        quote! {
            impl InSchema for #ident #arguments {
                const PLACE: SchemaPlace = SCHEMA.#place;
            }
        }
    });
    implementation.into_iter().collect()
}

/// The place of an enum, for its impl of `Decode`.
///
/// Expands to: `const IN_SCHEMA: SchemaPlace = Self::PLACE;`
pub(crate) fn place_of_enum(choice: &Choice<'_>) -> Option<TokenStream> {
    choice.model.has_table().then(|| {
        let place = choice.constant(&quote!(InSchema), "PLACE");
        quote!(
            const IN_SCHEMA: SchemaPlace = #place;
        )
    })
}
