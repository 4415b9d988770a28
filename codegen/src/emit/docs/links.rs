//! Links from documentation to generated types.

use proc_macro2::TokenStream;
use typelang_ir::{TypeId, ValueType};

use crate::model::Model;
use crate::tokens::path;

/// A text about a type as code: a link, if there is just one type of the schema that the type is made of.
pub(crate) fn linked(model: &Model<'_>, ty: &ValueType, text: &str) -> String {
    let mut paths = Vec::new();
    ty.walk(&mut |ty| match ty {
        ValueType::Boxed(id, _) => paths.push(type_path(model, *id)),
        ValueType::Bare(id, _) => {
            paths.push(model.has_struct(*id).then(|| text_of(&model.constructor_path(*id))));
        }
        _ => {}
    });
    match &paths[..] {
        [Some(path)] => link(&text, path),
        _ => format!("`{text}`"),
    }
}

/// The path of a type, if it is generated here.
pub(crate) fn type_path(model: &Model<'_>, id: TypeId) -> Option<String> {
    match model.only_constructor(id) {
        Some(only) => model.has_struct(only).then(|| text_of(&model.constructor_path(only))),
        None => model.has_enum(id).then(|| text_of(&path("enums", model.names.ty(id)))),
    }
}

/// Expands to: ``[`Peer`](enums::Peer)``
pub(crate) fn link(text: &impl std::fmt::Display, path: &str) -> String {
    format!("[`{text}`]({path})")
}

/// A path without the blanks that tokens have between them, and without the marks of names.
pub(crate) fn text_of(path: &TokenStream) -> String {
    path.to_string().replace(' ', "").replace("r#", "")
}
