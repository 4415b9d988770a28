use typelang_doc::{Format, Options, Part};
use typelang_tests::{pages, schemas};

/// Builds a call and gives its bytes.
type Call = fn() -> Vec<u8>;

mod compiled {
    use typelang_telegram::Encode;

    use super::Call;

    include!(concat!(env!("OUT_DIR"), "/examples.rs"));

    pub(super) fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
        assert!(WITHOUT.is_empty(), "no example of {WITHOUT:?}");
        EXAMPLES.iter().map(|(name, text, call)| {
            assert!(!call().is_empty());
            (*name, *text)
        })
    }
}

#[test]
fn the_page_that_the_project_began_with() {
    let html = pages::telegram(Format::Html);
    insta::assert_snapshot!("send_encrypted_html", html.files["method/messages.sendEncrypted.html"]);
    let markdown = pages::telegram(Format::Markdown);
    insta::assert_snapshot!("send_encrypted_markdown", markdown.files["method/messages.sendEncrypted.md"]);
}

#[test]
fn examples_on_pages_are_the_ones_that_compile() {
    let site = pages::telegram(Format::Markdown);
    let mut count = 0;
    for (name, example) in compiled::texts() {
        let page = &site.files[&format!("method/{name}.md")];
        assert!(page.contains(&format!("```rust\n{example}```\n")), "{name}: {example}\n{page}");
        count += 1;
    }
    assert!(count >= 60, "only {count} examples");
}

#[test]
fn every_method_has_all_sections() {
    let site = pages::telegram(Format::Html);
    let methods: Vec<_> = site.files.iter().filter(|(path, _)| path.starts_with("method/")).collect();
    assert_eq!(methods.len(), schemas::load("api.tl").functions.len());
    for (path, page) in methods {
        for section in ["example", "schema", "parameters", "result", "errors", "callers"] {
            assert!(page.contains(&format!("<section id=\"{section}\">")), "{path} has no section {section}");
        }
    }
}

#[test]
fn texts_of_schemas_are_no_markup() {
    let text = "//@description Says <script>alert(1)</script> & \"more\" @word A <b>word</b> | *and* more\n\
                say word:string = Said;\n---functions---\n\
                //@description See https://example.org/\"><script>alert(2)</script> @word <img src=x onerror=alert(3)>\n\
                sayIt word:string = Said;\n";
    let schema = schemas::load_text(text);
    let part = |schema| Part {
        name: "<script>".to_owned(),
        schema,
        module: "crate::tl".to_owned(),
        documentation_url: Some("https://example.org/\"><script>".to_owned()),
    };
    let options = |format| Options { format, title: "<script>title</script>".to_owned(), ..Options::default() };
    let site = typelang_doc::site(&[part(&schema)], &options(Format::Html), |_, _| {});
    for (path, page) in site.files.iter().filter(|(path, _)| path.ends_with(".html")) {
        // The scripts are those of the template: they name a file and have no content.
        assert_eq!(page.matches("<script src=").count(), 3, "{path}: {page}");
        for markup in ["<script>", "<b>", "<img"] {
            assert!(!page.contains(markup), "{path} has {markup}: {page}");
        }
    }
    assert!(!site.files["assets/names.js"].contains('<'), "{}", site.files["assets/names.js"]);
    assert_eq!(typelang_tests::pages::faults(&site).0, Vec::<String>::new());
    assert!(site.files["constructor/say.html"].contains("Says &#60;script&#62;alert(1)"));
    let site = typelang_doc::site(&[part(&schema)], &options(Format::Markdown), |_, _| {});
    let page = &site.files["constructor/say.md"];
    assert!(page.contains(r"A \<b\>word\</b\> \| \*and\* more"), "{page}");
}
