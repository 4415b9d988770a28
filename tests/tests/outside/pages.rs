//! Pages of published schemas.

use typelang_tests::published::Published;
use typelang_tests::trials::{Trial, for_each};
use typelang_tests::{pages, schemas};

pub(crate) fn trials() -> Vec<Trial> {
    let others = |all: Vec<Published>| all.into_iter().filter(|schema| schema.family() != "telegram").collect();
    for_each(
        "pages",
        schemas::published().map(others),
        |schema| schema.name.clone(),
        |schema| {
            pages::assert_whole(&schemas::load_all(&schema.files, schema.profile), &schema.name);
        },
    )
}
