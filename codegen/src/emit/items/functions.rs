//! What only the struct of a function has: its result, and decoding that may need a feature.

use proc_macro2::TokenStream;
use quote::quote;
use typelang_ir::ValueType;

use crate::emit::body::decode::decode_bare;
use crate::emit::items::subject::{Stage, Subject};
use crate::generics::{Call, elided, named};
use crate::options::Availability;
use crate::rust_type::Form;

/// Decoding, behind a feature if the options say so.
pub(crate) fn decode(subject: &Subject<'_>) -> Vec<TokenStream> {
    match subject.model.function_decoding() {
        Availability::Never => Vec::new(),
        Availability::Always => decode_bare(subject),
        Availability::Feature(feature) => {
            decode_bare(subject).iter().map(|item| quote!(#[cfg(feature = #feature)] #item)).collect()
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
pub(crate) fn results(subject: &Subject<'_>) -> Vec<TokenStream> {
    subject.result.map_or_else(Vec::new, |result| result_impls(subject, result))
}

fn result_impls(subject: &Subject<'_>, result: &ValueType) -> Vec<TokenStream> {
    let model = subject.model;
    let owned = !model.borrows(result);
    let owned = owned.then(|| {
        let bound = subject.call.as_ref().map(|Call { generic, .. }| quote!(<#generic: Function>));
        result_impl(
            subject,
            result,
            &ResultTraits { parameters: quote!(#bound), function: quote!(Function), returns: quote!(Returns) },
        )
    });
    let borrowed = model.borrowing.is_used.then(|| {
        let (parameters, lifetime) = match (&subject.call, model.borrows(result)) {
            (Some(Call { generic, .. }), _) => (quote!(<'a, #generic: FunctionBorrowed<'a>>), named()),
            (None, true) => (quote!(<'a>), named()),
            (None, false) => (quote!(), elided()),
        };
        let (function, returns) = (quote!(FunctionBorrowed<#lifetime>), quote!(ReturnsBorrowed<#lifetime>));
        result_impl(subject, result, &ResultTraits { parameters, function, returns })
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

fn result_impl(subject: &Subject<'_>, result: &ValueType, traits: &ResultTraits) -> TokenStream {
    let model = subject.model;
    let (ident, arguments) = (subject.ident, subject.parameters.elided());
    let ResultTraits { parameters, function, returns } = traits;
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
