//! Type expressions that mean something where they are.

use super::generator::Generator;
use super::model::{Argument, Name, Nat, Type};
use super::plan::{Planned, Rank, Weight};

/// Words of memory that a value may take without pointers.
const MAX_WEIGHT: usize = 200;
/// Type arguments inside of one another.
const MAX_DEPTH: usize = 3;

/// What a type expression can refer to.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The type whose constructor it is; nothing in a function.
    pub(super) own: Option<usize>,
    /// A constructor after the first, by which a value of the type needs not end.
    pub(super) can_repeat: bool,
    pub(super) nats: Vec<String>,
    pub(super) types: Vec<String>,
}

/// Where a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// Always there, and in the memory of the value around it.
    Required,
    /// Optional, or in a vector: a value can end here.
    Guarded,
}

/// A type, and the memory of its values.
pub(super) type Weighed = (Type, Weight);

impl Weight {
    pub(super) fn of(own: usize) -> Self {
        Self { own, of_parameters: Vec::new() }
    }

    pub(super) fn add(&mut self, other: &Self, times: usize) {
        self.own = self.own.saturating_add(other.own.saturating_mul(times));
        for (position, count) in other.of_parameters.iter().enumerate() {
            if self.of_parameters.len() <= position {
                self.of_parameters.resize(position + 1, 0);
            }
            self.of_parameters[position] = self.of_parameters[position].saturating_add(count.saturating_mul(times));
        }
    }

    pub(super) fn max(&mut self, other: &Self) {
        self.own = self.own.max(other.own);
        for (position, &count) in other.of_parameters.iter().enumerate() {
            if self.of_parameters.len() <= position {
                self.of_parameters.resize(position + 1, 0);
            }
            self.of_parameters[position] = self.of_parameters[position].max(count);
        }
    }

    pub(super) fn is_small(&self, times: usize) -> bool {
        let all = self.of_parameters.iter().fold(self.own, |sum, count| sum.saturating_add(*count));
        all.saturating_mul(times) <= MAX_WEIGHT
    }
}

impl Generator<'_, '_> {
    /// A type for a field or an argument.
    pub(super) fn ty(&mut self, scope: &Scope, position: Position, depth: usize) -> Weighed {
        let (ty, weight) = match self.choices.below(12) {
            0..3 => self.simple(),
            3 if !scope.types.is_empty() => self.parameter(scope),
            3..5 if depth < MAX_DEPTH => self.vector(scope, depth),
            5 if depth < MAX_DEPTH => self.tuple(scope, position, depth),
            6 if !scope.types.is_empty() => self.parameter(scope),
            6 if self.choices.chance(1, 3) => self.special(position),
            _ => self.declared(scope, position, depth),
        };
        if weight.is_small(1) {
            return (self.perhaps_parenthesized(ty), weight);
        }
        self.simple()
    }

    fn perhaps_parenthesized(&mut self, ty: Type) -> Type {
        let is_name = matches!(ty, Type::Name(_) | Type::Bare(_));
        if is_name && self.choices.chance(1, 20) { Type::Parenthesized(Box::new(ty)) } else { ty }
    }

    /// A built-in type.
    pub(super) fn simple(&mut self) -> Weighed {
        const BARE: &[(&str, usize)] = &[
            ("int", 1),
            ("string", 3),
            ("long", 1),
            ("bytes", 3),
            ("Bool", 1),
            ("double", 1),
            ("float", 1),
            ("int128", 2),
            ("int256", 4),
            ("int512", 8),
            ("int32", 1),
            ("int53", 1),
            ("int64", 1),
            ("secureString", 3),
            ("secureBytes", 3),
        ];
        const BOXED: &[(&str, usize)] = &[("Int", 1), ("Long", 1), ("Double", 1), ("String", 3), ("Float", 1)];
        let boxed = self.plan.has_boxed_builtins && self.choices.chance(1, 6);
        let (name, weight) = self.choices.pick(if boxed { BOXED } else { BARE });
        let ty = Type::named(name);
        let bare = boxed && self.choices.chance(1, 3);
        (if bare { Type::Bare(Box::new(ty)) } else { ty }, Weight::of(weight))
    }

    fn parameter(&mut self, scope: &Scope) -> Weighed {
        let position = self.choices.below(scope.types.len());
        let mut weight = Weight::default();
        weight.of_parameters.resize(position + 1, 0);
        weight.of_parameters[position] = 1;
        (Type::named(&scope.types[position]), weight)
    }

    /// `Object`, `Function`, and types without constructors.
    fn special(&mut self, position: Position) -> Weighed {
        let mut names: Vec<Name> = ["Object", "Function", "object", "function"].map(Name::plain).to_vec();
        let has_functions = !self.plan.functions.is_empty() || self.config.call_without_functions;
        // Where everything needs a call, nothing has a value.
        if !has_functions || (position == Position::Required && self.choices.chance(9, 10)) {
            names.retain(|name| !name.name.eq_ignore_ascii_case("function"));
        }
        if self.plan.has_true {
            names.extend(["True", "true"].map(Name::plain));
        }
        (Type::Name(self.choices.pick(&names)), Weight::of(2))
    }

    fn vector(&mut self, scope: &Scope, depth: usize) -> Weighed {
        let (element, _) = self.ty(scope, Position::Guarded, depth + 1);
        let upper = self.choices.chance(1, 2);
        let ty = Type::Applied {
            head: Name::plain(if upper { "Vector" } else { "vector" }),
            arguments: vec![Argument::Type(element)],
            angle: self.choices.chance(1, 2),
        };
        let bare = upper && self.choices.chance(1, 4);
        (if bare { Type::Bare(Box::new(ty)) } else { ty }, Weight::of(3))
    }

    fn tuple(&mut self, scope: &Scope, position: Position, depth: usize) -> Weighed {
        let count = self.nat(scope, depth == 0);
        // A tuple of a number that is not known is a vector in memory, but need not be empty.
        let (element, weight) = self.ty(scope, position, depth + 1);
        let upper = self.choices.chance(1, 2);
        let times = constant(&count).unwrap_or(1);
        let mut all = Weight::of(3);
        all.add(&weight, times);
        let ty = Type::Applied {
            head: Name::plain(if upper { "Tuple" } else { "tuple" }),
            arguments: vec![Argument::Type(element), Argument::Nat(count)],
            angle: self.choices.chance(1, 4),
        };
        let bare = upper && self.choices.chance(1, 4);
        (if bare { Type::Bare(Box::new(ty)) } else { ty }, all)
    }

    /// A number: a constant, a variable, or a sum.
    pub(super) fn nat(&mut self, scope: &Scope, is_outermost: bool) -> Nat {
        let constant = match self.choices.below(40) {
            38 if is_outermost => 300,
            39 if is_outermost => 17,
            low => [1, 2, 3, 0][low % 4],
        };
        match self.choices.below(4) {
            1..3 if !scope.nats.is_empty() => Nat::Variable(self.choices.pick(&scope.nats)),
            3 if !scope.nats.is_empty() => {
                let mut terms = vec![Nat::Variable(self.choices.pick(&scope.nats)), Nat::Constant(1)];
                if self.choices.chance(1, 2) {
                    terms.reverse();
                }
                if self.choices.chance(1, 4) {
                    terms.push(Nat::Constant(2));
                }
                Nat::Sum(terms)
            }
            _ => Nat::Constant(constant),
        }
    }

    /// A type of the schema with arguments, boxed or bare.
    fn declared(&mut self, scope: &Scope, position: Position, depth: usize) -> Weighed {
        let usable: Vec<usize> =
            (0..self.plan.types.len()).filter(|&index| self.is_usable(scope, position, index, depth)).collect();
        if usable.is_empty() {
            return self.simple();
        }
        let index = self.choices.pick(&usable);
        self.applied(scope, position, index, depth)
    }

    /// Returns whether a field can have a type, so that each value ends and no type needs infinitely many others.
    fn is_usable(&self, scope: &Scope, position: Position, index: usize, depth: usize) -> bool {
        let target = &self.plan.types[index];
        if depth >= MAX_DEPTH && !target.kinds.is_empty() {
            return false;
        }
        let Some(own) = scope.own else { return true };
        let planned = &self.plan.types[own];
        let is_guarded = position == Position::Guarded;
        if target.group == planned.group {
            let can_repeat = scope.can_repeat && index == own && depth == 0;
            return is_guarded || can_repeat;
        }
        match target.rank.cmp(&planned.rank) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal if planned.rank == Rank::Generic => target.group < planned.group,
            std::cmp::Ordering::Equal => target.group < planned.group || is_guarded,
            std::cmp::Ordering::Greater => false,
        }
    }

    fn applied(&mut self, scope: &Scope, position: Position, index: usize, depth: usize) -> Weighed {
        let Planned { name, kinds, constructors, group, weight, .. } = self.plan.types[index].clone();
        let own_group = scope.own.map(|own| self.plan.types[own].group);
        let is_recursive = own_group == Some(group);
        let mut all = Weight::of(if is_recursive { 1 } else { weight.own.max(1) });
        let mut arguments = Vec::new();
        let mut types = 0;
        for is_nat in kinds {
            if is_nat {
                arguments.push(Argument::Nat(self.nat(scope, false)));
                continue;
            }
            let (argument, of_argument) = if is_recursive {
                if scope.types.is_empty() { self.simple() } else { self.parameter(scope) }
            } else {
                self.ty(scope, position, depth + 1)
            };
            all.add(&of_argument, weight.of_parameters.get(types).copied().unwrap_or(0).max(1));
            arguments.push(Argument::Type(argument));
            types += 1;
        }
        let can_be_bare = self.plan.types[index].can_be_bare();
        let bare = can_be_bare && self.choices.chance(1, 2);
        let named: Vec<&Name> = constructors.iter().filter(|name| name.name != "_").collect();
        // A constructor of a larger type is known by its name.
        let is_one_of_several = !can_be_bare && !is_recursive && !named.is_empty() && self.choices.chance(1, 8);
        let by_constructor = is_one_of_several || (bare && self.choices.chance(1, 2));
        let head = if by_constructor { self.choices.pick(&named).clone() } else { name };
        let ty = if arguments.is_empty() {
            Type::Name(head)
        } else {
            Type::Applied { head, arguments, angle: self.choices.chance(1, 3) }
        };
        (if bare && !by_constructor { Type::Bare(Box::new(ty)) } else { ty }, all)
    }
}

/// The value of a constant.
pub(super) fn constant(nat: &Nat) -> Option<usize> {
    match nat {
        Nat::Constant(number) => usize::try_from(*number).ok(),
        Nat::Variable(_) | Nat::Sum(_) => None,
    }
}
