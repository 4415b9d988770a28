//! Annotations.

use typelang_parser::{Diagnostic, Fix, declare_code, suggest};

use crate::context::Context;

declare_code!(MISSPELT_ANNOTATION {
    name: "misspelt-annotation",
    level: Warning,
    summary: "An annotation looks like a misspelt known one",
    explanation: "Annotations before functions (`@read`, `@write`, `@readwrite`, `@any`, `@internal`, `@kphp`) tell \
        servers and proxies how to treat a call. A misspelt one tells them nothing, and nobody complains.\n\n\
        ```text\n@raed getUser id:int = User;\n```\n\n\
        Write `@read`. Annotations that are like none of these are taken for your own and not reported.",
    fix: "writes the annotation that was probably meant",
});

const KNOWN: [&str; 6] = ["any", "internal", "kphp", "read", "readwrite", "write"];

pub(super) fn misspelt(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations() {
        for annotation in &declaration.combinator.annotations {
            let text = annotation.text.as_str();
            if KNOWN.contains(&text) {
                continue;
            }
            let Some(known) = suggest(text, KNOWN) else { continue };
            let message = format!("the annotation `@{text}` looks like a misspelt `@{known}`");
            findings.push(
                Diagnostic::new(&MISSPELT_ANNOTATION, message, declaration.label(annotation.span))
                    .with_help(format!("did you mean `@{known}`?"))
                    .with_fix(Fix::write(declaration.source, annotation.span, known)),
            );
        }
    }
}
