//! The form of a struct with parameters: how it stands on the wire.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::decode::decode_body;
use super::docs::Docs;
use super::encode::{encode_body, length_body};
use super::length_literal;
use super::subject::Subject;
use crate::generics::Generics;
use crate::options::Options;

/// Items of the form of a struct with parameters.
///
/// Expands to:
///
/// ```text
/// pub struct PairForm<XForm, YForm> {
///     pub x: XForm,
///     pub y: YForm,
/// }
///
/// impl<X, Y, XForm: EncodeAs<X>, YForm: EncodeAs<Y>> EncodeAs<Pair<X, Y>> for PairForm<XForm, YForm> { … }
/// impl<X, Y, XForm: DecodeAs<X>, YForm: DecodeAs<Y>> DecodeAs<Pair<X, Y>> for PairForm<XForm, YForm> { … }
/// ```
pub(super) fn forms(subject: &Subject<'_>, encode: bool, decode: bool) -> Vec<TokenStream> {
    let mut items: Vec<TokenStream> =
        definition(subject.model.options, subject.ident, subject.generics).into_iter().collect();
    items.extend(encode.then(|| encode_as(subject)).flatten());
    items.extend(decode.then(|| decode_as(subject)).flatten());
    items
}

/// Expands to: `pub struct PairForm<XForm, YForm> { pub x: XForm, pub y: YForm }`
pub(super) fn definition(options: &Options, data: &Ident, generics: &Generics) -> Option<TokenStream> {
    let form = generics.form.as_ref()?;
    let docs = Docs::default()
        .paragraph(&format!(
            "How values of [`{data}`] stand on the wire: the forms of its type arguments, and its numbers."
        ))
        .tokens(options);
    // A number has no natural value, so only forms without numbers have a default.
    let default = (!generics.has_nats()).then(|| quote!(Default,));
    let arguments = generics.forms();
    let fields = generics.parameters.iter().map(|it| {
        let field = &it.field;
        let (ty, text) = match it.kind {
            tl_ir::ParameterKind::Type => {
                let form = &it.form;
                (quote!(#form), "The form of the type argument")
            }
            tl_ir::ParameterKind::Nat => (quote!(u32), "The number"),
        };
        let docs = Docs::default().paragraph(&format!("{text} `{field}`.")).tokens(options);
        quote!(#docs pub #field: #ty)
    });
    Some(quote! {
        #docs
        #[derive(Clone, Copy, Debug, #default PartialEq, Eq)]
        pub struct #form #arguments { #(#fields),* }
    })
}

/// A trait of forms by name.
pub(super) fn bound(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn encode_as(subject: &Subject<'_>) -> Option<TokenStream> {
    let (ident, form) = (subject.ident, subject.generics.form.as_ref()?);
    let (data, arguments) = (subject.generics.data(), subject.generics.forms());
    let generics = subject.generics.bounded(&bound("EncodeAs"));
    let length = length_body(subject);
    let fields = encode_body(subject);
    Some(quote! {
        impl #generics EncodeAs<#ident #data> for #form #arguments {
            fn encoded_len_as(self, value: &#ident #data) -> usize {
                #length
            }

            fn encode_as(self, value: &#ident #data, writer: &mut Writer<'_>) {
                #fields
            }
        }
    })
}

fn decode_as(subject: &Subject<'_>) -> Option<TokenStream> {
    let (ident, form) = (subject.ident, subject.generics.form.as_ref()?);
    let (data, arguments) = (subject.generics.data(), subject.generics.forms());
    let generics = subject.generics.bounded(&bound("DecodeAs"));
    let least_length = length_literal(subject.least_length);
    let body = decode_body(subject, &quote!(#ident));
    Some(quote! {
        impl #generics DecodeAs<#ident #data> for #form #arguments {
            const MIN_LEN: usize = #least_length;

            fn decode_as(self, reader: &mut Reader<'_>) -> Result<#ident #data, DecodeError> {
                #body
            }
        }
    })
}
