//! The enum of a type of several constructors.

use proc_macro2::TokenStream;
use quote::quote;
use tl_ir::{ConstructorId, Directions, TypeId};

use super::derives::derives;
use super::docs::{self, Docs};
use super::{id_literal, length_literal};
use crate::model::Model;
use crate::record::Record;

/// Items of a type: the enum, its impls, and conversions.
pub(crate) fn enumeration(model: &Model<'_>, id: TypeId) -> Vec<TokenStream> {
    let ty = &model.schema[id];
    let Directions { encode, decode } = ty.directions;
    let mut items = vec![definition(model, id)];
    items.extend(encode.then(|| encode_impl(model, id)));
    items.extend(decode.then(|| decode_impl(model, id)));
    items.push(conversions(model, id));
    items
}

/// Whether the variant of a constructor holds its struct; one without fields holds nothing. A struct that is defined
/// elsewhere may have any fields.
fn holds_struct(model: &Model<'_>, id: ConstructorId) -> bool {
    model.schema[id].external || !model.constructor(id).is_unit()
}

/// Expands to: `pub enum InputPeer { Empty, User(types::InputPeerUser), Channel(Box<types::InputPeerChannel>) }`
fn definition(model: &Model<'_>, id: TypeId) -> TokenStream {
    let ty = &model.schema[id];
    let ident = &model.names.ty(id).ident;
    let docs = docs::ty(model.options, ty).tokens(model.options);
    let derive = derives(model.options, &ty.name.to_string(), model.facts.ty(id).traits);
    let variants = ty.constructors.iter().map(|&constructor| {
        let variant = model.names.variant(constructor);
        let record = model.constructor(constructor);
        let docs = variant_docs(record).tokens(model.options);
        if !holds_struct(model, constructor) {
            return quote!(#docs #variant);
        }
        let path = model.constructor_path(constructor);
        if model.is_boxed_variant(constructor) {
            quote!(#docs #variant(Box<#path>))
        } else {
            quote!(#docs #variant(#path))
        }
    });
    quote!(#docs #derive pub enum #ident { #(#variants),* })
}

fn variant_docs(record: &Record<'_>) -> Docs {
    let combinator = record.combinator;
    let description = combinator.documentation.as_ref().and_then(|docs| docs.description.as_deref());
    let name = format!("`{}#{:08x}`", combinator.name, combinator.id);
    match description {
        Some(text) => Docs::default().text(text).paragraph(&name),
        None => Docs::default().paragraph(&name),
    }
}

/// Expands to:
///
/// ```text
/// impl Encode for InputPeer {
///     fn encoded_len(&self) -> usize {
///         match self {
///             Self::Empty => 4,
///             Self::User(value) => value.encoded_len(),
///         }
///     }
///
///     fn encode(&self, writer: &mut Writer<'_>) {
///         match self {
///             Self::Empty => writer.write_id(types::InputPeerEmpty::ID),
///             Self::User(value) => value.encode(writer),
///         }
///     }
/// }
/// ```
fn encode_impl(model: &Model<'_>, id: TypeId) -> TokenStream {
    let ident = &model.names.ty(id).ident;
    let constructors = &model.schema[id].constructors;
    let length = match model.facts.ty(id).fixed_length {
        Some(fixed) => {
            let fixed = length_literal(fixed);
            quote!(#fixed)
        }
        None => {
            let arms = constructors.iter().map(|&constructor| {
                let variant = model.names.variant(constructor);
                if holds_struct(model, constructor) {
                    return quote!(Self::#variant(value) => value.encoded_len());
                }
                let length = length_literal(4 + model.facts.constructor(constructor).least_length);
                quote!(Self::#variant => #length)
            });
            quote!(match self { #(#arms),* })
        }
    };
    let arms = constructors.iter().map(|&constructor| {
        let variant = model.names.variant(constructor);
        if holds_struct(model, constructor) {
            return quote!(Self::#variant(value) => value.encode(writer));
        }
        let path = model.constructor_path(constructor);
        if model.constructor(constructor).combinator.fields.is_empty() {
            quote!(Self::#variant => writer.write_id(#path::ID))
        } else {
            quote!(Self::#variant => #path.encode(writer))
        }
    });
    quote! {
        impl Encode for #ident {
            #[inline]
            fn encoded_len(&self) -> usize {
                #length
            }

            #[inline]
            fn encode(&self, writer: &mut Writer<'_>) {
                match self { #(#arms),* }
            }
        }
    }
}

/// Expands to:
///
/// ```text
/// impl Decode for InputPeer {
///     const MIN_LEN: usize = 4;
///     const IDS: &'static [u32] = &[0x7f3b18ea, 0xdde8a54c];
///
///     fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
///         let enclosing = reader.enter("InputPeer");
///         let value = match reader.read_id()? {
///             types::InputPeerEmpty::ID => Self::Empty,
///             types::InputPeerUser::ID => Self::User(reader.decode_bare()?),
///             id => return Err(reader.unknown_constructor(id, Self::IDS)),
///         };
///         reader.leave(enclosing);
///         Ok(value)
///     }
/// }
/// ```
fn decode_impl(model: &Model<'_>, id: TypeId) -> TokenStream {
    let ident = &model.names.ty(id).ident;
    let ty = &model.schema[id];
    let name = ty.name.to_string();
    let least_length = length_literal(model.facts.ty(id).least_length);
    let ids = ty.constructors.iter().map(|&it| id_literal(model.schema[it].combinator.id));
    let arms = ty.constructors.iter().map(|&constructor| {
        let path = model.constructor_path(constructor);
        let variant = model.names.variant(constructor);
        let value = match (holds_struct(model, constructor), model.is_boxed_variant(constructor)) {
            (false, _) if model.constructor(constructor).combinator.fields.is_empty() => quote!(Self::#variant),
            (false, _) => quote!({ #path::decode_bare(reader)?; Self::#variant }),
            (true, true) => quote!(Self::#variant(reader.decode_box()?)),
            (true, false) => quote!(Self::#variant(reader.decode_bare()?)),
        };
        quote!(#path::ID => #value)
    });
    quote! {
        impl Decode for #ident {
            const MIN_LEN: usize = #least_length;
            const IDS: &'static [u32] = &[#(#ids),*];

            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let enclosing = reader.enter(#name);
                let value = match reader.read_id()? {
                    #(#arms,)*
                    id => return Err(reader.unknown_constructor(id, Self::IDS)),
                };
                reader.leave(enclosing);
                Ok(value)
            }
        }
    }
}

/// Expands to: `variant!(InputPeer::User(types::InputPeerUser));` for each constructor.
fn conversions(model: &Model<'_>, id: TypeId) -> TokenStream {
    let ident = &model.names.ty(id).ident;
    let conversions = model.schema[id].constructors.iter().map(|&constructor| {
        let variant = model.names.variant(constructor);
        let path = model.constructor_path(constructor);
        match (holds_struct(model, constructor), model.is_boxed_variant(constructor)) {
            (false, _) => quote!(variant!(#ident::#variant = #path);),
            (true, true) => quote!(variant!(#ident::#variant(Box<#path>));),
            (true, false) => quote!(variant!(#ident::#variant(#path));),
        }
    });
    conversions.collect()
}
