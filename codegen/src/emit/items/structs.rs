//! The struct of a constructor or a function, and the structs of its groups.

use proc_macro2::TokenStream;
use quote::quote;
use typelang_ir::{Builtin, Member, Presence, Role, ValueType};

use crate::borrowing::Holding;
use crate::emit::body::debug::implements_debug;
use crate::emit::body::derives::{derives, field_attributes};
use crate::emit::body::reflected::schema_of_combinator;
use crate::emit::docs::{self, Docs};
use crate::emit::items::subject::{GroupSubject, Subject};
use crate::names::text;
use crate::record::Group;
use crate::rust::traits::Traits;
use crate::tokens::id_literal;

/// The struct itself.
///
/// Expands to:
///
/// ```text
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Message {
///     pub out: bool,
///     pub peer: enums::Peer,
///     pub views_and_forwards: Option<MessageViewsAndForwards>,
/// }
/// ```
pub(crate) fn definition(subject: &Subject<'_>) -> TokenStream {
    let (model, record, ident) = (subject.model, subject.record, subject.ident);
    let docs = subject.docs.tokens(model.options);
    let name = record.combinator.name.to_string();
    let derive = derives(model.options, &name, subject.traits, !implements_debug(subject));
    if record.is_unit() {
        return quote!(#docs #derive pub struct #ident;);
    }
    let parameters = subject.parameters.named();
    let members = record.shape.members();
    let members = members.iter().map(|member| match *member {
        Member::Field(position) => field(subject, position),
        Member::Group(group) => group_field(&GroupSubject::new(subject, record.group(group))),
    });
    quote!(#docs #derive pub struct #ident #parameters { #(#members),* })
}

/// Expands to: `pub peer: Option<Box<types::Peer>>`
fn field(subject: &Subject<'_>, position: usize) -> TokenStream {
    let (model, record) = (subject.model, subject.record);
    let field = &record.combinator.fields[position];
    let ident = &record.idents[position];
    let ty = subject.rust_type(position);
    let ty = if subject.is_boxed(position) { quote!(Box<#ty>) } else { ty };
    let ty = if matches!(record.shape.roles[position], Role::Optional(_)) { quote!(Option<#ty>) } else { ty };
    let mut docs = docs::field(model, record.combinator, subject.texts, position);
    if record.shape.roles[position] == Role::Mask {
        let known = record.shape.known_bits(position);
        docs = docs.paragraph(&format!("The bits `{known:#x}` are computed from the fields that are present."));
    }
    let docs = docs.tokens(model.options);
    let attributes = field_attributes(model.options, &record.combinator.name.to_string(), &field.name);
    quote!(#docs #attributes pub #ident: #ty)
}

/// Expands to: `pub views_and_forwards: Option<MessageViewsAndForwards>`
fn group_field(subject: &GroupSubject<'_>) -> TokenStream {
    let GroupSubject { owner: Subject { model, record, .. }, group, parameters } = subject;
    let docs = docs::group(model.schema, record.combinator, group.fields).tokens(model.options);
    let attributes = field_attributes(model.options, &record.combinator.name.to_string(), &text(group.ident));
    let (ident, ty, parameters) = (&group.ident, &group.type_ident, parameters.named());
    quote!(#docs #attributes pub #ident: Option<#ty #parameters>)
}

/// The struct of a group.
///
/// Expands to: `pub struct MessageViewsAndForwards { pub views: i32, pub forwards: i32 }`
pub(crate) fn group_definition(subject: &GroupSubject<'_>) -> TokenStream {
    let GroupSubject { owner, group, parameters } = subject;
    let options = owner.model.options;
    let name = owner.record.combinator.name.to_string();
    let docs = Docs::default().paragraph(&format!("Fields of `{name}` that are all present or all absent."));
    let docs = docs.tokens(options);
    // What the struct around it has, all its fields have; but its `Default` does not need that of optional fields.
    let derive = derives(options, &name, Traits { default: false, ..owner.traits }, true);
    let (ident, parameters) = (&group.type_ident, parameters.named());
    let fields = group.fields.iter().map(|&position| field(owner, position));
    quote!(#docs #derive pub struct #ident #parameters { #(#fields),* })
}

/// Expands to: `impl WithoutFields for Ping {}`
pub(crate) fn without_fields(subject: &Subject<'_>) -> Vec<TokenStream> {
    let ident = subject.ident;
    if subject.is_id_alone() { vec![quote!(impl WithoutFields for #ident {})] } else { Vec::new() }
}

/// Methods for fields of groups and for a `true` that shares its bit with a value.
pub(crate) fn methods(subject: &Subject<'_>) -> Vec<TokenStream> {
    let record = subject.record;
    let methods = record.fields().filter_map(|field| match field.role {
        Role::Grouped { group, .. } => Some(value_method(subject, record.group(group), field.position)),
        Role::SharedFlag(condition) => {
            record.shape.presences.get(&condition).map(|&presence| flag_method(subject, field.position, presence))
        }
        _ => None,
    });
    methods.collect()
}

/// Expands to: `pub fn has_password(&self) -> bool { self.has_password.is_some() }`
fn flag_method(subject: &Subject<'_>, position: usize, presence: Presence) -> TokenStream {
    let (model, record) = (subject.model, subject.record);
    let ident = &record.idents[position];
    let docs = docs::field(model, record.combinator, subject.texts, position).tokens(model.options);
    let is_set = match presence {
        Presence::Flag(position) => {
            let ident = &record.idents[position];
            quote!(self.#ident)
        }
        Presence::Field(position) => {
            let ident = &record.idents[position];
            quote!(self.#ident.is_some())
        }
        Presence::Group(group) => {
            let ident = record.group(group).ident;
            quote!(self.#ident.is_some())
        }
    };
    quote! {
        #docs
        #[must_use]
        pub fn #ident(&self) -> bool {
            #is_set
        }
    }
}

/// Expands to: `pub fn views(&self) -> Option<i32> { self.views_and_forwards.as_ref().map(|group| group.views) }`
fn value_method(subject: &Subject<'_>, group: Group<'_>, position: usize) -> TokenStream {
    let (model, record) = (subject.model, subject.record);
    let ident = &record.idents[position];
    let group_ident = &group.ident;
    let field = &record.combinator.fields[position];
    let docs = docs::field(model, record.combinator, subject.texts, position).tokens(model.options);
    let ty = subject.rust_type(position);
    let (ty, value) = match &field.ty {
        number if model.is_number(number) => (ty, quote!(group.#ident)),
        _ if subject.is_boxed(position) => (quote!(&#ty), quote!(&*group.#ident)),
        ValueType::Builtin(builtin @ (Builtin::String | Builtin::Bytes)) => {
            match (builtin, model.borrowing.of(*builtin)) {
                (Builtin::String, Holding::Default) => (quote!(&str), quote!(group.#ident.as_str())),
                (_, Holding::Default) => (quote!(&[u8]), quote!(group.#ident.as_slice())),
                (_, Holding::Reference) => (ty, quote!(group.#ident)),
                (_, Holding::Converted | Holding::Shared | Holding::Borrowed) => (quote!(&#ty), quote!(&group.#ident)),
            }
        }
        ValueType::Vector { element, .. } | ValueType::Tuple { element, .. } => {
            let element = model.rust_type(element, subject.variables());
            (quote!(&[#element]), quote!(group.#ident.as_slice()))
        }
        _ => (quote!(&#ty), quote!(&group.#ident)),
    };
    quote! {
        #docs
        #[must_use]
        pub fn #ident(&self) -> Option<#ty> {
            self.#group_ident.as_ref().map(|group| #value)
        }
    }
}

/// Expands to: `impl Combinator for Message { const ID: u32 = 0x…; const NAME: &'static str = "message"; }`
pub(crate) fn combinator(subject: &Subject<'_>) -> Vec<TokenStream> {
    if !subject.has_id {
        return Vec::new();
    }
    let ident = subject.ident;
    let (parameters, arguments) = (subject.parameters.unborrowed(), subject.parameters.elided());
    let id = id_literal(subject.record.combinator.id);
    let name = subject.record.combinator.name.to_string();
    // What a value with parameters is cannot be told by its id.
    let schema = subject.generics.is_empty().then(|| schema_of_combinator(subject.model)).flatten();
    vec![quote! {
        impl #parameters Combinator for #ident #arguments {
            const ID: u32 = #id;
            const NAME: &'static str = #name;
            #schema
        }
    }]
}
