//! Documentation pages: all links lead somewhere, texts are texts, and the page of one method is as it should be.

mod content;
mod families;
mod links;
