//! Generates what the benchmarks decode once more, with a string type that keeps short strings inline.

fn main() -> Result<(), tl_codegen::Error> {
    tl_codegen::Builder::new()
        .schema("../schema/api.tl")
        .only(["messages.getHistory", "messages.sendMessage"])
        .string_type("compact_str::CompactString")
        .documentation(false)
        .generate()
}
