//! Generates the schema's Rust, with the schema's documentation in it.

fn main() -> Result<(), tl_codegen::Error> {
    tl_codegen::Builder::new().schema("schema.tl").generate()
}
