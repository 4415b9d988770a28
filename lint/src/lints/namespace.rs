//! Namespaces of constructors and their types.

use typelang_parser::Diagnostic;

use super::{Lint, lint};
use crate::codes::Default;
use crate::context::Context;
use crate::walk;

pub(super) const NAMESPACE_MISMATCH: Lint = lint(
    "namespace-mismatch",
    Default::Warning,
    "A constructor is outside of the namespace of its type",
    "A constructor is looked for beside its type, or in a namespace further in: `messages.chats = messages.Chats`, \
     `adnl.message.ping = adnl.Message`, `pub.aes = PublicKey`. One that is elsewhere was often copied from another \
     namespace, and now the type has a constructor too many, and another type one too few.\n\n\
     ```text\nusers.chats chats:Vector<Chat> = messages.Chats;\n```\n\n\
     Write `users.Chats`, or move the constructor.",
    mismatches,
);

fn mismatches(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations().filter(|declaration| declaration.is_constructor()) {
        let name = &declaration.combinator.name;
        let Some(ty) = walk::head(&declaration.combinator.result) else { continue };
        if name.namespace.starts_with(&ty.namespace) {
            continue;
        }
        let message = format!("`{name}` is outside of the namespace of its type `{ty}`");
        findings.push(
            Diagnostic::warning(NAMESPACE_MISMATCH.code.name, message, declaration.label(name.span))
                .with_secondary(declaration.label(ty.span).with_message("the type")),
        );
    }
}
