//! The variables that a type expression can speak of.

use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ShortString;
use typelang_parser::ast::{Expression, ExpressionKind, Field as WrittenField, FieldKind, OptionalArgument};

use crate::Builtin;
use crate::schema::{Argument, Field, Nat, NatVariable, Parameter, ParameterKind, ValueType};

/// Parameters of a combinator, and its fields as far as they are resolved.
#[derive(Default)]
pub(super) struct Frame {
    parameters: Vec<Parameter>,
    /// How many of them a value depends on. Those after are the results of calls in constructors, and make no difference.
    pub(super) of_value: usize,
    fields: Vec<Field>,
    /// Whether type parameters are those of a function: they stand for what a call gives.
    pub(super) of_function: bool,
    /// Whether the result is resolved, all fields being done.
    pub(super) of_result: bool,
    /// Whether the combinator has a fault that kept fields from being read.
    pub(super) incomplete: bool,
    /// Whether the fields are those of a repetition.
    pub(super) is_repeated: bool,
    /// The parameter that counts repetitions that say nothing themselves, if no `#` stands before them.
    pub(super) default_count: Option<usize>,
    index: Index,
}

/// Where names are, for those beyond the first [`SCANNED`] ones. Nearly no combinator has any.
#[derive(Default)]
struct Index {
    parameters: BTreeMap<ShortString, Vec<usize>>,
    /// The first field of a name.
    fields: BTreeMap<ShortString, usize>,
    /// The first `#` field of a name.
    nats: BTreeMap<ShortString, usize>,
    last_nat: Option<usize>,
    /// Type parameters that a field is the call of.
    calls: BTreeSet<usize>,
}

/// So many fields and parameters are looked through one by one, which is faster while there are few.
const SCANNED: usize = 24;

impl Frame {
    /// A frame without fields. A value depends on the first parameters, `of_value` of them.
    pub(super) fn new(parameters: Vec<Parameter>, of_value: usize) -> Self {
        let mut index = Index::default();
        for (position, parameter) in parameters.iter().enumerate().skip(SCANNED) {
            index.parameters.entry(parameter.name.clone()).or_default().push(position);
        }
        Self { parameters, of_value, index, ..Self::default() }
    }

    pub(super) fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The parameters that a value depends on.
    pub(super) fn parameters_of_value(&self) -> &[Parameter] {
        self.parameters.get(..self.of_value).unwrap_or_default()
    }

    pub(super) fn fields(&self) -> &[Field] {
        &self.fields
    }

    pub(super) fn fields_mut(&mut self) -> &mut [Field] {
        &mut self.fields
    }

    pub(super) fn into_fields(self) -> Vec<Field> {
        self.fields
    }

    /// Adds a field that is resolved.
    pub(super) fn push(&mut self, field: Field) {
        let position = self.fields.len();
        if is_nat(&field) {
            self.index.last_nat = Some(position);
        }
        if let ValueType::Call(parameter) = field.ty {
            self.index.calls.insert(parameter);
        }
        if position >= SCANNED {
            self.index.fields.entry(field.name.clone()).or_insert(position);
            if is_nat(&field) {
                self.index.nats.entry(field.name.clone()).or_insert(position);
            }
        }
        self.fields.push(field);
    }

    /// The variable of a name that holds a natural number.
    pub(super) fn nat(&self, name: &str) -> Option<NatVariable> {
        let scanned = self.fields.iter().take(SCANNED).position(|field| field.name == name && is_nat(field));
        let field = scanned.or_else(|| self.index.nats.get(name).copied());
        field.map(NatVariable::Field).or_else(|| self.parameter(name, ParameterKind::Nat).map(NatVariable::Parameter))
    }

    /// The field of a name.
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        let scanned = self.fields.iter().take(SCANNED).find(|field| field.name == name);
        scanned.or_else(|| self.fields.get(*self.index.fields.get(name)?))
    }

    /// The parameter of a name and kind.
    pub(super) fn parameter(&self, name: &str, kind: ParameterKind) -> Option<usize> {
        self.parameters_of(name).find(|&position| self.parameters[position].kind == kind)
    }

    /// Returns whether there is a parameter of a name, whatever its kind.
    pub(super) fn has_parameter(&self, name: &str) -> bool {
        self.first_parameter(name).is_some()
    }

    /// The first parameter of a name, whatever its kind.
    pub(super) fn first_parameter(&self, name: &str) -> Option<usize> {
        self.parameters_of(name).next()
    }

    /// The parameters of a name, by position.
    fn parameters_of(&self, name: &str) -> impl Iterator<Item = usize> {
        let scanned = self.parameters.iter().take(SCANNED).enumerate();
        let scanned = scanned.filter(move |(_, parameter)| parameter.name == name).map(|(position, _)| position);
        let indexed = self.index.parameters.get(name).into_iter().flatten();
        scanned.chain(indexed.copied())
    }

    /// Returns whether a field is the call that gives a type parameter.
    pub(super) fn is_called(&self, parameter: usize) -> bool {
        self.index.calls.contains(&parameter)
    }

    /// Returns whether a field is a call.
    pub(super) fn has_call(&self) -> bool {
        !self.index.calls.is_empty()
    }

    /// The number that counts a repetition that says nothing itself: the nearest `#` before it, else the last `#` parameter.
    pub(super) fn implied_count(&self) -> Option<NatVariable> {
        let field = self.index.last_nat.map(NatVariable::Field);
        field.or(self.default_count.map(NatVariable::Parameter))
    }

    /// Names of all natural numbers.
    pub(super) fn nat_names(&self) -> impl Iterator<Item = &ShortString> {
        let fields = self.fields.iter().filter(|field| is_nat(field)).map(|field| &field.name);
        let parameters = self.parameters.iter().filter(|it| it.kind == ParameterKind::Nat).map(|it| &it.name);
        fields.chain(parameters)
    }

    /// A frame for the fields of a repetition: the variables of this one that they mention are its parameters. Also the
    /// arguments for them.
    pub(super) fn inner(&self, repeated: &[WrittenField]) -> (Self, Vec<Argument>) {
        let mentioned = mentioned_in_fields(repeated, |_| true);
        // Whether a value depends on it, whether it is a field, and its position.
        let mut variables: BTreeSet<(bool, bool, usize)> = BTreeSet::new();
        for name in mentioned {
            let parameters = self.parameters_of(name);
            variables.extend(parameters.map(|position| (position < self.of_value, false, position)));
            if let Some(NatVariable::Field(position)) = self.nat(name) {
                variables.insert((true, true, position));
            }
        }
        let mut parameters = Vec::with_capacity(variables.len());
        let mut arguments = Vec::with_capacity(variables.len());
        // The nearest variable of a name is meant, so it must be found first.
        for &(_, is_field, position) in variables.iter().rev() {
            if is_field {
                let name = self.fields[position].name.clone();
                parameters.push(Parameter { name, kind: ParameterKind::Nat });
                arguments.push(Argument::Nat(Nat::Variable(NatVariable::Field(position), 0)));
                continue;
            }
            let parameter = &self.parameters[position];
            arguments.push(match parameter.kind {
                ParameterKind::Type => Argument::Type(ValueType::Parameter(position)),
                ParameterKind::Nat => Argument::Nat(Nat::Variable(NatVariable::Parameter(position), 0)),
            });
            parameters.push(parameter.clone());
        }
        let of_value = variables.iter().filter(|(of_value, ..)| *of_value).count();
        let (of_function, incomplete) = (self.of_function, self.incomplete);
        (Self { of_function, incomplete, is_repeated: true, ..Self::new(parameters, of_value) }, arguments)
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
