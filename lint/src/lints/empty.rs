//! Types that nothing constructs.

use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ast::{Finality, FinalityKind, Item};
use typelang_parser::{Diagnostic, declare_code};

use crate::context::{Context, Declaration};
use crate::walk;

declare_code!(TYPE_WITHOUT_CONSTRUCTORS {
    name: "type-without-constructors",
    level: Warning,
    summary: "A type that nothing constructs is declared or asked for",
    explanation: "`New T;` and `Final T;` say something about the constructors of `T`. If there are none, the name is \
        probably misspelt, or its constructors were removed. And where `Empty T;` declares that there are none \
        on purpose, a field of this type can never be filled: nobody can build the constructor or make the \
        call.\n\n\
        ```text\nEmpty False;\nproof evidence:False = Proof;\n```\n\n\
        Make the field conditional, or take it out. A field of a type that is nowhere mentioned otherwise is \
        the error `unknown-type`.",
});

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    if finalities(context).next().is_none() {
        return;
    }
    let constructors = context.declarations().filter(Declaration::is_constructor);
    let constructed: BTreeSet<String> =
        constructors.filter_map(|it| walk::head(&it.combinator.result)).map(ToString::to_string).collect();
    let mut empty: BTreeMap<String, typelang_parser::Label> = BTreeMap::new();
    for (finality, label) in finalities(context) {
        let name = finality.name.to_string();
        match finality.kind {
            _ if constructed.contains(&name) => {}
            FinalityKind::Empty => _ = empty.entry(name).or_insert(label.with_message("declared without constructors")),
            FinalityKind::New | FinalityKind::Final => {
                let message = format!("the type `{name}` has no constructors");
                findings.push(
                    Diagnostic::new(&TYPE_WITHOUT_CONSTRUCTORS, message, label)
                        .with_help(format!("if that is so on purpose, write `Empty {name};`")),
                );
            }
        }
    }
    if !empty.is_empty() {
        context.declarations().for_each(|declaration| unfillable(declaration, &empty, findings));
    }
}

fn finalities<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Finality, typelang_parser::Label)> {
    context.files.iter().flat_map(|file| {
        file.items.iter().filter_map(|item| match item {
            Item::Finality(finality) => Some((finality, typelang_parser::Label::new(file.source, finality.name.span))),
            _ => None,
        })
    })
}

/// Reports fields that must be there and cannot.
fn unfillable(
    declaration: Declaration<'_>,
    empty: &BTreeMap<String, typelang_parser::Label>,
    findings: &mut Vec<Diagnostic>,
) {
    // Inside of a repetition there may be no field at all.
    for field in walk::fields(declaration.combinator).iter().filter(|field| field.condition.is_none()) {
        let Some(name) = (match &field.kind {
            typelang_parser::ast::FieldKind::Type(expression) => walk::head(expression),
            typelang_parser::ast::FieldKind::Repetition(_) => None,
        }) else {
            continue;
        };
        let Some(place) = empty.get(&name.to_string()) else { continue };
        let message =
            format!("no value of `{}` can be built: `{name}` has no constructors", declaration.combinator.name);
        findings.push(
            Diagnostic::new(&TYPE_WITHOUT_CONSTRUCTORS, message, declaration.label(field.span))
                .with_secondary(place.clone()),
        );
    }
}
