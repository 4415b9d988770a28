//! Decoding of the fields of a struct.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use tl_ir::Condition;

use super::{Subject, decode_expression, length_literal};
use crate::model::Model;
use crate::names::local_ident;
use crate::record::{Member, RecordField, Role};

/// Expands to:
///
/// ```text
/// impl DecodeBare for EncryptedFile {
///     const MIN_BARE_LEN: usize = 32;
///
///     fn decode_bare(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
///         let enclosing = reader.enter(Self::NAME);
///         let id = i64::decode(reader)?;
///         reader.leave(enclosing);
///         Ok(Self { id })
///     }
/// }
/// ```
pub(super) fn decode_bare(model: &Model<'_>, subject: &Subject<'_>) -> TokenStream {
    let ident = subject.ident;
    let (generics, arguments) = match &subject.parameter {
        Some(parameter) => (quote!(<#parameter: Decode>), quote!(<#parameter>)),
        None => (quote!(), quote!()),
    };
    let least_length = length_literal(subject.least_length);
    let record = subject.record;
    if record.combinator.fields.is_empty() {
        return quote! {
            impl #generics DecodeBare for #ident #arguments {
                const MIN_BARE_LEN: usize = #least_length;

                #[inline]
                fn decode_bare(_reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                    Ok(Self)
                }
            }
        };
    }
    let fields = record.fields().filter_map(|field| decode_field(model, subject, &field));
    let (enter, leave) = if subject.recursive {
        (quote!(enter_recursive(Self::NAME)?), quote!(leave_recursive))
    } else {
        (quote!(enter(Self::NAME)), quote!(leave))
    };
    let value = construct(subject);
    quote! {
        impl #generics DecodeBare for #ident #arguments {
            const MIN_BARE_LEN: usize = #least_length;

            fn decode_bare(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let enclosing = reader.#enter;
                #(#fields)*
                reader.#leave(enclosing);
                Ok(#value)
            }
        }
    }
}

fn decode_field(model: &Model<'_>, subject: &Subject<'_>, field: &RecordField<'_>) -> Option<TokenStream> {
    let record = subject.record;
    let local = local_ident(field.ident);
    let ty = model.rust_type(&field.field.ty, subject.parameter.as_ref());
    let decode = decode_expression(&model.form(&field.field.ty), &ty);
    match field.role {
        Role::ComputedFlags => {
            let known = mask_literal(record.known_bits(field.position));
            let used = record.bits.keys().any(|condition| condition.flags == field.position);
            Some(if used { quote!(let #local = reader.read_flags(#known)?;) } else { quote!(reader.read_flags(#known)?;) })
        }
        Role::Required => {
            let decode = boxed(subject, field.position, decode);
            Some(quote!(let #local = #decode;))
        }
        Role::Flag(condition) => {
            let is_set = is_set(subject, condition);
            Some(quote!(let #local = #is_set;))
        }
        Role::Optional(condition) => {
            let decode = boxed(subject, field.position, decode);
            let is_set = is_set(subject, condition);
            Some(quote!(let #local = if #is_set { Some(#decode) } else { None };))
        }
        Role::Grouped { group, condition } => decode_group(model, subject, group, condition, &local, &decode),
        Role::FlagMethod(_) => None,
    }
}

/// A group whose values are neighbours is decoded at once; else each value on its own, and the group is put together at the
/// end.
fn decode_group(
    model: &Model<'_>,
    subject: &Subject<'_>,
    group: usize,
    condition: Condition,
    local: &Ident,
    decode: &TokenStream,
) -> Option<TokenStream> {
    let record = subject.record;
    let is_set = is_set(subject, condition);
    let group = &record.groups[group];
    if !are_neighbours(&group.fields) {
        return Some(quote!(let #local = if #is_set { Some(#decode) } else { None };));
    }
    if group.fields.first().map(|&first| local_ident(&record.idents[first])).as_ref() != Some(local) {
        return None;
    }
    let group_local = local_ident(&group.ident);
    let type_ident = &group.type_ident;
    let values = group.fields.iter().map(|&position| {
        let ident = &record.idents[position];
        let field = &record.combinator.fields[position];
        let decode = decode_expression(&model.form(&field.ty), &model.rust_type(&field.ty, subject.parameter.as_ref()));
        let decode = boxed(subject, position, decode);
        quote!(#ident: #decode)
    });
    Some(quote! {
        let #group_local = if #is_set {
            Some(#type_ident { #(#values),* })
        } else {
            None
        };
    })
}

fn are_neighbours(positions: &[usize]) -> bool {
    positions.windows(2).all(|pair| pair[0] + 1 == pair[1])
}

/// Expands to: `Self { silent, peer, views: views_ }`
fn construct(subject: &Subject<'_>) -> TokenStream {
    let record = subject.record;
    let members = record.members();
    if members.is_empty() {
        return quote!(Self);
    }
    let values = members.iter().map(|member| match *member {
        Member::Field(position) => initializer(&record.idents[position]),
        Member::Group(group) => {
            let group = &record.groups[group];
            if are_neighbours(&group.fields) {
                return initializer(&group.ident);
            }
            let ident = &group.ident;
            let type_ident = &group.type_ident;
            let locals: Vec<Ident> = group.fields.iter().map(|&it| local_ident(&record.idents[it])).collect();
            let values = group.fields.iter().map(|&position| initializer(&record.idents[position]));
            quote! {
                #ident: match (#(#locals),*) {
                    (#(Some(#locals)),*) => Some(#type_ident { #(#values),* }),
                    _ => None,
                }
            }
        }
    });
    quote!(Self { #(#values),* })
}

/// Expands to: `peer`, or `reader: reader_` where the local variable has another name.
fn initializer(ident: &Ident) -> TokenStream {
    let local = local_ident(ident);
    if local == *ident { quote!(#ident) } else { quote!(#ident: #local) }
}

fn boxed(subject: &Subject<'_>, position: usize, decode: TokenStream) -> TokenStream {
    if subject.is_boxed(position) { quote!(Box::new(#decode)) } else { decode }
}

/// Expands to: `flags & (1 << 3) != 0`
fn is_set(subject: &Subject<'_>, condition: Condition) -> TokenStream {
    let flags = local_ident(&subject.record.idents[condition.flags]);
    let bit = Literal::u8_unsuffixed(condition.bit);
    quote!(#flags & (1 << #bit) != 0)
}

/// A mask of bits: hexadecimal, with as many digits as it needs.
fn mask_literal(mask: u32) -> Literal {
    if mask == 0 {
        return Literal::u32_unsuffixed(0);
    }
    format!("0x{mask:x}").parse().unwrap_or_else(|_| Literal::u32_unsuffixed(mask))
}
