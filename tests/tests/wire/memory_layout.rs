//! Sizes of generated types.

use typelang_tests::modules::{API_ENUMS, MODULES};
use typelang_tests::{schemas, shared};

/// Bytes that an enum may take.
const MAX_SIZE: usize = 256;

#[test]
fn enums_are_small() {
    for module in &MODULES {
        let schema = schemas::load(module.schema);
        let several = schema.types.iter().filter(|ty| ty.constructors.len() > 1).count();
        assert_eq!(module.enums.len(), several, "{}: every type of several constructors is an enum", module.name);
        for enumeration in module.enums {
            assert!(enumeration.size <= MAX_SIZE, "{}: {} bytes", enumeration.path, enumeration.size);
        }
    }
    let mut largest: Vec<_> = API_ENUMS.iter().collect();
    largest.sort_by_key(|enumeration| (std::cmp::Reverse(enumeration.size), enumeration.path));
    shared::say("the ten largest enums of the API:");
    for enumeration in largest.iter().take(10) {
        shared::say(&format!("  {:>4} bytes  {}", enumeration.size, enumeration.path));
    }
}
