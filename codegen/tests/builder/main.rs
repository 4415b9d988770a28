//! The builder: what it writes, when it writes, and what it says if something is wrong.

mod errors;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::slice;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use typelang_build::{Availability, Builder, Error, Profile};
use typelang_ir::ResolveOptions;
use typelang_project::Project;

const SCHEMA: &str = "\
user id:long name:string = User;
userEmpty = User;
messages.message flags:# views:flags.0?int forwards:flags.0?int from:User = messages.Message;
---functions---
getUser id:long = User;
messages.get ids:Vector<long> = Vector<messages.Message>;
";

const NONE: &[PathBuf] = &[];

/// A folder with a schema in it.
struct Folder(TempDir);

impl Folder {
    fn new(schema: &str) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        fs::write(folder.path("schema.tl"), schema).expect("writable");
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn builder(&self) -> Builder {
        Builder::new().schema(self.path("schema.tl"))
    }

    /// Every file beneath a folder, by path.
    fn files(&self, name: &str) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        collect(&self.path(name), &mut files);
        files.into_iter().map(|(path, text)| (path.strip_prefix(self.0.path()).unwrap().to_owned(), text)).collect()
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.insert(path.clone(), fs::read_to_string(path).expect("text"));
        }
    }
}

fn long_ago() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)
}

fn set_time(path: &Path) {
    fs::File::options().write(true).open(path).unwrap().set_modified(long_ago()).unwrap();
}

fn was_left_alone(path: &Path) -> bool {
    fs::metadata(path).unwrap().modified().unwrap() == long_ago()
}

#[test]
fn the_same_bytes_in_every_folder_and_every_run() {
    let (first, second) = (Folder::new(SCHEMA), Folder::new(SCHEMA));
    let generate = |folder: &Folder| {
        folder.builder().out_file(folder.path("out.rs")).generate().unwrap();
        folder.builder().out_directory(folder.path(""), "tl").generate().unwrap();
        (fs::read_to_string(folder.path("out.rs")).unwrap(), folder.files("tl"))
    };
    let expected = generate(&first);
    assert_eq!(generate(&second), expected);
    assert_eq!(generate(&first), expected);
    assert_eq!(first.builder().generate_to_string().unwrap(), expected.0);
    assert!(!expected.0.contains(first.0.path().to_str().unwrap()), "the code does not say where it was made");
}

#[test]
fn the_telegram_api_gives_the_same_bytes_twice() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/api.tl");
    let builder = Builder::new().schema(path).pretty(false);
    let first = builder.generate_to_string().unwrap();
    assert!(first.contains("SendEncrypted"));
    assert!(first == builder.generate_to_string().unwrap(), "two runs differ");
}

#[test]
fn a_file_is_written_only_if_it_changes() {
    let folder = Folder::new(SCHEMA);
    let out = folder.path("deep/er/out.rs");
    let builder = folder.builder().out_file(&out);
    assert_eq!(builder.check().unwrap(), slice::from_ref(&out), "it is missing");
    builder.generate().unwrap();
    assert_eq!(builder.check().unwrap(), NONE);
    set_time(&out);
    builder.generate().unwrap();
    assert!(was_left_alone(&out));

    fs::write(folder.path("schema.tl"), SCHEMA.replace("id:long", "id:int")).unwrap();
    assert_eq!(builder.check().unwrap(), slice::from_ref(&out));
    assert!(was_left_alone(&out), "a check writes nothing");
    builder.generate().unwrap();
    assert!(!was_left_alone(&out));
    let left: Vec<_> = fs::read_dir(out.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "no temporary file is left: {left:?}");
}

#[test]
fn a_folder_holds_the_files_of_the_module_and_no_others() {
    let folder = Folder::new(SCHEMA);
    let builder = folder.builder().out_directory(folder.path("src"), "tl");
    builder.generate().unwrap();
    let names: Vec<String> = folder.files("src").keys().map(|path| path.display().to_string()).collect();
    let expected = [
        "src/tl/enums.rs",
        "src/tl/functions/messages.rs",
        "src/tl/functions/mod.rs",
        "src/tl/mod.rs",
        "src/tl/types/messages.rs",
        "src/tl/types/mod.rs",
    ];
    assert_eq!(names, expected);
    assert_eq!(builder.check().unwrap(), NONE);

    // What an earlier run left goes; what is not Rust, or beside the module, stays.
    fs::create_dir_all(folder.path("src/tl/types/old")).unwrap();
    for path in ["src/tl/types/old/mod.rs", "src/tl/extra.rs", "src/tl/notes.txt", "src/lib.rs"] {
        fs::write(folder.path(path), "").unwrap();
    }
    fs::write(folder.path("src/tl/enums.rs"), "changed").unwrap();
    set_time(&folder.path("src/tl/mod.rs"));
    let different: Vec<PathBuf> =
        ["enums.rs", "extra.rs", "types/old/mod.rs"].iter().map(|it| folder.path("src/tl").join(it)).collect();
    assert_eq!(builder.check().unwrap(), different);
    builder.generate().unwrap();
    assert_eq!(builder.check().unwrap(), NONE);
    assert!(was_left_alone(&folder.path("src/tl/mod.rs")));
    assert!(!folder.path("src/tl/types/old").exists());
    assert!(folder.path("src/tl/notes.txt").exists() && folder.path("src/lib.rs").exists());
}

#[test]
fn a_namespace_that_goes_takes_its_files_along() {
    let folder = Folder::new(SCHEMA);
    let builder = folder.builder().out_directory(folder.path("src"), "tl");
    builder.generate().unwrap();
    fs::write(folder.path("schema.tl"), "user id:long = User;\n").unwrap();
    builder.generate().unwrap();
    let names: Vec<String> = folder.files("src").keys().map(|path| path.display().to_string()).collect();
    assert_eq!(names, ["src/tl/mod.rs", "src/tl/types.rs"]);
}

/// The tokens of a text, in a form that does not depend on its layout.
fn tokens(text: &str) -> String {
    let tokens: proc_macro2::TokenStream = text.parse().expect("Rust");
    // The formatter adds and removes commas at line ends.
    flatten(tokens).split(' ').filter(|token| *token != ",").collect::<Vec<_>>().join(" ")
}

fn flatten(tokens: proc_macro2::TokenStream) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            proc_macro2::TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Brace => ("{ ", "} "),
                    proc_macro2::Delimiter::Bracket => ("[ ", "] "),
                    proc_macro2::Delimiter::Parenthesis => ("( ", ") "),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                text.push_str(open);
                text.push_str(&flatten(group.stream()));
                text.push_str(close);
            }
            token => {
                text.push_str(&token.to_string());
                text.push(' ');
            }
        }
    }
    text
}

#[test]
#[cfg(feature = "pretty")]
fn formatting_changes_no_token() {
    let folder = Folder::new(SCHEMA);
    let always = typelang_build::Availability::Always;
    let builder = folder.builder().any_constructor(always.clone()).function_decoding(always);
    let formatted = builder.clone().generate_to_string().unwrap();
    let plain = builder.pretty(false).generate_to_string().unwrap();
    assert!(plain.lines().count() < formatted.lines().count());
    assert_eq!(tokens(&plain), tokens(&formatted));
}

#[test]
fn documentation_can_be_left_out() {
    let folder = Folder::new(SCHEMA);
    let with = folder.builder().generate_to_string().unwrap();
    let without = folder.builder().documentation(false).generate_to_string().unwrap();
    assert!(with.contains("doc") || with.contains("///"));
    assert!(!without.contains("///") && !without.contains("#[doc"));
}

#[test]
fn the_preamble_is_what_one_wants() {
    let folder = Folder::new(SCHEMA);
    let text = folder.builder().preamble(["@generated", "by hand"]).generate_to_string().unwrap();
    assert!(text.starts_with("// @generated\n// by hand\n\n"), "{}", &text[..80]);
}

#[test]
fn the_runtime_can_be_elsewhere() {
    let folder = Folder::new("one id:int = Number;\n_ id:long = Number;\n");
    let text = folder.builder().runtime_path("crate::tl::runtime").generate_to_string().unwrap();
    assert!(text.contains("use crate::tl::runtime::prelude::*;"));
    assert!(text.contains("impl crate::tl::runtime::Named for NumberDefault"));
    assert!(!text.contains("typelang::"));
}

#[track_caller]
fn fails(builder: &Builder) -> Error {
    builder.generate_to_string().expect_err("an error")
}

#[test]
fn attributes_reach_what_their_path_matches() {
    let folder = Folder::new(SCHEMA);
    let text = folder
        .builder()
        .pretty(false)
        .derive("messages", ["One"])
        .type_attribute("User", "#[two]")
        .type_attribute("messages.message", "#[three]")
        .field_attribute("user.name", "#[four]")
        .field_attribute("messages", "#[five]")
        .generate_to_string()
        .unwrap();
    let count = |what: &str| tokens(&text).matches(&tokens(what)).count();
    // The constructor, its group, and the function.
    assert_eq!(count("#[derive(One)]"), 3);
    assert_eq!((count("#[two] pub enum User"), count("#[two]")), (1, 1));
    assert_eq!((count("#[three] pub struct Message"), count("#[three]")), (1, 2), "the struct, and that of its group");
    assert_eq!(count("#[four] pub name"), 1);
    assert_eq!(count("#[four]"), 1);
    // The field `from`, the group and its two fields, and the argument `ids`.
    assert_eq!(count("#[five]"), 5);
}

#[test]
#[cfg(feature = "pretty")] // without it, an item is one line
fn long_lists_of_items_are_divided_among_files() {
    let mut schema = String::new();
    for letter in 'A'..='Z' {
        for other in 'A'..='Z' {
            schema.push_str(&format!("user{letter}{other}x id:int a:string b:string = User{letter}{other}x;\n"));
            schema.push_str(&format!("chat{letter}{other}x id:int a:string b:string = Chat{letter}{other}x;\n"));
        }
    }
    let folder = Folder::new(&schema);
    folder.builder().out_directory(folder.path("src"), "tl").generate().unwrap();
    let files = folder.files("src");
    let names: Vec<String> = files.keys().map(|path| path.display().to_string()).collect();
    assert!(names.iter().any(|name| name.starts_with("src/tl/types/root/")), "{names:?}");
    let all: usize = files.values().map(|text| text.matches("pub struct ").count()).sum();
    assert_eq!(all, 2 * 26 * 26);
}

#[test]
fn several_files_make_one_schema() {
    let folder = Folder::new("user id:long = User;\n");
    fs::write(folder.path("more.tl"), "user id:long = User;\n---functions---\nget = User;\n").unwrap();
    let text = folder.builder().schemas([folder.path("more.tl")]).generate_to_string().unwrap();
    assert_eq!(text.matches("pub struct User").count(), 1);
    assert_eq!(text.matches("pub struct Get").count(), 1);
}

/// A comment says it for the file, the builder for all of them.
#[test]
fn profiles_decide_on_masks_and_long_strings() {
    let schema = "block mode:# id:int proof:mode.0?bytes = Block;\n";
    let said = |first_line: &str, profile: Option<Profile>| {
        let folder = Folder::new(&format!("{first_line}\n{schema}"));
        let builder = folder.builder();
        let builder = match profile {
            Some(profile) => builder.profile(profile),
            None => builder,
        };
        let text = tokens(&builder.generate_to_string().unwrap());
        (text.contains(&tokens("pub mode: u32")), text.contains("LongBytes"))
    };
    assert_eq!(said("// tl:profile(telegram)", None), (false, false));
    assert_eq!(said("// tl:profile(tdlib)", None), (false, true));
    assert_eq!(said("// tl:profile(ton)", None), (true, true));
    assert_eq!(said("// tl:profile(vk)", None), (true, true));
    // Ids by the reference rule alone say nothing about strings.
    assert_eq!(said("", None), (true, false));
    assert_eq!(said("", Some(Profile::Tdlib)), (false, true));
    assert_eq!(said("// tl:profile(ton)", Some(Profile::Telegram)), (false, false));
}

#[cfg(feature = "facts")]
mod facts {
    use super::{Error, Folder, SCHEMA, fs};

    const FACTS: &str = "\
format = 1
[errors]
ID_INVALID = 400
NAME_INVALID = 400
\"FLOOD_WAIT_%d\" = 420
[functions.getUser]
errors = [\"ID_INVALID\"]
[functions.\"messages.get\"]
errors = [\"NAME_INVALID\"]
callers = \"bots\"
";

    #[test]
    fn facts_become_errors_and_constants() {
        let folder = Folder::new(SCHEMA);
        fs::write(folder.path("facts.toml"), FACTS).expect("writable");
        let code = folder.builder().facts([folder.path("facts.toml")]).generate_to_string().expect("right");
        for part in ["FloodWait(u32)", "pub const ERRORS", "Callers::Bots", "IdInvalid", "NameInvalid"] {
            assert!(code.contains(part), "{part} is missing");
        }
        // A subset keeps the errors of its functions, and those that no function lists.
        let builder = folder.builder().facts([folder.path("facts.toml")]).only(["getUser"]);
        let code = builder.generate_to_string().expect("right");
        assert!(code.contains("IdInvalid") && code.contains("FloodWait") && !code.contains("NameInvalid"));
        assert!(!folder.builder().generate_to_string().expect("right").contains("RpcErrorKind"));
    }

    #[test]
    fn wrong_facts_end_the_build_with_their_places() {
        let folder = Folder::new(SCHEMA);
        let path = folder.path("facts.toml");
        fs::write(&path, FACTS.replace("[functions.getUser]", "[functions.getUsers]")).expect("writable");
        let error = folder.builder().facts([&path]).generate_to_string().expect_err("an unknown function");
        let text = error.to_string();
        assert!(matches!(error, Error::Facts(_)), "{text}");
        for part in ["error[unknown-method]", "facts.toml:6:12", "did you mean `getUser`?"] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        let error = folder.builder().facts([folder.path("none.toml")]).generate_to_string();
        assert!(matches!(error, Err(Error::Read(_))));
    }
}

/// Runs this test again in a process of its own, which generates code from a schema, and returns what it printed. `set` are
/// variables of its environment, among those that Cargo sets for build scripts.
fn printed_by_a_process(test: &str, folder: &Path, set: &[&str]) -> String {
    let mut command = std::process::Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["--exact", test, "--nocapture"])
        .env("TL_TEST_FOLDER", folder)
        .env_remove("OUT_DIR")
        .env_remove("HOST");
    command.envs(set.iter().map(|name| (name, folder)));
    let output = command.output().expect("the test runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn cargo_is_told_of_files_and_warnings_by_build_scripts_alone() {
    if let Some(folder) = std::env::var_os("TL_TEST_FOLDER") {
        let folder = Path::new(&folder);
        return Builder::new()
            .schema(folder.join("schema.tl"))
            .out_file(folder.join("a.rs"))
            .generate()
            .expect("generated");
    }
    let text: String = (1..=120).map(|number| format!("a{number}#{number:08x} = A{number};\n")).collect();
    let folder = Folder::new(&text);
    let test = "cargo_is_told_of_files_and_warnings_by_build_scripts_alone";
    let inside = printed_by_a_process(test, folder.0.path(), &["OUT_DIR", "HOST"]);
    let path = folder.path("schema.tl");
    assert!(inside.contains(&format!("cargo::rerun-if-changed={}\n", path.display())), "{inside}");
    assert!(
        inside.contains(&format!("cargo::warning={}:3:3: the text of `a3` gives the id", path.display())),
        "{inside}"
    );
    assert_eq!(inside.matches("cargo::warning=").count(), 101, "{inside}");
    assert!(inside.contains("cargo::warning=20 more warnings"), "{inside}");
    // One of these can be set in any shell.
    for set in [&[][..], &["OUT_DIR"], &["HOST"]] {
        let outside = printed_by_a_process(test, folder.0.path(), set);
        assert!(!outside.contains("cargo::"), "{set:?}: {outside}");
    }
}

#[test]
fn an_error_shows_a_hundred_findings_and_counts_the_others() {
    let text: String = (0..250).map(|number| format!("a{number}#00000001 x:Nothing{number} = A{number};\n")).collect();
    let error = Folder::new(&text).builder().generate_to_string().expect_err("unknown types").to_string();
    assert_eq!(error.matches("error[").count(), 100, "{error}");
    assert_eq!(error.matches("warning[").count(), 0, "errors come first");
    assert!(error.ends_with("\n400 more are not shown\n"), "{error}");
}

#[test]
fn a_name_for_a_group_is_for_that_of_one_combinator() {
    let folder = Folder::new(
        "photo flags:# width:flags.0?int height:flags.0?int x:flags.1?int y:flags.1?int = Photo;\n\
         video flags:# width:flags.0?int height:flags.0?int = Video;\n",
    );
    let code = folder.builder().group_name("photo", "width_and_height", "size").generate_to_string().expect("code");
    assert!(
        code.contains("pub size: Option<PhotoSize>,") && code.contains("pub x_and_y: Option<PhotoXAndY>,"),
        "{code}"
    );
    assert!(code.contains("pub width_and_height: Option<VideoWidthAndHeight>,"), "{code}");
}

#[test]
fn a_built_in_type_without_a_path_is_an_error_with_its_place() {
    let folder =
        Folder::new("bigBytes ? = BigBytes;\nblock data:bigBytes = Block;\n---functions---\nwait = HttpWait;\n");
    let error = folder.builder().generate_to_string().expect_err("it has no Rust type").to_string();
    assert!(error.contains("error[opaque-builtin]") && error.contains("schema.tl:1:1"), "{error}");
    let with_path = || folder.builder().extern_path("bigBytes", "crate::Big").extern_path("HttpWait", "crate::Wait");
    let code = with_path().generate_to_string().expect("code");
    assert!(code.contains("pub data: crate::Big,") && code.contains("crate::Wait"), "{code}");
    // What is not wanted needs no path.
    assert!(folder.builder().only(["wait"]).generate_to_string().is_ok());
    // A schema that is resolved already has no texts to point into.
    let parsed = typelang_parser::parse(typelang_parser::SourceId::default(), "big ? = Big;\na x:big = A;");
    let schema = typelang_ir::resolve(&[parsed.file], ResolveOptions::default()).schema;
    let error = Builder::new().resolved(schema, Default::default()).generate_to_string().expect_err("no Rust type");
    assert!(matches!(&error, Error::NoRustType { name } if name == "big"), "{error}");
}
