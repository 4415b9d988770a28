//! `Debug` of structs, where it is not derived.

use proc_macro2::TokenStream;
use quote::quote;
use typelang_ir::{Member, Role, TypeId, ValueType};

use crate::emit::items::subject::Subject;

/// `Debug` of a common struct that holds other types before its last field; nothing for other structs, which derive it.
///
/// A derived `fmt` is compiled in each program, as decoders of common types were, and with it, in each codegen unit of the
/// program, what drops the fields: they are made to `dyn Debug` as they are. The macro makes references to them to `dyn Debug`.
///
/// Expands to: `debug_struct!(PeerNotifySettings { show_previews, silent, mute_until });`
pub(crate) fn debug_struct(subject: &Subject<'_>, result: TypeId) -> Option<TokenStream> {
    let members = subject.record.shape.members();
    let (_, before_last) = members.split_last()?;
    let holds_types = before_last.iter().any(|member| holds_type(subject, member));
    if !subject.model.is_common(result) || !subject.generics.is_empty() || !holds_types {
        return None;
    }
    let ident = subject.ident;
    let lifetime = subject.parameters();
    let names = members.iter().map(|member| match *member {
        Member::Field(position) => &subject.record.idents[position],
        Member::Group(group) => subject.record.group(group).ident,
    });
    Some(quote!(debug_struct!(#ident #lifetime { #(#names),* });))
}

/// Whether a member holds a value of a type of the schema.
fn holds_type(subject: &Subject<'_>, member: &Member) -> bool {
    match *member {
        Member::Field(position) if matches!(subject.record.shape.roles[position], Role::Flag(_)) => false,
        Member::Field(position) => {
            let ty = &subject.record.combinator.fields[position].ty;
            !matches!(ty, ValueType::Builtin(_) | ValueType::BoxedBuiltin(..))
        }
        Member::Group(_) => true,
    }
}
