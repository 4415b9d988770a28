//! The facts about one struct that its impls need, and its variables in Rust.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use typelang_facts::{CombinatorTexts, Method};
use typelang_ir::{
    Condition, ConstructorId, ConstructorKind, Directions, Field, FunctionId, NatVariable, Presence, Role, ValueType,
};

use crate::emit::docs::{self, Docs, cross_references};
use crate::generics::{Call, Generics, Parameters, Variables};
use crate::model::Model;
use crate::names::local_ident;
use crate::record::{Group, Record};
use crate::rust::traits::Traits;
use crate::rust_type::Form;
use crate::tokens::mask_literal;

/// One struct of a constructor or a function.
pub(crate) struct Subject<'a> {
    pub(crate) model: &'a Model<'a>,
    pub(crate) kind: StructKind,
    pub(crate) record: &'a Record<'a>,
    pub(crate) ident: &'a Ident,
    pub(crate) docs: Docs,
    /// The descriptions of it and of its fields.
    pub(crate) texts: Option<&'a CombinatorTexts>,
    pub(crate) traits: Traits,
    /// The parameters that make a difference. If there are any, a form is encoded and decoded, not the struct itself.
    pub(crate) generics: &'a Generics,
    /// The parameters of the struct.
    pub(crate) parameters: Parameters,
    /// The call that a function wraps.
    pub(crate) call: Option<Call>,
    /// Positions of fields that live behind a pointer.
    pub(crate) boxed: Vec<usize>,
    /// Whether the struct has an id on the wire.
    pub(crate) has_id: bool,
    pub(crate) least_length: u32,
    pub(crate) recursive: bool,
    /// How many levels of depth a value counts as.
    pub(crate) levels: u32,
    /// Which ways values travel.
    pub(crate) directions: Directions,
    /// Whether it is of a type that so many functions return that most programs need it.
    pub(crate) common: bool,
    /// The result of a function.
    pub(crate) result: Option<&'a ValueType>,
    /// Callers and errors of a function, if they are known.
    pub(crate) method: Option<&'a Method>,
}

/// The kinds of structs that emitters tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StructKind {
    /// Of a constructor without parameters.
    Constructor,
    /// Of a constructor with parameters.
    Parametric,
    /// Of a function.
    Function,
}

/// The struct of several fields on one bit.
pub(crate) struct GroupSubject<'a> {
    /// The struct around it.
    pub(crate) owner: &'a Subject<'a>,
    pub(crate) group: Group<'a>,
    /// The parameters that its fields use.
    pub(crate) parameters: Parameters,
}

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Fields are those of a value that is there.
    Encode,
    /// Fields are local variables.
    Decode,
}

impl<'a> Subject<'a> {
    /// The struct of a constructor.
    pub(crate) fn of_constructor(model: &'a Model<'a>, id: ConstructorId) -> Self {
        let constructor = &model.schema[id];
        let facts = model.facts.constructor(id);
        let record = model.constructor(id);
        let combinator = record.combinator;
        let texts = model.known.texts.constructors.get(&combinator.name.to_string());
        let generics = model.generics_of(id);
        let docs = match constructor.kind {
            ConstructorKind::Named | ConstructorKind::Opaque => {
                let docs = docs::combinator(model.options, combinator, texts, "constructor");
                cross_references::of_constructor(model, id, docs)
            }
            ConstructorKind::Default => Docs::default()
                .paragraph(&format!(
                    "The default constructor of `{}`: it matches any bytes that do not start with another constructor's id.",
                    model.schema[constructor.result].name
                )),
            ConstructorKind::Group => Docs::default().paragraph("Fields that are repeated together."),
        };
        let is_boxed =
            |field: &usize| model.holds_any(&combinator.fields[*field].ty) || model.layout.is_boxed_field(id, *field);
        Self {
            model,
            kind: if generics.is_empty() { StructKind::Constructor } else { StructKind::Parametric },
            record,
            ident: &model.names.constructor(id).ident,
            docs,
            texts,
            traits: model.traits.constructor(id),
            generics,
            parameters: generics.parameters(),
            call: None,
            boxed: (0..combinator.fields.len()).filter(is_boxed).collect(),
            has_id: constructor.kind.has_id(),
            least_length: facts.least_length,
            recursive: facts.recursive,
            levels: model.levels.constructor(id),
            directions: constructor.directions,
            common: model.is_common(constructor.result),
            result: None,
            method: None,
        }
    }

    /// The struct of a function.
    pub(crate) fn of_function(model: &'a Model<'a>, id: FunctionId) -> Self {
        let facts = model.facts.function(id);
        let record = model.function(id);
        let combinator = record.combinator;
        let name = combinator.name.to_string();
        let texts = model.known.texts.functions.get(&name);
        let docs = docs::combinator(model.options, combinator, texts, "method");
        let call = model.call(id);
        let generics = model.generics_of_function(id);
        let types = call.iter().map(|call| call.generic.clone()).collect();
        let is_boxed = |field: &usize| {
            let ty = &combinator.fields[*field].ty;
            model.holds_any(ty) || model.layout.is_large_value(ty)
        };
        Self {
            model,
            kind: StructKind::Function,
            record,
            ident: &model.names.function(id).ident,
            docs: cross_references::of_function(model, id, docs),
            texts,
            // A request is built and sent; copying it in silence helps nobody.
            traits: Traits { copy: false, hash: false, ..model.traits.of_combinator(combinator, &model.layout) },
            generics,
            parameters: Parameters { borrows: generics.borrows, types },
            call,
            boxed: (0..combinator.fields.len()).filter(is_boxed).collect(),
            has_id: true,
            least_length: facts.least_length,
            recursive: facts.recursive,
            levels: model.levels.function(id),
            directions: Directions::BOTH,
            common: false,
            result: Some(&model.schema[id].result),
            method: model.known.methods.get(&name),
        }
    }

    /// Returns whether its id is all that is sent of it, so that one trait encodes and decodes it.
    pub(crate) fn is_id_alone(&self) -> bool {
        let has_parameters = !self.generics.is_empty() || self.call.is_some() || self.parameters.borrows;
        self.has_id && self.record.combinator.fields.is_empty() && self.traits.default && !has_parameters
    }

    /// The structs of its groups.
    pub(crate) fn groups(&self) -> impl Iterator<Item = GroupSubject<'_>> {
        self.record.groups().map(|group| GroupSubject::new(self, group))
    }
}

impl<'a> GroupSubject<'a> {
    /// The struct of a group, within another struct.
    pub(crate) fn new(owner: &'a Subject<'a>, group: Group<'a>) -> Self {
        let fields: Vec<&Field> = group.fields.iter().map(|&it| &owner.record.combinator.fields[it]).collect();
        let borrows = fields.iter().any(|field| owner.model.borrows(&field.ty));
        Self { owner, group, parameters: owner.generics.parameters_of(&owner.model.facts, &fields, borrows) }
    }
}

impl Subject<'_> {
    pub(crate) fn is_boxed(&self, position: usize) -> bool {
        self.boxed.contains(&position)
    }

    pub(crate) fn variables(&self) -> Variables<'_> {
        Variables { generics: self.generics, call: self.call.as_ref() }
    }

    /// The value whose fields are encoded: `self`, but `value` in a form.
    pub(crate) fn place(&self) -> TokenStream {
        if self.generics.is_empty() { quote!(self) } else { quote!(value) }
    }

    /// A name for what an optional field holds.
    pub(crate) fn binding(&self) -> TokenStream {
        if self.generics.is_empty() { quote!(value) } else { quote!(field) }
    }

    /// The Rust type of the field at a position, without `Option` or `Box`.
    pub(crate) fn rust_type(&self, position: usize) -> TokenStream {
        self.model.rust_type(&self.record.combinator.fields[position].ty, self.variables())
    }

    /// The form of the field at a position.
    pub(crate) fn form(&self, position: usize, stage: Stage) -> Form {
        let ty = &self.record.combinator.fields[position].ty;
        self.model.form(ty, self.variables(), &|variable| self.nat(variable, stage))
    }

    /// Returns whether a field is encoded by the traits of its Rust type, and is not behind a pointer.
    pub(crate) fn has_default_form(&self, position: usize, stage: Stage) -> bool {
        matches!(self.form(position, stage), Form::Default) && !self.is_boxed(position)
    }

    /// The value of a natural number.
    pub(crate) fn nat(&self, variable: NatVariable, stage: Stage) -> TokenStream {
        match variable {
            NatVariable::Parameter(position) => {
                let field = self.generics.at(position).map(|it| &it.field);
                quote!(self.#field)
            }
            NatVariable::Field(position) => {
                let ident = &self.record.idents[position];
                let local = local_ident(ident);
                let place = self.place();
                match (stage, self.record.shape.roles[position]) {
                    (Stage::Encode, Role::Flags | Role::Mask) => quote!(#local),
                    (Stage::Decode, Role::Flags | Role::Mask | Role::Required) => quote!(#local),
                    (Stage::Decode, _) => quote!(#local.unwrap_or_default()),
                    (Stage::Encode, Role::Required) => quote!(#place.#ident),
                    (Stage::Encode, Role::Grouped { group, .. }) => {
                        let group = self.record.group(group).ident;
                        quote!(#place.#group.as_ref().map_or(0, |group| group.#ident))
                    }
                    (Stage::Encode, _) => quote!(#place.#ident.unwrap_or_default()),
                }
            }
        }
    }

    /// Expands to: `flags & 0x8 != 0`
    pub(crate) fn holds(&self, condition: Condition, stage: Stage) -> TokenStream {
        let nat = self.nat(condition.variable, stage);
        match condition.bit {
            Some(bit) => {
                let mask = mask_literal(1 << bit);
                quote!(#nat & #mask != 0)
            }
            None => quote!(#nat != 0),
        }
    }

    /// Expands to: `self.silent` or `self.peer.is_some()`
    pub(crate) fn is_present(&self, presence: Presence) -> TokenStream {
        let place = self.place();
        match presence {
            Presence::Flag(position) => {
                let ident = &self.record.idents[position];
                quote!(#place.#ident)
            }
            Presence::Field(position) => {
                let ident = &self.record.idents[position];
                quote!(#place.#ident.is_some())
            }
            Presence::Group(group) => {
                let ident = self.record.group(group).ident;
                quote!(#place.#ident.is_some())
            }
        }
    }

    /// Expands to: `let flags = flag(self.silent, 0x1) | flag(self.peer.is_some(), 0x8);`, or with a mask
    /// `let mode = self.mode & !0x9 | flag(…);`
    pub(crate) fn computed_nat(&self, position: usize) -> TokenStream {
        let ident = &self.record.idents[position];
        let local = local_ident(ident);
        let bits = self.bits(position, |_| true);
        if self.record.shape.roles[position] != Role::Mask {
            return quote!(let #local = #bits;);
        }
        let place = self.place();
        let known = mask_literal(self.record.shape.known_bits(position));
        quote!(let #local = #place.#ident & !#known | #bits;)
    }

    /// The bits of a computed number that say whether something of a kind is there.
    ///
    /// Expands to: `flag(self.silent, 0x1) | flag(self.peer.is_some(), 0x8)`
    pub(crate) fn bits(&self, position: usize, is_of_kind: impl Fn(Presence) -> bool) -> TokenStream {
        let bits = self.record.shape.computed_bits(position).filter(|(_, presence)| is_of_kind(*presence));
        let terms: Vec<TokenStream> = bits
            .map(|(bit, presence)| {
                let is_present = self.is_present(presence);
                let mask = mask_literal(1 << bit);
                quote!(flag(#is_present, #mask))
            })
            .collect();
        if terms.is_empty() { quote!(0u32) } else { quote!(#(#terms)|*) }
    }

    /// Positions of computed numbers that the forms of some types depend on.
    pub(crate) fn computed_nats_of<'t>(&self, types: impl Iterator<Item = &'t ValueType>) -> Vec<usize> {
        let mut variables = Vec::new();
        types.for_each(|ty| self.model.nats(ty, &mut variables));
        let is_computed = |field: &usize| matches!(self.record.shape.roles[*field], Role::Flags | Role::Mask);
        let mut found: Vec<usize> = variables.into_iter().filter_map(field_of).filter(is_computed).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The position of the field that is a variable.
pub(crate) fn field_of(variable: NatVariable) -> Option<usize> {
    match variable {
        NatVariable::Field(position) => Some(position),
        NatVariable::Parameter(_) => None,
    }
}
