//! With which constructor a value of a type ends soonest.
//!
//! A decoder that meets a fault goes on with an input that is empty and must still come to an end, so for every type it needs a
//! constructor all of whose parts end as well: the one of least height. Optional fields, vectors and tuples of a variable length
//! are empty then and count for nothing.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

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
    pub(super) fn new(schema: &Schema) -> Self {
        let ends_itself: Vec<bool> = schema.types.iter().map(|ty| ty.constructors.is_empty()).collect();
        let (closed, open) = closed_and_open(schema, &ends_itself);
        if open.constructors.iter().all(Option::is_some) {
            return Self::found(schema, &closed, open);
        }
        // A type whose every constructor needs one of its parameters may be asked for an end that it does not have. One of a single
        // constructor is no choice and has no room for another value: it ends where its parts do.
        let needs_more = |known: &Option<Known>| known.as_ref().is_none_or(|known| !known.required.is_empty());
        let known = schema.types.iter().zip(&open.types);
        let ends_itself: Vec<bool> = known.map(|(ty, known)| ty.constructors.len() != 1 && needs_more(known)).collect();
        let (closed, open) = closed_and_open(schema, &ends_itself);
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
fn closed_and_open<'s>(schema: &'s Schema, ends_itself: &[bool]) -> (Search<'s>, Search<'s>) {
    let closed = Search::new(schema, ends_itself, None);
    let known = closed.constructors.iter().flatten().map(|it| it.height);
    // If there is nothing that it could be, code generators offer an end of their own.
    let open = Search::new(schema, ends_itself, Some(known.max().unwrap_or(0).saturating_add(1)));
    (closed, open)
}

/// What is known of a type or a constructor.
#[derive(Clone, Debug, Default)]
struct Known {
    height: u32,
    /// Positions of the type parameters that it needs a value of.
    required: Vec<usize>,
    /// The constructor that a type ends with.
    constructor: Option<ConstructorId>,
}

/// The height of types and constructors that are defined elsewhere, more than others have: what somebody else wrote is taken to
/// end, but is the last resort, since it may hold anything.
const EXTERNAL: u32 = 1 << 16;

/// The search for least heights, from the lowest up. What has a height keeps it, so that whatever it was found by is lower, and
/// nothing ends by way of itself.
struct Search<'s> {
    schema: &'s Schema,
    /// The height of an `Object` or a call, if they count as ends.
    any: Option<u32>,
    types: Vec<Option<Known>>,
    constructors: Vec<Option<Known>>,
    /// Constructors whose fields are not all known to end.
    begun: Vec<Begun>,
    /// Constructors that wait for each type and for each constructor.
    waiting_for_types: Vec<Vec<ConstructorId>>,
    waiting_for_constructors: Vec<Vec<ConstructorId>>,
    /// Types that have a choice, with a constructor that needs a value of a parameter: taken if there is no better one.
    postponed: Vec<Reverse<Found>>,
    found: BinaryHeap<Reverse<Found>>,
}

/// A constructor whose fields up to one are known to end.
#[derive(Clone, Default)]
struct Begun {
    known: Known,
    next: usize,
}

/// A height that was found, of a constructor or of its type. Order of numbers, so that of equal heights the first constructor is
/// taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    height: u32,
    constructor: ConstructorId,
    is_type: bool,
}

/// What a height cannot be told without.
enum Missing {
    Type(TypeId),
    Constructor(ConstructorId),
    /// An `Object` or a call, where they do not count as ends.
    Anything,
}

impl<'s> Search<'s> {
    /// Finds the heights of everything that ends without a value of a type parameter where there is a choice, and only then of the
    /// rest.
    fn new(schema: &'s Schema, ends_itself: &[bool], any: Option<u32>) -> Self {
        let count = schema.constructors.len();
        let mut search = Self {
            schema,
            any,
            types: schema
                .types
                .iter()
                .zip(ends_itself)
                .map(|(ty, &ends_itself)| at_once(ty.external, ends_itself))
                .collect(),
            constructors: schema.constructors.iter().map(|it| at_once(it.external, false)).collect(),
            begun: vec![Begun::default(); count],
            waiting_for_types: vec![Vec::new(); schema.types.len()],
            waiting_for_constructors: vec![Vec::new(); count],
            postponed: Vec::new(),
            found: BinaryHeap::new(),
        };
        for id in schema.constructor_ids() {
            if schema[id].external {
                search.found.push(Reverse(Found { height: EXTERNAL, constructor: id, is_type: true }));
            } else {
                search.advance(id);
            }
        }
        search.settle(true);
        search.found.extend(std::mem::take(&mut search.postponed));
        search.settle(false);
        search
    }

    /// Gives heights to everything that ends by way of what has one.
    fn settle(&mut self, may_postpone: bool) {
        while let Some(Reverse(found)) = self.found.pop() {
            if found.is_type && may_postpone && self.is_second_choice(found.constructor) {
                self.postponed.push(Reverse(found));
                continue;
            }
            let waiting = if found.is_type { self.settle_type(found) } else { self.settle_constructor(found) };
            for id in waiting {
                self.advance(id);
            }
        }
    }

    /// Returns whether a constructor needs a value of a parameter while its type has others.
    fn is_second_choice(&self, id: ConstructorId) -> bool {
        let needs_more = self.constructors[id.index()].as_ref().is_some_and(|known| !known.required.is_empty());
        needs_more && self.schema[self.schema[id].result].constructors.len() > 1
    }

    /// Gives a type its height, unless it has a lower one. Returns what waited for it.
    fn settle_type(&mut self, Found { height, constructor, .. }: Found) -> Vec<ConstructorId> {
        let id = self.schema[constructor].result;
        if self.types[id.index()].is_some() {
            return Vec::new();
        }
        let required = self.constructors[constructor.index()].as_ref().map(|known| known.required.clone());
        let known = Known { height, required: required.unwrap_or_default(), constructor: Some(constructor) };
        self.types[id.index()] = Some(known);
        std::mem::take(&mut self.waiting_for_types[id.index()])
    }

    /// Gives a constructor its height. Returns what waited for it.
    fn settle_constructor(&mut self, Found { height, constructor, .. }: Found) -> Vec<ConstructorId> {
        let known = std::mem::take(&mut self.begun[constructor.index()].known);
        self.constructors[constructor.index()] = Some(known);
        self.found.push(Reverse(Found { height: height.saturating_add(1), constructor, is_type: true }));
        std::mem::take(&mut self.waiting_for_constructors[constructor.index()])
    }

    /// Looks at the fields of a constructor, from where it stopped.
    fn advance(&mut self, id: ConstructorId) {
        let mut begun = std::mem::take(&mut self.begun[id.index()]);
        match self.of_fields(&self.schema[id].combinator, &mut begun) {
            Ok(()) => {
                let height = begun.known.height;
                self.found.push(Reverse(Found { height, constructor: id, is_type: false }));
            }
            Err(Missing::Type(ty)) => self.waiting_for_types[ty.index()].push(id),
            Err(Missing::Constructor(constructor)) => self.waiting_for_constructors[constructor.index()].push(id),
            Err(Missing::Anything) => {}
        }
        self.begun[id.index()] = begun;
    }

    fn of_combinator(&self, combinator: &Combinator) -> Option<Known> {
        let mut begun = Begun::default();
        self.of_fields(combinator, &mut begun).ok()?;
        Some(begun.known)
    }

    fn of_fields(&self, combinator: &Combinator, begun: &mut Begun) -> Result<(), Missing> {
        for field in &combinator.fields[begun.next..] {
            if field.condition.is_none() {
                let known = self.of_value(&field.ty)?;
                begun.known.height = begun.known.height.max(known.height.saturating_add(1));
                begun.known.required.extend(known.required);
            }
            begun.next += 1;
        }
        begun.known.required.sort_unstable();
        begun.known.required.dedup();
        Ok(())
    }

    fn of_value(&self, ty: &ValueType) -> Result<Known, Missing> {
        match ty {
            ValueType::Builtin(_) | ValueType::BoxedBuiltin(..) | ValueType::Vector { .. } => Ok(Known::default()),
            ValueType::Tuple { element, count: Nat::Constant(1..) | Nat::Variable(_, 1..), .. } => {
                self.of_value(element)
            }
            ValueType::Tuple { .. } => Ok(Known::default()),
            ValueType::Boxed(id, arguments) => {
                self.applied(self.types[id.index()].as_ref().ok_or(Missing::Type(*id))?, arguments)
            }
            ValueType::Bare(id, arguments) => {
                self.applied(self.constructors[id.index()].as_ref().ok_or(Missing::Constructor(*id))?, arguments)
            }
            ValueType::Parameter(position) => Ok(Known { required: vec![*position], ..Known::default() }),
            ValueType::Call(_) | ValueType::Output(_) | ValueType::Object | ValueType::Function => {
                Ok(Known { height: self.any.ok_or(Missing::Anything)?, ..Known::default() })
            }
        }
    }

    /// What is known of a type whose parameters stand for `arguments`.
    fn applied(&self, known: &Known, arguments: &[Argument]) -> Result<Known, Missing> {
        let mut all = Known { height: known.height, ..Known::default() };
        for &position in &known.required {
            if let Some(Argument::Type(ty)) = arguments.get(position) {
                let argument = self.of_value(ty)?;
                all.height = all.height.max(argument.height.saturating_add(1));
                all.required.extend(argument.required);
            }
        }
        Ok(all)
    }
}

/// What is known of a type or a constructor from the start.
fn at_once(is_external: bool, ends_itself: bool) -> Option<Known> {
    let height = if is_external { Some(EXTERNAL) } else { ends_itself.then_some(0) };
    height.map(|height| Known { height, ..Known::default() })
}
