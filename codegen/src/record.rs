//! The Rust shape of one constructor or function: which struct fields its TL fields become.
//!
//! A `#` that only says what is there is computed, never stored. A `flags.N?true` is a `bool`. Several values on one bit
//! become one `Option` of a small struct, so that half of them cannot be set; a `true` on the bit of a value is a method.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use typelang_ir::{Combinator, Condition, Field, NatRole, NatVariable};

use crate::names::{FieldNames, camel};
use crate::options::{GroupName, Options};

/// The shape of one combinator. Positions are those of the combinator's fields.
pub(crate) struct Record<'a> {
    pub(crate) combinator: &'a Combinator,
    /// Name of the struct field or, for a computed `#`, of the local variable, by position.
    pub(crate) idents: Vec<Ident>,
    /// What becomes of each field, by position.
    pub(crate) roles: Vec<Role>,
    /// Groups of values on one bit, in wire order of their first fields.
    pub(crate) groups: Vec<Group>,
    /// For each condition, what is there if it holds.
    pub(crate) presences: BTreeMap<Condition, Presence>,
}

/// What becomes of a TL field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A `#` that is computed from the fields that it decides on.
    Flags,
    /// A `#` some of whose bits are computed so, while the others are those of a struct field.
    Mask,
    /// A struct field.
    Required,
    /// A struct field of type `Option`.
    Optional(Condition),
    /// A struct field of type `bool`, without bytes of its own.
    Flag(Condition),
    /// A field of the struct of a group.
    Grouped { group: usize, condition: Condition },
    /// A method that says whether the bit is set.
    FlagMethod(Condition),
}

/// Several values on one bit.
pub(crate) struct Group {
    pub(crate) ident: Ident,
    pub(crate) type_ident: Ident,
    /// Positions of the values.
    pub(crate) fields: Vec<usize>,
    pub(crate) condition: Condition,
}

/// What says whether a bit is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// The `bool` of the field at this position.
    Flag(usize),
    /// The `Option` of the field at this position.
    Field(usize),
    /// The `Option` of this group.
    Group(usize),
}

impl<'a> Record<'a> {
    /// `helper` finds a free name for the struct of a group.
    pub(crate) fn new(combinator: &'a Combinator, options: &Options, mut helper: impl FnMut(&str) -> Ident) -> Self {
        let by_bit = fields_by_bit(&combinator.fields);
        let mut names = FieldNames::default();
        let idents: Vec<Ident> = combinator.fields.iter().map(|field| names.ident(&field.name)).collect();
        let mut record = Self { combinator, idents, roles: Vec::new(), groups: Vec::new(), presences: BTreeMap::new() };
        let mut shared: Vec<_> = by_bit.iter().filter(|(_, on_bit)| on_bit.values.len() > 1).collect();
        shared.sort_by_key(|(_, on_bit)| on_bit.values.first());
        for (&condition, on_bit) in shared {
            let group = record.group(condition, on_bit, &mut names, options, &mut helper);
            record.groups.push(group);
        }
        record.presences =
            by_bit.iter().map(|(&condition, on_bit)| (condition, record.presence(condition, on_bit))).collect();
        record.roles = (0..combinator.fields.len()).map(|position| record.role(position)).collect();
        record
    }

    /// The group is named after the first `true` on its bit, else after its values, joined by `_and_`.
    fn group(
        &self,
        condition: Condition,
        on_bit: &OnBit,
        names: &mut FieldNames,
        options: &Options,
        helper: &mut impl FnMut(&str) -> Ident,
    ) -> Group {
        let fields = &self.combinator.fields;
        let derived = match on_bit.flags.first() {
            Some(&flag) => fields[flag].name.to_string(),
            None => on_bit.values.iter().map(|&value| fields[value].name.as_str()).collect::<Vec<_>>().join("_and_"),
        };
        let combinator = self.combinator.name.to_string();
        let renamed = |it: &&GroupName| it.combinator == combinator && it.derived == derived;
        let given = options.group_names.iter().find(renamed).map(|it| it.name.as_str());
        // The `true` itself is no struct field, so its name is free for the group.
        let ident = match (given, on_bit.flags.first()) {
            (None, Some(&flag)) => self.idents[flag].clone(),
            (given, _) => names.ident(given.unwrap_or(&derived)),
        };
        let type_ident = helper(&(camel(&self.combinator.name.name) + &camel(given.unwrap_or(&derived))));
        Group { ident, type_ident, fields: on_bit.values.clone(), condition }
    }

    fn presence(&self, condition: Condition, on_bit: &OnBit) -> Presence {
        let group = self.groups.iter().position(|group| group.condition == condition);
        match (group, on_bit.values.first(), on_bit.flags.first()) {
            (Some(group), ..) => Presence::Group(group),
            (None, Some(&value), _) => Presence::Field(value),
            (None, None, flag) => Presence::Flag(flag.copied().unwrap_or_default()),
        }
    }

    fn role(&self, position: usize) -> Role {
        let field = &self.combinator.fields[position];
        let Some(condition) = field.condition else {
            return match field.nat {
                Some(NatRole::Flags) => Role::Flags,
                Some(NatRole::Mask) => Role::Mask,
                Some(NatRole::Number) | None => Role::Required,
            };
        };
        match self.presences.get(&condition) {
            Some(Presence::Flag(flag)) if *flag == position => Role::Flag(condition),
            _ if field.is_flag() => Role::FlagMethod(condition),
            Some(&Presence::Group(group)) => Role::Grouped { group, condition },
            _ => Role::Optional(condition),
        }
    }

    /// Fields with their positions, names and roles, in wire order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = RecordField<'_>> {
        self.combinator.fields.iter().enumerate().map(|(position, field)| RecordField {
            position,
            field,
            ident: &self.idents[position],
            role: self.roles[position],
        })
    }

    /// The struct fields: positions of their own, or groups, which stand where their first field does.
    pub(crate) fn members(&self) -> Vec<Member> {
        let mut members = Vec::new();
        for field in self.fields() {
            match field.role {
                Role::Flags | Role::FlagMethod(_) => {}
                Role::Mask | Role::Required | Role::Optional(_) | Role::Flag(_) => {
                    members.push(Member::Field(field.position))
                }
                Role::Grouped { group, .. } if self.groups[group].fields.first() == Some(&field.position) => {
                    members.push(Member::Group(group));
                }
                Role::Grouped { .. } => {}
            }
        }
        members
    }

    /// Lints of clippy that expect something else of methods with the names of fields: a conversion of `from_id`, a
    /// length of `len`, a copy of `clone`.
    pub(crate) fn lints_of_methods(&self) -> impl Iterator<Item = &'static str> {
        let methods = self.fields().filter(|field| matches!(field.role, Role::Grouped { .. } | Role::FlagMethod(_)));
        methods.filter_map(|field| {
            let name = field.ident.to_string();
            match name.as_str() {
                "len" => Some("clippy::len_without_is_empty"),
                "clone" => Some("clippy::should_implement_trait"),
                _ if ["from_", "into_", "to_"].iter().any(|prefix| name.starts_with(prefix)) => {
                    Some("clippy::wrong_self_convention")
                }
                _ => None,
            }
        })
    }

    /// Whether the struct has no fields at all.
    pub(crate) fn is_unit(&self) -> bool {
        self.members().is_empty()
    }

    /// The computed bits of a `#`.
    pub(crate) fn known_bits(&self, position: usize) -> u32 {
        self.computed_bits(position).fold(0, |mask, (bit, _)| mask | 1 << bit)
    }

    /// The computed bits of a `#`, and what says whether each is set.
    pub(crate) fn computed_bits(&self, position: usize) -> impl Iterator<Item = (u8, Presence)> {
        let of_field = move |condition: &Condition| condition.variable == NatVariable::Field(position);
        let conditions = self.presences.iter().filter(move |(condition, _)| of_field(condition));
        conditions.filter_map(|(condition, presence)| Some((condition.bit?, *presence)))
    }

    /// Whether a condition decides what is written, rather than the other way round: its number is given, not computed.
    pub(crate) fn is_given(&self, condition: Condition) -> bool {
        match condition.variable {
            NatVariable::Field(position) => {
                condition.bit.is_none() || !matches!(self.roles[position], Role::Flags | Role::Mask)
            }
            NatVariable::Parameter(_) => true,
        }
    }
}

/// One TL field with its role.
pub(crate) struct RecordField<'a> {
    pub(crate) position: usize,
    pub(crate) field: &'a Field,
    pub(crate) ident: &'a Ident,
    pub(crate) role: Role,
}

/// One field of the struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    Field(usize),
    Group(usize),
}

/// Positions of the fields on one bit.
#[derive(Default)]
struct OnBit {
    flags: Vec<usize>,
    values: Vec<usize>,
}

fn fields_by_bit(fields: &[Field]) -> BTreeMap<Condition, OnBit> {
    let mut bits: BTreeMap<Condition, OnBit> = BTreeMap::new();
    for (position, field) in fields.iter().enumerate() {
        if let Some(condition) = field.condition {
            let on_bit = bits.entry(condition).or_default();
            if field.is_flag() { on_bit.flags.push(position) } else { on_bit.values.push(position) }
        }
    }
    bits
}
