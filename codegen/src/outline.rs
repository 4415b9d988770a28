//! The definitions in the code of a schema, as plain data: for tools that compare the code of two schemas.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use typelang_ir::{Member, Role, Schema};

use crate::emit::items::choice::Choice;
use crate::emit::items::subject::Subject;
use crate::features::Set;
use crate::model::Model;
use crate::names::{ItemName, text};
use crate::options::Options;
use crate::rust::traits::Traits;

/// A struct or an enum of generated code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// The name in the schema: of a constructor, a type, or a function.
    pub name: String,
    /// The shape.
    pub kind: OutlineKind,
    /// Fields of a struct, variants of an enum, in order.
    pub members: Vec<OutlineMember>,
    /// `Copy`, `Default`, `Eq` and `Hash`, those that it has.
    pub traits: BTreeSet<&'static str>,
    /// The features of namespaces that it needs one of; none where it is always there.
    pub features: BTreeSet<String>,
    /// The result of a call of a function.
    pub output: Option<String>,
}

/// The shape of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutlineKind {
    /// A struct of a constructor, or of several fields on one bit.
    Struct,
    /// An enum.
    Enum,
    /// The struct of a function.
    Function,
}

/// A field or a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineMember {
    /// The name.
    pub name: String,
    /// The type of a field, or what a variant contains: `Box<types::Channel>`; empty where it contains nothing.
    pub ty: String,
}

/// The structs and enums of the code for a schema, by path: `types::help::Config`, `enums::Message`, `functions::Ping`.
#[must_use]
pub fn outline(schema: &Schema, options: &Options) -> BTreeMap<String, OutlineItem> {
    let options = Options { documentation: false, examples: Vec::new(), ..options.clone() };
    let model = Model::new(schema, &options);
    let mut items = BTreeMap::new();
    for id in schema.constructor_ids().filter(|&id| model.has_struct(id)) {
        let name = model.names.constructor(id);
        structs("types", name, &Subject::of_constructor(&model, id), model.features.of_constructor(id), &mut items);
    }
    for id in schema.type_ids().filter(|&id| model.has_enum(id)) {
        let choice = Choice::of_type(&model, id);
        let traits = traits(model.traits.ty(id));
        let features = features(model.features.of_type(id));
        let (name, members) = (choice.name.clone(), variants(&choice));
        let item = OutlineItem { name, kind: OutlineKind::Enum, members, traits, features, output: None };
        items.insert(path("enums", model.names.ty(id)), item);
    }
    for id in schema.function_ids() {
        let name = model.names.function(id);
        structs("functions", name, &Subject::of_function(&model, id), model.features.of_function(id), &mut items);
    }
    items
}

/// The struct of a constructor or a function, and those of its groups.
fn structs(
    root: &str,
    name: &ItemName,
    subject: &Subject<'_>,
    set: Option<&Set>,
    items: &mut BTreeMap<String, OutlineItem>,
) {
    let record = subject.record;
    let tl = record.combinator.name.to_string();
    let members = record.shape.members();
    let members = members.iter().map(|member| match *member {
        Member::Field(position) => field(subject, position),
        Member::Group(group) => {
            let group = record.group(group);
            OutlineMember { name: text(group.ident), ty: format!("Option<{}>", text(group.type_ident)) }
        }
    });
    let variables = subject.variables();
    let output = subject.result.map(|result| spelled(subject.model.rust_type(result, variables)));
    let item = OutlineItem {
        name: tl.clone(),
        kind: if output.is_some() { OutlineKind::Function } else { OutlineKind::Struct },
        members: members.collect(),
        traits: traits(subject.traits),
        features: features(set),
        output,
    };
    for group in record.groups() {
        let members = group.fields.iter().map(|&position| field(subject, position)).collect();
        let traits = traits(Traits { default: false, ..subject.traits });
        let item = OutlineItem {
            name: tl.clone(),
            kind: OutlineKind::Struct,
            members,
            traits,
            features: item.features.clone(),
            output: None,
        };
        let modules: String = name.modules.iter().map(|module| format!("{module}::")).collect();
        items.insert(format!("{root}::{modules}{}", text(group.type_ident)), item);
    }
    items.insert(path(root, name), item);
}

fn field(subject: &Subject<'_>, position: usize) -> OutlineMember {
    let record = subject.record;
    let ty = subject.rust_type(position);
    let ty = if subject.is_boxed(position) { quote!(Box<#ty>) } else { ty };
    let ty = if matches!(record.shape.roles[position], Role::Optional(_)) { quote!(Option<#ty>) } else { ty };
    OutlineMember { name: text(&record.idents[position]), ty: spelled(ty) }
}

fn variants(choice: &Choice<'_>) -> Vec<OutlineMember> {
    let ty =
        |structure: TokenStream, is_boxed: bool| spelled(if is_boxed { quote!(Box<#structure>) } else { structure });
    let member = |variant: &crate::emit::items::choice::Variant<'_>| OutlineMember {
        name: text(variant.name),
        ty: if variant.holds_struct { ty(variant.structure(), variant.boxed) } else { String::new() },
    };
    choice.variants.iter().map(member).collect()
}

fn traits(traits: Traits) -> BTreeSet<&'static str> {
    let all = [(traits.copy, "Copy"), (traits.default, "Default"), (traits.eq, "Eq"), (traits.hash, "Hash")];
    all.into_iter().filter(|(has, _)| *has).map(|(_, name)| name).collect()
}

fn features(set: Option<&Set>) -> BTreeSet<String> {
    set.map(|set| set.features.clone()).unwrap_or_default()
}

/// `types::help::Config`
fn path(root: &str, name: &ItemName) -> String {
    let modules: String = name.modules.iter().map(|module| format!("{module}::")).collect();
    format!("{root}::{modules}{}", text(&name.ident))
}

/// A type as people write it: `Option<Vec<enums::Message>>`.
fn spelled(tokens: TokenStream) -> String {
    let mut out = String::new();
    write(tokens, &mut out);
    out
}

fn write(tokens: TokenStream, out: &mut String) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                if out.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    out.push(' ');
                }
                out.push_str(&text(&ident));
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                mark @ (',' | ';') => out.extend([mark, ' ']),
                mark => out.push(mark),
            },
            TokenTree::Literal(literal) => out.push_str(&literal.to_string()),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    _ => ("", ""),
                };
                out.push_str(open);
                write(group.stream(), out);
                out.push_str(close);
            }
        }
    }
}
