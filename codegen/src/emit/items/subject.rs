//! What the impls of one struct need to know, and what its variables are in Rust.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use typelang_facts::CombinatorTexts;
use typelang_ir::{Condition, NatVariable, Presence, Role, ValueType};

use crate::generics::{Call, Variables};
use crate::generics::{Generics, elided, list, named};
use crate::model::Model;
use crate::names::{computed_ident, local_ident};
use crate::record::Record;
use crate::rust_type::Form;
use crate::tokens::mask_literal;

/// One struct of a constructor or a function.
pub(crate) struct Subject<'a> {
    pub(crate) model: &'a Model<'a>,
    pub(crate) record: &'a Record<'a>,
    pub(crate) ident: &'a Ident,
    /// What it and its fields are.
    pub(crate) texts: Option<&'a CombinatorTexts>,
    /// The parameters that make a difference. If there are any, a form is encoded and decoded, not the struct itself.
    pub(crate) generics: &'a Generics,
    /// The call that a function wraps.
    pub(crate) call: Option<Call>,
    /// Positions of fields that live behind a pointer.
    pub(crate) boxed: Vec<usize>,
    /// Whether the struct has an id on the wire.
    pub(crate) has_id: bool,
    pub(crate) least_length: u32,
    pub(crate) recursive: bool,
}

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Fields are those of a value that is there.
    Encode,
    /// Fields are local variables.
    Decode,
}

impl Subject<'_> {
    pub(crate) fn is_boxed(&self, position: usize) -> bool {
        self.boxed.contains(&position)
    }

    pub(crate) fn variables(&self) -> Variables<'_> {
        Variables { generics: self.generics, call: self.call.as_ref() }
    }

    /// Whether the struct has a lifetime.
    pub(crate) fn borrows(&self) -> bool {
        self.generics.borrows
    }

    /// Expands to: `<'a, X>`, the parameters of the struct, and what they are within it
    pub(crate) fn parameters(&self) -> TokenStream {
        list(self.borrows().then(named), self.type_parameters())
    }

    /// Expands to: `<X>`, the parameters of an impl that does not speak of the lifetime
    pub(crate) fn unborrowed_parameters(&self) -> TokenStream {
        list(None, self.type_parameters())
    }

    /// Expands to: `<'_, X>`, what the struct's parameters are in such an impl
    pub(crate) fn arguments(&self) -> TokenStream {
        list(self.borrows().then(elided), self.type_parameters())
    }

    fn type_parameters(&self) -> impl Iterator<Item = &Ident> {
        let call = self.call.as_ref().map(|call| &call.generic);
        call.into_iter().chain(self.generics.types().map(|it| &it.data))
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

    /// Whether a field is there as the traits of its Rust type have it, and not behind a pointer.
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
                    (Stage::Encode, Role::Flags | Role::Mask) => {
                        let computed = computed_ident(ident);
                        quote!(#computed)
                    }
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
        let local = computed_ident(ident);
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
