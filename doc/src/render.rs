//! Pages as text.

use askama::Template;

use crate::page::{Block, Page};

/// A page as HTML.
#[derive(Template)]
#[template(path = "page.html")]
struct HtmlPage<'a> {
    page: &'a Page,
    site: &'a str,
    root: &'a str,
    has_errors: bool,
}

/// A page as Markdown.
#[derive(Template)]
#[template(path = "page.md", escape = "none")]
struct MarkdownPage<'a> {
    page: &'a Page,
    root: &'a str,
}

/// The way from a page to the root of the site.
fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A page as HTML. `site` is the title of the whole, `has_errors` whether there is a page of errors.
pub(crate) fn html(page: &Page, site: &str, has_errors: bool) -> String {
    rendered(&HtmlPage { page, site, root: &root_of(&page.path), has_errors })
}

/// A page as Markdown.
pub(crate) fn markdown(page: &Page) -> String {
    rendered(&MarkdownPage { page, root: &root_of(&page.path) })
}

/// Writing to a text cannot fail, and the templates call nothing that can.
fn rendered(template: &impl Template) -> String {
    template.render().unwrap_or_default()
}
