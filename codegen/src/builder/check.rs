//! Checks of options, before anything is read.

use super::Error;
use crate::borrowing::{lifetimes, names_lifetime};
use crate::options::{Availability, Options};
use crate::tokens::parse;

/// Text that goes into the code as it is must at least be made of Rust tokens.
pub(super) fn options(options: &Options) -> Result<(), Error> {
    let attributes = options.type_attributes.iter().chain(&options.field_attributes).map(|it| &it.attribute);
    let paths = options.extern_paths.iter().map(|(_, path)| path);
    let types = options.bytes_type.iter().chain(&options.string_type).chain([&options.runtime_path]);
    for text in attributes.chain(paths).chain(types) {
        if text.parse::<proc_macro2::TokenStream>().is_err() {
            return Err(Error::InvalidRust { text: text.clone() });
        }
    }
    borrowing(options)
}

/// Generated types have the lifetime `'a`, and no other; and what builds values cannot build what borrows.
fn borrowing(options: &Options) -> Result<(), Error> {
    let types = options.bytes_type.iter().chain(&options.string_type);
    let types: Vec<&String> = types.chain(options.extern_paths.iter().map(|(_, path)| path)).collect();
    for text in &types {
        if lifetimes(&parse(text)).iter().any(|lifetime| lifetime != "a") {
            return Err(Error::UnknownLifetime { text: (*text).clone() });
        }
    }
    let parts = [
        ("serde", options.serde != Availability::Never),
        ("catalog", options.catalog != Availability::Never),
        ("arbitrary", options.arbitrary != Availability::Never),
        ("examples", !options.examples.is_empty()),
    ];
    let borrowing = types.iter().find(|text| names_lifetime(&parse(text)));
    match (borrowing, parts.iter().find(|(_, is_wanted)| *is_wanted)) {
        (Some(text), Some((part, _))) => Err(Error::Borrowed { part, text: (*text).clone() }),
        _ => Ok(()),
    }
}
