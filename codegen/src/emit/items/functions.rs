//! The struct of a function.

use proc_macro2::TokenStream;
use quote::quote;
use typelang_ir::FunctionId;

use crate::emit::body::decode::decode_bare;
use crate::emit::body::encode::encode_bare;
use crate::emit::docs;
use crate::emit::docs::cross_references;
use crate::emit::items::structs::{combinator, structures};
use crate::emit::items::subject::{Stage, Subject};
use crate::emit::schema::errors::known_about;
use crate::generics::Call;
use crate::generics::{elided, named};
use crate::model::Model;
use crate::options::Availability;
use crate::rust::traits::Traits;
use crate::rust_type::Form;

/// Items of a function: the struct, the structs of its groups, and its impls.
pub(crate) fn function(model: &Model<'_>, id: FunctionId) -> Vec<TokenStream> {
    let facts = model.facts.function(id);
    let record = model.function(id);
    let fields = &record.combinator.fields;
    let subject = Subject {
        model,
        record,
        ident: &model.names.function(id).ident,
        generics: model.generics_of_function(id),
        texts: model.known.texts.functions.get(&record.combinator.name.to_string()),
        call: model.call(id),
        boxed: (0..fields.len()).filter(|&it| Model::holds_any(&fields[it].ty)).collect(),
        has_id: true,
        least_length: facts.least_length,
        recursive: facts.recursive,
    };
    let docs = docs::combinator(model.options, record.combinator, subject.texts, "method");
    let docs = cross_references::of_function(model, id, docs);
    let mut items = structures(&subject, traits(model, id), docs, true);
    items.extend(known_about(&subject, id));
    items.push(combinator(&subject));
    items.push(encode_bare(&subject));
    items.extend(decode_function(&subject));
    items.extend(function_impls(&subject, id));
    items
}

fn traits(model: &Model<'_>, id: FunctionId) -> Traits {
    let traits = model.traits.of_combinator(&model.schema[id].combinator);
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
///
/// Where types borrow, every function has the same with a lifetime:
///
/// ```text
/// impl<'a> ReturnsBorrowed<'a> for GetConfig<'_> {
///     type Value = types::Config<'a>;
/// }
/// ```
///
/// and the functions whose results do not borrow have both.
fn function_impls(subject: &Subject<'_>, id: FunctionId) -> Vec<TokenStream> {
    let model = subject.model;
    let owned = !model.borrows(&model.schema[id].result);
    let owned = owned.then(|| {
        let bound = subject.call.as_ref().map(|Call { generic, .. }| quote!(<#generic: Function>));
        function_impl(
            subject,
            id,
            &ResultTraits { parameters: quote!(#bound), function: quote!(Function), returns: quote!(Returns) },
        )
    });
    let borrowed = model.borrowing.is_used.then(|| {
        let (parameters, lifetime) = match (&subject.call, model.borrows(&model.schema[id].result)) {
            (Some(Call { generic, .. }), _) => (quote!(<'a, #generic: FunctionBorrowed<'a>>), named()),
            (None, true) => (quote!(<'a>), named()),
            (None, false) => (quote!(), elided()),
        };
        let (function, returns) = (quote!(FunctionBorrowed<#lifetime>), quote!(ReturnsBorrowed<#lifetime>));
        function_impl(subject, id, &ResultTraits { parameters, function, returns })
    });
    owned.into_iter().chain(borrowed).collect()
}

/// What says what a function returns.
struct ResultTraits {
    parameters: TokenStream,
    /// In general.
    function: TokenStream,
    /// If that is a boxed value.
    returns: TokenStream,
}

fn function_impl(subject: &Subject<'_>, id: FunctionId, traits: &ResultTraits) -> TokenStream {
    let model = subject.model;
    let (ident, arguments) = (subject.ident, subject.arguments());
    let ResultTraits { parameters, function, returns } = traits;
    let result = &model.schema[id].result;
    let output = model.rust_type(result, subject.variables());
    let form_of_result = model.form(result, subject.variables(), &|variable| subject.nat(variable, Stage::Encode));
    if matches!(form_of_result, Form::Default) && subject.call.is_none() {
        return quote! {
            impl #parameters #returns for #ident #arguments {
                type Value = #output;
            }
        };
    }
    let (form, value) = form_of_result.codec();
    let computed = subject.computed_nats_of(std::iter::once(result)).into_iter().map(|it| subject.computed_nat(it));
    quote! {
        impl #parameters #function for #ident #arguments {
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
