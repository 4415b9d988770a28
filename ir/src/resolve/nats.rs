//! Second pass, numbers: what each `#` is for.

use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ast::File;
use typelang_parser::ids::Dialect;

use super::options::ResolveOptions;
use crate::Builtin;
use crate::Profile;
use crate::schema::{Field, Nat, NatRole, NatVariable, ValueType};

/// In which `#` fields the bits that no condition tests are the user's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FreeBits {
    /// In none.
    None,
    /// In all that are not called `flags`, `flags2`, ….
    ButFlags,
    /// In all.
    All,
}

impl FreeBits {
    /// Where the profile is not said, but only suggested by the ids, a field that is called `flags` and tested by conditions is
    /// taken for what it is called in every family: computed.
    pub(super) fn of_file(file: &File, options: ResolveOptions, dialect: Dialect) -> Self {
        let said = options.said_profile(file);
        match (said.unwrap_or(Profile::of_dialect(dialect)).has_free_bits(), said) {
            (false, _) => Self::None,
            (true, None) => Self::ButFlags,
            (true, Some(_)) => Self::All,
        }
    }

    fn include(self, field: &Field) -> bool {
        match self {
            Self::None => false,
            Self::ButFlags => !is_flags_name(&field.name),
            Self::All => true,
        }
    }
}

/// How conditions test a `#`.
#[derive(Clone, Copy, Default)]
struct Tested {
    bits: u32,
    /// Whether one tests it as a whole.
    whole: bool,
}

/// Says what each `#` is for.
///
/// Without free bits, a `#` is computed if conditions test its bits, or if it is called `flags`, `flags2`, …, in which case
/// it has no bits yet. With free bits, only the tested bits are computed. A conditional `#`, and one that counts, that types
/// depend on, or that a condition tests as a whole, is a number of its own. One all of whose bits are tested has nothing left
/// that could be given, so it is computed in any case. The result of a function depends on numbers as a field does.
pub(super) fn assign_nat_roles(fields: &mut [Field], result: Option<&ValueType>, free_bits: FreeBits) {
    let mut tested: BTreeMap<usize, Tested> = BTreeMap::new();
    for condition in fields.iter().filter_map(|field| field.condition) {
        if let NatVariable::Field(field) = condition.variable {
            let tested = tested.entry(field).or_default();
            match condition.bit {
                Some(bit) => tested.bits |= 1_u32.checked_shl(bit.into()).unwrap_or(0),
                None => tested.whole = true,
            }
        }
    }
    let counts: BTreeSet<usize> = fields.iter().map(|field| &field.ty).chain(result).flat_map(nat_fields).collect();
    for (index, field) in fields.iter_mut().enumerate() {
        if field.ty != ValueType::Builtin(Builtin::Nat) {
            continue;
        }
        let tested = tested.get(&index).copied().unwrap_or_default();
        let has_bits = tested.bits != 0;
        let has_all_bits = tested.bits == u32::MAX;
        let has_value = counts.contains(&index) || tested.whole;
        let is_free = free_bits.include(field);
        field.nat = Some(if field.condition.is_some() {
            NatRole::Number
        } else if has_bits && !has_all_bits && (is_free || has_value) {
            NatRole::Mask
        } else if has_bits || (free_bits == FreeBits::None && !has_value && is_flags_name(&field.name)) {
            NatRole::Flags
        } else {
            NatRole::Number
        });
    }
}

/// The `#` fields that a type depends on, once for each use.
fn nat_fields(ty: &ValueType) -> Vec<usize> {
    let mut fields = Vec::new();
    ty.walk_nats(&mut |nat| {
        if let Nat::Variable(NatVariable::Field(field), _) = nat {
            fields.push(*field);
        }
    });
    fields
}

fn is_flags_name(name: &str) -> bool {
    name.strip_prefix("flags").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}
