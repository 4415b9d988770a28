//! Encoding of the fields of a struct.

use proc_macro2::TokenStream;
use quote::quote;
use tl_ir::{Builtin, Condition, ValueType};

use super::subject::{Stage, Subject};
use crate::borrowing::Holding;
use crate::record::{RecordField, Role};
use crate::rust_type::{Call, Form};

/// Expands to:
///
/// ```text
/// impl EncodeBare for SendEncrypted {
///     #[inline]
///     fn encode_bare(&self, writer: &mut Writer<'_>) {
///         let flags = flag(self.silent, 0x1);
///         writer.write_u32(flags);
///         writer.write_i64(self.random_id);
///     }
/// }
/// ```
pub(super) fn encode_bare(subject: &Subject<'_>) -> TokenStream {
    let ident = subject.ident;
    let generics = subject.call.as_ref().map(|Call { generic, .. }| quote!(<#generic: Encode>));
    let arguments = subject.arguments();
    let fields = encode_body(subject);
    let writer = if fields.is_empty() { quote!(_writer) } else { quote!(writer) };
    quote! {
        impl #generics EncodeBare for #ident #arguments {
            #[inline]
            fn encode_bare(&self, #writer: &mut Writer<'_>) {
                #fields
            }
        }
    }
}

/// How a place is to be read.
enum Place {
    /// The value itself, such as `self.peer`.
    Value(TokenStream),
    /// A reference to it, such as `value`.
    Reference(TokenStream),
}

impl Place {
    /// A copy of what is there, which is a number.
    fn copied(&self) -> TokenStream {
        match self {
            Self::Value(place) => quote!(#place),
            Self::Reference(place) => quote!(*#place),
        }
    }

    /// A reference to what is there, through the pointer if there is one.
    fn referred(&self, is_boxed: bool) -> TokenStream {
        match (self, is_boxed) {
            (Self::Value(place), false) => quote!(&#place),
            (Self::Value(place), true) => quote!(&*#place),
            (Self::Reference(place), false) => quote!(#place),
            (Self::Reference(place), true) => quote!(&**#place),
        }
    }
}

/// Expands to: `writer.write_i64(self.random_id);` or `writer.encode(&self.peer);`
fn encode_value(subject: &Subject<'_>, position: usize, place: &Place) -> TokenStream {
    let form = subject.form(position, Stage::Encode);
    let ty = &subject.record.combinator.fields[position].ty;
    if let (Form::Default, ValueType::Builtin(builtin)) = (&form, ty)
        && let Some(write) = write_builtin(*builtin, subject.model.borrowing.of(*builtin), place)
    {
        return quote!(#write;);
    }
    let reference = place.referred(subject.is_boxed(position));
    match form {
        Form::Default => quote!(writer.encode(#reference);),
        Form::Bare => quote!(writer.encode_bare(#reference);),
        Form::Codec { value, .. } => quote!(#value.encode_as(#reference, writer);),
    }
}

/// Expands to: `writer.write_i64(self.random_id)`
fn write_builtin(builtin: Builtin, holding: Holding, place: &Place) -> Option<TokenStream> {
    let (copied, referred) = (place.copied(), place.referred(false));
    let lent = if holding == Holding::Reference { &copied } else { &referred };
    Some(match builtin {
        Builtin::Nat => quote!(writer.write_u32(#copied)),
        Builtin::Int => quote!(writer.write_i32(#copied)),
        Builtin::Long => quote!(writer.write_i64(#copied)),
        Builtin::Float => quote!(writer.write_f32(#copied)),
        Builtin::Double => quote!(writer.write_f64(#copied)),
        Builtin::Bool => quote!(writer.write_bool(#copied)),
        Builtin::Int128 | Builtin::Int256 | Builtin::Int512 => quote!(writer.write_raw(#referred)),
        Builtin::String => quote!(writer.write_string(#lent)),
        Builtin::Bytes => quote!(writer.write_bytes(#lent)),
        Builtin::True => return None,
    })
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
/// Expands to: `writer.check_presence(self.mask & 0x8 != 0, value.peer.is_some());`
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
            Some(quote!(#computed writer.write_u32(#local);))
        }
        Role::Required => Some(encode_value(subject, field.position, &Place::Value(quote!(#place.#ident)))),
        Role::Optional(_) => {
            if subject.has_default_form(field.position, Stage::Encode) {
                return Some(quote!(writer.encode_some(&#place.#ident);));
            }
            let encode = encode_value(subject, field.position, &Place::Reference(quote!(#binding)));
            Some(quote!(if let Some(#binding) = &#place.#ident { #encode }))
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
        encode_value(subject, position, &Place::Value(quote!(#binding.#ident)))
    });
    Some(quote! {
        if let Some(#binding) = &#place.#group_ident {
            #(#values)*
        }
    })
}
