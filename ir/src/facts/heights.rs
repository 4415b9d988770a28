//! With which constructor a value of a type ends soonest.
//!
//! A decoder that meets a fault goes on with an input that is empty and must still come to an end, so for every type it needs a
//! constructor all of whose parts end as well: the one of least height. Optional fields, vectors and tuples of a variable length
//! are empty then and count for nothing.

use super::settle::Order;
use crate::graph::Node;
use crate::schema::{Argument, Combinator, ConstructorId, Nat, Schema, TypeId, ValueType};

/// The heights of all types and constructors.
pub(super) struct Heights {
    /// The constructor to end with; `None` for a type that can offer none.
    pub(super) simplest: Vec<Option<ConstructorId>>,
    /// For each constructor its height, if it has one that contains neither an `Object` nor a call.
    pub(super) constructors: Vec<Option<u32>>,
    /// The same for functions.
    pub(super) functions: Vec<Option<u32>>,
}

impl Heights {
    pub(super) fn new(schema: &Schema, order: &Order) -> Self {
        let ends_itself: Vec<bool> = schema.types.iter().map(|ty| ty.constructors.is_empty()).collect();
        let (closed, open) = closed_and_open(schema, order, &ends_itself);
        if open.constructors.iter().all(Option::is_some) {
            return Self::found(schema, &closed, open);
        }
        // A type whose every constructor needs one of its parameters may be asked for an end that it does not have. One of a single
        // constructor is no choice and has no room for another value: it ends where its parts do.
        let needs_more = |known: &Option<Known>| known.as_ref().is_none_or(|known| !known.required.is_empty());
        let known = schema.types.iter().zip(&open.types);
        let ends_itself: Vec<bool> = known.map(|(ty, known)| ty.constructors.len() != 1 && needs_more(known)).collect();
        let (closed, open) = closed_and_open(schema, order, &ends_itself);
        Self::found(schema, &closed, open)
    }

    fn found(schema: &Schema, closed: &Search<'_>, open: Search<'_>) -> Self {
        Self {
            simplest: open.types.into_iter().map(|it| it?.constructor).collect(),
            constructors: closed.constructors.iter().map(|it| Some(it.as_ref()?.height)).collect(),
            functions: schema.functions.iter().map(|it| Some(closed.of_combinator(&it.combinator)?.height)).collect(),
        }
    }
}

/// Heights without any `Object` or call, and then those with them: an `Object` can be the simplest of the former.
fn closed_and_open<'s>(schema: &'s Schema, order: &Order, ends_itself: &'s [bool]) -> (Search<'s>, Search<'s>) {
    let closed = Search::new(schema, order, ends_itself, None);
    let known = closed.constructors.iter().flatten().map(|it| it.height);
    // If there is nothing that it could be, code generators offer an end of their own.
    let open = Search::new(schema, order, ends_itself, Some(known.max().unwrap_or(0).saturating_add(1)));
    (closed, open)
}

/// What is known of a type or a constructor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Known {
    height: u32,
    /// Positions of the type parameters that it needs a value of.
    required: Vec<usize>,
    /// The constructor that a type ends with.
    constructor: Option<ConstructorId>,
}

impl Known {
    /// What somebody else wrote is taken to end, but is the last resort: it may hold anything.
    fn external() -> Self {
        Self { height: EXTERNAL, ..Self::default() }
    }
}

/// The height of types and constructors that are defined elsewhere, more than others have.
const EXTERNAL: u32 = 1 << 16;

struct Search<'s> {
    schema: &'s Schema,
    ends_itself: &'s [bool],
    /// The height of an `Object` or a call, if they count as ends.
    any: Option<u32>,
    types: Vec<Option<Known>>,
    constructors: Vec<Option<Known>>,
}

impl<'s> Search<'s> {
    /// Starts with nothing known and repeats until nothing changes. A type changes its mind once at most, when a constructor
    /// becomes known that needs no parameter, so that the number of rounds is bounded.
    fn new(schema: &'s Schema, order: &Order, ends_itself: &'s [bool], any: Option<u32>) -> Self {
        let mut search = Self {
            schema,
            ends_itself,
            any,
            types: vec![None; schema.types.len()],
            constructors: vec![None; schema.constructors.len()],
        };
        order.settle(|node| {
            let (known, place) = match node {
                Node::Type(id) => (search.of_type(id), &mut search.types[id.index()]),
                Node::Constructor(id) => (search.of_constructor(id), &mut search.constructors[id.index()]),
            };
            let changed = *place != known;
            *place = known;
            changed
        });
        search
    }

    fn of_type(&self, id: TypeId) -> Option<Known> {
        if self.schema[id].external {
            return Some(Known::external());
        }
        if self.ends_itself[id.index()] {
            return Some(Known::default());
        }
        let known = self.schema[id].constructors.iter().filter_map(|&id| {
            let known = self.constructors[id.index()].as_ref()?;
            Some(Known { height: known.height.saturating_add(1), constructor: Some(id), ..known.clone() })
        });
        known.min_by_key(|known| (!known.required.is_empty(), known.height))
    }

    fn of_constructor(&self, id: ConstructorId) -> Option<Known> {
        let constructor = &self.schema[id];
        if constructor.external { Some(Known::external()) } else { self.of_combinator(&constructor.combinator) }
    }

    fn of_combinator(&self, combinator: &Combinator) -> Option<Known> {
        let mut all = Known::default();
        for field in combinator.fields.iter().filter(|field| field.condition.is_none()) {
            let known = self.of_value(&field.ty)?;
            all.height = all.height.max(known.height.saturating_add(1));
            all.required.extend(known.required);
        }
        all.required.sort_unstable();
        all.required.dedup();
        Some(all)
    }

    fn of_value(&self, ty: &ValueType) -> Option<Known> {
        match ty {
            ValueType::Builtin(_) | ValueType::BoxedBuiltin(..) | ValueType::Vector { .. } => Some(Known::default()),
            ValueType::Tuple { element, count: Nat::Constant(1..) | Nat::Variable(_, 1..), .. } => {
                self.of_value(element)
            }
            ValueType::Tuple { .. } => Some(Known::default()),
            ValueType::Boxed(id, arguments) => self.applied(self.types[id.index()].as_ref()?, arguments),
            ValueType::Bare(id, arguments) => self.applied(self.constructors[id.index()].as_ref()?, arguments),
            ValueType::Parameter(position) => Some(Known { required: vec![*position], ..Known::default() }),
            ValueType::Call(_) | ValueType::Output(_) | ValueType::Object | ValueType::Function => {
                Some(Known { height: self.any?, ..Known::default() })
            }
        }
    }

    /// What is known of a type whose parameters stand for `arguments`.
    fn applied(&self, known: &Known, arguments: &[Argument]) -> Option<Known> {
        let mut all = Known { height: known.height, ..Known::default() };
        for &position in &known.required {
            if let Some(Argument::Type(ty)) = arguments.get(position) {
                let argument = self.of_value(ty)?;
                all.height = all.height.max(argument.height.saturating_add(1));
                all.required.extend(argument.required);
            }
        }
        Some(all)
    }
}
