//! Names that hide other names.

use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ast::{Combinator, Field, FieldKind};
use typelang_parser::{Diagnostic, Span, declare_code};

use crate::context::{Context, Declaration};
use crate::walk;

declare_code!(FIELD_SHADOWING {
    name: "field-shadowing",
    level: Warning,
    summary: "A field hides an argument, a field around it, or a type that is used after it",
    explanation: "A name in a type or a condition means the nearest variable of that name. So a field that has the name \
        of an optional argument, or a field of a repetition that has the name of one outside, changes what the \
        fields after it mean; and after a number `n:#`, the name `n` is that number and not the type or \
        constructor `n`. Different tools decide differently.\n\n\
        ```text\nlist {t:Type} t:int items:(vector t) = List t;\ngrid n:# rows:n*[ n:# cells:n*[ int ] ] = \
        Grid;\n```\n\n\
        Rename the field. This changes the id if it is computed from the text.",
});

pub(super) fn shadowing(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let declared: BTreeSet<&str> = context.declarations().flat_map(|it| names_of(it.combinator)).collect();
    for declaration in context.declarations().filter(|it| has_variables(it.combinator)) {
        let mut scope = Scope { declaration, declared: &declared, findings, numbers: BTreeMap::new() };
        let arguments = declaration.combinator.optional_arguments.iter();
        let outer: BTreeMap<&str, (Span, &str)> =
            arguments.map(|argument| (argument.name.text.as_str(), (argument.name.span, "the argument"))).collect();
        scope.fields(walk::fields(declaration.combinator), &outer);
    }
}

/// The names of a constructor and its type that stand in no namespace, as the name of a field does.
fn names_of(combinator: &Combinator) -> impl Iterator<Item = &str> {
    let names = std::iter::once(&combinator.name).chain(walk::head(&combinator.result));
    names.filter(|name| name.namespace.is_empty()).map(|name| name.name.as_str())
}

/// Whether there is anything that a field could hide, or that could hide something.
fn has_variables(combinator: &Combinator) -> bool {
    let is_level = |field: &Field| matches!(field.kind, FieldKind::Repetition(_)) || walk::is_nat(field);
    !combinator.optional_arguments.is_empty() || walk::fields(combinator).iter().any(is_level)
}

struct Scope<'a, 'f> {
    declaration: Declaration<'a>,
    declared: &'a BTreeSet<&'a str>,
    findings: &'f mut Vec<Diagnostic>,
    /// Numbers that have the name of a type or constructor.
    numbers: BTreeMap<&'a str, Span>,
}

impl<'a> Scope<'a, '_> {
    /// Goes through the fields of one level. `outer` has the names of the levels around it.
    fn fields(&mut self, fields: &'a [Field], outer: &BTreeMap<&'a str, (Span, &'static str)>) {
        let mut inner = outer.clone();
        for field in fields {
            self.uses(field);
            if let FieldKind::Repetition(repetition) = &field.kind {
                let numbers = self.numbers.clone();
                self.fields(&repetition.fields, &inner);
                self.numbers = numbers;
            }
            let Some(name) = field.name.as_ref().filter(|name| name.text != "_") else { continue };
            if let Some((hidden, what)) = outer.get(name.text.as_str()) {
                let message = format!("the field `{0}` hides {what} `{0}`", name.text);
                self.report(message, name.span, *hidden, "hidden from here on");
            }
            inner.insert(&name.text, (name.span, "the field"));
            if walk::is_nat(field) && self.declared.contains(name.text.as_str()) {
                self.numbers.insert(&name.text, name.span);
            }
        }
    }

    /// Reports a name in a type that may mean a number of before or a declared type.
    fn uses(&mut self, field: &'a Field) {
        // A multiplicity is a number in any case.
        let FieldKind::Type(expression) = &field.kind else { return };
        for name in walk::names(expression).into_iter().filter(|name| name.namespace.is_empty()) {
            if let Some(number) = self.numbers.get(name.name.as_str()).copied() {
                let message = format!("`{name}` is a field here, and hides what is declared as `{name}`");
                self.report(message, name.span, number, "the field");
            }
        }
    }

    fn report(&mut self, message: String, place: Span, other: Span, label: &str) {
        let finding = Diagnostic::new(&FIELD_SHADOWING, message, self.declaration.label(place));
        self.findings.push(finding.with_secondary(self.declaration.label(other).with_message(label)));
    }
}
