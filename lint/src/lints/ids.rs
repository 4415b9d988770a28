//! How ids are written, and who shares them.

use std::collections::BTreeMap;

use typelang_parser::ast::{Expression, ExpressionKind};
use typelang_parser::ids::{detect_dialect, id_of};
use typelang_parser::{Diagnostic, Fix, declare_code};

use crate::context::{Context, Declaration};

declare_code!(NON_CANONICAL_ID {
    name: "non-canonical-id",
    level: Silence,
    summary: "An id is not written as 8 lower-case hexadecimal digits",
    explanation: "Ids may be written with 1 to 8 digits of either case, and Telegram's published schemas leave out \
        leading zeros. An id that is always written the same way can be searched for; some tools read nothing \
        but 8 digits.\n\n\
        ```text\nbot_photo#2 = BotPhoto;\n```\n\n\
        Write `#00000002`.",
    fix: "writes 8 lower-case digits",
});

declare_code!(SHARED_ID {
    name: "shared-id",
    level: Warning,
    summary: "Declarations of different names in different files have the same id",
    explanation: "Within one schema this is the error `duplicate-id`. Files that are checked together without needing \
        each other may be schemas of their own; but a program that reads messages of both by their id cannot \
        tell these two apart. The same name in several files is not reported: it is mostly the same \
        declaration.\n\n\
        ```text\n// a.tl\nping#00000001 id:long = Ping;\n// b.tl\nuser#00000001 id:long = User;\n```\n\n\
        If one of the ids was copied, correct it. If nobody reads both schemas from one connection, check the \
        files in separate runs, or allow it.",
});

declare_code!(REUSED_ID {
    name: "reused-id",
    level: Silence,
    summary: "A constructor has the id of a function, or of a constructor of another type",
    explanation: "The place in a message tells them apart, so that the schema is sound; published schemas declare the \
        fields of a wrapping function as a constructor with the same id. But a program that goes by ids alone, as a log \
        does, cannot tell which of them it sees. Where a schema has an `Object`, which can be either, it is the error \
        `duplicate-id`.\n\n\
        ```text\nwrapPrefix#dd289f8e key:string = Prefix;\n---functions---\n\
        wrap#dd289f8e {X:Type} key:string query:!X = X;\n```\n\n\
        If one of the ids was copied by mistake, correct it.",
});

pub(super) fn non_canonical(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations() {
        let Some(id) = declaration.combinator.id else { continue };
        let label = declaration.label(id.span);
        let written = context.sources.snippet(&label);
        let canonical = format!("#{:08x}", id.value);
        if written != canonical {
            let message = format!("the id `{written}` is not written as 8 lower-case hexadecimal digits");
            findings.push(
                Diagnostic::new(&NON_CANONICAL_ID, message, label)
                    .with_help(format!("write `{canonical}`"))
                    .with_fix(Fix::write(declaration.source, id.span, canonical)),
            );
        }
    }
}

pub(super) fn shared(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    if context.files.len() < 2 {
        return;
    }
    let mut first: BTreeMap<u32, Declaration<'_>> = BTreeMap::new();
    for file in context.files {
        let dialect = detect_dialect(file);
        for combinator in file.combinators().filter(|combinator| !combinator.incomplete) {
            let declaration = Declaration { source: file.source, combinator };
            let id = id_of(combinator, dialect);
            let earlier = *first.entry(id).or_insert(declaration);
            let (name, other) = (&combinator.name, &earlier.combinator.name);
            let same_name = name.namespace == other.namespace && name.name == other.name;
            if earlier.source == declaration.source || same_name {
                continue;
            }
            let message = format!("`{name}` has the id #{id:08x}, as `{other}` in another file");
            findings.push(
                Diagnostic::new(&SHARED_ID, message, declaration.label(name.span))
                    .with_secondary(earlier.label(other.span).with_message("has the same id")),
            );
        }
    }
}

/// The same within one file.
pub(super) fn reused(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for file in context.files {
        let dialect = detect_dialect(file);
        let mut first: BTreeMap<u32, Declaration<'_>> = BTreeMap::new();
        for combinator in file.combinators().filter(|combinator| !combinator.incomplete) {
            let declaration = Declaration { source: file.source, combinator };
            let id = id_of(combinator, dialect);
            let earlier = *first.entry(id).or_insert(declaration);
            if !can_share(declaration, earlier) {
                continue;
            }
            let (name, other) = (&combinator.name, &earlier.combinator.name);
            let message = format!("the {} `{name}` has the id #{id:08x} of `{other}`", declaration.what());
            findings.push(
                Diagnostic::new(&REUSED_ID, message, declaration.label(name.span))
                    .with_secondary(earlier.label(other.span).with_message("has the same id")),
            );
        }
    }
}

/// Returns whether two declarations can have one id: a constructor and a function, or constructors of different types.
fn can_share(one: Declaration<'_>, other: Declaration<'_>) -> bool {
    let (one_result, other_result) = (&one.combinator.result, &other.combinator.result);
    match (one.is_constructor(), other.is_constructor()) {
        (true, true) => result_name(one_result) != result_name(other_result),
        (one, other) => one != other,
    }
}

/// The name of the type that a constructor constructs.
fn result_name(result: &Expression) -> Option<String> {
    match &result.kind {
        ExpressionKind::Name(name) => Some(name.to_string()),
        ExpressionKind::Application { function, .. } => result_name(function),
        _ => None,
    }
}
