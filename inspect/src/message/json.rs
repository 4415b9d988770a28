//! Messages as JSON.

use typelang::ReadOptions;
use typelang::reflect::{JsonLayout, JsonOptions};

use super::place::Place;
use super::sink::Sink;
use crate::digits::digits;
use crate::schemas::TypeIn;

/// Writes what `tl encode` and `Table::json` write, with the messages of the envelope around it.
pub(super) struct JsonSink {
    layout: JsonLayout,
    text: String,
    /// The brackets that close what has begun.
    open: Vec<char>,
    /// Whether nothing is in the innermost brackets yet.
    is_first: bool,
    /// Whether the name of a field is before the value that comes next.
    after_name: bool,
}

impl JsonSink {
    pub(super) fn new(layout: JsonLayout) -> Self {
        Self { layout, text: String::new(), open: Vec::new(), is_first: true, after_name: false }
    }

    /// What is between one value and the next: a line for each object that is not in another one.
    fn separate(&mut self) {
        if std::mem::take(&mut self.after_name) {
            return;
        }
        if !std::mem::take(&mut self.is_first) {
            self.text.push_str(if self.open.is_empty() { "\n" } else { "," });
        }
        if !self.open.is_empty() {
            self.new_line();
        }
    }

    fn new_line(&mut self) {
        if self.layout == JsonLayout::Pretty {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", self.open.len()));
        }
    }

    fn bracket(&mut self, open: char, close: char) {
        self.separate();
        self.text.push(open);
        self.open.push(close);
        self.is_first = true;
    }

    fn name(&mut self, name: &str) {
        self.separate();
        self.text.extend(["\"", name, if self.layout == JsonLayout::Pretty { "\": " } else { "\":" }]);
        self.after_name = true;
    }

    fn quoted(&mut self, text: &str) {
        self.separate();
        self.text.extend(["\"", text, "\""]);
    }
}

impl Sink for JsonSink {
    fn begin(&mut self, _place: Place, name: &str, _id: u32) {
        self.bracket('{', '}');
        self.name("_");
        self.quoted(name);
        self.is_first = false;
    }

    fn begin_vector(&mut self, _place: Place, _count: usize) {
        self.bracket('[', ']');
    }

    fn end(&mut self) {
        let close = self.open.pop();
        if !std::mem::replace(&mut self.is_first, false) {
            self.new_line();
        }
        self.text.extend(close);
    }

    fn field(&mut self, name: &'static str) {
        self.name(name);
    }

    fn int(&mut self, _place: Place, value: i32) {
        self.separate();
        self.text.push_str(&value.to_string());
    }

    fn long(&mut self, _place: Place, value: i64) {
        self.quoted(&value.to_string());
    }

    fn value(&mut self, place: Place, ty: TypeIn<'_>, bytes: &[u8], options: ReadOptions) {
        match ty.table.json(ty.ty, bytes, options, JsonOptions::new().layout(self.layout)) {
            Ok(json) => {
                self.separate();
                let mut lines = json.split('\n');
                self.text.push_str(lines.next().unwrap_or_default());
                for line in lines {
                    self.new_line();
                    self.text.push_str(line);
                }
            }
            // It was checked before.
            Err(_) => self.raw(place, bytes),
        }
    }

    fn broken(&mut self, _place: Place, _ty: TypeIn<'_>, _bytes: &[u8], _options: ReadOptions) {}

    fn raw(&mut self, _place: Place, bytes: &[u8]) {
        self.quoted(&digits(bytes));
    }

    fn text(self: Box<Self>) -> String {
        self.text
    }
}
