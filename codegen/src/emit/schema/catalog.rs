//! The list of all types, for tests, fuzz targets and tools that go through them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use typelang_ir::{Argument, Nat, ValueType};

use crate::emit::docs::Docs;
use crate::model::Model;
use crate::options::Availability;
use crate::tokens::path;

/// Items of the list. Types and constructors with parameters are not in it, since bytes alone do not say their arguments,
/// and neither are results that depend on a call.
///
/// Expands to:
///
/// ```text
/// use typelang::catalog::Entry;
///
/// pub static CATALOG: [Entry; 3] = [
///     Entry::of_type::<enums::Peer>("Peer"),
///     Entry::of_constructor::<types::PeerUser>(),
///     Entry::of_result::<functions::GetPeer>(),
/// ];
///
/// #[cfg(feature = "decode-functions")]
/// pub static CALLS: [Entry; 1] = [Entry::of_function::<functions::GetPeer>()];
/// ```
pub(crate) fn catalog(model: &Model<'_>) -> Vec<TokenStream> {
    let entries = types(model).into_iter().chain(constructors(model)).chain(results(model)).collect();
    let docs =
        Docs::default().paragraph("Every type, every constructor without its id, and the result of every function.");
    let runtime = crate::tokens::parse(&model.options.runtime_path);
    let mut items = vec![quote!(use #runtime::catalog::Entry;), list(model, &quote!(CATALOG), docs, entries)];
    let docs = Docs::default().paragraph("Every function. One that wraps another call accepts any call.");
    let calls = || list(model, &quote!(CALLS), docs, functions(model));
    match model.function_decoding() {
        Availability::Never => {}
        Availability::Always => items.push(calls()),
        Availability::Feature(feature) => {
            let calls = calls();
            items.push(quote!(#[cfg(feature = #feature)] #calls));
        }
    }
    items
}

fn list(model: &Model<'_>, name: &TokenStream, docs: Docs, entries: Vec<TokenStream>) -> TokenStream {
    let docs = docs.tokens(model.options);
    let count = Literal::usize_unsuffixed(entries.len());
    quote! {
        #docs
        pub static #name: [Entry; #count] = [#(Entry::#entries),*];
    }
}

fn types(model: &Model<'_>) -> Vec<TokenStream> {
    let is_here = |ty: &typelang_ir::TypeId| {
        let only = model.only_constructor(*ty);
        model.generics_of_type(*ty).is_empty() && only.map_or(model.has_enum(*ty), |only| model.stands_alone(only))
    };
    let entries = model.schema.type_ids().filter(is_here).map(|id| {
        let ty = match model.only_constructor(id) {
            Some(only) => model.constructor_path(only),
            None => path("enums", model.names.ty(id)),
        };
        let name = model.schema[id].name.to_string();
        quote!(of_type::<#ty>(#name))
    });
    entries.collect()
}

fn constructors(model: &Model<'_>) -> Vec<TokenStream> {
    let entries = model.schema.constructor_ids().filter(|&id| model.stands_alone(id)).map(|id| {
        let path = model.constructor_path(id);
        quote!(of_constructor::<#path>())
    });
    entries.collect()
}

fn functions(model: &Model<'_>) -> Vec<TokenStream> {
    let entries = model.schema.function_ids().map(|id| {
        let path = path("functions", model.names.function(id));
        let call = model.schema[id].call().map(|_| quote!(<super::AnyFunction>));
        quote!(of_function::<#path #call>())
    });
    entries.collect()
}

fn results(model: &Model<'_>) -> Vec<TokenStream> {
    let is_known = |id: &typelang_ir::FunctionId| {
        let function = &model.schema[*id];
        function.call().is_none() && !has_numbers(model, &function.result)
    };
    let entries = model.schema.function_ids().filter(is_known).map(|id| {
        let path = path("functions", model.names.function(id));
        quote!(of_result::<#path>())
    });
    entries.collect()
}

/// Returns whether the form of a type holds a number, so that it has no default.
fn has_numbers(model: &Model<'_>, ty: &ValueType) -> bool {
    let of_arguments = |generics: &crate::generics::Generics, arguments: &[Argument]| {
        generics.parameters.iter().any(|generic| match arguments.get(generic.position) {
            Some(Argument::Type(ty)) => has_numbers(model, ty),
            Some(Argument::Nat(Nat::Constant(_) | Nat::Variable(..))) => true,
            None => false,
        })
    };
    match ty {
        ValueType::Tuple { element, count, .. } => {
            model.layout.array_length(element, *count).is_none() || has_numbers(model, element)
        }
        ValueType::Vector { element, .. } => has_numbers(model, element),
        ValueType::Boxed(id, arguments) => of_arguments(model.generics_of_type(*id), arguments),
        ValueType::Bare(id, arguments) => of_arguments(model.generics_of(*id), arguments),
        ValueType::Parameter(_) | ValueType::Output(_) => true,
        ValueType::Builtin(_)
        | ValueType::BoxedBuiltin(..)
        | ValueType::Call(_)
        | ValueType::Object
        | ValueType::Function => false,
    }
}
