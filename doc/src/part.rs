//! The schemas that a site is made from.

use typelang_ir::Schema;

/// One of the schemas of a site.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The name of the schema where there are several: `secret`.
    pub name: String,
    /// The schema.
    pub schema: &'a Schema,
    /// The module of the generated code in examples: `typelang_telegram::api`.
    pub module: String,
    /// The URL of the official documentation: each page links to `method/NAME`, `constructor/NAME` or `type/NAME` beneath it.
    pub documentation_url: Option<String>,
}
