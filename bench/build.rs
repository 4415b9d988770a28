//! Generates what the benchmarks decode once more, with a string type that keeps short strings inline.

fn main() -> Result<(), typelang_build::Error> {
    typelang_build::Builder::new()
        .schema("../schema/api.tl")
        .only(["messages.getHistory", "messages.sendMessage"])
        .string_type("compact_str::CompactString")
        .documentation(false)
        .generate()
}
