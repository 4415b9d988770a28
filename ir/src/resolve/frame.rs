//! The variables that a type expression can speak of.

use std::collections::BTreeSet;

use typelang_parser::ShortString;
use typelang_parser::ast::{Expression, ExpressionKind, Field as WrittenField, FieldKind, OptionalArgument};

use crate::Builtin;
use crate::schema::{Argument, Field, Nat, NatVariable, Parameter, ParameterKind, ValueType};

/// Parameters of a combinator, and its fields as far as they are resolved.
#[derive(Default)]
pub(super) struct Frame {
    pub(super) parameters: Vec<Parameter>,
    /// How many of them a value depends on. Those after are the results of calls in constructors, and make no difference.
    pub(super) of_value: usize,
    pub(super) fields: Vec<Field>,
    /// Whether type parameters are those of a function: they stand for what a call gives.
    pub(super) of_function: bool,
    /// Whether the combinator has a fault that kept fields from being read.
    pub(super) incomplete: bool,
    /// Whether the fields are those of a repetition.
    pub(super) is_repeated: bool,
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
    pub(super) fn nat_names(&self) -> Vec<ShortString> {
        let fields = self.fields.iter().filter(|field| is_nat(field)).map(|field| field.name.clone());
        let parameters = self.parameters.iter().filter(|it| it.kind == ParameterKind::Nat).map(|it| it.name.clone());
        fields.chain(parameters).collect()
    }

    /// A frame for the fields of a repetition: the variables of this one that they mention are its parameters. Also the
    /// arguments for them.
    pub(super) fn inner(&self, repeated: &[WrittenField]) -> (Self, Vec<Argument>) {
        let mentioned = mentioned_in_fields(repeated, |_| true);
        let is_mentioned = |name: &str| mentioned.contains(name);
        let mut variables = Vec::new();
        for (index, parameter) in self.parameters.iter().enumerate().filter(|(_, it)| is_mentioned(&it.name)) {
            let argument = match parameter.kind {
                ParameterKind::Type => Argument::Type(ValueType::Parameter(index)),
                ParameterKind::Nat => Argument::Nat(Nat::Variable(NatVariable::Parameter(index), 0)),
            };
            variables.push((parameter.clone(), argument, index < self.of_value));
        }
        let numbers = self.fields.iter().enumerate().filter(|(_, field)| is_nat(field) && is_mentioned(&field.name));
        for (index, field) in numbers {
            let parameter = Parameter { name: field.name.clone(), kind: ParameterKind::Nat };
            variables.push((parameter, Argument::Nat(Nat::Variable(NatVariable::Field(index), 0)), true));
        }
        // The nearest variable of a name is meant, so it must be found first.
        variables.reverse();
        variables.sort_by_key(|(.., of_value)| !of_value);
        let of_value = variables.iter().filter(|(.., of_value)| *of_value).count();
        let (parameters, arguments) =
            variables.into_iter().map(|(parameter, argument, _)| (parameter, argument)).unzip();
        let (of_function, incomplete) = (self.of_function, self.incomplete);
        let inner = Self { parameters, of_value, of_function, incomplete, is_repeated: true, ..Self::default() };
        (inner, arguments)
    }
}

/// The names that fields refer to. The types of those that are not wanted do not count.
pub(super) fn mentioned_in_fields(
    fields: &[WrittenField],
    is_wanted: impl Fn(&WrittenField) -> bool + Copy,
) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    fields.iter().for_each(|field| mentioned_in_field(field, is_wanted, &mut found));
    found
}

fn mentioned_in_field<'a>(
    field: &'a WrittenField,
    is_wanted: impl Fn(&WrittenField) -> bool + Copy,
    found: &mut BTreeSet<&'a str>,
) {
    found.extend(field.condition.iter().map(|condition| condition.field.text.as_str()));
    match &field.kind {
        FieldKind::Type(expression) if is_wanted(field) => mentioned_in(expression, found),
        FieldKind::Type(_) => {}
        FieldKind::Repetition(repetition) => {
            repetition.multiplicity.iter().for_each(|it| mentioned_in(it, found));
            repetition.fields.iter().for_each(|field| mentioned_in_field(field, is_wanted, found));
        }
    }
}

fn mentioned_in<'a>(expression: &'a Expression, found: &mut BTreeSet<&'a str>) {
    match &expression.kind {
        ExpressionKind::Name(name) => _ = found.insert(&name.name),
        ExpressionKind::Bare(inner) => mentioned_in(inner, found),
        ExpressionKind::Sum(terms) => terms.iter().for_each(|term| mentioned_in(term, found)),
        ExpressionKind::Application { function, arguments, .. } => {
            mentioned_in(function, found);
            arguments.iter().for_each(|argument| mentioned_in(argument, found));
        }
        ExpressionKind::Nat | ExpressionKind::Number(_) => {}
    }
}

fn is_nat(field: &Field) -> bool {
    field.ty == ValueType::Builtin(Builtin::Nat)
}

/// The kind of an optional argument. The parser has reported any other than `Type` and `#`; they are taken for what they
/// look like.
pub(super) fn kind_of(argument: &OptionalArgument) -> ParameterKind {
    match &argument.kind.kind {
        ExpressionKind::Name(name) if name.is_upper() => ParameterKind::Type,
        _ => ParameterKind::Nat,
    }
}
