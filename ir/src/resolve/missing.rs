//! First pass: variables that a declaration uses without declaring them. Schemas that went through JSON have lost theirs:
//! `invokeAfterMsg msg_id:long query:!X = X`.

use std::collections::BTreeMap;

use typelang_parser::ast::{
    Combinator as Declaration, DeclaredId, Expression, ExpressionKind, Field, FieldKind, Identifier, OptionalArgument,
    QualifiedName,
};
use typelang_parser::ids::{Dialect, compute_id};
use typelang_parser::{Diagnostic, Fix, Label, ShortString, SourceId, Span};

use super::declared::{arguments_end, declared_fields, split};
use crate::codes;
use crate::schema::{Parameter, ParameterKind};

/// Variables that a declaration lacks, in the order in which it uses them.
#[derive(Debug, Default)]
pub(super) struct Missing<'a> {
    found: Vec<(&'a QualifiedName, ParameterKind)>,
}

impl<'a> Missing<'a> {
    /// Finds the variables: those of calls, `!X`, and those that are arguments of the type that is constructed, if fields
    /// show whether they are types or numbers. `is_known` says of a name that it is not free.
    pub(super) fn of(
        declaration: &'a Declaration,
        is_constructor: bool,
        is_known: impl Fn(&QualifiedName) -> bool,
    ) -> Self {
        let is_declared = |name: &QualifiedName| {
            declaration.optional_arguments.iter().any(|it| it.name.text == name.name) || !name.namespace.is_empty()
        };
        let mut missing = Self::default();
        let arguments =
            split(&declaration.result).filter(|_| is_constructor).map_or(&[][..], |(_, arguments)| arguments);
        for argument in arguments {
            let ExpressionKind::Name(name) = &argument.kind else { continue };
            if is_declared(name) || is_known(name) {
                continue;
            }
            if let Some(kind) = kind_shown(declared_fields(declaration), &name.name) {
                missing.add(name, kind);
            }
        }
        let mut calls = Vec::new();
        calls_of(declared_fields(declaration), &mut calls);
        let is_variable = |name: &QualifiedName| name.is_upper() || name.name.len() == 1;
        for name in calls.into_iter().filter(|name| is_variable(name) && !is_declared(name) && !is_known(name)) {
            missing.add(name, ParameterKind::Type);
        }
        missing
    }

    fn add(&mut self, name: &'a QualifiedName, kind: ParameterKind) {
        if self.found.iter().all(|(other, _)| other.name != name.name) {
            self.found.push((name, kind));
        }
    }

    /// The variables, as if they were declared.
    pub(super) fn parameters(&self) -> impl Iterator<Item = Parameter> {
        self.found.iter().map(|(name, kind)| Parameter { name: name.name.clone(), kind: *kind })
    }

    /// One error for all variables that a declaration lacks.
    pub(super) fn report(&self, declaration: &Declaration, source: SourceId) -> Option<Diagnostic> {
        let (first, _) = self.found.first()?;
        let names: Vec<String> = self.found.iter().map(|(name, _)| format!("`{name}`")).collect();
        let (verb, noun) = if names.len() == 1 { ("is", "an argument") } else { ("are", "arguments") };
        let braces: Vec<String> = self.parameters().map(|it| in_braces(&it)).collect();
        let text = braces.join(" ");
        let message = format!("{} {verb} used, but not declared as {noun}", names.join(", "));
        let diagnostic = Diagnostic::new(&codes::MISSING_ARGUMENT, message, Label::new(source, first.span))
            .with_help(format!("add `{text}`"))
            .with_fix(Fix::add(source, arguments_end(declaration), format!(" {text}")));
        let completed = self.completed(declaration);
        let gives_id = |id: DeclaredId| Dialect::ALL.iter().any(|&it| compute_id(&completed, it) == id.value);
        Some(if declaration.id.is_some_and(gives_id) {
            diagnostic.with_note("the text with it gives the declared id")
        } else {
            diagnostic
        })
    }

    /// The declaration with its variables.
    fn completed(&self, declaration: &Declaration) -> Declaration {
        let mut completed = declaration.clone();
        completed.optional_arguments.extend(self.parameters().map(|it| argument(&it)));
        completed
    }
}

fn in_braces(parameter: &Parameter) -> String {
    match parameter.kind {
        ParameterKind::Type => format!("{{{}:Type}}", parameter.name),
        ParameterKind::Nat => format!("{{{}:#}}", parameter.name),
    }
}

fn argument(parameter: &Parameter) -> OptionalArgument {
    let span = Span::default();
    let kind = match parameter.kind {
        ParameterKind::Type => {
            ExpressionKind::Name(QualifiedName { span, namespace: Vec::new(), name: ShortString::from("Type") })
        }
        ParameterKind::Nat => ExpressionKind::Nat,
    };
    let name = Identifier { span, text: parameter.name.clone() };
    OptionalArgument { span, name, exclamation: false, kind: Expression { span, kind } }
}

/// The names after `!`.
fn calls_of<'a>(fields: &'a [Field], found: &mut Vec<&'a QualifiedName>) {
    for field in fields {
        match &field.kind {
            FieldKind::Type(Expression { kind: ExpressionKind::Name(name), .. }) if field.exclamation => {
                found.push(name);
            }
            FieldKind::Type(_) => {}
            FieldKind::Repetition(repetition) => calls_of(&repetition.fields, found),
        }
    }
}

/// The kind of a variable, as the fields use it: a type where a value or an element has it, a number where a condition or a
/// multiplicity tests it. Nothing if they do neither, or both.
fn kind_shown(fields: &[Field], name: &str) -> Option<ParameterKind> {
    let mut shown = BTreeMap::new();
    show_kinds(fields, name, &mut |kind| *shown.entry(kind == ParameterKind::Type).or_insert(0) += 1);
    match (shown.contains_key(&true), shown.contains_key(&false)) {
        (true, false) => Some(ParameterKind::Type),
        (false, true) => Some(ParameterKind::Nat),
        _ => None,
    }
}

fn show_kinds(fields: &[Field], name: &str, show: &mut impl FnMut(ParameterKind)) {
    for field in fields {
        if field.condition.as_ref().is_some_and(|condition| condition.field.text == name) {
            show(ParameterKind::Nat);
        }
        match &field.kind {
            FieldKind::Type(expression) => show_kinds_of_type(expression, name, show),
            FieldKind::Repetition(repetition) => {
                if repetition.multiplicity.as_ref().is_some_and(|it| mentions(it, name)) {
                    show(ParameterKind::Nat);
                }
                show_kinds(&repetition.fields, name, show);
            }
        }
    }
}

/// The arguments of a type can be of either kind, but for vectors and tuples.
fn show_kinds_of_type(expression: &Expression, name: &str, show: &mut impl FnMut(ParameterKind)) {
    match &expression.kind {
        ExpressionKind::Name(found) if found.namespace.is_empty() && found.name == name => show(ParameterKind::Type),
        ExpressionKind::Bare(inner) => show_kinds_of_type(inner, name, show),
        ExpressionKind::Application { function, arguments, .. } => match (&function.kind, &arguments[..]) {
            (ExpressionKind::Name(head), [element, rest @ ..])
                if matches!(head.to_string().as_str(), "Vector" | "vector" | "Tuple" | "tuple") =>
            {
                show_kinds_of_type(element, name, show);
                if rest.iter().any(|it| mentions(it, name)) {
                    show(ParameterKind::Nat);
                }
            }
            _ => {}
        },
        _ => {}
    }
}

/// Whether a natural number is, or contains, a variable.
fn mentions(expression: &Expression, name: &str) -> bool {
    match &expression.kind {
        ExpressionKind::Name(found) => found.namespace.is_empty() && found.name == name,
        ExpressionKind::Sum(terms) => terms.iter().any(|term| mentions(term, name)),
        _ => false,
    }
}
