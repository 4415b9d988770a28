use typelang_doc::Format;
use typelang_ir::Schema;
use typelang_tests::{pages, schemas, shared};

#[test]
fn every_link_of_the_site_leads_somewhere() {
    let count = |schema: Schema| schema.types.len() + schema.constructors.len() + schema.functions.len();
    let pages: usize = ["api.tl", "secret.tl"].map(|file| count(schemas::load(file))).iter().sum();
    for format in [Format::Html, Format::Markdown] {
        let site = pages::telegram(format);
        let (faults, count) = pages::faults(&site);
        assert!(faults.is_empty(), "{} faults: {:#?}", faults.len(), faults.iter().take(20).collect::<Vec<_>>());
        // Everything has a page, and each page has more than ten links.
        assert!(site.files.len() > pages && count > 10 * pages, "{} files, {count} links", site.files.len());
        shared::say(&format!("{format:?}: {count} links of {} files", site.files.len()));
    }
}

#[test]
fn faulty_links_are_found() {
    for (format, extension) in [(Format::Html, "html"), (Format::Markdown, "md")] {
        let schema = typelang_tests::schemas::load("mtproto.tl");
        let site = pages::plain(&schema, format);
        assert_eq!(pages::faults(&site).0, Vec::<String>::new());

        let mut without = site.clone();
        without.files.remove(&format!("type/ResPQ.{extension}")).expect("a page");
        assert!(pages::faults(&without).0.iter().any(|it| it.contains("ResPQ") && it.contains("leads nowhere")));

        let mut elsewhere = site.clone();
        let builtins = elsewhere.files.get_mut(&format!("builtins.{extension}")).expect("a page");
        *builtins = builtins.replace("id=\"long\"", "id=\"other\"");
        assert!(pages::faults(&elsewhere).0.iter().any(|it| it.contains("#long leads to no place")));

        let mut alone = site.clone();
        alone.files.insert(format!("method/alone.{extension}"), String::new());
        assert_eq!(pages::faults(&alone).0, [format!("nothing leads to method/alone.{extension}")]);
    }
}
