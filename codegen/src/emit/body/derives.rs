//! Derived traits and the attributes that users ask for.

use proc_macro2::TokenStream;
use quote::quote;

use crate::options::{Options, PathAttribute, path_matches};
use crate::rust::traits::Traits;
use crate::tokens::parse;

/// Expands to: `#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]` and attributes of the user. `Debug` can be left out,
/// where it is implemented.
pub(crate) fn derives(options: &Options, name: &str, traits: Traits, with_debug: bool) -> TokenStream {
    let copy = traits.copy.then(|| quote!(Copy,));
    let debug = with_debug.then(|| quote!(Debug,));
    let default = traits.default.then(|| quote!(Default,));
    // Keys of maps need both; for all else `PartialEq` does, and a derive that nobody needs costs everybody time to compile.
    let key = (traits.hash && traits.eq).then(|| quote!(, Eq, Hash));
    let attributes = attributes(&options.type_attributes, name);
    quote! {
        #[derive(Clone, #copy #debug #default PartialEq #key)]
        #attributes
    }
}

/// The attributes that users ask for a field.
pub(crate) fn field_attributes(options: &Options, combinator: &str, field: &str) -> TokenStream {
    attributes(&options.field_attributes, &format!("{combinator}.{field}"))
}

fn attributes(attributes: &[PathAttribute], name: &str) -> TokenStream {
    let matching = attributes.iter().filter(|it| path_matches(&it.path, name));
    matching.map(|it| parse(&it.attribute)).collect()
}
