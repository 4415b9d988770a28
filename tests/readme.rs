//! The Rust code of the README, each block in a function with what the text around it has.

use std::fmt::Write;

/// A block of the README.
struct Block {
    /// The heading of its section.
    heading: &'static str,
    /// A line that tells it from the others of the section.
    with: &'static str,
    /// The values that are there before, as parameters of the function.
    given: &'static str,
    /// The imports of the blocks before it.
    uses: &'static str,
}

const BLOCKS: [Block; 6] = [
    Block {
        heading: "Sending a message to a secret chat",
        with: "let request = SendEncrypted {",
        given: "answer: &[u8]",
        uses: "",
    },
    Block {
        heading: "Sending a message to a secret chat",
        with: "let failure = RpcFailure::new",
        given: "",
        uses: "use typelang_telegram::api::functions::messages::SendMessage;",
    },
    Block {
        heading: "Messages of MTProto, and calls over a connection",
        with: "let result: RpcResult = ",
        given: "bytes: &[u8], request: SendEncrypted",
        uses: "use typelang_telegram::{Combinator, Decode, Raw};",
    },
    Block {
        heading: "Decoding without copying",
        with: "let Messages::Slice(slice)",
        given: "answer: &[u8], request: typelang_telegram::borrowed::functions::messages::GetHistory",
        uses: "",
    },
    Block {
        heading: "Paths in errors, and JSON",
        with: "serde_json::to_string(&request)",
        given: "request: SendEncrypted",
        uses: "",
    },
    Block {
        heading: "Looking into bytes",
        with: "Path::of::<Updates>",
        given: "bytes: &[u8]",
        uses: "use typelang::reflect::Path; use typelang_telegram::ReadOptions; use typelang_telegram::api::enums::Updates;",
    },
];

/// Functions that contain the blocks of the README.
pub(crate) fn functions(readme: &str) -> Result<String, Box<dyn std::error::Error>> {
    let mut code = String::new();
    for (index, block) in BLOCKS.iter().enumerate() {
        let text = text_of(readme, block).ok_or_else(|| format!("README.md: no block with `{}`", block.with))?;
        let Block { given, uses, .. } = block;
        writeln!(
            code,
            "fn block_{index}({given}) -> Result<(), Box<dyn std::error::Error>> {{\n{uses}\n{text}Ok(())\n}}"
        )?;
    }
    Ok(code)
}

/// The text of a block.
fn text_of<'r>(readme: &'r str, block: &Block) -> Option<&'r str> {
    let (_, section) = readme.split_once(&format!("\n## {}\n", block.heading))?;
    let section = section.split("\n## ").next()?;
    let mut blocks = section.split("```rust\n").skip(1).filter_map(|it| it.split_once("```")).map(|(text, _)| text);
    blocks.find(|text| text.contains(block.with))
}
