//! Namespaces of constructors and their types.

use typelang_parser::{Diagnostic, declare_code};

use crate::context::Context;
use crate::walk;

declare_code!(NAMESPACE_MISMATCH {
    name: "namespace-mismatch",
    level: Silence,
    summary: "A constructor is outside of the namespace of its type",
    explanation: "A constructor is looked for beside its type, or in a namespace further in: `messages.chats = \
        messages.Chats`, `adnl.message.ping = adnl.Message`, `pub.aes = PublicKey`. One that is elsewhere was \
        often copied from another namespace, and now the type has a constructor too many, and another type one \
        too few. Published schemas have such constructors on purpose, so this is allowed by default.\n\n\
        ```text\nusers.chats chats:Vector<Chat> = messages.Chats;\n```\n\n\
        Write `users.Chats`, or move the constructor.",
});

pub(super) fn mismatches(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations().filter(|declaration| declaration.is_constructor()) {
        let name = &declaration.combinator.name;
        let Some(ty) = walk::head(&declaration.combinator.result) else { continue };
        if name.namespace.starts_with(&ty.namespace) {
            continue;
        }
        let message = format!("`{name}` is outside of the namespace of its type `{ty}`");
        findings.push(
            Diagnostic::new(&NAMESPACE_MISMATCH, message, declaration.label(name.span))
                .with_secondary(declaration.label(ty.span).with_message("the type")),
        );
    }
}
