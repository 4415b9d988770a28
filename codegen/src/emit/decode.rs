//! Decoding of the fields of a struct.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tl_ir::{Condition, NatVariable};

use super::subject::{Stage, Subject, field_of};
use super::{decode_expression, decoder_expression, length_literal, mask_literal};
use crate::names::local_ident;
use crate::record::{Group, Member, Role};

/// Expands to:
///
/// ```text
/// impl DecodeBare for SendEncrypted {
///     const MIN_BARE_LEN: usize = 32;
///
///     fn decode_bare(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
///         let enclosing = reader.enter(Self::NAME);
///         let flags = reader.read_flags(0x1)?;
///         let value = Self {
///             silent: flags & (1 << 0) != 0,
///             random_id: i64::decode(reader)?,
///         };
///         reader.leave(enclosing);
///         Ok(value)
///     }
/// }
/// ```
pub(super) fn decode_bare(subject: &Subject<'_>) -> TokenStream {
    let ident = subject.ident;
    let (generics, arguments) = match &subject.call {
        Some(call) => {
            let generic = &call.generic;
            (quote!(<#generic: Decode>), quote!(<#generic>))
        }
        None => (quote!(), quote!()),
    };
    let least_length = length_literal(subject.least_length);
    if subject.record.combinator.fields.is_empty() {
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
    let body = decode_body(subject, &quote!(Self));
    quote! {
        impl #generics DecodeBare for #ident #arguments {
            const MIN_BARE_LEN: usize = #least_length;

            fn decode_bare(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                #body
            }
        }
    }
}

/// Statements that read all fields and give the struct, which `path` names.
pub(super) fn decode_body(subject: &Subject<'_>, path: &TokenStream) -> TokenStream {
    let name = if subject.has_id && subject.generics.is_empty() {
        quote!(Self::NAME)
    } else {
        let name = subject.record.combinator.name.to_string();
        quote!(#name)
    };
    let (enter, leave) = if subject.recursive {
        (quote!(enter_recursive(#name)?), quote!(leave_recursive))
    } else {
        (quote!(enter(#name)), quote!(leave))
    };
    let body = Body::new(subject);
    let locals = body.locals();
    let value = body.value(path);
    quote! {
        let enclosing = reader.#enter;
        #(#locals)*
        let value = #value;
        reader.#leave(enclosing);
        Ok(value)
    }
}

/// Positions of the numbers that must be at hand while other fields are decoded.
fn needed_numbers(subject: &Subject<'_>) -> Vec<usize> {
    let mut needed: Vec<usize> = Vec::new();
    for field in subject.record.fields() {
        if matches!(field.role, Role::Flags | Role::Mask) {
            needed.push(field.position);
        }
        let mut variables: Vec<NatVariable> = field.field.condition.map(|it| it.variable).into_iter().collect();
        subject.model.nats(&field.field.ty, &mut variables);
        needed.extend(variables.into_iter().filter_map(field_of));
    }
    needed
}

/// The statements that decode one struct.
struct Body<'a> {
    subject: &'a Subject<'a>,
    needed_numbers: Vec<usize>,
    /// Where the fields begin that can be decoded in place, in the struct expression: behind the last number that other
    /// fields depend on, and behind the last group that is not decoded at once.
    first_in_place: usize,
}

impl<'a> Body<'a> {
    fn new(subject: &'a Subject<'a>) -> Self {
        let mut body = Self { subject, needed_numbers: needed_numbers(subject), first_in_place: 0 };
        let divided = subject.record.groups.iter().filter(|group| !body.is_at_once(group));
        let divided = divided.filter_map(|group| group.fields.last());
        let last = body.needed_numbers.iter().chain(divided).max();
        body.first_in_place = last.map_or(0, |last| last + 1);
        body
    }

    /// Whether a group is decoded at once: its fields are neighbours, and no other field asks for one of them alone.
    fn is_at_once(&self, group: &Group) -> bool {
        let are_neighbours = group.fields.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        are_neighbours && !group.fields.iter().any(|position| self.needed_numbers.contains(position))
    }

    /// Local variables for the fields that cannot be decoded in place.
    fn locals(&self) -> Vec<TokenStream> {
        let record = self.subject.record;
        let fields = record.fields().take_while(|field| field.position < self.first_in_place);
        fields
            .filter_map(|field| {
                let local = local_ident(field.ident);
                Some(match field.role {
                    Role::Flags => self.flags(field.position, &local),
                    Role::Mask => quote!(let #local = reader.read_u32()?;),
                    Role::Grouped { group, .. } if self.is_at_once(&record.groups[group]) => {
                        let group = &record.groups[group];
                        if group.fields.first() != Some(&field.position) {
                            return None;
                        }
                        let local = local_ident(&group.ident);
                        let value = self.group(group);
                        quote!(let #local = #value;)
                    }
                    Role::Grouped { condition, .. } => {
                        let value = self.optional(field.position, condition);
                        quote!(let #local = #value;)
                    }
                    Role::Required | Role::Optional(_) | Role::Flag(_) => {
                        let value = self.field(field.position);
                        quote!(let #local = #value;)
                    }
                    Role::FlagMethod(_) => return None,
                })
            })
            .collect()
    }

    /// The struct expression.
    fn value(&self, path: &TokenStream) -> TokenStream {
        let record = self.subject.record;
        let members = record.members();
        if members.is_empty() {
            return quote!(#path);
        }
        let members = members.iter().map(|member| match *member {
            Member::Field(position) if record.roles[position] == Role::Mask => self.given_bits(position),
            Member::Field(position) if position < self.first_in_place => from_local(&record.idents[position]),
            Member::Field(position) => {
                let ident = &record.idents[position];
                let value = self.field(position);
                quote!(#ident: #value)
            }
            Member::Group(group) => {
                let group = &record.groups[group];
                let is_local = group.fields.first().is_some_and(|&first| first < self.first_in_place);
                let ident = &group.ident;
                match (self.is_at_once(group), is_local) {
                    (true, true) => from_local(ident),
                    (true, false) => {
                        let value = self.group(group);
                        quote!(#ident: #value)
                    }
                    (false, _) => {
                        let value = self.join(group);
                        quote!(#ident: #value)
                    }
                }
            }
        });
        quote!(#path { #(#members),* })
    }

    /// Expands to: `let flags = reader.read_flags(0x9)?;`
    fn flags(&self, position: usize, local: &Ident) -> TokenStream {
        let record = self.subject.record;
        let known = record.known_bits(position);
        let mask = mask_literal(known);
        if known == 0 { quote!(reader.read_flags(#mask)?;) } else { quote!(let #local = reader.read_flags(#mask)?;) }
    }

    /// Expands to: `mode: mode & !0x9`, the bits of a mask that are the user's.
    fn given_bits(&self, position: usize) -> TokenStream {
        let ident = &self.subject.record.idents[position];
        let local = local_ident(ident);
        let known = mask_literal(self.subject.record.known_bits(position));
        quote!(#ident: #local & !#known)
    }

    /// The value of a struct field.
    fn field(&self, position: usize) -> TokenStream {
        match self.subject.record.roles[position] {
            Role::Flag(condition) => self.is_set(condition),
            Role::Optional(condition) => self.optional(position, condition),
            _ => self.required(position),
        }
    }

    /// Expands to: `i64::decode(reader)?` or `reader.boxed(AnyConstructor::decode)?`
    fn required(&self, position: usize) -> TokenStream {
        let form = self.subject.form(position, Stage::Decode);
        let ty = self.subject.rust_type(position);
        if self.subject.is_boxed(position) {
            let decode = decoder_expression(&form, &ty);
            return quote!(reader.boxed(#decode)?);
        }
        let decode = decode_expression(&form, &ty);
        quote!(#decode?)
    }

    /// Expands to: `if flags & (1 << 3) != 0 { Some(i64::decode(reader)?) } else { None }`
    fn optional(&self, position: usize, condition: Condition) -> TokenStream {
        let is_set = self.is_set(condition);
        let value = self.required(position);
        quote!(if #is_set { Some(#value) } else { None })
    }

    /// Expands to: `if flags & (1 << 10) != 0 { Some(MessageViewsAndForwards { views: … }) } else { None }`
    fn group(&self, group: &Group) -> TokenStream {
        let is_set = self.is_set(group.condition);
        let type_ident = &group.type_ident;
        let values = group.fields.iter().map(|&position| {
            let ident = &self.subject.record.idents[position];
            let value = self.required(position);
            quote!(#ident: #value)
        });
        quote!(if #is_set { Some(#type_ident { #(#values),* }) } else { None })
    }

    /// Puts a group together whose values were decoded one by one.
    fn join(&self, group: &Group) -> TokenStream {
        let idents = group.fields.iter().map(|&position| &self.subject.record.idents[position]);
        let locals: Vec<Ident> = idents.clone().map(local_ident).collect();
        let values = idents.map(from_local);
        let type_ident = &group.type_ident;
        quote! {
            match (#(#locals),*) {
                (#(Some(#locals)),*) => Some(#type_ident { #(#values),* }),
                _ => None,
            }
        }
    }

    /// Expands to: `flags & (1 << 3) != 0`
    fn is_set(&self, condition: Condition) -> TokenStream {
        self.subject.holds(condition, Stage::Decode)
    }
}

/// Expands to: `peer`, or `reader: reader_` where the local variable has another name.
fn from_local(ident: &Ident) -> TokenStream {
    let local = local_ident(ident);
    if local == *ident { quote!(#ident) } else { quote!(#ident: #local) }
}
