//! States that the wire cannot carry cannot be written in Rust, and values that borrow do not outlive what they borrow from.

#[test]
fn what_must_not_compile() {
    let cases = trybuild::TestCases::new();
    for name in [
        "flags_as_a_field",
        "message_without_forwards",
        "password_fields_apart",
        "password_without_srp_b",
        "value_outlives_input",
    ] {
        cases.compile_fail(format!("tests/compile_fail/{name}.rs"));
    }
}
