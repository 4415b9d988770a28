//! Generates what `messages.sendEncrypted` needs.

fn main() -> Result<(), tl_codegen::Error> {
    tl_codegen::Builder::new().schema("../../schema/api.tl").only(["messages.sendEncrypted"]).generate()
}
