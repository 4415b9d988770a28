//! Faults of schemas, options and paths, as the builder reports them.

use super::*;

#[test]
fn a_file_that_is_not_there() {
    let error = fails(&Builder::new().schema("nowhere/schema.tl"));
    assert!(matches!(&error, Error::Read(it) if it.files[0].path == Path::new("nowhere/schema.tl")));
    assert!(error.to_string().starts_with("cannot read nowhere/schema.tl: "), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    let error = fails(&Builder::new().schemas(["nowhere/a.tl", "nowhere/b.tl"]));
    assert_eq!(error.to_string().lines().count(), 2, "all files are listed: {error}");
    assert!(matches!(fails(&Builder::new()), Error::NoSchema));
}

#[test]
fn errors_of_a_schema_are_shown_as_they_are_meant_to_be_read() {
    let folder = Folder::new("// é\nuser id:lnog name:Strng = User;\n");
    let out = folder.path("out.rs");
    let error = folder.builder().out_file(&out).generate().unwrap_err();
    let path = folder.path("schema.tl").display().to_string();
    let expected = format!(
        "the schema has errors

error[unknown-type]: unknown type `lnog`
 --> {path}:2:9
  |
2 | user id:lnog name:Strng = User;
  |         ^^^^
  |
  = help: did you mean `long`?

error[unknown-type]: unknown type `Strng`
 --> {path}:2:19
  |
2 | user id:lnog name:Strng = User;
  |                   ^^^^^
  |
  = help: did you mean `string`?"
    );
    assert_eq!(error.to_string().trim_end(), expected);
    // `main` of a build script shows `Debug`.
    assert_eq!(format!("{error:?}"), error.to_string());
    assert!(!out.exists(), "nothing is written");
    // As data, they have places in the texts.
    let Error::Schema(findings) = error else { panic!("the schema has errors") };
    let snippets: Vec<&str> = findings.diagnostics.iter().map(|it| findings.sources.snippet(&it.primary)).collect();
    assert_eq!(snippets, ["lnog", "Strng"]);
}

#[test]
fn a_schema_that_is_loaded_already_gives_the_same_code() {
    let folder = Folder::new(SCHEMA);
    let project = Project::read(&[folder.path("schema.tl")], |path| fs::read(path)).unwrap();
    let checked = project.as_one(ResolveOptions::default());
    let builder = Builder::new().resolved(checked.schema, checked.facts);
    assert_eq!(builder.generate_to_string().unwrap(), folder.builder().generate_to_string().unwrap());
    let (of_loaded, of_files) = (builder.only(["getUser"]), folder.builder().only(["getUser"]));
    assert_eq!(of_loaded.generate_to_string().unwrap(), of_files.generate_to_string().unwrap());
}

#[test]
fn a_file_that_is_no_text_is_an_error_with_a_place() {
    let folder = Folder::new("");
    fs::write(folder.path("schema.tl"), b"user id:long = User;\nother x:\xff = Other;\n").unwrap();
    let error = fails(&folder.builder());
    assert!(error.to_string().contains("schema.tl:2:"), "{error}");
}

#[test]
fn roots_that_name_nothing_are_all_reported() {
    let folder = Folder::new(SCHEMA);
    let error = fails(&folder.builder().only(["getUsr", "messages.get", "get"]));
    assert!(matches!(&error, Error::UnknownRoots(roots) if roots.len() == 2));
    let expected = "no function, constructor or type is called `getUsr`, did you mean `getUser`?\n\
                    no function, constructor or type is called `get`, did you mean `messages.get`?";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn no_roots_keep_nothing() {
    let folder = Folder::new(SCHEMA);
    let text = folder.builder().only([""; 0]).generate_to_string().unwrap();
    assert!(!text.contains("pub struct") && text.contains("name_of"), "{text}");
}

#[test]
fn options_that_are_no_rust() {
    let folder = Folder::new(SCHEMA);
    for builder in [
        folder.builder().type_attribute(".", "#[derive(Foo"),
        folder.builder().field_attribute("user.id", "#[x = \"]"),
        folder.builder().extern_path("User", "crate::("),
        folder.builder().bytes_type("Vec<u8>]"),
        folder.builder().string_type("'"),
        folder.builder().runtime_path("a::{"),
    ] {
        let error = fails(&builder);
        assert!(matches!(error, Error::InvalidRust { .. }), "{error}");
        assert!(error.to_string().ends_with("is not Rust"));
    }
}

#[test]
fn lifetimes_that_generated_types_do_not_have() {
    let folder = Folder::new(SCHEMA);
    for builder in [
        folder.builder().string_type("&'b str"),
        folder.builder().string_type("&'static str"),
        folder.builder().string_type("&str"),
        folder.builder().bytes_type("Cow<'_, [u8]>"),
        folder.builder().bytes_type("Both<'a, 'b>"),
        folder.builder().extern_path("User", "crate::User<'u>"),
    ] {
        let error = fails(&builder);
        assert!(matches!(error, Error::UnknownLifetime { .. }), "{error}");
        assert!(error.to_string().contains("must name the lifetime `'a`"), "{error}");
    }
}

#[test]
fn what_builds_values_cannot_build_what_borrows() {
    let folder = Folder::new(SCHEMA);
    let always = || Availability::Always;
    for (part, builder) in [
        ("serde", folder.builder().serde(always())),
        ("catalog", folder.builder().catalog(always())),
        ("arbitrary", folder.builder().arbitrary(always()).reflect(always())),
        ("examples", folder.builder().examples("crate::tl", ["getUser"])),
    ] {
        assert!(builder.generate_to_string().is_ok(), "{part}");
        assert!(builder.clone().borrowed(true).borrowed(false).generate_to_string().is_ok(), "{part}");
        let error = fails(&builder.borrowed(true));
        assert!(matches!(&error, Error::Borrowed { part: it, .. } if *it == part), "{error}");
    }
}

#[test]
fn only_what_holds_a_borrowed_string_has_a_lifetime() {
    let schema = "vector#1cb5c415 {t:Type} # [ t ] = Vector t;\n\
                  plain id:long = Plain;\n\
                  held name:string = Held;\n\
                  holder items:Vector<Held> plain:Plain = Holder;\n\
                  data content:bytes = Data;\n";
    let folder = Folder::new(schema);
    let lifetimes = |builder: &Builder| {
        let text = builder.generate_to_string().unwrap();
        ["Plain", "Held", "Holder", "Data"].map(|name| text.contains(&format!("pub struct {name}<'a>")))
    };
    assert_eq!(lifetimes(&folder.builder()), [false; 4]);
    assert_eq!(lifetimes(&folder.builder().borrowed(true)), [false, true, true, true]);
    assert_eq!(lifetimes(&folder.builder().string_type("&'a str")), [false, true, true, false]);
    assert_eq!(lifetimes(&folder.builder().bytes_type("Cow<'a, [u8]>")), [false, false, false, true]);
    assert_eq!(lifetimes(&folder.builder().extern_path("plain", "own::Plain<'a>")), [false, false, true, false]);
}

#[test]
fn an_extern_path_for_nothing() {
    let folder = Folder::new(SCHEMA);
    let error = fails(&folder.builder().extern_path("Usr", "crate::User"));
    assert!(matches!(&error, Error::UnknownExternPath { name } if name == "Usr"));
}

#[test]
fn an_extern_path_for_what_takes_arguments() {
    let folder = Folder::new(
        "pair {X:Type} a:X b:X = Pair X;\nuser {m:#} id:m.0?int = User m;\nboth p:(Pair int) u:(User 1) = Both;\n",
    );
    for name in ["Pair", "pair", "User"] {
        let error = fails(&folder.builder().extern_path(name, "crate::Own"));
        assert!(matches!(&error, Error::ExternPathWithParameters { name: of } if of == name), "{error}");
    }
}
