//! Random schemas through every tool that needs no Rust compiler: check, format, print, table, walker.

use typelang::reflect::Table;
use typelang_tests_random::{Account, Choices, Config, check, generate, walker};

/// Seeds of ordinary names, and of hazardous ones.
const SEEDS: u64 = 60;

#[test]
fn nothing_is_wrong_with_random_schemas() {
    let (mut account, mut values, mut without_values) = (Account::default(), 0, 0);
    let configs = [Config::PLAIN, Config::ALL];
    for (seed, config) in (0..SEEDS).flat_map(|seed| configs.map(|config| (seed, config))) {
        let model = generate(&mut Choices::of_seed(seed), config);
        match check(&model) {
            Ok(checked) => {
                account.add(&model, &checked);
                values += checked.values;
                without_values += usize::from(checked.values == 0);
            }
            Err(failure) => panic!("seed {seed}: {}\n{}\n{}", failure.kind, failure.message, model.text()),
        }
    }
    assert!(values > 5000 && without_values < 3, "{values} values, {without_values} schemas without one");
    assert_eq!(account.missing(), [""; 0], "constructs that no schema of these seeds has:\n{}", account.table());
}

#[test]
fn a_seed_makes_the_same_schema_again() {
    let text = |seed| generate(&mut Choices::of_seed(seed), Config::ALL).text();
    assert_eq!(text(7), text(7));
    assert_ne!(text(7), text(8));
}

#[test]
fn choices_of_a_fuzzer_end() {
    let checked = |bytes: &[u8]| {
        let model = generate(&mut Choices::of_bytes(bytes), Config::ALL);
        check(&model).unwrap_or_else(|failure| panic!("{}: {}\n{}", failure.kind, failure.message, model.text()))
    };
    assert!(!checked(&[]).schema.types.is_empty());
    assert!(!checked(&[0xff; 300]).schema.types.is_empty());
}

#[test]
fn samples_without_bytes_come_to_an_end() {
    let text = "nothing = Nothing; many x:99*[ 99*[ 99*[ 99*[ 99*[ %Nothing ] ] ] ] ] = Many;";
    let mut sources = typelang_project::Project::new();
    sources.add_schema("schema.tl", text.as_bytes().to_vec());
    let bytes = walker::table_of(&sources.as_one(typelang_ir::ResolveOptions::default()).schema);
    let table = Table::new(&bytes).expect("a table");
    let many = table.constructor_named("many").expect("a constructor");
    assert_eq!(table.sample_fields(&many, &mut std::iter::repeat(1)), None);
}
