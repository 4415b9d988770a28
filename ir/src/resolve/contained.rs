//! Types whose every value contains a great many others, or others that are nested deeply.
//!
//! `a x:B y:B = A; b x:C y:C = B; …` has twice as many with each level, and a chain of thousands of types as many levels. A decoder
//! that meets the end of its input still makes a whole value, so that neither may grow without a bound. What a vector or a
//! repetition has, or an optional field, does not count: it may be absent.

use std::collections::BTreeMap;

use typelang_parser::{Diagnostic, Label};

use crate::codes;
use crate::facts::settle::Order;
use crate::graph::Node;
use crate::schema::{Argument, Combinator, ConstructorId, ConstructorKind, Schema, TypeId, ValueType};

/// The most values that every value of a type may contain.
const MAX_CONTAINED: u32 = 4096;
/// The most of them inside of one another.
const MAX_HEIGHT: u32 = 100;

/// Reports constructors that contain too many values; of those that contain one another the innermost.
pub(super) fn contained_values(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let counts = Counts::new(schema);
    for id in schema.constructor_ids().filter(|&id| schema[id].kind != ConstructorKind::Group) {
        let combinator = &schema[id].combinator;
        let is_first = || !required(combinator).any(|ty| counts.mentions_too_much(ty));
        let count = &counts.constructors[id.index()];
        if count.is_too_much() && is_first() {
            let much = match count.height > MAX_HEIGHT {
                true => format!("others, more than {MAX_HEIGHT} levels deep"),
                false => format!("more than {MAX_CONTAINED} others"),
            };
            let message = format!("every value of `{}` contains {much}", combinator.name);
            diagnostics.push(
                Diagnostic::new(
                    &codes::TOO_MANY_VALUES,
                    message,
                    Label::new(combinator.origin.source, combinator.origin.span),
                )
                .with_help("make a field optional, or let a vector contain its values"),
            );
        }
    }
}

fn required(combinator: &Combinator) -> impl Iterator<Item = &ValueType> {
    combinator.fields.iter().filter(|field| field.condition.is_none()).map(|field| &field.ty)
}

/// A number of values, and how often those of each type argument are among them.
#[derive(Clone, Default, PartialEq, Eq)]
struct Count {
    constant: u32,
    /// By position; those that are not among them are not there.
    parameters: BTreeMap<usize, u32>,
    /// How many are inside of one another, without those of type arguments.
    height: u32,
}

impl Count {
    fn is_too_much(&self) -> bool {
        self.all() > MAX_CONTAINED || self.height > MAX_HEIGHT
    }

    /// All of them, where every argument is one value.
    fn all(&self) -> u32 {
        self.parameters.values().fold(self.constant, |sum, it| sum.saturating_add(*it))
    }

    fn add(&mut self, other: &Self) {
        self.constant = self.constant.saturating_add(other.constant);
        for (&position, &times) in &other.parameters {
            let own = self.parameters.entry(position).or_default();
            *own = own.saturating_add(times);
        }
    }

    /// Each number no greater than that of another one.
    fn at_most(&mut self, other: &Self) {
        self.constant = self.constant.min(other.constant);
        self.height = self.height.min(other.height);
        self.parameters.retain(|position, own| {
            *own = other.parameters.get(position).map_or(0, |it| *it.min(own));
            *own > 0
        });
    }

    /// No greater than it has to be, so that counting what has no finite value ends: within as many rounds as there may be levels.
    fn bounded(mut self) -> Self {
        if self.height > MAX_HEIGHT {
            self.constant = u32::MAX;
            self.parameters.values_mut().for_each(|it| *it = u32::MAX);
        }
        self.constant = self.constant.min(MAX_CONTAINED + 1);
        self.parameters.values_mut().for_each(|it| *it = (*it).min(MAX_CONTAINED + 1));
        self.height = self.height.min(MAX_HEIGHT + 1);
        self
    }
}

struct Counts {
    types: Vec<Count>,
    constructors: Vec<Count>,
}

impl Counts {
    /// Starts with nothing and repeats until nothing changes.
    fn new(schema: &Schema) -> Self {
        let mut counts = Self {
            types: vec![Count::default(); schema.types.len()],
            constructors: vec![Count::default(); schema.constructors.len()],
        };
        Order::new(schema).settle_within(2 * MAX_HEIGHT as usize, |node| {
            let (count, place) = match node {
                Node::Type(id) => (counts.of_type(schema, id), &mut counts.types[id.index()]),
                Node::Constructor(id) => {
                    (counts.of_combinator(&schema[id].combinator), &mut counts.constructors[id.index()])
                }
            };
            let has_changed = *place != count;
            *place = count;
            has_changed
        });
        counts
    }

    /// Returns whether a type that contains too many by itself is part of a type.
    fn mentions_too_much(&self, ty: &ValueType) -> bool {
        let mut found = false;
        ty.walk(&mut |ty| {
            found |= match ty {
                ValueType::Boxed(id, _) => self.types[id.index()].is_too_much(),
                ValueType::Bare(id, _) => self.constructors[id.index()].is_too_much(),
                _ => false,
            }
        });
        found
    }

    /// Those of the constructor with the fewest.
    fn of_type(&self, schema: &Schema, id: TypeId) -> Count {
        let count = |it: &ConstructorId| &self.constructors[it.index()];
        let mut constructors = schema[id].constructors.iter().map(count);
        let Some(mut least) = constructors.next().cloned() else { return Count::default() };
        constructors.for_each(|it| least.at_most(it));
        least
    }

    fn of_combinator(&self, combinator: &Combinator) -> Count {
        let mut sum = Count { constant: 1, ..Count::default() };
        for ty in required(combinator) {
            let inside = self.of_value(ty);
            sum.add(&inside);
            sum.height = sum.height.max(inside.height.saturating_add(1));
        }
        sum.bounded()
    }

    fn of_value(&self, ty: &ValueType) -> Count {
        match ty {
            ValueType::Boxed(id, arguments) => self.applied(&self.types[id.index()], arguments),
            ValueType::Bare(id, arguments) => self.applied(&self.constructors[id.index()], arguments),
            ValueType::Parameter(position) => {
                Count { parameters: BTreeMap::from([(*position, 1)]), ..Count::default() }
            }
            _ => Count::default(),
        }
    }

    fn applied(&self, count: &Count, arguments: &[Argument]) -> Count {
        let mut sum = Count { constant: count.constant, parameters: BTreeMap::new(), height: count.height };
        for (&position, times) in &count.parameters {
            let Some(Argument::Type(ty)) = arguments.get(position) else { continue };
            let mut argument = self.of_value(ty);
            argument.constant = argument.constant.saturating_mul(*times);
            argument.parameters.values_mut().for_each(|it| *it = it.saturating_mul(*times));
            sum.add(&argument);
            sum.height = sum.height.max(argument.height.saturating_add(count.height));
        }
        sum.bounded()
    }
}
