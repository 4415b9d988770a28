//! Small histories: values of old layers become values of the newest, or of older ones, or are refused with a reason.

mod rules;
mod transcode;
mod values;

use typelang::history::{Error, History, HistoryOptions, Policy};
use typelang_history::upgrades::compile;
use typelang_parser::{Sources, render_all};

/// A history of layers, each a text of constructors.
pub(crate) struct Layers {
    history: History,
}

/// The text of a history with these layers: 1, 2 and so on.
fn text_of(layers: &[&str]) -> String {
    let mut text = "// tl:history(test)\n".to_owned();
    for (index, layer) in layers.iter().enumerate() {
        text += &format!("// tl:layer({})\n{}\n", index + 1, layer.trim());
    }
    text
}

impl Layers {
    pub(crate) fn new(layers: &[&str]) -> Self {
        Self::with_rules(layers, "")
    }

    pub(crate) fn with_rules(layers: &[&str], rules: &str) -> Self {
        match compiled(layers, rules) {
            Ok(bytes) => Self { history: History::generated(bytes.leak()) },
            Err(text) => panic!("{text}"),
        }
    }

    /// The outcome for a value: the fields after the id as words, and losses.
    pub(crate) fn upgrade(&self, ty: &str, words: &[u32]) -> Result<(Vec<u32>, Vec<String>), String> {
        self.upgrade_with(ty, words, HistoryOptions::new())
    }

    pub(crate) fn upgrade_at(&self, layer: u32, ty: &str, words: &[u32]) -> Result<(Vec<u32>, Vec<String>), String> {
        self.upgrade_with(ty, words, HistoryOptions::new().layer(layer))
    }

    pub(crate) fn upgrade_with(
        &self,
        ty: &str,
        words: &[u32],
        options: HistoryOptions<'_>,
    ) -> Result<(Vec<u32>, Vec<String>), String> {
        let upgraded = self.history.upgrade(&bytes_of(words), ty, options).map_err(|it| it.to_string())?;
        Ok((words_of(&upgraded.value), upgraded.losses.iter().map(ToString::to_string).collect()))
    }

    pub(crate) fn transcode(
        &self,
        ty: &str,
        words: &[u32],
        (from, to): (u32, u32),
        policy: Policy,
    ) -> Result<(Vec<u32>, Vec<String>), Error> {
        let done = self.history.transcode(&bytes_of(words), ty, from, to, policy)?;
        Ok((words_of(&done.bytes), done.losses.iter().map(ToString::to_string).collect()))
    }
}

/// The bytes of a history, or what is wrong with it.
pub(crate) fn compiled(layers: &[&str], rules: &str) -> Result<Vec<u8>, String> {
    let mut sources = Sources::new();
    let source = sources.add("history.tl", text_of(layers));
    let parsed = typelang_history::parse(source, sources.text(source));
    assert!(parsed.diagnostics.is_empty(), "{}", render_all(&parsed.diagnostics, &sources));
    let rules_source = sources.add("history.toml", rules);
    let compiled = compile(&parsed.history, None, Some((rules_source, rules)));
    match compiled.diagnostics.is_empty() {
        true => Ok(compiled.bytes),
        false => Err(render_all(&compiled.diagnostics, &sources)),
    }
}

pub(crate) fn bytes_of(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|it| it.to_le_bytes()).collect()
}

fn words_of(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|it| u32::from_le_bytes(*it)).collect()
}

pub(crate) const VECTOR: u32 = 0x1cb5_c415;
pub(crate) const TRUE: u32 = 0x9972_75b5;
pub(crate) const FALSE: u32 = 0xbc79_9737;

/// The text `"a"`, or `"b"`, as a string of one word.
pub(crate) fn letter(letter: u8) -> u32 {
    u32::from_le_bytes([1, letter, 0, 0])
}
