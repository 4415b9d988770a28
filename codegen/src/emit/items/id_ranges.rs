//! Dividing ids into ranges that one more id leaves as they are.

/// The ids from `first` to `last`, all of which begin with the same bits, and things with ids among these.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct IdRange<'a, T> {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) members: &'a [T],
}

/// Divides things, sorted by their ids, into ranges that together have every id: a range with more than `most` members is halved. One
/// more member changes the range that it is in, and at most halves it.
pub(crate) fn id_ranges<T>(members: &[T], most: usize, id: impl Fn(&T) -> u32 + Copy) -> Vec<IdRange<'_, T>> {
    let mut ranges = Vec::new();
    divide(IdRange { first: 0, last: u32::MAX, members }, most, id, &mut ranges);
    ranges
}

fn divide<'a, T>(range: IdRange<'a, T>, most: usize, id: impl Fn(&T) -> u32 + Copy, ranges: &mut Vec<IdRange<'a, T>>) {
    let IdRange { first, last, members } = range;
    if members.len() <= most || first == last {
        ranges.push(range);
        return;
    }
    let middle = u32::midpoint(first, last);
    let (low, high) = members.split_at(members.partition_point(|it| id(it) <= middle));
    let begin = ranges.len();
    if !low.is_empty() {
        divide(IdRange { first, last: middle, members: low }, most, id, ranges);
    }
    if !high.is_empty() {
        divide(IdRange { first: middle + 1, last, members: high }, most, id, ranges);
    }
    // A half without members goes to its neighbour.
    if let Some(range) = ranges.get_mut(begin) {
        range.first = first;
    }
    if let Some(range) = ranges.last_mut() {
        range.last = last;
    }
}

#[cfg(test)]
mod tests {
    use super::id_ranges;

    fn firsts(ids: &[u32]) -> Vec<u32> {
        let ranges = id_ranges(ids, 2, |id| *id);
        assert_eq!(ranges.iter().map(|it| it.members.len()).sum::<usize>(), ids.len());
        assert!(ranges.iter().all(|it| it.members.iter().all(|id| (it.first..=it.last).contains(id))));
        assert!(ranges.windows(2).all(|pair| pair[0].last + 1 == pair[1].first));
        assert_eq!((ranges[0].first, ranges[ranges.len() - 1].last), (0, u32::MAX));
        ranges.iter().map(|range| range.first).collect()
    }

    #[test]
    fn one_more_id_changes_one_range() {
        assert_eq!(firsts(&[]), [0]);
        assert_eq!(firsts(&[1, u32::MAX]), [0]);
        assert_eq!(firsts(&[1, 0x8000_0000, u32::MAX]), [0, 0x8000_0000]);
        assert_eq!(firsts(&[1, 0x8000_0000, 0xc000_0000, u32::MAX]), [0, 0x8000_0000, 0xc000_0000]);
        assert_eq!(firsts(&[1, 0x8000_0000, 0xc000_0000, 0xc000_0001]), [0, 0x8000_0000, 0xc000_0000]);
    }

    #[test]
    fn halves_without_ids_go_to_their_neighbours() {
        assert_eq!(firsts(&[0xffff_fffd, 0xffff_fffe, 0xffff_ffff]), [0, 0xffff_fffe]);
        assert_eq!(firsts(&[0, 1, 2]), [0, 2]);
    }
}
