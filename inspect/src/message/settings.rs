//! How messages are read.

use typelang::ReadOptions;

use crate::schemas::{Schemas, TypeIn};

/// What an inspector was told.
#[derive(Clone, Debug)]
pub(super) struct Settings<'t> {
    pub(super) schemas: Schemas<'t>,
    pub(super) options: ReadOptions,
    /// The type of the input; without one the ids tell.
    pub(super) ty: Option<TypeIn<'t>>,
    /// The type of the results of requests.
    pub(super) answer: Option<TypeIn<'t>>,
    /// Paths to the parts that are shown; everything is, if there are none.
    pub(super) paths: Vec<String>,
    /// How many bytes packed data may become.
    pub(super) max_unpacked: usize,
}
