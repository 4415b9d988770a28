//! Second pass, fields: types, repetitions, and what each `#` is for.

use std::collections::BTreeMap;

use typelang_parser::ast::{self, Body, Expression, ExpressionKind, Field as WrittenField, FieldKind, Repetition};
use typelang_parser::{Diagnostic, Label, ShortString, SourceId, Span};

use super::collect::{Collected, Pending};
use super::declared::{split, unused_argument};
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
    let frame = Frame {
        // Those that are not used are reported already.
        parameters: with_unused(parameters, declaration, &pending.missing),
        of_value: parameters.len(),
        of_function: matches!(pending.target, CombinatorId::Function(_)),
        incomplete: declaration.incomplete,
        is_repeated: false,
        default_count: last_nat(declaration, parameters),
        fields: Vec::new(),
    };
    let mark = notes.mark();
    note_head(&scope, &pending, &frame.parameters, schema);
    let mut fields = Fields {
        scope: &scope,
        owner: name.clone(),
        free_bits: pending.free_bits,
        schema,
        diagnostics: &mut collected.diagnostics,
        frame,
        all_resolved: true,
    };
    fields.run(declaration);
    // A field that could not be resolved may be the one that the result depends on.
    let is_whole = !declaration.incomplete && fields.all_resolved;
    let mut frame = fields.frame;
    match pending.target {
        CombinatorId::Constructor(id) => schema.constructors[id.index()].combinator.fields = frame.fields,
        CombinatorId::Function(id) => {
            let result = scope.value_type(&frame, &declaration.result, false);
            if is_whole {
                let unused = unused_parameters(&frame);
                // One word about an argument is enough.
                let speaks_of_unused = matches!(&result, Err(diagnostic) if diagnostic.code == &codes::UNKNOWN_RESULT);
                let unused = unused.filter(|it| !(speaks_of_unused && it.kind == ParameterKind::Type));
                let report = |it: &Parameter| unused_in_function(declaration, it, pending.source);
                collected.diagnostics.extend(unused.map(report));
            }
            match result {
                Ok(result) => {
                    assign_nat_roles(&mut frame.fields, Some(&result), pending.free_bits);
                    schema.functions[id.index()].result = result;
                }
                Err(diagnostic) if is_whole || diagnostic.code != &codes::UNKNOWN_RESULT => {
                    collected.diagnostics.push(*diagnostic);
                }
                Err(_) => {}
            }
            schema.functions[id.index()].combinator.fields = frame.fields;
        }
    }
    notes.end(mark, pending.target);
}

/// Notes the names that a declaration declares, those of its fields aside, and the result of a constructor.
fn note_head(scope: &Scope<'_>, pending: &Pending<'_>, parameters: &[Parameter], schema: &Schema) {
    let (notes, source, declaration) = (scope.notes, pending.source, pending.declaration);
    let parameter = |name: &str| parameters.iter().position(|it| it.name == name).map(Variable::Parameter);
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
    let declared = declaration.optional_arguments.iter();
    let declared = declared.map(|it| Parameter { name: it.name.text.clone(), kind: kind_of(it) });
    for parameter in declared.chain(missing.iter().cloned()) {
        if all.iter().all(|it| it.name != parameter.name) {
            all.push(parameter);
        }
    }
    all
}

/// The last `{n:#}` of a declaration, by its position among the parameters.
fn last_nat(declaration: &ast::Combinator, parameters: &[Parameter]) -> Option<usize> {
    declaration.optional_arguments.iter().rev().find_map(|argument| {
        let is_it = |it: &Parameter| it.name == argument.name.text && it.kind == ParameterKind::Nat;
        parameters.iter().position(is_it)
    })
}

fn unused_in_function(declaration: &ast::Combinator, parameter: &Parameter, source: SourceId) -> Diagnostic {
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
    unused_argument(declaration, name, source, message).with_note(note)
}

/// Type parameters of a function that no call gives, and numbers that nothing depends on.
fn unused_parameters(frame: &Frame) -> impl Iterator<Item = &Parameter> {
    let calls = |index: usize| frame.fields.iter().any(|field| field.ty == ValueType::Call(index));
    let parameters = frame.parameters.iter().enumerate();
    parameters.filter(move |(index, _)| !calls(*index)).map(|(_, parameter)| parameter)
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
}

impl Fields<'_, '_> {
    fn run(&mut self, declaration: &ast::Combinator) {
        match &declaration.body {
            Body::Fields(fields) => self.all(fields),
            Body::Builtin(span) => {
                let message = format!("`{}` is not a built-in function", declaration.name);
                self.diagnostics.push(*self.scope.error(&codes::UNKNOWN_BUILTIN, *span, message));
            }
        }
    }

    fn all(&mut self, fields: &[WrittenField]) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for (index, field) in fields.iter().enumerate() {
            if let Some(name) = field.name.as_ref().filter(|name| name.text != "_") {
                match seen.get(name.text.as_str()) {
                    Some(&first) => self.duplicate_field(name, first),
                    None => _ = seen.insert(&name.text, name.span),
                }
            }
            if only_counts_next(fields, index) {
                continue;
            }
            let counted = index.checked_sub(1).is_some_and(|before| only_counts_next(fields, before));
            if let Err(diagnostic) = self.field(field, fields, counted) {
                self.all_resolved = false;
                self.diagnostics.push(*diagnostic);
            }
        }
        assign_nat_roles(&mut self.frame.fields, None, self.free_bits);
    }

    /// `counted` says that a `#` without a name stands before the field, only to count it.
    fn field(&mut self, field: &WrittenField, all: &[WrittenField], counted: bool) -> Resolved<()> {
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
            let variable = Variable::Field(self.frame.fields.len());
            self.scope.notes.variable_declared(self.scope.source, written.span, variable);
        }
        self.frame.fields.push(Field { name, ty, condition, nat: None, span: field.span });
        Ok(())
    }

    /// `value`, then `value2`, …: a field without a name still needs one in every language but TL. `all` are the fields
    /// of the same brackets, some of which may have such a name of their own.
    fn name_for_anonymous(&self, all: &[WrittenField]) -> ShortString {
        let given = |name: &ShortString| all.iter().any(|field| field.name.as_ref().is_some_and(|it| it.text == *name));
        let taken = |name: &ShortString| given(name) || self.frame.fields.iter().any(|field| field.name == *name);
        let numbered = (2..).map(|number| format!("value{number}").into());
        std::iter::once("value".into()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
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
        let is_second = || self.frame.fields.iter().any(|it| matches!(it.ty, ValueType::Call(_)));
        match parameter {
            Some(_) if !self.frame.of_function => Ok(ValueType::Function),
            Some(_) if field.condition.is_some() => {
                let message = "a call cannot depend on a condition: without it there would be no result";
                Err(scope.error(&codes::CONDITIONAL_CALL, field.span, message))
            }
            Some(_) if is_second() || self.frame.is_repeated => {
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
        let parameters = frame.parameters.iter().take(frame.of_value).cloned().collect::<Vec<_>>();
        let mut inner = Fields {
            scope: self.scope,
            owner: name.clone(),
            free_bits: self.free_bits,
            schema: self.schema,
            diagnostics: self.diagnostics,
            frame,
            all_resolved: true,
        };
        inner.all(fields);
        let fields = inner.frame.fields;
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

/// Whether a field is a `#` without a name that is there only to count the repetition behind it: `# [ t ]`.
fn only_counts_next(fields: &[WrittenField], index: usize) -> bool {
    let is_nat =
        |field: &WrittenField| matches!(&field.kind, FieldKind::Type(Expression { kind: ExpressionKind::Nat, .. }));
    let counts_itself = |field: &WrittenField| match &field.kind {
        FieldKind::Repetition(repetition) => repetition.multiplicity.is_none(),
        FieldKind::Type(_) => false,
    };
    let Some((field, after)) = fields.get(index..).and_then(<[WrittenField]>::split_first) else { return false };
    let Some((next, rest)) = after.split_first() else { return false };
    let counts_more = rest.iter().take_while(|field| !is_nat(field)).any(counts_itself);
    let is_unnamed = field.name.is_none() && field.condition.is_none() && !field.exclamation;
    is_unnamed && is_nat(field) && next.condition.is_none() && counts_itself(next) && !counts_more
}

/// Whether a constructor is `true`, whose presence is all there is to know.
fn is_true(schema: &Schema, id: ConstructorId) -> bool {
    let name = &schema[id].combinator.name;
    name.namespace.is_empty() && name.name == "true"
}
