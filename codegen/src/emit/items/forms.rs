//! The form of a struct with parameters: how its values are encoded and decoded.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use typelang_ir::{NatVariable, ValueType};

use crate::emit::body::decode::{decode_body, type_name};
use crate::emit::body::encode::{encode_body, within_levels};
use crate::emit::body::statements::Statements;
use crate::emit::docs::Docs;
use crate::emit::items::subject::{Stage, Subject};
use crate::generics::Generics;
use crate::names::text;
use crate::options::Options;
use crate::tokens::length_literal;

/// The form of a struct with parameters.
///
/// Expands to: `pub struct PairForm<XForm, YForm> { pub x: XForm, pub y: YForm }`
pub(crate) fn form(subject: &Subject<'_>) -> Vec<TokenStream> {
    definition(subject.model.options, subject.ident, subject.generics)
}

/// The form of a struct or an enum of this name.
///
/// Expands to: `pub struct PairForm<XForm, YForm> { pub x: XForm, pub y: YForm }`
pub(crate) fn definition(options: &Options, data: &Ident, generics: &Generics) -> Vec<TokenStream> {
    let Some(form) = &generics.form else { return Vec::new() };
    let docs = Docs::default()
        .paragraph(&format!(
            "The form of a [`{0}`](type@{0}) on the wire: the forms of its type arguments, and its numbers.",
            text(data)
        ))
        .tokens(options);
    // A number has no natural value, so only forms without numbers have a default.
    let default = (!generics.has_nats()).then(|| quote!(Default,));
    let arguments = generics.forms();
    let fields = generics.parameters.iter().map(|it| {
        let field = &it.field;
        let (ty, what) = match it.kind {
            typelang_ir::ParameterKind::Type => {
                let form = &it.form;
                (quote!(#form), "The form of the type argument")
            }
            typelang_ir::ParameterKind::Nat => (quote!(u32), "The number"),
        };
        let docs = Docs::default().paragraph(&format!("{what} `{}`.", text(field))).tokens(options);
        quote!(#docs pub #field: #ty)
    });
    vec![quote! {
        #docs
        #[derive(Clone, Copy, Debug, #default PartialEq, Eq)]
        pub struct #form #arguments { #(#fields),* }
    }]
}

/// Expands to: `impl<X, Y, XForm: EncodeAs<X>, YForm: EncodeAs<Y>> EncodeAs<Pair<X, Y>> for PairForm<XForm, YForm> { … }`
pub(crate) fn encode_as(subject: &Subject<'_>) -> Vec<TokenStream> {
    let Some(form) = &subject.generics.form else { return Vec::new() };
    let ident = subject.ident;
    let (data, arguments) = (subject.parameters.named(), subject.generics.forms());
    let generics = subject.generics.encoding();
    let fields = within_levels(subject, encode_body(subject, Statements::default()));
    let counted = (subject.least_length == 0).then(|| quote!(writer.count_empty(1);));
    let empty = may_be_empty(subject).map(|empty| {
        quote! {
            fn may_be_empty(self) -> bool {
                #empty
            }
        }
    });
    vec![quote! {
        impl #generics EncodeAs<#ident #data> for #form #arguments {
            fn encode_as(self, value: &#ident #data, writer: &mut Writer<'_>) {
                #counted
                #fields
            }

            #empty
        }
    }]
}

/// The test for a value that may take no bytes in this form: its [least length](least_length) is 0. None if it always takes some.
///
/// Expands to: `EncodeAs::<X>::may_be_empty(self.x) && EncodeAs::<Y>::may_be_empty(self.y)`
fn may_be_empty(subject: &Subject<'_>) -> Option<TokenStream> {
    if subject.least_length > 0 {
        return None;
    }
    let (open, known) = required(subject, Stage::Encode);
    let terms = if subject.recursive { Vec::new() } else { open };
    let terms = terms.into_iter().map(|(form, ty)| quote!(EncodeAs::<#ty>::may_be_empty(#form)));
    let all = terms.reduce(|all, term| quote!(#all && #term));
    (known == 0).then(|| all.unwrap_or_else(|| quote!(true)))
}

/// The forms and Rust types of required fields whose least length depends on parameters, and the least length of all others together.
fn required(subject: &Subject<'_>, stage: Stage) -> (Vec<(TokenStream, TokenStream)>, u32) {
    let required = subject.record.fields().filter(|field| field.field.condition.is_none());
    let (open, known): (Vec<_>, Vec<_>) = required.partition(|field| depends_on_parameters(subject, &field.field.ty));
    let open = open.iter().map(|field| {
        let (_, form) = subject.form(field.position, stage).codec();
        (form, subject.rust_type(field.position))
    });
    let known = known.iter().fold(0u32, |sum, field| sum.saturating_add(subject.model.least_length(&field.field.ty)));
    (open.collect(), known)
}

/// The least length of a value in this form. It bounds how many elements a vector can hold, so parameters count as far as they
/// are known: it must not be 0 where elements take bytes.
///
/// Expands to: `4usize.saturating_add(DecodeAs::<X>::min_len(self.x))`
fn least_length(subject: &Subject<'_>) -> TokenStream {
    if subject.recursive {
        let least_length = length_literal(subject.least_length);
        return quote!(#least_length);
    }
    let (open, known) = required(subject, Stage::Decode);
    let mut terms = open.into_iter().map(|(form, ty)| quote!(DecodeAs::<#ty>::min_len(#form)));
    let first = match terms.next() {
        Some(term) if known == 0 => term,
        first => {
            let known = Literal::u32_unsuffixed(known);
            first.map_or_else(|| quote!(#known), |term| quote!(#term.saturating_add(#known)))
        }
    };
    terms.fold(first, |sum, term| quote!(#sum.saturating_add(#term)))
}

/// Returns whether the form of a type is made of parameters alone, rather than of nothing or of numbers among the fields.
fn depends_on_parameters(subject: &Subject<'_>, ty: &ValueType) -> bool {
    let mut depends = false;
    ty.walk(&mut |ty| depends |= matches!(ty, ValueType::Parameter(_)));
    let mut numbers = Vec::new();
    subject.model.nats(ty, &mut numbers);
    (depends || !numbers.is_empty()) && numbers.iter().all(|it| matches!(it, NatVariable::Parameter(_)))
}

/// Expands to:
/// `impl<'a, X, Y, XForm: DecodeAs<'a, X>, YForm: DecodeAs<'a, Y>> DecodeAs<'a, Pair<X, Y>> for PairForm<XForm, YForm> { … }`
pub(crate) fn decode_as(subject: &Subject<'_>) -> Vec<TokenStream> {
    let Some(form) = &subject.generics.form else { return Vec::new() };
    let ident = subject.ident;
    let (data, arguments) = (subject.parameters.named(), subject.generics.forms());
    let generics = subject.generics.decoding();
    let least_length = least_length(subject);
    let body = decode_body(subject, &quote!(#ident));
    let name = type_name(subject);
    let (enter, leave) = match Literal::u32_unsuffixed(subject.levels) {
        _ if subject.levels == 0 => (quote!(enter(#name)), quote!(leave(enclosing))),
        levels => (quote!(enter_levels(#name, #levels)), quote!(leave_levels(enclosing, #levels))),
    };
    // Nothing else bounds the number of values that may take no bytes.
    let counted = (subject.least_length == 0).then(|| quote!(reader.count_empty();));
    vec![quote! {
        impl #generics DecodeAs<'a, #ident #data> for #form #arguments {
            #[inline]
            fn min_len(self) -> usize {
                #least_length
            }

            fn decode_as(self, reader: &mut Reader<'a>) -> #ident #data {
                #counted
                let enclosing = reader.#enter;
                let result = { #body };
                reader.#leave;
                result
            }
        }
    }]
}
