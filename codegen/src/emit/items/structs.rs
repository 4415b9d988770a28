//! The struct of a constructor or a function, and what both have in common.

use proc_macro2::TokenStream;
use quote::quote;
use typelang_ir::{Builtin, ConstructorId, ConstructorKind, Directions, Member, Presence, Role, ValueType};

use crate::borrowing::{Holding, names_lifetime};
use crate::emit::body::debug::debug_struct;
use crate::emit::body::decode::decode_bare;
use crate::emit::body::derives::{derives, field_attributes};
use crate::emit::body::encode::encode_bare;
use crate::emit::body::reflected::schema_of_combinator;
use crate::emit::docs::cross_references;
use crate::emit::docs::{self, Docs};
use crate::emit::items::forms::forms;
use crate::emit::items::subject::Subject;
use crate::model::Model;
use crate::record::Group;
use crate::rust::traits::Traits;
use crate::tokens::id_literal;

/// Items of a constructor: the struct, the structs of its groups, and its impls or those of its form.
pub(crate) fn constructor(model: &Model<'_>, id: ConstructorId) -> Vec<TokenStream> {
    let facts = model.facts.constructor(id);
    let record = model.constructor(id);
    let holds_any = |field: usize| Model::holds_any(&record.combinator.fields[field].ty);
    let subject = Subject {
        model,
        record,
        ident: &model.names.constructor(id).ident,
        texts: model.known.texts.constructors.get(&record.combinator.name.to_string()),
        generics: model.generics_of(id),
        call: None,
        boxed: (0..record.shape.roles.len())
            .filter(|&it| holds_any(it) || model.layout.is_boxed_field(id, it))
            .collect(),
        has_id: model.schema[id].kind == ConstructorKind::Named,
        least_length: facts.least_length,
        recursive: facts.recursive,
    };
    let Directions { encode, decode } = model.schema[id].directions;
    let docs = match model.schema[id].kind {
        ConstructorKind::Named => {
            let docs = docs::combinator(model.options, record.combinator, subject.texts, "constructor");
            cross_references::of_constructor(model, id, docs)
        }
        ConstructorKind::Default => Docs::default().paragraph(&format!(
            "The default constructor of `{}`: it matches any bytes that do not start with another constructor's id.",
            model.schema[model.schema[id].result].name
        )),
        ConstructorKind::Group => Docs::default().paragraph("Fields that are repeated together."),
    };
    let debug = debug_struct(&subject, model.schema[id].result);
    let mut items = structures(&subject, model.traits.constructor(id), docs, debug.is_none());
    items.extend(debug);
    items.extend(subject.has_id.then(|| combinator(&subject)));
    if subject.generics.is_empty() {
        items.extend(encode.then(|| encode_bare(&subject)));
        items.extend(decode.then(|| decode_bare(&subject)));
    } else {
        items.extend(forms(&subject, encode, decode));
    }
    items
}

/// The struct with its methods, and the structs of its groups.
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
///
/// impl Message {
///     pub fn views(&self) -> Option<i32> { … }
/// }
///
/// pub struct MessageViewsAndForwards { pub views: i32, pub forwards: i32 }
/// ```
pub(crate) fn structures(subject: &Subject<'_>, traits: Traits, docs: Docs, derives_debug: bool) -> Vec<TokenStream> {
    let model = subject.model;
    let record = subject.record;
    let name = record.combinator.name.to_string();
    let ident = subject.ident;
    let docs = docs.tokens(model.options);
    let derive = derives(model.options, &name, traits, derives_debug);
    let generics = subject.parameters();
    let structure = if record.is_unit() {
        quote!(#docs #derive pub struct #ident;)
    } else {
        let members = record.shape.members();
        let members = members.iter().map(|member| match *member {
            Member::Field(position) => field(subject, position),
            Member::Group(group) => group_field(subject, record.group(group)),
        });
        quote!(#docs #derive pub struct #ident #generics { #(#members),* })
    };
    let mut items = vec![structure];
    items.extend(methods(subject));
    items.extend(record.groups().map(|group| group_structure(subject, group, traits)));
    items
}

/// Expands to: `pub peer: Option<Box<types::Peer>>`
fn field(subject: &Subject<'_>, position: usize) -> TokenStream {
    let (model, record) = (subject.model, subject.record);
    let field = &record.combinator.fields[position];
    let ident = &record.idents[position];
    let ty = subject.rust_type(position);
    let ty = if subject.is_boxed(position) { quote!(Box<#ty>) } else { ty };
    let ty = if matches!(record.shape.roles[position], Role::Optional(_)) { quote!(Option<#ty>) } else { ty };
    let mut docs = docs::field(subject, position);
    if record.shape.roles[position] == Role::Mask {
        let known = record.shape.known_bits(position);
        docs = docs.paragraph(&format!("The bits `{known:#x}` are computed from the fields that are present."));
    }
    let docs = docs.tokens(model.options);
    let attributes = field_attributes(model.options, &record.combinator.name.to_string(), &field.name);
    quote!(#docs #attributes pub #ident: #ty)
}

/// Expands to: `pub views_and_forwards: Option<MessageViewsAndForwards>`
fn group_field(subject: &Subject<'_>, group: Group<'_>) -> TokenStream {
    let (model, record) = (subject.model, subject.record);
    let docs = docs::group(model.schema, record.combinator, group.fields).tokens(model.options);
    let attributes = field_attributes(model.options, &record.combinator.name.to_string(), &group.ident.to_string());
    let (ident, ty, generics) = (group.ident, group.type_ident, group_parameters(subject, group));
    quote!(#docs #attributes pub #ident: Option<#ty #generics>)
}

/// The lifetime and the type parameters that the fields of a group speak of.
fn group_parameters(subject: &Subject<'_>, group: Group<'_>) -> TokenStream {
    let fields: Vec<_> = group.fields.iter().map(|&position| &subject.record.combinator.fields[position]).collect();
    let borrows = fields.iter().any(|field| subject.model.borrows(&field.ty));
    subject.generics.data_of(&fields, borrows)
}

/// Expands to: `pub struct MessageViewsAndForwards { pub views: i32, pub forwards: i32 }`
fn group_structure(subject: &Subject<'_>, group: Group<'_>, owner: Traits) -> TokenStream {
    let (model, record) = (subject.model, subject.record);
    let name = record.combinator.name.to_string();
    let ident = group.type_ident;
    let docs = Docs::default()
        .paragraph(&format!("Fields of `{name}` that are all present or all absent."))
        .tokens(model.options);
    // What the struct around it has, all its fields have; but its `Default` does not need that of optional fields.
    let derive = derives(model.options, &name, Traits { default: false, ..owner }, true);
    let generics = group_parameters(subject, group);
    let fields = group.fields.iter().map(|&position| field(subject, position));
    quote!(#docs #derive pub struct #ident #generics { #(#fields),* })
}

/// Methods for fields of groups and for a `true` that shares its bit with a value.
fn methods(subject: &Subject<'_>) -> Option<TokenStream> {
    let record = subject.record;
    let methods: Vec<TokenStream> = record
        .fields()
        .filter_map(|field| match field.role {
            Role::Grouped { group, .. } => Some(value_method(subject, record.group(group), field.position)),
            Role::SharedFlag(condition) => {
                record.shape.presences.get(&condition).map(|&presence| flag_method(subject, field.position, presence))
            }
            _ => None,
        })
        .collect();
    if methods.is_empty() {
        return None;
    }
    let ident = subject.ident;
    let methods: TokenStream = methods.into_iter().collect();
    let (generics, arguments) = if names_lifetime(&methods) {
        (subject.parameters(), subject.parameters())
    } else {
        (subject.unborrowed_parameters(), subject.arguments())
    };
    Some(quote!(impl #generics #ident #arguments { #methods }))
}

/// Expands to: `pub fn has_password(&self) -> bool { self.has_password.is_some() }`
fn flag_method(subject: &Subject<'_>, position: usize, presence: Presence) -> TokenStream {
    let (model, record) = (subject.model, subject.record);
    let ident = &record.idents[position];
    let docs = docs::field(subject, position).tokens(model.options);
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
    let group_ident = group.ident;
    let field = &record.combinator.fields[position];
    let docs = docs::field(subject, position).tokens(model.options);
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
pub(crate) fn combinator(subject: &Subject<'_>) -> TokenStream {
    let ident = subject.ident;
    let (generics, arguments) = (subject.unborrowed_parameters(), subject.arguments());
    let id = id_literal(subject.record.combinator.id);
    let name = subject.record.combinator.name.to_string();
    // What a value with parameters is cannot be told by its id.
    let schema = subject.generics.is_empty().then(|| schema_of_combinator(subject.model)).flatten();
    quote! {
        impl #generics Combinator for #ident #arguments {
            const ID: u32 = #id;
            const NAME: &'static str = #name;
            #schema
        }
    }
}
