//! The variables that a type expression can speak of.

use tl_parser::ast::{ExpressionKind, OptionalArgument};

use crate::schema::{Argument, Builtin, Field, Nat, NatVariable, Parameter, ParameterKind, ValueType};

/// Parameters of a combinator, and its fields as far as they are resolved.
#[derive(Default)]
pub(super) struct Frame {
    pub(super) parameters: Vec<Parameter>,
    pub(super) fields: Vec<Field>,
    /// Whether type parameters are those of a function: they stand for what a call gives.
    pub(super) of_function: bool,
    /// Whether the combinator has a fault that kept fields from being read.
    pub(super) incomplete: bool,
    /// The parameter that counts repetitions that say nothing themselves, if no `#` stands before them.
    pub(super) default_count: Option<usize>,
}

impl Frame {
    /// The variable of a name that holds a natural number.
    pub(super) fn nat(&self, name: &str) -> Option<NatVariable> {
        let field = self.fields.iter().position(|field| field.name == name && is_nat(field));
        field.map(NatVariable::Field).or_else(|| self.parameter(name, ParameterKind::Nat).map(NatVariable::Parameter))
    }

    /// The parameter of a name and kind.
    pub(super) fn parameter(&self, name: &str, kind: ParameterKind) -> Option<usize> {
        self.parameters.iter().position(|parameter| parameter.name == name && parameter.kind == kind)
    }

    /// The number that counts a repetition that says nothing itself: the nearest `#` before it, else the last `#` parameter.
    pub(super) fn implied_count(&self) -> Option<NatVariable> {
        let field = self.fields.iter().rposition(is_nat).map(NatVariable::Field);
        field.or(self.default_count.map(NatVariable::Parameter))
    }

    /// Names of all natural numbers.
    pub(super) fn nat_names(&self) -> Vec<String> {
        let fields = self.fields.iter().filter(|field| is_nat(field)).map(|field| field.name.clone());
        let parameters = self.parameters.iter().filter(|it| it.kind == ParameterKind::Nat).map(|it| it.name.clone());
        fields.chain(parameters).collect()
    }

    /// A frame for the fields of a repetition: all variables of this one are its parameters. Also the arguments for them.
    pub(super) fn inner(&self) -> (Self, Vec<Argument>) {
        let mut parameters = Vec::new();
        let mut arguments = Vec::new();
        for (index, parameter) in self.parameters.iter().enumerate() {
            parameters.push(parameter.clone());
            arguments.push(match parameter.kind {
                ParameterKind::Type => Argument::Type(ValueType::Parameter(index)),
                ParameterKind::Nat => Argument::Nat(Nat::Variable(NatVariable::Parameter(index), 0)),
            });
        }
        for (index, field) in self.fields.iter().enumerate().filter(|(_, field)| is_nat(field)) {
            parameters.push(Parameter { name: field.name.clone(), kind: ParameterKind::Nat });
            arguments.push(Argument::Nat(Nat::Variable(NatVariable::Field(index), 0)));
        }
        // The nearest variable of a name is meant, so it must be found first.
        parameters.reverse();
        arguments.reverse();
        let inner = Self { parameters, of_function: self.of_function, incomplete: self.incomplete, ..Self::default() };
        (inner, arguments)
    }
}

fn is_nat(field: &Field) -> bool {
    field.ty == ValueType::Builtin(Builtin::Nat)
}

/// The kind of an optional argument, if it is one.
pub(super) fn kind_of(argument: &OptionalArgument) -> Option<ParameterKind> {
    match &argument.kind.kind {
        ExpressionKind::Nat => Some(ParameterKind::Nat),
        ExpressionKind::Name(name) if name.to_string() == "Type" => Some(ParameterKind::Type),
        _ => None,
    }
}
