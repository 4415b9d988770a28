//! What the variables of a combinator stand for where its fields are read or written.
//!
//! A type without variables is *closed*: its natural numbers are constants, and it speaks of no parameter.

use typelang_ir::{Argument, Combinator, Condition, Nat, NatVariable, ParameterKind, Schema, TypeId, ValueType};

/// The arguments of a combinator, all of them closed, and the numbers in its `#` fields.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    arguments: &'a [Argument],
    numbers: Vec<u32>,
}

impl<'a> Scope<'a> {
    /// A scope in which no `#` field has been there yet. Such a number counts as 0.
    #[must_use]
    pub fn new(combinator: &Combinator, arguments: &'a [Argument]) -> Self {
        Self { arguments, numbers: vec![0; combinator.fields.len()] }
    }

    /// Notes the number in the `#` field at a position.
    pub fn set(&mut self, field: usize, number: u32) {
        self.numbers[field] = number;
    }

    /// Whether a field under this condition is there.
    #[must_use]
    pub fn holds(&self, condition: Condition) -> bool {
        let number = self.variable(condition.variable);
        condition.bit.map_or(number != 0, |bit| number >> bit & 1 == 1)
    }

    /// The type with everything put in place that its variables stand for.
    ///
    /// # Panics
    ///
    /// An argument is missing or of the wrong kind.
    #[must_use]
    pub fn close(&self, ty: &ValueType) -> ValueType {
        match ty {
            ValueType::Vector { boxed, element } => {
                ValueType::Vector { boxed: *boxed, element: Box::new(self.close(element)) }
            }
            ValueType::Tuple { id, element, count } => {
                ValueType::Tuple { id: *id, element: Box::new(self.close(element)), count: self.close_nat(*count) }
            }
            ValueType::Boxed(id, arguments) => ValueType::Boxed(*id, self.close_arguments(arguments)),
            ValueType::Bare(id, arguments) => ValueType::Bare(*id, self.close_arguments(arguments)),
            ValueType::Parameter(position) => match &self.arguments[*position] {
                Argument::Type(ty) => ty.clone(),
                Argument::Nat(_) => panic!("a number where a type belongs"),
            },
            _ => ty.clone(),
        }
    }

    fn close_arguments(&self, arguments: &[Argument]) -> Vec<Argument> {
        let closed = arguments.iter().map(|argument| match argument {
            Argument::Type(ty) => Argument::Type(self.close(ty)),
            Argument::Nat(nat) => Argument::Nat(self.close_nat(*nat)),
        });
        closed.collect()
    }

    fn close_nat(&self, nat: Nat) -> Nat {
        match nat {
            Nat::Constant(number) => Nat::Constant(number),
            Nat::Variable(variable, plus) => Nat::Constant(self.variable(variable).saturating_add(plus)),
        }
    }

    fn variable(&self, variable: NatVariable) -> u32 {
        match variable {
            NatVariable::Field(position) => self.numbers[position],
            NatVariable::Parameter(position) => match &self.arguments[position] {
                Argument::Nat(nat) => constant(*nat),
                Argument::Type(_) => panic!("a type where a number belongs"),
            },
        }
    }
}

/// The value of a closed number.
///
/// # Panics
///
/// The number is not closed.
#[must_use]
pub fn constant(nat: Nat) -> u32 {
    match nat {
        Nat::Constant(number) => number,
        Nat::Variable(..) => panic!("a variable in a closed type"),
    }
}

/// Arguments for parameters that make no difference.
#[must_use]
pub fn any_arguments(schema: &Schema, ty: TypeId) -> Vec<Argument> {
    let parameters = schema[ty].parameters.iter();
    let arguments = parameters.map(|parameter| match parameter.kind {
        ParameterKind::Type => Argument::Type(ValueType::Builtin(typelang_ir::Builtin::Int)),
        ParameterKind::Nat => Argument::Nat(Nat::Constant(0)),
    });
    arguments.collect()
}
