//! The names that a file declares and uses.

use std::collections::BTreeSet;

use typelang_ir::Name;
use typelang_parser::Span;
use typelang_parser::ast::{Body, Expression, ExpressionKind, Field, FieldKind, File, Section};

/// The names of types and constructors that a file declares.
pub(crate) fn declared(file: &File) -> BTreeSet<Name> {
    let mut names = BTreeSet::new();
    for constructor in file.combinators().filter(|combinator| combinator.section == Section::Types) {
        names.insert(Name::from(&constructor.name));
        add_head(&constructor.result, &mut names);
    }
    names
}

/// The type that a result belongs to: `Tuple` of `Tuple t n`.
fn add_head(result: &Expression, names: &mut BTreeSet<Name>) {
    match &result.kind {
        ExpressionKind::Name(name) => _ = names.insert(name.into()),
        ExpressionKind::Application { function: inner, .. } | ExpressionKind::Bare(inner) => add_head(inner, names),
        ExpressionKind::Nat | ExpressionKind::Number(_) | ExpressionKind::Sum(_) => {}
    }
}

/// The names in the types of fields and the results of functions, with their places, in the order of the text.
pub(crate) fn used(file: &File) -> Vec<(Span, Name)> {
    let mut names = Vec::new();
    for combinator in file.combinators() {
        if let Body::Fields(fields) = &combinator.body {
            add_fields(fields, &mut names);
        }
        if combinator.section == Section::Functions {
            add_names(&combinator.result, &mut names);
        }
    }
    // The fields of `(a b:int)` share a type.
    names.sort_by_key(|(span, _)| *span);
    names
}

fn add_fields(fields: &[Field], names: &mut Vec<(Span, Name)>) {
    for field in fields {
        match &field.kind {
            FieldKind::Type(expression) => add_names(expression, names),
            FieldKind::Repetition(repetition) => add_fields(&repetition.fields, names),
        }
    }
}

fn add_names(expression: &Expression, names: &mut Vec<(Span, Name)>) {
    match &expression.kind {
        ExpressionKind::Name(name) => names.push((name.span, name.into())),
        ExpressionKind::Application { function, arguments, .. } => {
            add_names(function, names);
            arguments.iter().for_each(|argument| add_names(argument, names));
        }
        ExpressionKind::Bare(inner) => add_names(inner, names),
        // What is added up are natural numbers.
        ExpressionKind::Nat | ExpressionKind::Number(_) | ExpressionKind::Sum(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_places_are_found() {
        let text = "a.pair x:(b.Left int) y:%Right n:# z:n*[ inner Nested ] = a.Pair;\n\
                    ---functions---\n\
                    call {X:Type} query:!X = Vector<Answer>;\n";
        let file = typelang_parser::parse(typelang_parser::SourceId::default(), text).file;
        let declared: Vec<String> = declared(&file).iter().map(Name::to_string).collect();
        assert_eq!(declared, ["a.Pair", "a.pair"]);
        let used = used(&file);
        let names: Vec<String> = used.iter().map(|(_, name)| name.to_string()).collect();
        assert_eq!(names, ["b.Left", "int", "Right", "inner", "Nested", "X", "Vector", "Answer"]);
        let written: Vec<&str> = used.iter().map(|(span, _)| &text[span.range()]).collect();
        assert_eq!(written, names);
    }
}
