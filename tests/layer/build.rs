//! Generates a layer of the API twice, from the history of all layers: with values that own their data, and with values that borrow.
//! Only what the encodings need that belong to this layer.

use std::fs;
use std::path::PathBuf;

use typelang_build::{Availability, Builder};

/// The layer.
const LAYER: u32 = 230;

/// The functions that reach everything that is encoded.
const ROOTS: [&str; 6] = [
    "bots.getBotCommands",
    "messages.getHistory",
    "messages.sendEncrypted",
    "messages.sendEncryptedFile",
    "messages.sendMessage",
    "updates.getDifference",
];

const HISTORY: &str = "../../schema/history.tl";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={HISTORY}");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let schema = out.join("schema.tl");
    let history = typelang_history::parse(Default::default(), &fs::read_to_string(HISTORY)?).history;
    let layer = history.layer(LAYER).ok_or("the history does not have the layer")?;
    fs::write(&schema, layer.schema_text())?;
    let builder = |name: &str| {
        Builder::new()
            .schema(&schema)
            .only(ROOTS)
            .both_directions(true)
            .function_decoding(Availability::Always)
            .documentation(false)
            .out_file(out.join(name))
    };
    builder("api.rs").any_constructor(Availability::Always).reflect(Availability::Always).generate()?;
    builder("borrowed.rs").borrowed(true).generate()?;
    Ok(())
}
