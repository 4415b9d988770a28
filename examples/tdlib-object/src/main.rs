//! Makes a text with marked parts, and shows it as bytes and as what is read back.

use std::error::Error;

use typelang::{Combinator, Decode, Encode};
use typelang_example_tdlib_object::push;
use typelang_example_tdlib_object::tl::enums::TextEntityType;
use typelang_example_tdlib_object::tl::functions::GetMarkdownText;
use typelang_example_tdlib_object::tl::types::{FormattedText, TextEntityTypeTextUrl};

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = FormattedText { text: "See ".to_owned(), ..FormattedText::default() };
    let link = TextEntityTypeTextUrl { url: "https://example.org/".to_owned() };
    push(&mut text, "the page", TextEntityType::TextUrl(link))?;

    let request = GetMarkdownText { text };
    let bytes = request.to_bytes()?;
    println!("{} as {} bytes:", GetMarkdownText::NAME, bytes.len());
    for line in bytes.chunks(16) {
        println!("  {}", line.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" "));
    }

    // In the request the object has no id, because its type begins with a small letter there: it is bare.
    let object = request.text.to_bytes()?;
    println!("{} by itself: {} bytes", FormattedText::NAME, object.len());
    println!("{:#?}", FormattedText::from_bytes(&object)?);
    Ok(())
}
