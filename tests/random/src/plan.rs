//! First step: which types, constructors and functions there are.

use typelang_ir::Profile;

use super::choices::Choices;
use super::model::{Name, Parameter};
use super::names::Names;

/// A type before its constructors have fields.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) name: Name,
    /// The kinds of its arguments: true for a number.
    pub(super) kinds: Vec<bool>,
    pub(super) constructors: Vec<Name>,
    pub(super) rank: Rank,
    /// Types of one group can contain each other.
    pub(super) group: usize,
    /// Words of memory of a value, as an estimate, and of each type argument how many values are in it.
    pub(super) weight: Weight,
}

/// Which types a type can contain: those of a lower rank, and those of its own rank that come before it. What is optional or in
/// a vector can be of any type of the same rank, if it has no parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Leaf,
    Generic,
    Plain,
}

/// An estimate of the memory of a value, in words, and how many values of each type parameter are in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    pub(super) own: usize,
    pub(super) of_parameters: Vec<usize>,
}

impl Planned {
    /// The name of its default constructor comes last.
    pub(super) fn has_default(&self) -> bool {
        self.constructors.last().is_some_and(|name| name.name == "_")
    }

    /// Returns whether it can be used bare.
    pub(super) fn can_be_bare(&self) -> bool {
        self.constructors.len() == 1 && !self.has_default()
    }

    /// The parameters of a constructor, with names.
    pub(super) fn parameters(&self, choices: &mut Choices<'_>, names: &mut Names) -> Vec<Parameter> {
        let mut taken = std::collections::BTreeSet::new();
        let mut parameters = Vec::new();
        for &is_nat in &self.kinds {
            let usual: &[&str] = if is_nat { &["n", "m", "mask", "fields_mask"] } else { &["X", "Y", "T", "t"] };
            let name = names.variable(choices, usual, &taken);
            taken.insert(name.clone());
            parameters.push(Parameter { name, is_nat });
        }
        parameters
    }
}

/// What a schema will have.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) profile: Option<Profile>,
    pub(super) types: Vec<Planned>,
    pub(super) functions: Vec<Name>,
    /// Types that have no constructors.
    pub(super) empty: Vec<Name>,
    pub(super) has_true: bool,
    pub(super) has_boxed_builtins: bool,
}

impl Plan {
    pub(super) fn new(choices: &mut Choices<'_>, names: &mut Names, size: usize) -> Self {
        let profiles = [Profile::Telegram, Profile::Tdlib, Profile::Ton, Profile::Vk];
        let profile = choices.chance(4, 5).then(|| choices.pick(&profiles));
        let mut types = Vec::new();
        for (rank, share) in [(Rank::Leaf, 4), (Rank::Generic, 4), (Rank::Plain, 2)] {
            let count = 1 + choices.below((size / share).max(1));
            for _ in 0..count {
                let planned = planned(choices, names, rank, &types);
                types.push(planned);
            }
        }
        let functions = (0..choices.below(size / 2 + 1)).map(|_| names.function(choices)).collect();
        let empty = (0..usize::from(choices.chance(1, 8))).map(|_| names.ty(choices)).collect();
        let (has_true, has_boxed_builtins) = (choices.chance(2, 3), choices.chance(2, 3));
        Self { profile, types, functions, empty, has_true, has_boxed_builtins }
    }
}

fn planned(choices: &mut Choices<'_>, names: &mut Names, rank: Rank, earlier: &[Planned]) -> Planned {
    let kinds: Vec<bool> = match rank {
        Rank::Generic => (0..1 + choices.below(3)).map(|_| choices.chance(2, 5)).collect(),
        Rank::Leaf | Rank::Plain => Vec::new(),
    };
    let name = names.ty(choices);
    let count = match choices.below(5) {
        0..3 => 1,
        3 => 2,
        _ => 2 + choices.below(4),
    };
    let mut constructors: Vec<Name> = (0..count).map(|_| names.constructor(choices, &name, count == 1)).collect();
    if choices.chance(1, 12) {
        if choices.chance(1, 3) {
            constructors.clear();
        }
        constructors.push(Name::plain("_"));
    }
    let group = match earlier.last() {
        Some(before) if before.rank == rank && before.kinds == kinds && choices.chance(1, 3) => before.group,
        _ => earlier.len(),
    };
    Planned { name, kinds, constructors, rank, group, weight: Weight::default() }
}
