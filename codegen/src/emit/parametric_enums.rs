//! The enum of a type with parameters, and its form.

use proc_macro2::TokenStream;
use quote::quote;
use tl_ir::{ConstructorId, ConstructorKind, Directions, TypeId};

use super::enums::{definition, holds_struct};
use super::forms::{bound, definition as form_definition};
use super::{id_literal, length_literal};
use crate::generics::Generics;
use crate::model::Model;
use crate::rust_type::beside;

/// Items of a type with parameters: the enum, its form, and the impls of the form.
///
/// Expands to:
///
/// ```text
/// pub enum Maybe<T> { ResultFalse, ResultTrue(types::ResultTrue<T>) }
///
/// pub struct MaybeForm<TForm> { pub t: TForm }
///
/// impl<T, TForm: EncodeAs<T>> EncodeAs<Maybe<T>> for MaybeForm<TForm> { … }
/// impl<T, TForm: DecodeAs<T>> DecodeAs<Maybe<T>> for MaybeForm<TForm> { … }
/// ```
pub(crate) fn parametric_enumeration(model: &Model<'_>, id: TypeId) -> Vec<TokenStream> {
    let Directions { encode, decode } = model.schema[id].directions;
    let generics = model.generics_of_type(id);
    let mut items = vec![definition(model, id)];
    items.extend(form_definition(model.options, &model.names.ty(id).ident, generics));
    items.extend(encode.then(|| encode_as(model, id, generics)).flatten());
    items.extend(decode.then(|| decode_as(model, id, generics)).flatten());
    items
}

/// The form of the struct that a variant holds.
///
/// Expands to: `types::ResultTrueForm { t: self.t }`, or `codec::Bare` for a struct without parameters.
fn form_of_struct(model: &Model<'_>, of_type: &Generics, id: ConstructorId) -> TokenStream {
    let generics = model.generics_of(id);
    let Some(form) = &generics.form else { return quote!(codec::Bare) };
    let path = beside("types", model.names.constructor(id), form);
    // Parameters of a constructor have the positions of those of its type.
    let fields = generics.parameters.iter().filter_map(|it| {
        let (own, outer) = (&it.field, &of_type.at(it.position)?.field);
        Some(quote!(#own: self.#outer))
    });
    quote!(#path { #(#fields),* })
}

fn encode_as(model: &Model<'_>, id: TypeId, generics: &Generics) -> Option<TokenStream> {
    let (ident, form) = (&model.names.ty(id).ident, generics.form.as_ref()?);
    let (data, arguments, bounds) = (generics.data(), generics.forms(), generics.bounded(&bound("EncodeAs")));
    let constructors = &model.schema[id].constructors;
    let lengths = constructors.iter().map(|&it| {
        let variant = model.names.variant(it);
        let id_length = if model.schema[it].kind == ConstructorKind::Default { 0 } else { 4 };
        if !holds_struct(model, it) {
            let id_length = length_literal(id_length);
            return quote!(#ident::#variant => #id_length);
        }
        let id_length = (id_length > 0).then(|| {
            let id_length = length_literal(id_length);
            quote!(#id_length +)
        });
        let form = form_of_struct(model, generics, it);
        let reference = if model.is_boxed_variant(it) { quote!(&**field) } else { quote!(field) };
        quote!(#ident::#variant(field) => #id_length #form.encoded_len_as(#reference))
    });
    let writes = constructors.iter().map(|&it| {
        let variant = model.names.variant(it);
        let named = model.schema[it].kind != ConstructorKind::Default;
        let id = id_literal(model.schema[it].combinator.id);
        let write_id = named.then(|| quote!(writer.write_id(#id);));
        if !holds_struct(model, it) {
            return quote!(#ident::#variant => { #write_id });
        }
        let form = form_of_struct(model, generics, it);
        let reference = if model.is_boxed_variant(it) { quote!(&**field) } else { quote!(field) };
        quote!(#ident::#variant(field) => { #write_id #form.encode_as(#reference, writer); })
    });
    Some(quote! {
        impl #bounds EncodeAs<#ident #data> for #form #arguments {
            fn encoded_len_as(self, value: &#ident #data) -> usize {
                match value { #(#lengths),* }
            }

            fn encode_as(self, value: &#ident #data, writer: &mut Writer<'_>) {
                match value { #(#writes)* }
            }
        }
    })
}

fn decode_as(model: &Model<'_>, id: TypeId, generics: &Generics) -> Option<TokenStream> {
    let (ident, form) = (&model.names.ty(id).ident, generics.form.as_ref()?);
    let (data, arguments, bounds) = (generics.data(), generics.forms(), generics.bounded(&bound("DecodeAs")));
    let ty = &model.schema[id];
    let name = ty.name.to_string();
    let least_length = length_literal(model.facts.ty(id).least_length);
    let value = |it: ConstructorId| {
        let variant = model.names.variant(it);
        if !holds_struct(model, it) {
            return quote!(#ident::#variant);
        }
        let form = form_of_struct(model, generics, it);
        let decode = quote!(#form.decode_as(reader)?);
        if model.is_boxed_variant(it) {
            quote!(#ident::#variant(Box::new(#decode)))
        } else {
            quote!(#ident::#variant(#decode))
        }
    };
    let is_default = |it: &&ConstructorId| model.schema[**it].kind == ConstructorKind::Default;
    let default = ty.constructors.iter().find(is_default);
    let named: Vec<ConstructorId> = ty.constructors.iter().filter(|it| !is_default(it)).copied().collect();
    let arms = named.iter().map(|&it| {
        let id = id_literal(model.schema[it].combinator.id);
        let value = value(it);
        match default {
            None => quote!(#id => #value),
            Some(_) => quote!(Some(#id) => { reader.read_id()?; #value }),
        }
    });
    let read = match default {
        None => {
            let ids = named.iter().map(|&it| id_literal(model.schema[it].combinator.id));
            quote! {
                match reader.read_id()? {
                    #(#arms,)*
                    id => return Err(reader.unknown_constructor(id, &[#(#ids),*])),
                }
            }
        }
        Some(&default) if named.is_empty() => value(default),
        Some(&default) => {
            let value = value(default);
            quote!(match reader.peek_id() { #(#arms)* _ => #value })
        }
    };
    Some(quote! {
        impl #bounds DecodeAs<#ident #data> for #form #arguments {
            #[inline]
            fn min_len(self) -> usize {
                #least_length
            }

            fn decode_as(self, reader: &mut Reader<'_>) -> Result<#ident #data, DecodeError> {
                let enclosing = reader.enter(#name);
                let value = #read;
                reader.leave(enclosing);
                Ok(value)
            }
        }
    })
}
