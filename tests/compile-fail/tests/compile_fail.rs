//! States that the wire cannot carry cannot be written in Rust, and values that borrow do not outlive what they borrow from.

#[test]
fn what_must_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/compile_fail/*.rs");
}
