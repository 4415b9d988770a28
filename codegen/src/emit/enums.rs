//! The enum of a type of several constructors.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tl_ir::{ConstructorId, ConstructorKind, Directions, TypeId};

use super::cross_references;
use super::derives::derives;
use super::docs::{self, Docs};
use super::reflected::reflected_type;
use super::{id_literal, length_literal};
use crate::generics::Generics;
use crate::model::Model;
use crate::record::Record;

/// Items of a type: the enum, its impls, and conversions.
pub(crate) fn enumeration(model: &Model<'_>, id: TypeId) -> Vec<TokenStream> {
    let ty = &model.schema[id];
    let Directions { encode, decode } = ty.directions;
    let mut items = vec![definition(model, id)];
    items.extend(encode.then(|| encode_impl(model, id)));
    items.extend(decode.then(|| decode_impl(model, id)));
    items.extend((!ty.constructors.is_empty()).then(|| conversions(model, id)));
    items
}

/// Whether the variant of a constructor holds its struct; one without fields holds nothing. A struct that is defined
/// elsewhere may have any fields.
pub(crate) fn holds_struct(model: &Model<'_>, id: ConstructorId) -> bool {
    model.schema[id].external || !model.constructor(id).is_unit()
}

/// Expands to: `pub enum InputPeer { Empty, User(types::InputPeerUser), Channel(Box<types::InputPeerChannel>) }`
pub(super) fn definition(model: &Model<'_>, id: TypeId) -> TokenStream {
    let ty = &model.schema[id];
    let ident = &model.names.ty(id).ident;
    let docs = docs::ty(model.options, ty, model.known.texts.types.get(&ty.name.to_string()));
    let docs = cross_references::of_type(model, id, docs).tokens(model.options);
    let derive = derives(model.options, &ty.name.to_string(), model.facts.ty(id).traits);
    let generics = model.generics_of_type(id);
    let variants = ty.constructors.iter().map(|&constructor| {
        let variant = model.names.variant(constructor);
        let record = model.constructor(constructor);
        let docs = variant_docs(model, record, is_default(model, constructor)).tokens(model.options);
        if !holds_struct(model, constructor) {
            return quote!(#docs #variant);
        }
        let path = model.constructor_path(constructor);
        let arguments = arguments_of(model, generics, constructor);
        let path = quote!(#path #arguments);
        if model.is_boxed_variant(constructor) {
            quote!(#docs #variant(Box<#path>))
        } else {
            quote!(#docs #variant(#path))
        }
    });
    let parameters = generics.data();
    quote!(#docs #derive pub enum #ident #parameters { #(#variants),* })
}

/// The type arguments of a variant's struct, in terms of the parameters of the enum.
fn arguments_of(model: &Model<'_>, of_type: &Generics, id: ConstructorId) -> TokenStream {
    let types = model.generics_of(id).types().filter_map(|it| Some(&of_type.at(it.position)?.data));
    let types: Vec<&Ident> = types.collect();
    if types.is_empty() { TokenStream::new() } else { quote!(<#(#types),*>) }
}

fn variant_docs(model: &Model<'_>, record: &Record<'_>, is_default: bool) -> Docs {
    let combinator = record.combinator;
    let texts = model.known.texts.constructors.get(&combinator.name.to_string());
    let name = if is_default {
        "`_`, without an id: what begins with no other constructor's.".to_owned()
    } else {
        format!("`{}#{:08x}`", combinator.name, combinator.id)
    };
    Docs::default().description(texts.and_then(|texts| texts.description.as_ref())).paragraph(&name)
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
    let reflected = reflected_type(model, &model.schema[id].name.to_string());
    if constructors.is_empty() {
        return quote! {
            impl Encode for #ident {
                fn encoded_len(&self) -> usize {
                    match *self {}
                }

                fn encode(&self, _writer: &mut Writer<'_>) {
                    match *self {}
                }

                #reflected
            }
        };
    }
    let length = match model.facts.ty(id).fixed_length {
        Some(fixed) => {
            let fixed = length_literal(fixed);
            quote!(#fixed)
        }
        None => {
            let arms = constructors.iter().map(|&it| length_arm(model, it));
            quote!(match self { #(#arms),* })
        }
    };
    let arms = constructors.iter().map(|&it| encode_arm(model, it));
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

            #reflected
        }
    }
}

/// Expands to: `Self::User(value) => value.encoded_len()`
fn length_arm(model: &Model<'_>, id: ConstructorId) -> TokenStream {
    let variant = model.names.variant(id);
    let id_length = if is_default(model, id) { 0 } else { 4 };
    match (holds_struct(model, id), is_default(model, id)) {
        (true, false) => quote!(Self::#variant(value) => value.encoded_len()),
        (true, true) => quote!(Self::#variant(value) => value.bare_len()),
        (false, _) => {
            let length = length_literal(id_length + model.facts.constructor(id).least_length);
            quote!(Self::#variant => #length)
        }
    }
}

/// Expands to: `Self::User(value) => value.encode(writer)`
fn encode_arm(model: &Model<'_>, id: ConstructorId) -> TokenStream {
    let variant = model.names.variant(id);
    let path = model.constructor_path(id);
    match (holds_struct(model, id), is_default(model, id)) {
        (true, false) => quote!(Self::#variant(value) => value.encode(writer)),
        (true, true) => quote!(Self::#variant(value) => value.encode_bare(writer)),
        (false, true) => quote!(Self::#variant => #path.encode_bare(writer)),
        (false, false) if model.constructor(id).combinator.fields.is_empty() => {
            quote!(Self::#variant => writer.write_id(#path::ID))
        }
        (false, false) => quote!(Self::#variant => #path.encode(writer)),
    }
}

/// Whether values of a constructor have no id.
fn is_default(model: &Model<'_>, id: ConstructorId) -> bool {
    model.schema[id].kind == ConstructorKind::Default
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
    let reflected = reflected_type(model, &name);
    let least_length = length_literal(model.facts.ty(id).least_length);
    let (default, named): (Vec<_>, Vec<_>) = ty.constructors.iter().partition(|it| is_default(model, **it));
    let ids = named.iter().map(|&&it| id_literal(model.schema[it].combinator.id));
    let arms = named.iter().map(|&&it| {
        let path = model.constructor_path(it);
        let value = decoded(model, it);
        match default[..] {
            [] => quote!(#path::ID => #value),
            _ => quote!(Some(#path::ID) => { reader.read_id()?; #value }),
        }
    });
    let read = match default[..] {
        [] => quote! {
            match reader.read_id()? {
                #(#arms,)*
                id => return Err(reader.unknown_constructor(id, Self::IDS)),
            }
        },
        [default, ..] if named.is_empty() => decoded(model, *default),
        [default, ..] => {
            let value = decoded(model, *default);
            quote!(match reader.peek_id() { #(#arms)* _ => #value })
        }
    };
    let body = if ty.constructors.is_empty() {
        quote! {
            let _enclosing = reader.enter(#name);
            let id = reader.read_id()?;
            Err(reader.unknown_constructor(id, Self::IDS))
        }
    } else {
        quote! {
            let enclosing = reader.enter(#name);
            let value = #read;
            reader.leave(enclosing);
            Ok(value)
        }
    };
    quote! {
        impl Decode for #ident {
            const MIN_LEN: usize = #least_length;
            const IDS: &'static [u32] = &[#(#ids),*];

            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                #body
            }

            #reflected
        }
    }
}

/// Expands to: `Self::User(reader.decode_bare()?)`
fn decoded(model: &Model<'_>, id: ConstructorId) -> TokenStream {
    let variant = model.names.variant(id);
    match (holds_struct(model, id), model.is_boxed_variant(id)) {
        (false, _) if model.constructor(id).combinator.fields.is_empty() => quote!(Self::#variant),
        (false, _) => {
            let path = model.constructor_path(id);
            quote!({ #path::decode_bare(reader)?; Self::#variant })
        }
        (true, true) => quote!(Self::#variant(reader.decode_box()?)),
        (true, false) => quote!(Self::#variant(reader.decode_bare()?)),
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
