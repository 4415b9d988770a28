//! The struct of a function.

use proc_macro2::TokenStream;
use quote::quote;
use tl_ir::{Facts, FunctionId, Traits};

use super::cross_references;
use super::decode::decode_bare;
use super::docs;
use super::encode::encode_bare;
use super::errors::known_about;
use super::structs::{combinator, structures};
use super::subject::{Stage, Subject};
use crate::generics::Generics;
use crate::model::Model;
use crate::options::Availability;
use crate::rust_type::{Call, Form};

/// Items of a function: the struct, the structs of its groups, and its impls.
pub(crate) fn function(model: &Model<'_>, id: FunctionId) -> Vec<TokenStream> {
    let facts = model.facts.function(id);
    let record = model.function(id);
    let fields = &record.combinator.fields;
    let subject = Subject {
        model,
        record,
        ident: &model.names.function(id).ident,
        generics: &Generics::default(),
        texts: model.known.texts.functions.get(&record.combinator.name.to_string()),
        call: model.call(id),
        boxed: (0..fields.len()).filter(|&it| Model::holds_any(&fields[it].ty)).collect(),
        has_id: true,
        least_length: facts.least_length,
        recursive: facts.recursive,
    };
    let docs = docs::combinator(model.options, record.combinator, subject.texts, "method");
    let docs = cross_references::of_function(model, id, docs);
    let mut items = structures(&subject, traits(&model.facts, id), docs);
    let generics = subject.call.as_ref().map_or_else(TokenStream::new, |Call { generic, .. }| quote!(<#generic>));
    items.extend(known_about(model, id, subject.ident, &generics));
    items.push(combinator(&subject));
    items.push(encode_bare(&subject));
    items.extend(decode_function(&subject));
    items.push(function_impl(&subject, id));
    items
}

fn traits(facts: &Facts, id: FunctionId) -> Traits {
    let traits = facts.function(id).traits;
    // A request is built and sent; copying it in silence helps nobody.
    Traits { copy: false, hash: false, ..traits }
}

/// Decoding, behind a feature if the options say so.
fn decode_function(subject: &Subject<'_>) -> Option<TokenStream> {
    let decode = || decode_bare(subject);
    match subject.model.function_decoding() {
        Availability::Never => None,
        Availability::Always => Some(decode()),
        Availability::Feature(feature) => {
            let decode = decode();
            Some(quote!(#[cfg(feature = #feature)] #decode))
        }
    }
}

/// Expands to:
///
/// ```text
/// impl Returns for SendEncrypted {
///     type Value = enums::messages::SentEncryptedMessage;
/// }
/// ```
///
/// or, where a result is no boxed value or depends on the call:
///
/// ```text
/// impl Function for GetTuple {
///     type Output = Vec<i32>;
///     type OutputForm = codec::Tuple<codec::Boxed>;
///
///     fn output_form(&self) -> Self::OutputForm {
///         codec::Tuple::new(codec::Boxed, self.n)
///     }
/// }
/// ```
fn function_impl(subject: &Subject<'_>, id: FunctionId) -> TokenStream {
    let model = subject.model;
    let ident = subject.ident;
    let result = &model.schema[id].result;
    let (generics, arguments) = match &subject.call {
        Some(Call { generic, .. }) => (quote!(<#generic: Function>), quote!(<#generic>)),
        None => (quote!(), quote!()),
    };
    let output = model.rust_type(result, subject.variables());
    let form_of_result = model.form(result, subject.variables(), &|variable| subject.nat(variable, Stage::Encode));
    if matches!(form_of_result, Form::Default) && subject.call.is_none() {
        return quote! {
            impl Returns for #ident {
                type Value = #output;
            }
        };
    }
    let (form, value) = form_of_result.codec();
    let computed = subject.computed_nats_of(std::iter::once(result)).into_iter().map(|it| subject.computed_nat(it));
    quote! {
        impl #generics Function for #ident #arguments {
            type Output = #output;
            type OutputForm = #form;

            #[inline]
            fn output_form(&self) -> Self::OutputForm {
                #(#computed)*
                #value
            }
        }
    }
}
