//! Generates the schema's Rust, with the schema's documentation in it.

fn main() -> Result<(), typelang_build::Error> {
    typelang_build::Builder::new().schema("schema.tl").generate()
}
