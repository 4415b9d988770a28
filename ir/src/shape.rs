//! The roles of the fields of a combinator: which are always there, which share a bit, which follow from others.
//!
//! A `#` that only says what is there is computed, never given. Several values on one bit are a group: all are there or none
//! is. A `true` on the bit of a value repeats that the value is there.

use std::collections::BTreeMap;

use crate::schema::{Combinator, Condition, Field, NatRole, NatVariable};

/// The shape of one combinator. Positions are those of the combinator's fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The role of each field, by position.
    pub roles: Vec<Role>,
    /// Groups of values on one bit, in wire order of their first fields.
    pub groups: Vec<Group>,
    /// For each condition, what is there if it holds.
    pub presences: BTreeMap<Condition, Presence>,
}

/// The role of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A `#` that is computed from the fields that it decides on.
    Flags,
    /// A `#` some of whose bits are computed so, while the others are given.
    Mask,
    /// A value that is always there.
    Required,
    /// A value that is there under a condition, alone on its bit.
    Optional(Condition),
    /// A `true` without bytes of its own, alone on its bit: the bit is its value.
    Flag(Condition),
    /// One of the values of a group.
    Grouped {
        /// The position of the group in [`Shape::groups`].
        group: usize,
        /// The condition of the group.
        condition: Condition,
    },
    /// A `true` that shares its bit with other fields, which say already whether it is set.
    SharedFlag(Condition),
}

/// Several values on one bit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The condition of all of them.
    pub condition: Condition,
    /// Positions of the values.
    pub fields: Vec<usize>,
    /// Positions of the `true`s on the same bit.
    pub flags: Vec<usize>,
}

/// The part of a value that decides whether a bit is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The `true` at this position.
    Flag(usize),
    /// The presence of the field at this position.
    Field(usize),
    /// The presence of this group.
    Group(usize),
}

/// A part that is given by itself when a value is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// The field at this position.
    Field(usize),
    /// The values of this group, together.
    Group(usize),
}

impl Shape {
    /// The shape of a combinator.
    #[must_use]
    pub fn new(combinator: &Combinator) -> Self {
        let fields = &combinator.fields;
        let by_bit = fields_by_bit(fields);
        let shared = by_bit.iter().filter(|(_, on_bit)| on_bit.values.len() > 1);
        let mut groups: Vec<Group> = shared
            .map(|(&condition, on_bit)| Group { condition, fields: on_bit.values.clone(), flags: on_bit.flags.clone() })
            .collect();
        groups.sort_by_key(|group| group.fields.first().copied());
        let positions: BTreeMap<Condition, usize> =
            groups.iter().enumerate().map(|(position, group)| (group.condition, position)).collect();
        let presence = |condition, on_bit| presence(positions.get(condition).copied(), on_bit);
        let presences: BTreeMap<Condition, Presence> =
            by_bit.iter().map(|(condition, on_bit)| (*condition, presence(condition, on_bit))).collect();
        let roles = fields.iter().enumerate().map(|(position, field)| role(&presences, position, field)).collect();
        Self { roles, groups, presences }
    }

    /// Returns the parts that are given: fields of their own, and groups, which are where their first field is.
    #[must_use]
    pub fn members(&self) -> Vec<Member> {
        let member = |(position, role): (usize, &Role)| match *role {
            Role::Flags | Role::SharedFlag(_) => None,
            Role::Mask | Role::Required | Role::Optional(_) | Role::Flag(_) => Some(Member::Field(position)),
            Role::Grouped { group, .. } => {
                let is_first = self.groups[group].fields.first() == Some(&position);
                is_first.then_some(Member::Group(group))
            }
        };
        self.roles.iter().enumerate().filter_map(member).collect()
    }

    /// The computed bits of a `#`, as a mask.
    #[must_use]
    pub fn known_bits(&self, position: usize) -> u32 {
        self.computed_bits(position).fold(0, |mask, (bit, _)| mask | 1 << bit)
    }

    /// The computed bits of a `#`, and what says whether each is set.
    pub fn computed_bits(&self, position: usize) -> impl Iterator<Item = (u8, Presence)> {
        let of_bit = |bit| Condition { variable: NatVariable::Field(position), bit };
        let conditions = self.presences.range(of_bit(None)..=of_bit(Some(u8::MAX)));
        conditions.filter_map(|(condition, presence)| Some((condition.bit?, *presence)))
    }

    /// Returns whether a condition looks at a `#` as a whole, rather than at one of its bits.
    #[must_use]
    pub fn is_looked_at(&self, position: usize) -> bool {
        self.presences.contains_key(&Condition { variable: NatVariable::Field(position), bit: None })
    }

    /// Returns whether a condition decides what is written, rather than the other way round: its number is given, not computed.
    #[must_use]
    pub fn is_given(&self, condition: Condition) -> bool {
        match condition.variable {
            NatVariable::Field(position) => {
                condition.bit.is_none() || !matches!(self.roles[position], Role::Flags | Role::Mask)
            }
            NatVariable::Parameter(_) => true,
        }
    }
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

fn presence(group: Option<usize>, on_bit: &OnBit) -> Presence {
    match (group, on_bit.values.first(), on_bit.flags.first()) {
        (Some(group), ..) => Presence::Group(group),
        (None, Some(&value), _) => Presence::Field(value),
        (None, None, flag) => Presence::Flag(flag.copied().unwrap_or_default()),
    }
}

fn role(presences: &BTreeMap<Condition, Presence>, position: usize, field: &Field) -> Role {
    let Some(condition) = field.condition else {
        return match field.nat {
            Some(NatRole::Flags) => Role::Flags,
            Some(NatRole::Mask) => Role::Mask,
            Some(NatRole::Number) | None => Role::Required,
        };
    };
    match presences.get(&condition) {
        Some(Presence::Flag(flag)) if *flag == position => Role::Flag(condition),
        _ if field.is_flag() => Role::SharedFlag(condition),
        Some(&Presence::Group(group)) => Role::Grouped { group, condition },
        _ => Role::Optional(condition),
    }
}
