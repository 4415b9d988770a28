//! For each type the constructor that ends soonest, so that values of recursive types end at all.

use std::collections::BTreeSet;

use typelang_ir::{Argument, Combinator, ConstructorId, ConstructorKind, Nat, Schema, TypeId, ValueType};

/// The constructors that end soonest.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    types: Vec<Option<Lowest>>,
    constructors: Vec<bool>,
}

/// The constructor of a type that needs the fewest values inside of one another.
#[derive(Clone, Debug)]
struct Lowest {
    constructor: ConstructorId,
    /// Positions of the arguments of which it holds a value.
    needs: BTreeSet<usize>,
}

impl Ground {
    /// Starts with nothing known. Each round finds the types that need nothing but what the rounds before have found.
    pub(super) fn new(schema: &Schema) -> Self {
        let mut ground =
            Self { types: vec![None; schema.types.len()], constructors: vec![false; schema.constructors.len()] };
        loop {
            let open = schema.type_ids().filter(|id| ground.types[id.index()].is_none());
            let found: Vec<(TypeId, Lowest)> =
                open.filter_map(|id| Some((id, ground.lowest_of(schema, id)?))).collect();
            if found.is_empty() {
                break;
            }
            for (id, lowest) in found {
                ground.types[id.index()] = Some(lowest);
            }
        }
        ground.constructors =
            schema.constructor_ids().map(|id| ground.needs_of_constructor(schema, id).is_some()).collect();
        ground
    }

    /// The constructor of a type that ends soonest; nothing if the type has no finite value.
    pub(super) fn lowest(&self, ty: TypeId) -> Option<ConstructorId> {
        self.types[ty.index()].as_ref().map(|lowest| lowest.constructor)
    }

    /// Returns whether a constructor has a finite value.
    pub(super) fn is_finite(&self, id: ConstructorId) -> bool {
        self.constructors[id.index()]
    }

    fn lowest_of(&self, schema: &Schema, ty: TypeId) -> Option<Lowest> {
        let constructors = schema[ty].constructors.iter();
        let finite = constructors.filter_map(|&constructor| {
            let needs = self.needs_of_constructor(schema, constructor)?;
            Some(Lowest { constructor, needs })
        });
        finite.min_by_key(|it| (it.needs.len(), schema[it.constructor].combinator.fields.len()))
    }

    /// The same for a constructor: one that is declared as built in has no fields that anybody could write.
    fn needs_of_constructor(&self, schema: &Schema, id: ConstructorId) -> Option<BTreeSet<usize>> {
        let constructor = &schema[id];
        if constructor.kind == ConstructorKind::Opaque {
            None
        } else {
            self.needs_of_fields(schema, &constructor.combinator)
        }
    }

    /// The arguments of which values are held; nothing if a field's type has no finite value as far as is known.
    pub(super) fn needs_of_fields(&self, schema: &Schema, combinator: &Combinator) -> Option<BTreeSet<usize>> {
        let required = combinator.fields.iter().filter(|field| field.condition.is_none());
        let needs = required.map(|field| self.needs_of(schema, &field.ty)).collect::<Option<Vec<_>>>()?;
        Some(needs.into_iter().flatten().collect())
    }

    fn needs_of(&self, schema: &Schema, ty: &ValueType) -> Option<BTreeSet<usize>> {
        match ty {
            ValueType::Boxed(id, arguments) => self.needs_of_applied(schema, *id, arguments),
            ValueType::Bare(id, arguments) => self.needs_of_applied(schema, schema[*id].result, arguments),
            ValueType::Parameter(position) => Some(BTreeSet::from([*position])),
            ValueType::Tuple { element, count: Nat::Constant(1..) | Nat::Variable(_, 1..), .. } => {
                self.needs_of(schema, element)
            }
            _ => Some(BTreeSet::new()),
        }
    }

    fn needs_of_applied(&self, schema: &Schema, ty: TypeId, arguments: &[Argument]) -> Option<BTreeSet<usize>> {
        let lowest = self.types[ty.index()].as_ref()?;
        let held = lowest.needs.iter().filter_map(|&position| match &arguments[position] {
            Argument::Type(ty) => Some(self.needs_of(schema, ty)),
            Argument::Nat(_) => None,
        });
        Some(held.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
    }
}
