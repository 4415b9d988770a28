//! Messages: objects of several schemas, and the containers, results and packed data of MTProto around them.

mod dump;
mod envelope;
mod ids;
mod json;
mod parts;
mod place;
mod settings;
mod shown;
mod sink;
mod unread;
mod walk;

use typelang::ReadOptions;
use typelang::unpack::DEFAULT_MAX_UNPACKED;

use crate::schemas::{Schemas, TypeIn};
use dump::DumpSink;
use json::JsonSink;
use parts::PartSink;
use place::Place;
use settings::Settings;
pub use shown::{Format, ShowError, Shown};
use sink::Sink;
use unread::Unread;
use walk::Walk;

/// Shows bytes as objects of several schemas.
///
/// The messages of MTProto that contain others are known: `msg_container`, `message`, `msg_copy`, `rpc_result`, `gzip_packed`
/// (gzip and zlib). Bytes that nobody can read are kept as they are where their length is known: the body of a message in a
/// container, a result, unpacked data.
///
/// ```
/// use typelang::reflect::{JsonLayout, Table};
/// use typelang_inspect::{Format, Inspector, Schemas};
///
/// let parsed = typelang_parser::parse(Default::default(), "pong#347773c5 msg_id:long ping_id:long = Pong;");
/// let table = typelang_ir::table(&typelang_ir::resolve(&[parsed.file], Default::default()).schema, false);
/// let inspector = Inspector::new(Schemas::new().with("pong.tl", Table::new(&table)?));
///
/// // A container of two messages, the second of which nobody knows.
/// let mut bytes = vec![0xdc, 0xf8, 0xf1, 0x73, 2, 0, 0, 0];
/// bytes.extend([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 20, 0, 0, 0, 0xc5, 0x73, 0x77, 0x34]);
/// bytes.extend([7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0]);
/// bytes.extend([2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xef, 0xbe, 0xad, 0xde]);
/// let shown = inspector.show(&bytes, Format::Json(JsonLayout::Compact));
/// assert_eq!(shown.text, concat!(
///     r#"{"_":"msg_container","messages":["#,
///     r#"{"_":"message","msg_id":"1","seqno":1,"bytes":20,"body":{"_":"pong","msg_id":"7","ping_id":"8"}},"#,
///     r#"{"_":"message","msg_id":"2","seqno":3,"bytes":4,"body":"efbeadde"}]}"#,
/// ));
/// assert_eq!(shown.notes, ["unknown constructor 0xdeadbeef at byte 60: 4 bytes are shown as they are"]);
/// assert!(shown.error.is_none());
/// # Ok::<(), typelang::reflect::TableError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Inspector<'t>(Settings<'t>);

impl<'t> Inspector<'t> {
    /// Returns an inspector of messages by schemas.
    #[must_use]
    pub fn new(schemas: Schemas<'t>) -> Self {
        let options = ReadOptions::new();
        let (paths, max_unpacked) = (Vec::new(), DEFAULT_MAX_UNPACKED);
        Self(Settings { schemas, options, ty: None, answer: None, paths, max_unpacked })
    }

    /// Sets how values are read. With strict options the input is one object, and nothing may follow it.
    #[must_use]
    pub fn options(self, options: ReadOptions) -> Self {
        Self(Settings { options, ..self.0 })
    }

    /// Sets the type of the input. Without one the ids tell, and there can be several objects one after another.
    #[must_use]
    pub fn ty(self, ty: Option<TypeIn<'t>>) -> Self {
        Self(Settings { ty, ..self.0 })
    }

    /// Sets the type of the results of requests; it is tried before the id of a result.
    #[must_use]
    pub fn answer(self, answer: Option<TypeIn<'t>>) -> Self {
        Self(Settings { answer, ..self.0 })
    }

    /// Sets how many bytes packed data may become, all of an input together.
    #[must_use]
    pub fn max_unpacked(self, max_unpacked: usize) -> Self {
        Self(Settings { max_unpacked, ..self.0 })
    }

    /// Sets the parts that are shown, by [paths](typelang::reflect::Path) through each object that a schema can read. They are
    /// shown one after another, object by object and path by path: as JSON texts, or as lines with the way to each part.
    #[must_use]
    pub fn select(self, paths: Vec<String>) -> Self {
        Self(Settings { paths, ..self.0 })
    }

    /// Shows bytes. The text is what could be read, also if there is an error.
    #[must_use]
    pub fn show(&self, bytes: &[u8], format: Format) -> Shown {
        if !self.0.paths.is_empty() {
            let mut sink = PartSink::new(&self.0.paths, format);
            let mut shown = self.walk(bytes, &mut sink);
            let (text, fault) = sink.finish(&mut shown.notes);
            return Shown { text, error: shown.error.or(fault), ..shown };
        }
        let mut sink: Box<dyn Sink> = match format {
            Format::Json(layout) => Box::new(JsonSink::new(layout)),
            Format::Dump => Box::<DumpSink>::default(),
        };
        let shown = self.walk(bytes, sink.as_mut());
        let mut text = sink.text();
        text.truncate(text.trim_end_matches('\n').len());
        Shown { text, ..shown }
    }

    /// Tells a sink what there is, and returns everything but the text.
    fn walk(&self, bytes: &[u8], sink: &mut dyn Sink) -> Shown {
        let mut walk = Walk::new(&self.0, sink);
        let result = match self.0.ty {
            Some(ty) => walk.typed(bytes, ty),
            None => walk.objects(bytes),
        };
        let (notes, mut unknown) = (walk.notes, walk.unknown);
        let error = result.err().map(|(place, unread)| {
            unknown.extend(unread.unknown());
            self.error(place, &unread)
        });
        unknown.sort_unstable();
        unknown.dedup();
        Shown { text: String::new(), notes, unknown, error }
    }

    fn error(&self, place: Place, unread: &Unread) -> ShowError {
        let message = match place {
            Place::START => unread.to_string(),
            // Offsets count from the start of the object.
            _ => format!("in the object at {place}: {unread}"),
        };
        ShowError { message, help: unread.help(&self.0.schemas, self.0.ty.is_some()) }
    }
}
