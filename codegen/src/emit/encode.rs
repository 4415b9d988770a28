//! Encoding of the fields of a struct.

use proc_macro2::TokenStream;
use quote::quote;
use tl_ir::Condition;

use super::subject::{Stage, Subject};
use super::{encode_expression, length_expression, length_literal};
use crate::record::{RecordField, Role};
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
pub(super) fn encode_bare(subject: &Subject<'_>) -> TokenStream {
    let ident = subject.ident;
    let (generics, arguments) = match &subject.call {
        Some(call) => {
            let generic = &call.generic;
            (quote!(<#generic: Encode>), quote!(<#generic>))
        }
        None => (quote!(), quote!()),
    };
    let length = length_body(subject);
    let fields = encode_body(subject);
    let writer = if fields.is_empty() { quote!(_writer) } else { quote!(writer) };
    quote! {
        impl #generics EncodeBare for #ident #arguments {
            #[inline]
            fn bare_len(&self) -> usize {
                #length
            }

            #[inline]
            fn encode_bare(&self, #writer: &mut Writer<'_>) {
                #fields
            }
        }
    }
}

/// Expands to: `12 + self.data.encoded_len()`, and one statement for each optional field.
pub(super) fn length_body(subject: &Subject<'_>) -> TokenStream {
    if let Some(fixed) = subject.fixed_length {
        let fixed = length_literal(fixed);
        return quote!(#fixed);
    }
    let place = subject.place();
    let mut fixed = 0;
    let mut required = Vec::new();
    let mut optional = Vec::new();
    let mut variable = Vec::new();
    for field in subject.record.fields() {
        let ident = field.ident;
        match (field.role, subject.model.fixed_length(&field.field.ty)) {
            (Role::Flags | Role::Mask, _) => fixed += 4,
            (Role::Required, Some(length)) => fixed += length,
            (Role::Required, None) => {
                variable.push(field.position);
                let reference = reference(subject, field.position, quote!(#place.#ident));
                required.push(length_expression(&encoded(subject, field.position), &quote!(#place.#ident), &reference));
            }
            (Role::Optional(_), length) => {
                variable.push(field.position);
                optional.push(optional_length(subject, &field, length));
            }
            (Role::Flag(_) | Role::FlagMethod(_), _) => {}
            (Role::Grouped { .. }, _) => variable.push(field.position),
        }
    }
    optional.extend((0..subject.record.groups.len()).map(|group| group_length(subject, group)));
    let types = variable.iter().map(|&position| &subject.record.combinator.fields[position].ty);
    let computed = subject.computed_nats_of(types).into_iter().map(|position| subject.computed_nat(position));
    let fixed = (fixed > 0 || required.is_empty()).then(|| {
        let fixed = length_literal(fixed);
        quote!(#fixed)
    });
    let sum: Vec<TokenStream> = fixed.into_iter().chain(required).collect();
    if optional.is_empty() {
        return quote!(#(#computed)* #(#sum)+*);
    }
    quote! {
        #(#computed)*
        let mut len = #(#sum)+*;
        #(#optional)*
        len
    }
}

fn encoded(subject: &Subject<'_>, position: usize) -> Form {
    subject.form(position, Stage::Encode)
}

/// A reference to the value at a place, through the pointer if there is one.
fn reference(subject: &Subject<'_>, position: usize, place: TokenStream) -> TokenStream {
    if subject.is_boxed(position) { quote!(&*#place) } else { quote!(&#place) }
}

/// What an optional field holds, from a reference to it.
fn held(subject: &Subject<'_>, position: usize) -> TokenStream {
    let binding = subject.binding();
    if subject.is_boxed(position) { quote!(&**#binding) } else { binding }
}

/// Expands to: `if let Some(value) = &self.peer { len += value.encoded_len(); }`
fn optional_length(subject: &Subject<'_>, field: &RecordField<'_>, fixed: Option<u32>) -> TokenStream {
    let (place, binding, ident) = (subject.place(), subject.binding(), field.ident);
    match fixed {
        Some(length) => {
            let length = length_literal(length);
            quote!(if #place.#ident.is_some() { len += #length; })
        }
        None => {
            let form = encoded(subject, field.position);
            let length = length_expression(&form, &binding, &held(subject, field.position));
            quote!(if let Some(#binding) = &#place.#ident { len += #length; })
        }
    }
}

/// Expands to: `if let Some(value) = &self.views_and_forwards { len += 8 + value.text.encoded_len(); }`
fn group_length(subject: &Subject<'_>, group: usize) -> TokenStream {
    let (place, binding) = (subject.place(), subject.binding());
    let group = &subject.record.groups[group];
    let group_ident = &group.ident;
    let mut fixed = 0;
    let mut terms = Vec::new();
    for &position in &group.fields {
        let ident = &subject.record.idents[position];
        match subject.model.fixed_length(&subject.record.combinator.fields[position].ty) {
            Some(length) => fixed += length,
            None => {
                let reference = reference(subject, position, quote!(#binding.#ident));
                terms.push(length_expression(&encoded(subject, position), &quote!(#binding.#ident), &reference));
            }
        }
    }
    if terms.is_empty() {
        let fixed = length_literal(fixed);
        return quote!(if #place.#group_ident.is_some() { len += #fixed; });
    }
    if fixed > 0 {
        let fixed = length_literal(fixed);
        terms.insert(0, quote!(#fixed));
    }
    quote!(if let Some(#binding) = &#place.#group_ident { len += #(#terms)+*; })
}

/// Statements that write all fields.
pub(super) fn encode_body(subject: &Subject<'_>) -> TokenStream {
    let mut checked = Vec::new();
    let fields = subject.record.fields().map(|field| {
        let check = check_presence(subject, field.field.condition, &mut checked);
        let encode = encode_field(subject, &field);
        quote!(#check #encode)
    });
    fields.collect()
}

/// Where the bit is given, what is there must agree with it.
///
/// Expands to: `writer.check_presence(self.mask & (1 << 3) != 0, value.peer.is_some());`
fn check_presence(
    subject: &Subject<'_>,
    condition: Option<Condition>,
    checked: &mut Vec<Condition>,
) -> Option<TokenStream> {
    let condition = condition.filter(|it| subject.record.is_given(*it) && !checked.contains(it))?;
    checked.push(condition);
    let holds = subject.holds(condition, Stage::Encode);
    let is_present = subject.is_present(*subject.record.presences.get(&condition)?);
    Some(quote!(writer.check_presence(#holds, #is_present);))
}

fn encode_field(subject: &Subject<'_>, field: &RecordField<'_>) -> Option<TokenStream> {
    let (place, binding, ident) = (subject.place(), subject.binding(), field.ident);
    match field.role {
        Role::Flags | Role::Mask => {
            let computed = subject.computed_nat(field.position);
            let local = crate::names::computed_ident(ident);
            Some(quote!(#computed #local.encode(writer);))
        }
        Role::Required => {
            let reference = reference(subject, field.position, quote!(#place.#ident));
            let encode = encode_expression(&encoded(subject, field.position), &quote!(#place.#ident), &reference);
            Some(quote!(#encode;))
        }
        Role::Optional(_) => {
            let encode = encode_expression(&encoded(subject, field.position), &binding, &held(subject, field.position));
            Some(quote!(if let Some(#binding) = &#place.#ident { #encode; }))
        }
        Role::Grouped { group, .. } => encode_group(subject, group, field.position),
        Role::Flag(_) | Role::FlagMethod(_) => None,
    }
}

/// Neighbours of one group are written together, at the first of them.
fn encode_group(subject: &Subject<'_>, group: usize, position: usize) -> Option<TokenStream> {
    let (place, binding) = (subject.place(), subject.binding());
    let record = subject.record;
    let is_of_group =
        |position: usize| matches!(record.roles[position], Role::Grouped { group: it, .. } if it == group);
    if position.checked_sub(1).is_some_and(is_of_group) {
        return None;
    }
    let group_ident = &record.groups[group].ident;
    let neighbours = (position..record.roles.len()).take_while(|&it| is_of_group(it));
    let values = neighbours.map(|position| {
        let ident = &record.idents[position];
        let reference = reference(subject, position, quote!(#binding.#ident));
        encode_expression(&encoded(subject, position), &quote!(#binding.#ident), &reference)
    });
    Some(quote! {
        if let Some(#binding) = &#place.#group_ident {
            #(#values;)*
        }
    })
}
