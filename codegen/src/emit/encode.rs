//! Encoding of the fields of a struct.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Subject, encode_expression, length_expression, length_literal};
use crate::model::Model;
use crate::names::local_ident;
use crate::record::{Presence, RecordField, Role};
use crate::rust_type::Form;

/// Expands to:
///
/// ```text
/// impl EncodeBare for SendEncrypted {
///     fn bare_len(&self) -> usize {
///         12 + self.data.encoded_len()
///     }
///
///     fn encode_bare(&self, writer: &mut Writer<'_>) {
///         let flags = u32::from(self.silent);
///         flags.encode(writer);
///         self.random_id.encode(writer);
///     }
/// }
/// ```
pub(super) fn encode_bare(model: &Model<'_>, subject: &Subject<'_>) -> TokenStream {
    let ident = subject.ident;
    let (generics, arguments) = match &subject.parameter {
        Some(parameter) => (quote!(<#parameter: Encode>), quote!(<#parameter>)),
        None => (quote!(), quote!()),
    };
    let length = length_body(model, subject);
    let fields: Vec<TokenStream> =
        subject.record.fields().filter_map(|field| encode_field(model, subject, &field)).collect();
    let writer = if fields.is_empty() { quote!(_writer) } else { quote!(writer) };
    quote! {
        impl #generics EncodeBare for #ident #arguments {
            #[inline]
            fn bare_len(&self) -> usize {
                #length
            }

            #[inline]
            fn encode_bare(&self, #writer: &mut Writer<'_>) {
                #(#fields)*
            }
        }
    }
}

/// Expands to: `12 + self.data.encoded_len()`, and one statement for each optional field.
fn length_body(model: &Model<'_>, subject: &Subject<'_>) -> TokenStream {
    if let Some(fixed) = subject.fixed_length {
        let fixed = length_literal(fixed);
        return quote!(#fixed);
    }
    let mut fixed = 0;
    let mut required = Vec::new();
    let mut optional = Vec::new();
    for field in subject.record.fields() {
        let ident = field.ident;
        match field.role {
            Role::ComputedFlags => fixed += 4,
            Role::Required => match model.fixed_length(&field.field.ty) {
                Some(length) => fixed += length,
                None => {
                    required.push(length_expression(
                        &model.form(&field.field.ty),
                        &quote!(self.#ident),
                        &quote!(&self.#ident),
                    ));
                }
            },
            Role::Optional(_) => optional.push(optional_length(model, &field)),
            Role::Flag(_) | Role::FlagMethod(_) | Role::Grouped { .. } => {}
        }
    }
    optional.extend((0..subject.record.groups.len()).map(|group| group_length(model, subject, group)));
    let fixed = (fixed > 0 || required.is_empty()).then(|| {
        let fixed = length_literal(fixed);
        quote!(#fixed)
    });
    let sum: Vec<TokenStream> = fixed.into_iter().chain(required).collect();
    if optional.is_empty() {
        return quote!(#(#sum)+*);
    }
    quote! {
        let mut len = #(#sum)+*;
        #(#optional)*
        len
    }
}

/// Expands to: `if let Some(value) = &self.peer { len += value.encoded_len(); }`
fn optional_length(model: &Model<'_>, field: &RecordField<'_>) -> TokenStream {
    let ident = field.ident;
    match model.fixed_length(&field.field.ty) {
        Some(length) => {
            let length = length_literal(length);
            quote!(if self.#ident.is_some() { len += #length; })
        }
        None => {
            let length = length_expression(&model.form(&field.field.ty), &quote!(value), &quote!(value));
            quote!(if let Some(value) = &self.#ident { len += #length; })
        }
    }
}

/// Expands to: `if let Some(value) = &self.views_and_forwards { len += 8 + value.text.encoded_len(); }`
fn group_length(model: &Model<'_>, subject: &Subject<'_>, group: usize) -> TokenStream {
    let group = &subject.record.groups[group];
    let group_ident = &group.ident;
    let mut fixed = 0;
    let mut terms = Vec::new();
    for &position in &group.fields {
        let ty = &subject.record.combinator.fields[position].ty;
        let ident = &subject.record.idents[position];
        match model.fixed_length(ty) {
            Some(length) => fixed += length,
            None => terms.push(length_expression(&model.form(ty), &quote!(value.#ident), &quote!(&value.#ident))),
        }
    }
    if terms.is_empty() {
        let fixed = length_literal(fixed);
        return quote!(if self.#group_ident.is_some() { len += #fixed; });
    }
    if fixed > 0 {
        let fixed = length_literal(fixed);
        terms.insert(0, quote!(#fixed));
    }
    quote!(if let Some(value) = &self.#group_ident { len += #(#terms)+*; })
}

fn encode_field(model: &Model<'_>, subject: &Subject<'_>, field: &RecordField<'_>) -> Option<TokenStream> {
    let ident = field.ident;
    let form = model.form(&field.field.ty);
    match field.role {
        Role::ComputedFlags => Some(encode_flags(subject, field)),
        Role::Required => {
            let reference = if subject.is_boxed(field.position) { quote!(&*self.#ident) } else { quote!(&self.#ident) };
            let encode = encode_expression(&form, &quote!(self.#ident), &reference);
            Some(quote!(#encode;))
        }
        Role::Optional(_) => {
            let encode = encode_expression(&form, &quote!(value), &quote!(value));
            Some(quote!(if let Some(value) = &self.#ident { #encode; }))
        }
        Role::Grouped { group, .. } => encode_group(model, subject, group, field.position, &form),
        Role::Flag(_) | Role::FlagMethod(_) => None,
    }
}

/// Neighbours of one group are written together, at the first of them.
fn encode_group(
    model: &Model<'_>,
    subject: &Subject<'_>,
    group: usize,
    position: usize,
    form: &Form,
) -> Option<TokenStream> {
    let record = subject.record;
    let is_of_group =
        |position: usize| matches!(record.roles[position], Role::Grouped { group: it, .. } if it == group);
    if position.checked_sub(1).is_some_and(is_of_group) {
        return None;
    }
    let group_ident = &record.groups[group].ident;
    let encode_value = |position: usize, form: &Form| {
        let ident = &record.idents[position];
        encode_expression(form, &quote!(value.#ident), &quote!(&value.#ident))
    };
    let first = encode_value(position, form);
    let others = (position + 1..record.roles.len()).take_while(|&it| is_of_group(it)).map(|it| {
        let form = model.form(&record.combinator.fields[it].ty);
        encode_value(it, &form)
    });
    Some(quote! {
        if let Some(value) = &self.#group_ident {
            #first;
            #(#others;)*
        }
    })
}

/// Expands to:
///
/// ```text
/// let flags = u32::from(self.silent) | u32::from(self.peer.is_some()) << 3;
/// flags.encode(writer);
/// ```
fn encode_flags(subject: &Subject<'_>, field: &RecordField<'_>) -> TokenStream {
    let record = subject.record;
    let bits = record.bits.iter().filter(|(condition, _)| condition.flags == field.position);
    let terms: Vec<TokenStream> = bits
        .map(|(condition, presence)| {
            let is_set = is_set(subject, *presence);
            let bit = Literal::u8_unsuffixed(condition.bit);
            if condition.bit == 0 { quote!(u32::from(#is_set)) } else { quote!(u32::from(#is_set) << #bit) }
        })
        .collect();
    if terms.is_empty() {
        return quote!(0u32.encode(writer););
    }
    let ident = local_ident(field.ident);
    quote! {
        let #ident = #(#terms)|*;
        #ident.encode(writer);
    }
}

/// Expands to: `self.silent` or `self.peer.is_some()`
pub(super) fn is_set(subject: &Subject<'_>, presence: Presence) -> TokenStream {
    let record = subject.record;
    match presence {
        Presence::Flag(position) => {
            let ident = &record.idents[position];
            quote!(self.#ident)
        }
        Presence::Field(position) => {
            let ident = &record.idents[position];
            quote!(self.#ident.is_some())
        }
        Presence::Group(group) => {
            let ident = &record.groups[group].ident;
            quote!(self.#ident.is_some())
        }
    }
}
