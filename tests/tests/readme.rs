//! The README's section about build scripts, followed word for word in a crate outside of the workspace; and the code of other
//! sections, which is compiled with this test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository is there")
}

/// The fenced blocks of a section, without their fences.
fn blocks(readme: &str, heading: &str) -> Vec<String> {
    let section = readme.split_once(&format!("\n## {heading}\n")).expect("the section is there").1;
    let section = section.split("\n## ").next().unwrap_or_default();
    let after_fences = section.split("```").skip(1).step_by(2);
    after_fences.map(|block| block.split_once('\n').map_or("", |(_, text)| text).to_owned()).collect()
}

#[test]
fn a_crate_made_by_the_readme_builds() {
    let root = root();
    let readme = fs::read_to_string(root.join("README.md")).expect("the README is there");
    let blocks = blocks(&readme, "In build.rs");
    let [dependencies, script, library, ..] = &blocks[..] else { panic!("too few blocks: {blocks:?}") };
    let clone = root.display().to_string().replace('\\', "/");
    let dependencies = dependencies.replace("\"../tl/", &format!("\"{clone}/"));

    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("writable");
        fs::write(path, text).expect("writable");
    };
    write(
        "Cargo.toml",
        &format!("[package]\nname = \"newcomer\"\nedition = \"2024\"\n\n{dependencies}\n[workspace]\n"),
    );
    write("build.rs", script);
    write("src/lib.rs", library);
    fs::create_dir_all(folder.path().join("schema")).expect("writable");
    for path in ["Cargo.lock", "schema/api.tl"] {
        fs::copy(root.join(path), folder.path().join(path)).expect("writable");
    }
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline"])
        .current_dir(folder.path())
        .arg("--target-dir")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme"))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The code of the README, with what the text around it has.
#[allow(dead_code, unused_variables, clippy::needless_borrow, reason = "it is compiled, with references for vectors")]
mod code {
    use typelang_telegram::api::functions::messages::SendEncrypted;

    include!(concat!(env!("OUT_DIR"), "/readme.rs"));
}

/// Code for the README's words: a server whose arms return what the functions do, and a client.
#[allow(dead_code, reason = "it is compiled")]
mod words {
    use typelang_telegram::api::functions::InvokeWithLayer;
    use typelang_telegram::api::functions::messages::SendEncrypted;
    use typelang_telegram::{Decode, DecodeError, Invoke, Raw};

    async fn call<Client: Invoke>(client: &Client, request: &SendEncrypted) -> Result<(), Client::Error> {
        let _: typelang_telegram::api::enums::messages::SentEncryptedMessage = client.invoke(request).await?;
        Ok(())
    }

    fn wrapper(bytes: &[u8]) -> Result<InvokeWithLayer<Raw>, DecodeError> {
        InvokeWithLayer::from_bytes(bytes)
    }
}
