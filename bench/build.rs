//! Generates what the benchmarks decode once more, with a string type that keeps short strings inline: the layer that the benchmark
//! inputs and the peer have.

use std::fs;
use std::path::PathBuf;

const HISTORY: &str = "../schema/history.tl";
const LAYER: u32 = 230;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={HISTORY}");
    let schema = PathBuf::from(std::env::var("OUT_DIR")?).join("schema.tl");
    let history = typelang_history::parse(Default::default(), &fs::read_to_string(HISTORY)?).history;
    fs::write(&schema, history.layer(LAYER).ok_or("the history does not have the layer")?.schema_text())?;
    typelang_build::Builder::new()
        .schema(schema)
        .only(["messages.getHistory", "messages.sendMessage"])
        .string_type("compact_str::CompactString")
        .documentation(false)
        .generate()?;
    Ok(())
}
