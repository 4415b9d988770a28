//! What becomes of each natural number: whether it counts something, and which of its bits are tested, here or in the
//! types that it is handed to.

use typelang_ir::{Argument, Combinator, Nat, NatVariable, Schema, TypeId, ValueType};

/// What a natural number is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Use {
    /// It says how many values there are, or whether there are any, so it should be small.
    pub(super) counts: bool,
    /// The bits that decide what is there.
    pub(super) tested: u32,
}

impl Use {
    fn and(self, other: Self) -> Self {
        Self { counts: self.counts || other.counts, tested: self.tested | other.tested }
    }
}

/// The uses of every number of a schema.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    /// By type and position of the parameter.
    types: Vec<Vec<Use>>,
}

impl Numbers {
    /// Starts with no uses and repeats until nothing changes.
    pub(super) fn new(schema: &Schema) -> Self {
        let mut numbers =
            Self { types: schema.types.iter().map(|ty| vec![Use::default(); ty.parameters.len()]).collect() };
        let mut changed = true;
        while changed {
            changed = false;
            for constructor in &schema.constructors {
                let mut uses = numbers.types[constructor.result.index()].clone();
                numbers.for_each_use(schema, &constructor.combinator, None, &mut |variable, found| {
                    if let NatVariable::Parameter(position) = variable {
                        uses[position] = uses[position].and(found);
                    }
                });
                let known = &mut numbers.types[constructor.result.index()];
                changed |= *known != uses;
                *known = uses;
            }
        }
        numbers
    }

    /// The uses of the `#` fields of a combinator, by position. The result of a function counts, too.
    pub(super) fn of_fields(&self, schema: &Schema, combinator: &Combinator, result: Option<&ValueType>) -> Vec<Use> {
        let mut uses = vec![Use::default(); combinator.fields.len()];
        self.for_each_use(schema, combinator, result, &mut |variable, found| {
            if let NatVariable::Field(position) = variable {
                uses[position] = uses[position].and(found);
            }
        });
        uses
    }

    fn for_each_use(
        &self,
        schema: &Schema,
        combinator: &Combinator,
        result: Option<&ValueType>,
        visit: &mut impl FnMut(NatVariable, Use),
    ) {
        for condition in combinator.fields.iter().filter_map(|field| field.condition) {
            let tested = condition.bit.map_or(0, |bit| 1 << bit);
            visit(condition.variable, Use { counts: condition.bit.is_none(), tested });
        }
        for ty in combinator.fields.iter().map(|field| &field.ty).chain(result) {
            ty.walk(&mut |ty| match ty {
                ValueType::Tuple { count: Nat::Variable(variable, _), .. } => {
                    visit(*variable, Use { counts: true, tested: 0 });
                }
                ValueType::Boxed(id, arguments) => self.for_each_argument(*id, arguments, visit),
                ValueType::Bare(id, arguments) => self.for_each_argument(schema[*id].result, arguments, visit),
                _ => {}
            });
        }
    }

    fn for_each_argument(&self, ty: TypeId, arguments: &[Argument], visit: &mut impl FnMut(NatVariable, Use)) {
        for (argument, found) in arguments.iter().zip(&self.types[ty.index()]) {
            match argument {
                Argument::Nat(Nat::Variable(variable, 0)) => visit(*variable, *found),
                // A sum is no mask.
                Argument::Nat(Nat::Variable(variable, _)) => visit(*variable, Use { counts: true, tested: 0 }),
                Argument::Nat(Nat::Constant(_)) | Argument::Type(_) => {}
            }
        }
    }
}
