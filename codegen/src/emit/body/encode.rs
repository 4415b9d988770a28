//! Encoding of the fields of a struct.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use typelang_ir::{Builtin, Condition, NatVariable, Presence, Role, ValueType};

use crate::borrowing::Holding;
use crate::emit::body::statements::{FixedValue, Statements};
use crate::emit::items::subject::{Stage, StructKind, Subject};
use crate::generics::Call;
use crate::names::local_ident;
use crate::record::RecordField;
use crate::rust::builtin::Representation;
use crate::rust_type::Form;
use crate::tokens::mask_literal;

/// Expands to:
///
/// ```text
/// impl EncodeBare for SendEncrypted {
///     #[inline]
///     fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
///         let flags = flag(self.silent, 0x1);
///         writer.write_with_head(id, (flags, self.random_id));
///     }
/// }
/// ```
pub(crate) fn encode_bare(subject: &Subject<'_>) -> Vec<TokenStream> {
    if subject.is_id_alone() {
        return Vec::new();
    }
    let ident = subject.ident;
    let generics = subject.call.as_ref().map(|Call { generic, .. }| quote!(<#generic: Encode>));
    let arguments = subject.parameters.elided();
    let fields = within_levels(subject, encode_body(subject, Statements::after_id()));
    let is_constructor = subject.kind != StructKind::Function;
    let empty = (is_constructor && subject.least_length == 0).then(|| {
        quote! {
            fn may_be_empty_bare() -> bool {
                true
            }
        }
    });
    vec![quote! {
        impl #generics EncodeBare for #ident #arguments {
            #[inline]
            fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
                #fields
            }

            #empty
        }
    }]
}

/// Statements that count the levels of depth of a value around those that write its fields.
///
/// Expands to: `if writer.enter_levels(1) { … writer.leave_levels(1); }`
pub(crate) fn within_levels(subject: &Subject<'_>, fields: TokenStream) -> TokenStream {
    if subject.levels == 0 {
        return fields;
    }
    let levels = Literal::u32_unsuffixed(subject.levels);
    quote! {
        if writer.enter_levels(#levels) {
            #fields
            writer.leave_levels(#levels);
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
    Some(match Representation::from(builtin) {
        Representation::Integer(name) | Representation::Float(name) => {
            let write = format_ident!("write_{name}");
            quote!(writer.#write(#copied))
        }
        Representation::Bool => quote!(writer.write_bool(#copied)),
        Representation::Array(_) => quote!(writer.write_raw(#referred)),
        Representation::Text => quote!(writer.write_string(#lent)),
        Representation::Bytes => quote!(writer.write_bytes(#lent)),
        Representation::Presence => return None,
    })
}

/// Statements that write all fields.
pub(crate) fn encode_body(subject: &Subject<'_>, mut statements: Statements) -> TokenStream {
    let mut checked = BTreeSet::new();
    let marked = marked_words(subject);
    for field in subject.record.fields() {
        if let Some(check) = check_presence(subject, field.field.condition, &mut checked) {
            statements.push(check);
        }
        encode_field(subject, &field, &marked, &mut statements);
    }
    for word in marked {
        let local = local_ident(&subject.record.idents[word]);
        statements.push(quote!(writer.finish_flags(#local);));
    }
    statements.finish()
}

/// Positions of words of flags whose bits are set by what writes the fields: looking at each field once is quicker if there are many,
/// and gains nothing if there are few. Words that the forms of fields depend on, or that a condition without a bit looks at, have to be
/// known before.
fn marked_words(subject: &Subject<'_>) -> BTreeSet<usize> {
    let types = subject.record.fields().map(|it| &it.field.ty);
    let needed = subject.computed_nats_of(types);
    let is_marked = |position: &usize| {
        let is_optional = |(_, presence): &(u8, Presence)| !matches!(presence, Presence::Flag(_));
        subject.record.shape.roles[*position] == Role::Flags
            && needed.binary_search(position).is_err()
            && !subject.record.shape.is_looked_at(*position)
            && subject.record.shape.computed_bits(*position).filter(is_optional).count() >= LEAST_MARKED
    };
    (0..subject.record.shape.roles.len()).filter(is_marked).collect()
}

/// From how many optional fields on it is quicker to set the bits of a word of flags while the fields are written.
const LEAST_MARKED: usize = 4;

/// What sets the bit of an optional field: the word of flags, and the bit's mask.
fn mark(subject: &Subject<'_>, condition: Option<Condition>, marked: &BTreeSet<usize>) -> Option<(Ident, Literal)> {
    let Condition { variable: NatVariable::Field(word), bit: Some(bit) } = condition? else { return None };
    let local = local_ident(&subject.record.idents[word]);
    marked.contains(&word).then(|| (local, mask_literal(1 << bit)))
}

/// Where the bit is given, what is there must agree with it.
///
/// Expands to: `writer.check_presence(self.mask & 0x8 != 0, value.peer.is_some());`
fn check_presence(
    subject: &Subject<'_>,
    condition: Option<Condition>,
    checked: &mut BTreeSet<Condition>,
) -> Option<TokenStream> {
    let condition = condition.filter(|it| subject.record.shape.is_given(*it) && !checked.contains(it))?;
    checked.insert(condition);
    let holds = subject.holds(condition, Stage::Encode);
    let is_present = subject.is_present(*subject.record.shape.presences.get(&condition)?);
    Some(quote!(writer.check_presence(#holds, #is_present);))
}

fn encode_field(subject: &Subject<'_>, field: &RecordField<'_>, marked: &BTreeSet<usize>, statements: &mut Statements) {
    let (place, binding, ident) = (subject.place(), subject.binding(), field.ident);
    let mark = mark(subject, field.field.condition, marked);
    match field.role {
        Role::Flags if marked.contains(&field.position) => {
            let bits = subject.bits(field.position, |presence| matches!(presence, Presence::Flag(_)));
            statements.push_flags(&local_ident(ident), &bits);
        }
        Role::Flags | Role::Mask => {
            let local = local_ident(ident);
            statements.declare(subject.computed_nat(field.position));
            statements.push_fixed(FixedValue {
                value: quote!(#local),
                write: quote!(writer.write_u32(#local);),
                length: 4,
            });
        }
        Role::Required => encode_required(subject, field.position, quote!(#place.#ident), statements),
        Role::Optional(_) if subject.has_default_form(field.position, Stage::Encode) => {
            statements.push(match mark {
                Some((flags, mask)) => quote!(writer.encode_flagged(&#place.#ident, &mut #flags, #mask);),
                None => quote!(writer.encode_some(&#place.#ident);),
            });
        }
        Role::Optional(_) => {
            let encode = encode_value(subject, field.position, &Place::Reference(quote!(#binding)));
            let mark = mark.map(|(flags, mask)| quote!(#flags.set(#mask);));
            statements.push(quote!(if let Some(#binding) = &#place.#ident { #mark #encode }));
        }
        Role::Grouped { group, .. } => {
            let mark = mark.map(|(flags, mask)| quote!(#flags.set(#mask);));
            encode_group(subject, group, field.position, mark, statements);
        }
        Role::Flag(_) | Role::SharedFlag(_) => {}
    }
}

fn encode_required(subject: &Subject<'_>, position: usize, place: TokenStream, statements: &mut Statements) {
    let write = encode_value(subject, position, &Place::Value(place.clone()));
    let ty = &subject.record.combinator.fields[position].ty;
    let length = match (subject.form(position, Stage::Encode), ty) {
        (Form::Default, ValueType::Builtin(builtin)) => builtin.fixed_length().filter(|length| *length > 0),
        _ => None,
    };
    match length {
        Some(length) => statements.push_fixed(FixedValue { value: place, write, length }),
        None => statements.push(write),
    }
}

/// Neighbours of one group are written together, at the first of them.
fn encode_group(
    subject: &Subject<'_>,
    group: usize,
    position: usize,
    mark: Option<TokenStream>,
    statements: &mut Statements,
) {
    let (place, binding) = (subject.place(), subject.binding());
    let record = subject.record;
    let is_of_group =
        |position: usize| matches!(record.shape.roles[position], Role::Grouped { group: it, .. } if it == group);
    if position.checked_sub(1).is_some_and(is_of_group) {
        return;
    }
    let group_ident = record.group(group).ident;
    let mut values = Statements::default();
    for position in (position..record.shape.roles.len()).take_while(|&it| is_of_group(it)) {
        let ident = &record.idents[position];
        encode_required(subject, position, quote!(#binding.#ident), &mut values);
    }
    let values = values.finish();
    statements.push(quote! {
        if let Some(#binding) = &#place.#group_ident {
            #mark
            #values
        }
    });
}
