//! Generates what `messages.sendEncrypted` needs.

fn main() -> Result<(), typelang_build::Error> {
    typelang_build::Builder::new().schema("../../schema/api.tl").only(["messages.sendEncrypted"]).generate()
}
