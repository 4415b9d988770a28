//! Generates what the benchmarks decode once more: with a string type that keeps short strings inline, with serde through the table, and
//! with derived serde. All of it is of the layer that the benchmark inputs and the peer have.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use typelang_build::{Availability, Builder};

const HISTORY: &str = "../schema/history.tl";
const LAYER: u32 = 230;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={HISTORY}");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let schema = out.join("schema.tl");
    let history = typelang_history::parse(Default::default(), &fs::read_to_string(HISTORY)?).history;
    fs::write(&schema, history.layer(LAYER).ok_or("the history does not have the layer")?.schema_text())?;
    builder(&schema).string_type("compact_str::CompactString").generate()?;
    if env::var_os("CARGO_FEATURE_TABLE").is_some() {
        let builder = || builder(&schema).function_decoding(Availability::Always).both_directions(true);
        builder().reflect(Availability::Always).serde(Availability::Always).out_file(out.join("ours.rs")).generate()?;
        let code = builder().derive(".", ["serde::Serialize", "serde::Deserialize"]).generate_to_string()?;
        fs::write(out.join("derived.rs"), code.lines().map(with_attributes).collect::<String>())?;
    }
    Ok(())
}

/// The names that reach the types of the values that are measured.
fn builder(schema: &Path) -> Builder {
    Builder::new()
        .schema(schema)
        .only(["messages.getHistory", "messages.sendMessage", "messages.sendEncrypted"])
        .documentation(false)
}

/// A line of code with what people write who derive serde for such types: a tag for enums, nothing for what is absent, and bytes as
/// hexadecimal digits.
fn with_attributes(line: &str) -> String {
    let code = line.trim_start();
    let Some(item) = code.strip_prefix("pub ") else { return format!("{line}\n") };
    let attribute = if item.starts_with("enum ") && !item.starts_with("enum Any") {
        "#[serde(tag = \"_\")]"
    } else if item.ends_with(": bool,") {
        "#[serde(default, skip_serializing_if = \"core::ops::Not::not\")]"
    } else if item.contains(": Option<") && item.ends_with(',') {
        "#[serde(default, skip_serializing_if = \"Option::is_none\")]"
    } else if item.ends_with(": Vec<u8>,") {
        "#[serde(with = \"crate::hexadecimal\")]"
    } else {
        ""
    };
    format!("{attribute}\n{line}\n")
}
