//! A text with marked parts, as TDLib's interface has it.
//!
//! The documentation of [`tl`] comes from the `//@` comments of `schema.tl`: look at
//! [`FormattedText`], in an editor or in what `cargo doc` makes.

use std::num::TryFromIntError;

use tl::enums::TextEntityType;
use tl::types::{FormattedText, TextEntity};

/// The code that is generated from `schema.tl`.
pub mod tl {
    include!(concat!(env!("OUT_DIR"), "/tl.rs"));
}

/// Adds a marked part to the end of a text. Places are counted in UTF-16 code units, as TDLib does.
///
/// ```
/// use typelang_example_tdlib_object::push;
/// use typelang_example_tdlib_object::tl::enums::TextEntityType;
/// use typelang_example_tdlib_object::tl::types::FormattedText;
///
/// let mut text = FormattedText { text: "🙂 ".to_owned(), ..FormattedText::default() };
/// push(&mut text, "bold", TextEntityType::Bold)?;
/// assert_eq!((text.text.as_str(), text.entities[0].offset), ("🙂 bold", 3));
/// # Ok::<(), std::num::TryFromIntError>(())
/// ```
///
/// # Errors
///
/// The text has more code units than an `int32` can count; it stays as it was.
pub fn push(text: &mut FormattedText, part: &str, kind: TextEntityType) -> Result<(), TryFromIntError> {
    let entity = TextEntity { offset: units(&text.text)?, length: units(part)?, r#type: kind };
    text.entities.push(entity);
    text.text.push_str(part);
    Ok(())
}

fn units(text: &str) -> Result<i32, TryFromIntError> {
    text.encode_utf16().count().try_into()
}
