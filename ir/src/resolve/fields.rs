//! Second pass, fields: types, repetitions, and what each `#` is for.

use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ast::{self, Body, Expression, ExpressionKind, Field as WrittenField, FieldKind, Repetition};
use typelang_parser::{Diagnostic, Label, ShortString, SourceId, Span};

use super::brackets::Brackets;
use super::collect::{Collected, Pending};
use super::declared::{argument_spans, split, unused_argument};
use super::frame::{Frame, kind_of};
use super::nats::{FreeBits, assign_nat_roles};
use super::notes::{Notes, Variable};
use super::scope::{Names, Resolved, Scope};
use crate::schema::{
    Combinator, Constructor, ConstructorKind, Directions, Field, Nat, Origin, Parameter, ParameterKind, Schema, Type,
    ValueType,
};
use crate::{Builtin, CombinatorId, ConstructorId, Name, Named, TypeId, codes};

pub(super) fn resolve_fields(collected: &mut Collected<'_>, names: &Names<'_>, notes: &Notes) {
    for pending in std::mem::take(&mut collected.pending) {
        resolve_declaration(collected, names, notes, pending);
    }
    // Instances that are asked for by name change nothing, but must mean something.
    for (source, expression) in std::mem::take(&mut collected.applications) {
        let checked = Scope { names, source, notes }.partial_application(expression);
        collected.diagnostics.extend(checked.err().map(|diagnostic| *diagnostic));
    }
    for (source, name) in std::mem::take(&mut collected.finalities) {
        if let Some(id) = names.id_of_type(name) {
            notes.used(source, name.span, Named::Type(id));
        }
    }
}

fn resolve_declaration(collected: &mut Collected<'_>, names: &Names<'_>, notes: &Notes, pending: Pending<'_>) {
    let declaration = pending.declaration;
    let schema = &mut collected.schema;
    let scope = Scope { names, source: pending.source, notes };
    let (name, parameters) = match pending.target {
        CombinatorId::Constructor(id) => (&schema[id].combinator.name, &schema[id].combinator.parameters),
        CombinatorId::Function(id) => (&schema[id].combinator.name, &schema[id].combinator.parameters),
    };
    // Those that are not used are reported already.
    let mut frame = Frame::new(with_unused(parameters, declaration, &pending.missing), parameters.len());
    frame.of_function = matches!(pending.target, CombinatorId::Function(_));
    frame.incomplete = declaration.incomplete;
    frame.default_count = last_nat(declaration, parameters);
    let mark = notes.mark();
    note_head(&scope, &pending, &frame, schema);
    let mut fields = Fields {
        scope: &scope,
        owner: name.clone(),
        free_bits: pending.free_bits,
        schema,
        diagnostics: &mut collected.diagnostics,
        frame,
        all_resolved: true,
        anonymous: 0,
    };
    fields.run(declaration);
    // A field that could not be resolved may be the one that the result depends on.
    let is_whole = !declaration.incomplete && fields.all_resolved;
    let mut frame = fields.frame;
    frame.of_result = true;
    match pending.target {
        CombinatorId::Constructor(id) => schema.constructors[id.index()].combinator.fields = frame.into_fields(),
        CombinatorId::Function(id) => {
            let result = scope.value_type(&frame, &declaration.result, false);
            if is_whole {
                let unused = unused_parameters(&frame);
                // One word about an argument is enough.
                let speaks_of_unused = matches!(&result, Err(diagnostic) if diagnostic.code == &codes::UNKNOWN_RESULT);
                let unused = unused.filter(|it| !(speaks_of_unused && it.kind == ParameterKind::Type));
                let spans = argument_spans(declaration);
                let span = |it: &Parameter| spans.get(it.name.as_str()).copied().unwrap_or(declaration.name.span);
                let report = |it: &Parameter| unused_in_function(span(it), it, pending.source);
                collected.diagnostics.extend(unused.map(report));
            }
            match result {
                Ok(result) => {
                    assign_nat_roles(frame.fields_mut(), Some(&result), pending.free_bits);
                    schema.functions[id.index()].result = result;
                }
                Err(diagnostic) if is_whole || diagnostic.code != &codes::UNKNOWN_RESULT => {
                    collected.diagnostics.push(*diagnostic);
                }
                Err(_) => {}
            }
            schema.functions[id.index()].combinator.fields = frame.into_fields();
        }
    }
    notes.end(mark, pending.target);
}

/// Notes the names that a declaration declares, those of its fields aside, and the result of a constructor.
fn note_head(scope: &Scope<'_>, pending: &Pending<'_>, frame: &Frame, schema: &Schema) {
    let (notes, source, declaration) = (scope.notes, pending.source, pending.declaration);
    let parameter = |name: &str| frame.first_parameter(name).map(Variable::Parameter);
    for argument in &declaration.optional_arguments {
        if let Some(variable) = parameter(&argument.name.text) {
            notes.variable_declared(source, argument.name.span, variable);
        }
    }
    let id = match pending.target {
        CombinatorId::Constructor(id) => id,
        CombinatorId::Function(id) => return notes.declared(source, declaration.name.span, Named::Function(id)),
    };
    notes.declared(source, declaration.name.span, Named::Constructor(id));
    let Some((name, arguments)) = split(&declaration.result) else { return };
    notes.declared(source, name.span, Named::Type(schema[id].result));
    for argument in arguments {
        if let ExpressionKind::Name(name) = &argument.kind
            && let Some(variable) = parameter(&name.name)
        {
            notes.variable_used(source, name.span, variable);
        }
    }
}

/// All parameters of a declaration, those first that its type takes.
fn with_unused(parameters: &[Parameter], declaration: &ast::Combinator, missing: &[Parameter]) -> Vec<Parameter> {
    let mut all = parameters.to_vec();
    let mut known: BTreeSet<ShortString> = parameters.iter().map(|it| it.name.clone()).collect();
    let declared = declaration.optional_arguments.iter();
    let declared = declared.map(|it| Parameter { name: it.name.text.clone(), kind: kind_of(it) });
    for parameter in declared.chain(missing.iter().cloned()) {
        if known.insert(parameter.name.clone()) {
            all.push(parameter);
        }
    }
    all
}

/// The last `{n:#}` of a declaration, by its position among the parameters.
fn last_nat(declaration: &ast::Combinator, parameters: &[Parameter]) -> Option<usize> {
    let nats = parameters.iter().enumerate().filter(|(_, it)| it.kind == ParameterKind::Nat);
    let positions: BTreeMap<&str, usize> = nats.map(|(position, it)| (it.name.as_str(), position)).collect();
    let arguments = declaration.optional_arguments.iter().rev();
    arguments.filter(|_| !positions.is_empty()).find_map(|argument| positions.get(argument.name.text.as_str()).copied())
}

fn unused_in_function(span: Span, parameter: &Parameter, source: SourceId) -> Diagnostic {
    let name = &parameter.name;
    let (message, note) = match parameter.kind {
        ParameterKind::Type => {
            (format!("the argument `{name}` is not used in a call"), format!("a call is a field of type `!{name}`"))
        }
        ParameterKind::Nat => (
            format!("the argument `{name}` of a function has no value"),
            format!("a number that the caller gives is a field: `{name}:#`"),
        ),
    };
    unused_argument(span, source, message).with_note(note)
}

/// Type parameters of a function that no call gives, and numbers that nothing depends on.
fn unused_parameters(frame: &Frame) -> impl Iterator<Item = &Parameter> {
    let parameters = frame.parameters().iter().enumerate();
    parameters.filter(move |(index, _)| !frame.is_called(*index)).map(|(_, parameter)| parameter)
}

/// The fields of one combinator or repetition, one after another.
struct Fields<'a, 's> {
    scope: &'a Scope<'s>,
    owner: Name,
    free_bits: FreeBits,
    schema: &'a mut Schema,
    diagnostics: &'a mut Vec<Diagnostic>,
    frame: Frame,
    all_resolved: bool,
    /// How many of the names `value`, `value2`, … are taken for sure.
    anonymous: usize,
}

impl Fields<'_, '_> {
    fn run(&mut self, declaration: &ast::Combinator) {
        match &declaration.body {
            Body::Fields(fields) => self.all(fields),
            // A type that only code of its own knows.
            Body::Builtin(_) if !self.frame.of_function => {}
            Body::Builtin(span) => {
                let message = format!("`{}` is not a built-in function", declaration.name);
                self.diagnostics.push(*self.scope.error(&codes::UNKNOWN_BUILTIN, *span, message));
            }
        }
    }

    fn all(&mut self, fields: &[WrittenField]) {
        let brackets = Brackets::new(fields);
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for (index, field) in fields.iter().enumerate() {
            if let Some(name) = field.name.as_ref().filter(|name| name.text != "_") {
                match seen.get(name.text.as_str()) {
                    Some(&first) => self.duplicate_field(name, first),
                    None => _ = seen.insert(&name.text, name.span),
                }
            }
            if brackets.only_counts_next(index) {
                continue;
            }
            let counted = index.checked_sub(1).is_some_and(|before| brackets.only_counts_next(before));
            if let Err(diagnostic) = self.field(field, &brackets, counted) {
                self.all_resolved = false;
                self.diagnostics.push(*diagnostic);
            }
        }
        assign_nat_roles(self.frame.fields_mut(), None, self.free_bits);
    }

    /// `counted` says that a `#` without a name stands before the field, only to count it.
    fn field(&mut self, field: &WrittenField, all: &Brackets<'_>, counted: bool) -> Resolved<()> {
        // The condition first: a wrong one is reported even if the type is wrong, too.
        let condition = field.condition.as_ref().map(|condition| self.scope.condition(&self.frame, condition, all));
        let condition = match condition {
            Some(Ok(condition)) => Some(condition),
            Some(Err(diagnostic)) => {
                // The flags field may be what could not be read.
                if !self.frame.incomplete {
                    self.diagnostics.push(*diagnostic);
                }
                None
            }
            None => None,
        };
        let name = match &field.name {
            Some(name) if name.text != "_" => name.text.clone(),
            _ => self.name_for_anonymous(all),
        };
        let ty = match &field.kind {
            FieldKind::Type(expression) => self.field_type(field, expression)?,
            FieldKind::Repetition(repetition) if counted => {
                let element = Box::new(self.element(repetition, &name)?);
                ValueType::Vector { boxed: false, element }
            }
            FieldKind::Repetition(repetition) => self.repetition(repetition, &name)?,
        };
        if let Some(written) = field.name.as_ref().filter(|it| it.text != "_") {
            let variable = Variable::Field(self.frame.fields().len());
            self.scope.notes.variable_declared(self.scope.source, written.span, variable);
        }
        self.frame.push(Field { name, ty, condition, nat: None, span: field.span });
        Ok(())
    }

    /// `value`, then `value2`, …: a field without a name still needs one in every language but TL. `all` are the fields
    /// of the same brackets, some of which may have such a name of their own.
    fn name_for_anonymous(&mut self, all: &Brackets<'_>) -> ShortString {
        loop {
            let name: ShortString = match self.anonymous {
                0 => "value".into(),
                before => format!("value{}", before + 1).into(),
            };
            if all.named(&name).next().is_none() && self.frame.field(&name).is_none() {
                return name;
            }
            self.anonymous += 1;
        }
    }

    fn field_type(&self, field: &WrittenField, expression: &Expression) -> Resolved<ValueType> {
        let scope = self.scope;
        if field.exclamation {
            let parameter = match &expression.kind {
                ExpressionKind::Name(name) => self.frame.parameter(&name.to_string(), ParameterKind::Type),
                _ => None,
            };
            if let Some(position) = parameter {
                scope.notes.variable_used(scope.source, expression.span, Variable::Parameter(position));
            }
            return self.call(field, expression, parameter);
        }
        match scope.value_type(&self.frame, expression, false)? {
            ValueType::Bare(id, _) if field.condition.is_some() && is_true(self.schema, id) => {
                Ok(ValueType::Builtin(Builtin::True))
            }
            ValueType::Builtin(Builtin::True) if field.condition.is_none() => {
                let message = "`true` without a condition needs its declaration";
                Err(scope
                    .error(&codes::UNKNOWN_TYPE, expression.span, message)
                    .with_help("add `true#3fedd339 = True;`")
                    .into())
            }
            ty => Ok(ty),
        }
    }

    /// A field `!X`, by the position of the parameter `X`. In a constructor it is a call of any function, since no result depends
    /// on it.
    fn call(&self, field: &WrittenField, called: &Expression, parameter: Option<usize>) -> Resolved<ValueType> {
        let scope = self.scope;
        match parameter {
            Some(_) if !self.frame.of_function => Ok(ValueType::Function),
            Some(_) if field.condition.is_some() => {
                let message = "a call cannot depend on a condition: without it there would be no result";
                Err(scope.error(&codes::CONDITIONAL_CALL, field.span, message))
            }
            Some(_) if self.frame.has_call() || self.frame.is_repeated => {
                let message = "a function can wrap only one call";
                Err(scope.error(&codes::SEVERAL_CALLS, field.span, message))
            }
            Some(parameter) => Ok(ValueType::Call(parameter)),
            None => {
                let message = "`!` must stand before a type argument `{X:Type}`";
                Err(scope.error(&codes::UNKNOWN_TYPE_ARGUMENT, called.span, message))
            }
        }
    }

    /// `n*[ … ]`: a tuple of what stands in the brackets.
    fn repetition(&mut self, repetition: &Repetition, name: &str) -> Resolved<ValueType> {
        let count = self.count(repetition)?;
        let element = Box::new(self.element(repetition, name)?);
        Ok(ValueType::Tuple { id: None, element, count })
    }

    /// What stands in the brackets: one value, or a group of several.
    fn element(&mut self, repetition: &Repetition, name: &str) -> Resolved<ValueType> {
        match &repetition.fields[..] {
            [WrittenField { condition: None, exclamation: false, kind, .. }] => match kind {
                FieldKind::Type(expression) => self.scope.value_type(&self.frame, expression, false),
                // Inside of brackets only a number of these brackets counts by itself.
                FieldKind::Repetition(inner) if inner.multiplicity.is_none() => Err(self.no_count(inner)),
                FieldKind::Repetition(inner) => self.repetition(inner, name),
            },
            fields => {
                let (frame, mut arguments) = self.frame.inner(fields);
                let of_value = frame.of_value;
                let owner = Name { name: format!("{}_{name}", self.owner.name).into(), ..self.owner.clone() };
                let mark = self.scope.notes.mark();
                let id = self.group(owner, frame, repetition, fields);
                self.scope.notes.end_group(mark, id, &arguments);
                arguments.truncate(of_value);
                Ok(ValueType::Bare(id, arguments))
            }
        }
    }

    fn count(&self, repetition: &Repetition) -> Resolved<Nat> {
        if let Some(multiplicity) = &repetition.multiplicity {
            return self.scope.nat(&self.frame, multiplicity);
        }
        match self.frame.implied_count() {
            Some(variable) => Ok(Nat::Variable(variable, 0)),
            None => Err(self.no_count(repetition)),
        }
    }

    fn no_count(&self, repetition: &Repetition) -> Box<Diagnostic> {
        let diagnostic =
            self.scope.error(&codes::UNKNOWN_VARIABLE, repetition.span, "nothing says how often this is repeated");
        diagnostic.with_help("put a `#` before it, or write `n*[ … ]`").into()
    }

    /// A constructor without a name for several fields that are repeated together.
    fn group(&mut self, name: Name, frame: Frame, repetition: &Repetition, fields: &[WrittenField]) -> ConstructorId {
        let parameters = frame.parameters_of_value().to_vec();
        let mut inner = Fields {
            scope: self.scope,
            owner: name.clone(),
            free_bits: self.free_bits,
            schema: self.schema,
            diagnostics: self.diagnostics,
            frame,
            all_resolved: true,
            anonymous: 0,
        };
        inner.all(fields);
        let fields = inner.frame.into_fields();
        let origin = Origin { source: self.scope.source, span: repetition.span };
        let ty = TypeId::new(self.schema.types.len());
        let id = ConstructorId::new(self.schema.constructors.len());
        self.schema.types.push(Type {
            name: name.clone(),
            constructors: vec![id],
            parameters: parameters.clone(),
            external: false,
            documentation: None,
            directions: Directions::BOTH,
        });
        let text = "repeated fields".to_owned();
        let combinator =
            Combinator { name, id: 0, parameters, fields, annotations: Vec::new(), text, documentation: None, origin };
        self.schema.constructors.push(Constructor {
            combinator,
            result: ty,
            kind: ConstructorKind::Group,
            external: false,
            directions: Directions::BOTH,
        });
        id
    }

    fn duplicate_field(&mut self, name: &ast::Identifier, first: Span) {
        let label = Label::new(self.scope.source, first).with_message("first here");
        let message = format!("two fields are called `{}`", name.text);
        self.diagnostics.push(self.scope.error(&codes::DUPLICATE_FIELD, name.span, message).with_secondary(label));
    }
}

/// Returns whether a constructor is `true`, whose presence is all there is to know.
fn is_true(schema: &Schema, id: ConstructorId) -> bool {
    let name = &schema[id].combinator.name;
    name.namespace.is_empty() && name.name == "true"
}
