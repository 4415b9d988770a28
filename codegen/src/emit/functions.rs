//! The struct of a function.

use proc_macro2::TokenStream;
use quote::quote;
use tl_ir::{Facts, FunctionId, Traits, ValueType};

use super::decode::decode_bare;
use super::encode::encode_bare;
use super::structs::{combinator, structures};
use super::{Subject, decode_expression, docs};
use crate::model::{Model, parameter_ident};
use crate::options::Availability;

/// Items of a function: the struct, the structs of its groups, and its impls.
pub(crate) fn function(model: &Model<'_>, id: FunctionId) -> Vec<TokenStream> {
    let facts = model.facts.function(id);
    let record = model.function(id);
    let subject = Subject {
        record,
        ident: &model.names.function(id).ident,
        parameter: parameter_ident(model, id),
        boxed: Vec::new(),
        least_length: facts.least_length,
        fixed_length: facts.fixed_length,
        recursive: is_recursive(model, id),
    };
    let function = &model.schema[id];
    let result = match (&function.result, &function.parameter) {
        (ValueType::Parameter, Some(parameter)) => parameter.clone(),
        (result, _) => docs::type_text(model.schema, result),
    };
    let docs = docs::combinator(model.options, record.combinator, "method").paragraph(&format!("Returns `{result}`."));
    let mut items = structures(model, &subject, traits(&model.facts, id), docs);
    items.push(combinator(&subject));
    items.push(encode_bare(model, &subject));
    items.extend(decode_function(model, &subject));
    items.push(function_impl(model, &subject, id));
    items
}

fn traits(facts: &Facts, id: FunctionId) -> Traits {
    let traits = facts.function(id).traits;
    // A request is built and sent; copying it in silence helps nobody.
    Traits { copy: false, hash: false, ..traits }
}

/// A function that wraps another can wrap itself.
fn is_recursive(model: &Model<'_>, id: FunctionId) -> bool {
    model.schema[id].combinator.fields.iter().any(|field| field.ty == ValueType::Parameter)
}

/// Decoding, behind a feature if the options say so.
fn decode_function(model: &Model<'_>, subject: &Subject<'_>) -> Option<TokenStream> {
    let decode = || decode_bare(model, subject);
    match &model.options.function_decoding {
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
/// impl Function for SendEncrypted {
///     type Output = enums::messages::SentEncryptedMessage;
///
///     fn decode_output(reader: &mut Reader<'_>) -> Result<Self::Output, DecodeError> {
///         Self::Output::decode(reader)
///     }
/// }
/// ```
fn function_impl(model: &Model<'_>, subject: &Subject<'_>, id: FunctionId) -> TokenStream {
    let ident = subject.ident;
    let result = &model.schema[id].result;
    let (generics, arguments) = match &subject.parameter {
        Some(parameter) => (quote!(<#parameter: Function>), quote!(<#parameter>)),
        None => (quote!(), quote!()),
    };
    let (output, decode) = match (result, &subject.parameter) {
        (ValueType::Parameter, Some(parameter)) => {
            (quote!(#parameter::Output), quote!(#parameter::decode_output(reader)))
        }
        _ => {
            let ty = model.rust_type(result, subject.parameter.as_ref());
            let decode = decode_expression(&model.form(result), &quote!(Self::Output));
            (ty, decode)
        }
    };
    quote! {
        impl #generics Function for #ident #arguments {
            type Output = #output;

            #[inline]
            fn decode_output(reader: &mut Reader<'_>) -> Result<Self::Output, DecodeError> {
                #decode
            }
        }
    }
}
