//! `Debug` of structs, where it is not derived.

use proc_macro2::TokenStream;
use quote::quote;
use typelang_ir::{Member, Role, ValueType};

use crate::emit::items::subject::Subject;

/// `Debug` of a common struct that holds other types before its last field; nothing for other structs, which derive it.
///
/// A derived `fmt` is compiled in each program, as decoders of common types were, and with it, in each codegen unit of the
/// program, what drops the fields: they are made to `dyn Debug` as they are. The macro makes references to them to `dyn Debug`.
///
/// Expands to: `debug_struct!(PeerNotifySettings { show_previews, silent, mute_until });`
pub(crate) fn debug_struct(subject: &Subject<'_>) -> Vec<TokenStream> {
    if !implements_debug(subject) {
        return Vec::new();
    }
    let ident = subject.ident;
    let lifetime = subject.parameters.named();
    let members = subject.record.shape.members();
    let names = members.iter().map(|member| match *member {
        Member::Field(position) => &subject.record.idents[position],
        Member::Group(group) => subject.record.group(group).ident,
    });
    vec![quote!(debug_struct!(#ident #lifetime { #(#names),* });)]
}

/// Returns whether [`debug_struct`] writes an impl, so that the struct does not derive it.
pub(crate) fn implements_debug(subject: &Subject<'_>) -> bool {
    let members = subject.record.shape.members();
    let before_last = members.split_last().map_or(&[][..], |(_, before_last)| before_last);
    subject.common && subject.generics.is_empty() && before_last.iter().any(|member| holds_type(subject, member))
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
