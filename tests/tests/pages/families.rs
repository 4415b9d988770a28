use std::fs;
use std::path::Path;

use typelang_tests::{pages, schemas};

#[test]
fn schemas_of_all_families_have_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("families/schemas");
    for entry in fs::read_dir(folder).expect("a folder of schemas") {
        let path = entry.expect("readable").path();
        pages::assert_whole(&schemas::load_path(&path), &path.display().to_string());
    }
}
