//! Encodings made by other software: every line is read by the schema that it belongs to.

mod messages;
mod serde;
mod typed;
mod walker;

use typelang_tests::modules::Module;
use typelang_tests::trials::{Needed, Trial, for_each, needing};
use typelang_tests::vector_files::{VectorFile, vector_files};

pub(crate) fn trials() -> Vec<Trial> {
    let walked = for_each("vectors::walker", vector_files(), |file| file.name.clone(), walker::check);
    walked
        .into_iter()
        .chain(messages::trials())
        .chain(of_crate("vectors::typed", typed::check))
        .chain(of_crate("vectors::serde", serde::check))
        .collect()
}

/// A test for each file whose schema a module of the checked-in crate has.
fn of_crate(group: &str, check: fn(&VectorFile, &'static Module)) -> Vec<Trial> {
    let one = |file: VectorFile| {
        let module = file.module()?;
        Some(needing(format!("{group}::{}", file.name), module, move |module| check(&file, module)))
    };
    match vector_files() {
        Ok(files) => files.into_iter().filter_map(one).collect(),
        Err(missing) => vec![needing(group, Needed::<()>::Err(missing), drop)],
    }
}
