#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    (typelang_tests::fuzz::target("select").run)(data);
});
