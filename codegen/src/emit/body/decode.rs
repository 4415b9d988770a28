//! Decoding of the fields of a struct.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use typelang_ir::{Builtin, Condition, Member, NatVariable, Role, ValueType};

use crate::borrowing::Holding;
use crate::emit::items::subject::{Stage, Subject, field_of};
use crate::generics::Call;
use crate::generics::{elided, named};
use crate::names::local_ident;
use crate::record::Group;
use crate::rust::builtin::Representation;
use crate::rust_type::Form;
use crate::tokens::{length_literal, mask_literal, parse};

/// Expands to:
///
/// ```text
/// impl DecodeBare<'_> for SendEncrypted {
///     const MIN_BARE_LEN: usize = 32;
///
///     #[inline]
///     fn decode_fields(reader: &mut Reader<'_>) -> Self {
///         let flags = reader.read_flags(0x1);
///         Self {
///             silent: flags & 0x1 != 0,
///             random_id: reader.read_i64(),
///         }
///     }
/// }
/// ```
pub(crate) fn decode_bare(subject: &Subject<'_>) -> Vec<TokenStream> {
    if subject.is_id_alone() {
        return Vec::new();
    }
    let ident = subject.ident;
    let (generics, input) = match &subject.call {
        Some(Call { generic, .. }) => (quote!(<'a, #generic: Decode<'a>>), named()),
        None if subject.parameters.borrows => (quote!(<'a>), named()),
        None => (quote!(), elided()),
    };
    let arguments = subject.parameters.named();
    let named = (!subject.has_id).then(|| {
        let (name, unborrowed, elided) =
            (type_name(subject), subject.parameters.unborrowed(), subject.parameters.elided());
        let runtime = parse(&subject.model.options.runtime_path);
        quote! {
            impl #unborrowed #runtime::Named for #ident #elided {
                const TYPE_NAME: &'static str = #name;
            }
        }
    });
    let least_length = length_literal(subject.least_length);
    let levels = (subject.levels > 0).then(|| {
        let levels = Literal::u32_unsuffixed(subject.levels);
        quote!(
            const LEVELS: u32 = #levels;
        )
    });
    let body = decode_body(subject, &quote!(Self));
    let reader = if subject.record.combinator.fields.is_empty() { quote!(_reader) } else { quote!(reader) };
    vec![quote! {
        #named

        impl #generics DecodeBare<#input> for #ident #arguments {
            const MIN_BARE_LEN: usize = #least_length;
            #levels

            #[inline]
            fn decode_fields(#reader: &mut Reader<#input>) -> Self {
                #body
            }
        }
    }]
}

/// The name that errors mention.
pub(crate) fn type_name(subject: &Subject<'_>) -> TokenStream {
    if subject.has_id && subject.generics.is_empty() {
        return quote!(Self::NAME);
    }
    let name = subject.record.combinator.name.to_string();
    quote!(#name)
}

/// Statements that read all fields and give the struct, which `path` names.
pub(crate) fn decode_body(subject: &Subject<'_>, path: &TokenStream) -> TokenStream {
    let body = Body::new(subject);
    let locals = body.locals();
    let value = body.value(path);
    quote!(#(#locals)* #value)
}

/// Positions of the numbers that must be at hand while other fields are decoded.
fn needed_numbers(subject: &Subject<'_>) -> BTreeSet<usize> {
    let mut needed = BTreeSet::new();
    for field in subject.record.fields() {
        if matches!(field.role, Role::Flags | Role::Mask) {
            needed.insert(field.position);
        }
        let mut variables: Vec<NatVariable> = field.field.condition.map(|it| it.variable).into_iter().collect();
        subject.model.nats(&field.field.ty, &mut variables);
        needed.extend(variables.into_iter().filter_map(field_of));
    }
    needed
}

/// Returns whether a group is decoded at once: its fields are neighbours, and no other field asks for one of them alone.
fn is_at_once(group: Group<'_>, needed_numbers: &BTreeSet<usize>) -> bool {
    let are_neighbours = group.fields.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    are_neighbours && !group.fields.iter().any(|position| needed_numbers.contains(position))
}

/// The statements that decode one struct.
struct Body<'a> {
    subject: &'a Subject<'a>,
    /// For each group, whether it is decoded at once.
    at_once: Vec<bool>,
    /// Where the fields begin that can be decoded in place, in the struct expression: behind the last number that other
    /// fields depend on, and behind the last group that is not decoded at once.
    first_in_place: usize,
}

impl<'a> Body<'a> {
    fn new(subject: &'a Subject<'a>) -> Self {
        let needed = needed_numbers(subject);
        let at_once: Vec<bool> = subject.record.groups().map(|group| is_at_once(group, &needed)).collect();
        let divided = subject.record.groups().zip(&at_once).filter(|(_, at_once)| !**at_once);
        let divided = divided.filter_map(|(group, _)| group.fields.last());
        let first_in_place = needed.iter().chain(divided).max().map_or(0, |last| last + 1);
        Self { subject, at_once, first_in_place }
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
                    Role::Mask => quote!(let #local = reader.read_u32();),
                    Role::Grouped { group, .. } if self.at_once[group] => {
                        let group = record.group(group);
                        if group.fields.first() != Some(&field.position) {
                            return None;
                        }
                        let local = local_ident(group.ident);
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
                    Role::SharedFlag(_) => return None,
                })
            })
            .collect()
    }

    /// The struct expression.
    fn value(&self, path: &TokenStream) -> TokenStream {
        let record = self.subject.record;
        let members = record.shape.members();
        if members.is_empty() {
            return quote!(#path);
        }
        let members = members.iter().map(|member| match *member {
            Member::Field(position) if record.shape.roles[position] == Role::Mask => self.given_bits(position),
            Member::Field(position) if position < self.first_in_place => from_local(&record.idents[position]),
            Member::Field(position) => {
                let ident = &record.idents[position];
                let value = self.field(position);
                quote!(#ident: #value)
            }
            Member::Group(index) => {
                let group = record.group(index);
                let is_local = group.fields.first().is_some_and(|&first| first < self.first_in_place);
                let ident = group.ident;
                match (self.at_once[index], is_local) {
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

    /// Expands to: `let flags = reader.read_flags(0x9);`
    fn flags(&self, position: usize, local: &Ident) -> TokenStream {
        let record = self.subject.record;
        let known = record.shape.known_bits(position);
        let mask = mask_literal(known);
        if known == 0 { quote!(reader.read_flags(#mask);) } else { quote!(let #local = reader.read_flags(#mask);) }
    }

    /// Expands to: `mode: mode & !0x9`, the bits of a mask that are the user's.
    fn given_bits(&self, position: usize) -> TokenStream {
        let ident = &self.subject.record.idents[position];
        let local = local_ident(ident);
        let known = mask_literal(self.subject.record.shape.known_bits(position));
        quote!(#ident: #local & !#known)
    }

    /// The value of a struct field.
    fn field(&self, position: usize) -> TokenStream {
        match self.subject.record.shape.roles[position] {
            Role::Flag(condition) => self.is_set(condition),
            Role::Optional(condition) => self.optional(position, condition),
            _ => self.required(position),
        }
    }

    /// Expands to: `reader.read_i64()`, `reader.decode()` or `reader.boxed(Decode::decode)`
    fn required(&self, position: usize) -> TokenStream {
        let form = self.subject.form(position, Stage::Decode);
        if self.subject.is_boxed(position) {
            let decode = decoder_expression(&form);
            return quote!(reader.boxed(#decode));
        }
        match (&form, &self.subject.record.combinator.fields[position].ty) {
            (Form::Default, ValueType::Builtin(builtin)) => {
                read_builtin(*builtin, self.subject.model.borrowing.of(*builtin))
            }
            _ => decode_expression(&form),
        }
    }

    /// Expands to: `reader.decode_if(flags & 0x8 != 0)`, or where the value has another form than the default
    /// `if flags & 0x8 != 0 { Some(reader.decode_bare()) } else { None }`
    fn optional(&self, position: usize, condition: Condition) -> TokenStream {
        let is_set = self.is_present(condition);
        if self.subject.has_default_form(position, Stage::Decode) {
            return quote!(reader.decode_if(#is_set));
        }
        let value = self.required(position);
        quote!(if #is_set { Some(#value) } else { None })
    }

    /// Expands to: `if flags & 0x400 != 0 { Some(MessageViewsAndForwards { views: … }) } else { None }`
    fn group(&self, group: Group<'_>) -> TokenStream {
        let is_set = self.is_present(group.condition);
        let type_ident = group.type_ident;
        let values = group.fields.iter().map(|&position| {
            let ident = &self.subject.record.idents[position];
            let value = self.required(position);
            quote!(#ident: #value)
        });
        quote!(if #is_set { Some(#type_ident { #(#values),* }) } else { None })
    }

    /// Puts a group together whose values were decoded one by one.
    fn join(&self, group: Group<'_>) -> TokenStream {
        let idents = group.fields.iter().map(|&position| &self.subject.record.idents[position]);
        let locals: Vec<Ident> = idents.clone().map(local_ident).collect();
        let values = idents.map(from_local);
        let type_ident = group.type_ident;
        quote! {
            match (#(#locals),*) {
                (#(Some(#locals)),*) => Some(#type_ident { #(#values),* }),
                _ => None,
            }
        }
    }

    /// Expands to: `flags & 0x8 != 0`, or where the bit is that of a parameter, and the value may hold the next one of its type by
    /// the same bit, `self.flags & 0x8 != 0 && !reader.has_failed()`: a word that is read is 0 then, a parameter is not.
    fn is_present(&self, condition: Condition) -> TokenStream {
        let is_set = self.is_set(condition);
        match condition.variable {
            NatVariable::Parameter(_) if self.subject.recursive => quote!(#is_set && !reader.has_failed()),
            _ => is_set,
        }
    }

    /// Expands to: `flags & 0x8 != 0`
    fn is_set(&self, condition: Condition) -> TokenStream {
        self.subject.holds(condition, Stage::Decode)
    }
}

/// Expands to: `reader.read_i64()`
fn read_builtin(builtin: Builtin, holding: Holding) -> TokenStream {
    match Representation::from(builtin) {
        Representation::Integer(name) | Representation::Float(name) => {
            let read = format_ident!("read_{name}");
            quote!(reader.#read())
        }
        Representation::Bool => quote!(reader.read_bool()),
        Representation::Presence => quote!(true),
        Representation::Array(_) => quote!(reader.read_array()),
        Representation::Text if holding == Holding::Reference => quote!(reader.read_str()),
        Representation::Text => quote!(reader.read_string()),
        Representation::Bytes if holding == Holding::Reference => quote!(reader.read_bytes_borrowed()),
        Representation::Bytes if holding == Holding::Shared => quote!(reader.read_shared()),
        Representation::Bytes => quote!(reader.read_bytes()),
    }
}

/// Expands to: `peer: peer`, of which [`hygiene`](crate::output::hygiene) makes `peer` if the local variable keeps that name.
fn from_local(ident: &Ident) -> TokenStream {
    let local = local_ident(ident);
    quote!(#ident: #local)
}

/// Expands to: `reader.decode()`, `reader.decode_bare()` or `reader.decode_as(codec::BareVector(codec::Bare))`
fn decode_expression(form: &Form) -> TokenStream {
    match form {
        Form::Default => quote!(reader.decode()),
        Form::Bare => quote!(reader.decode_bare()),
        Form::Codec { value, .. } => quote!(reader.decode_as(#value)),
    }
}

/// The function that [`decode_expression`] calls, with the reader as its argument.
///
/// Expands to: `Decode::decode`, `DecodeBare::decode_bare` or `|reader| reader.decode_as(codec::BareVector(codec::Bare))`. The struct
/// itself may have a method `decode`, of a field.
fn decoder_expression(form: &Form) -> TokenStream {
    match form {
        Form::Default => quote!(Decode::decode),
        Form::Bare => quote!(DecodeBare::decode_bare),
        Form::Codec { value, .. } => quote!(|reader| reader.decode_as(#value)),
    }
}
