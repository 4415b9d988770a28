//! The enum of a type with parameters, and its form.

use proc_macro2::TokenStream;
use quote::quote;
use typelang_ir::{ConstructorId, ConstructorKind, Directions, TypeId};

use crate::emit::items::enums::{Dispatch, definition, dispatch, end_variant, has_end};
use crate::emit::items::forms::definition as form_definition;
use crate::generics::Generics;
use crate::model::Model;
use crate::tokens::beside;
use crate::tokens::{id_literal, length_literal};

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
/// impl<'a, T, TForm: DecodeAs<'a, T>> DecodeAs<'a, Maybe<T>> for MaybeForm<TForm> { … }
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
    let (data, arguments, bounds) = (generics.data(), generics.forms(), generics.encoding());
    let constructors = &model.schema[id].constructors;
    let writes = constructors.iter().map(|&it| {
        let variant = model.names.variant(it);
        let named = model.schema[it].kind != ConstructorKind::Default;
        let id = id_literal(model.schema[it].combinator.id);
        let write_id = named.then(|| quote!(writer.write_id(#id);));
        if !model.holds_struct(it) {
            return quote!(#ident::#variant => { #write_id });
        }
        let form = form_of_struct(model, generics, it);
        let reference = if model.is_boxed_variant(it) { quote!(&**field) } else { quote!(field) };
        quote!(#ident::#variant(field) => { #write_id #form.encode_as(#reference, writer); })
    });
    let name = model.schema[id].name.to_string();
    let end = has_end(model, id).then(end_variant).map(|end| quote!(#ident::#end => writer.fail_without_value(#name),));
    let writes = writes.chain(end);
    Some(quote! {
        impl #bounds EncodeAs<#ident #data> for #form #arguments {
            fn encode_as(self, value: &#ident #data, writer: &mut Writer<'_>) {
                match value { #(#writes)* }
            }
        }
    })
}

fn decode_as(model: &Model<'_>, id: TypeId, generics: &Generics) -> Option<TokenStream> {
    let (ident, form) = (&model.names.ty(id).ident, generics.form.as_ref()?);
    let (data, arguments, bounds) = (generics.data(), generics.forms(), generics.decoding());
    let ty = &model.schema[id];
    let least_length = length_literal(model.facts.ty(id).least_length);
    let value = |it: ConstructorId| {
        let variant = model.names.variant(it);
        if !model.holds_struct(it) {
            return quote!(#ident::#variant);
        }
        let form = form_of_struct(model, generics, it);
        let decode = quote!(reader.decode_as(#form));
        if model.is_boxed_variant(it) {
            quote!(#ident::#variant(Box::new(#decode)))
        } else {
            quote!(#ident::#variant(#decode))
        }
    };
    let is_named = |it: &&ConstructorId| model.schema[**it].kind != ConstructorKind::Default;
    let ids = ty.constructors.iter().filter(is_named).map(|&it| id_literal(model.schema[it].combinator.id));
    let simplest = match model.facts.ty(id).simplest {
        Some(simplest) => value(simplest),
        None => {
            let end = end_variant();
            quote!(#ident::#end)
        }
    };
    let read = dispatch(
        &Dispatch { model, id, simplest, expected: quote!(&[#(#ids),*]) },
        |it| {
            let id = id_literal(model.schema[it].combinator.id);
            quote!(#id)
        },
        value,
    );
    Some(quote! {
        impl #bounds DecodeAs<'a, #ident #data> for #form #arguments {
            #[inline]
            fn min_len(self) -> usize {
                #least_length
            }

            fn decode_as(self, reader: &mut Reader<'a>) -> #ident #data {
                #read
            }
        }
    })
}
