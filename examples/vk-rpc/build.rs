//! Generates the schema's Rust. A server reads requests as well, so functions can be decoded, too.

use typelang_build::{Availability, Builder, Error};

fn main() -> Result<(), Error> {
    Builder::new().schema("schema.tl").function_decoding(Availability::Always).generate()
}
