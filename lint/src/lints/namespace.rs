//! Namespaces of constructors and their types.

use tl_parser::Diagnostic;

use super::{Lint, lint};
use crate::codes::Default;
use crate::context::Context;
use crate::walk;

pub(super) const NAMESPACE_MISMATCH: Lint = lint(
    "namespace-mismatch",
    Default::Warning,
    "A constructor and its type are in different namespaces",
    "A constructor is looked for beside its type: `messages.chats = messages.Chats`. One that is elsewhere was often copied \
     from another namespace, or the namespace of the result was forgotten, which makes a second type of the same last name.\n\n\
     ```text\nmessages.chats chats:Vector<Chat> = Chats;\n```\n\n\
     Write `messages.Chats`, or move the constructor. Not reported is a constructor in a namespace whose type is in none \
     and has constructors of several namespaces (`pub.aes = PublicKey`, `pub.ed25519 = PublicKey` is the other way to \
     divide a type).",
    mismatches,
);

fn mismatches(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations().filter(|declaration| declaration.is_constructor()) {
        let name = &declaration.combinator.name;
        let Some(ty) = walk::head(&declaration.combinator.result) else { continue };
        if name.namespace == ty.namespace {
            continue;
        }
        let message = format!("`{name}` is not in the namespace of its type `{ty}`");
        findings.push(
            Diagnostic::warning(NAMESPACE_MISMATCH.code.name, message, declaration.label(name.span))
                .with_secondary(declaration.label(ty.span).with_message("the type")),
        );
    }
}
