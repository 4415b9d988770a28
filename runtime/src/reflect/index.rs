//! Finding entries by a key: an id, or the hash of a name.

use super::codes;

/// An entry: a key and a position.
pub(super) type Entry = [u8; codes::ENTRY * codes::WORD];

/// Entries in the order of their keys, and where those with the same first bits begin. Keys are hashes, or ids, which are mostly
/// checksums: few entries have the same first bits.
#[derive(Clone, Copy)]
pub(super) struct Index<'t> {
    buckets: &'t [[u8; codes::WORD]],
    entries: &'t [Entry],
    bits: u32,
}

impl<'t> Index<'t> {
    pub(super) const EMPTY: Self = Self { buckets: &[], entries: &[], bits: 0 };

    /// An index of so many entries at the start of words, and the words after it.
    pub(super) const fn split(words: &'t [[u8; codes::WORD]], count: usize) -> Option<(Self, &'t [[u8; codes::WORD]])> {
        let bits = codes::bucket_bits(count);
        if count > words.len() {
            return None;
        }
        let Some((buckets, rest)) = words.split_at_checked((1 << bits) + 1) else { return None };
        let Some((entries, rest)) = rest.split_at_checked(codes::ENTRY * count) else { return None };
        let (entries, _) = entries.as_flattened().as_chunks();
        Some((Self { buckets, entries, bits }, rest))
    }

    fn start(&self, bucket: usize) -> usize {
        let word = self.buckets.get(bucket).map_or(u32::MAX, |word| u32::from_le_bytes(*word));
        usize::try_from(word).unwrap_or(usize::MAX)
    }

    /// Entries, among them all with a key.
    #[inline]
    pub(super) fn positions(&self, key: u32) -> &'t [Entry] {
        let bucket = codes::bucket(key, self.bits);
        let Some([start, end, ..]) = self.buckets.get(bucket..) else { return &[] };
        let (start, end) = (u32::from_le_bytes(*start) as usize, u32::from_le_bytes(*end) as usize);
        let same_bits = self.entries.get(start..end).unwrap_or_default();
        if same_bits.len() <= FEW {
            return same_bits;
        }
        let first = same_bits.partition_point(|entry| entry_of(entry).0 < key);
        let same = same_bits.get(first..).unwrap_or_default();
        let count = same.partition_point(|entry| entry_of(entry).0 == key);
        same.get(..count).unwrap_or_default()
    }

    /// The positions of the entries with a key.
    #[inline]
    pub(super) fn find(&self, key: u32) -> impl Iterator<Item = u32> + use<'t> {
        let with_key = self.positions(key).iter().map(entry_of).filter(move |entry| entry.0 == key);
        with_key.map(|(_, position)| position)
    }

    /// All entries, in the order of their keys.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, u32)> + use<'t> {
        self.entries.iter().map(entry_of)
    }

    /// Returns whether every entry is found by its key: they are in order, and buckets are where their entries are.
    pub(super) fn is_whole(&self) -> bool {
        let mut places = self.entries().zip(0_usize..);
        let is_in_bucket = |((key, _), place): ((u32, u32), usize)| {
            let bucket = codes::bucket(key, self.bits);
            (self.start(bucket)..self.start(bucket + 1)).contains(&place)
        };
        self.entries().is_sorted() && places.all(is_in_bucket)
    }
}

/// So many entries are looked through one by one.
const FEW: usize = 8;

#[inline]
pub(super) fn entry_of(entry: &Entry) -> (u32, u32) {
    match entry.as_chunks() {
        ([key, position], []) => (u32::from_le_bytes(*key), u32::from_le_bytes(*position)),
        _ => (0, 0),
    }
}
